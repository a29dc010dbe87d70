"""What the web server calls."""

import os
import threading
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from synodos.web.attached import end_with_server
from synodos.web.starting import SECRET

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "synodos.web.settings")
if not os.environ.get(SECRET):
    message = f"{SECRET}: expected a long random text, as `synodos serve` makes one; that of the settings all know"
    raise ImproperlyConfigured(message)
application = get_wsgi_application()


def warm_up() -> None:
    """Make the first page before anybody asks: what draws it is slow to load."""
    asked: dict[str, Any] = {"HTTP_X_FORWARDED_PROTO": "https"}
    setup_testing_defaults(asked)
    application(asked, lambda *_: None).close()


end_with_server()
threading.Thread(target=warm_up, daemon=True).start()
