"""How Django is set up, from the environment; nothing else is to be configured.

`SYNODOS_DATABASE` names the ledger: a path (SQLite) or a `postgresql://` address. `SYNODOS_KEYS` is the folder of the
keys that sign, if it is not the one beside the database. `SYNODOS_SECRET_KEY` is the key of
sessions and links. `SYNODOS_ADDRESS` is the address at which people reach the table, such as
`https://table.example.org`, if that is not this machine alone: a proxy stands in front then, which ends the
encryption, and says so in `X-Forwarded-Proto` and who asks in `X-Forwarded-For`. `SYNODOS_LOG_LINES`, set to anything,
has the log written as lines of JSON, one for each request. `SYNODOS_MAIL` says where e-mail goes, as in
`synodos.web.mailing`. The server tells its worker by SYNODOS_HERE where it listens, for the links in letters.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from synodos.web.databases import database_settings, keys_beside
from synodos.web.mailing import mail_settings

HERE = Path(__file__).parent
ADDRESS = urlsplit(os.environ.get("SYNODOS_ADDRESS", ""))
ENCRYPTED = ADDRESS.scheme == "https"
DAY_SECONDS = 24 * 60 * 60

DEBUG = False
SECRET_KEY = os.environ.get("SYNODOS_SECRET_KEY", "known to all, and good for tests alone; `synodos serve` makes one")
DATABASE = os.environ.get("SYNODOS_DATABASE", "synodos.sqlite3")
DATABASES = {"default": database_settings(DATABASE)}
SYNODOS_KEYS = Path(os.environ.get("SYNODOS_KEYS") or keys_beside(DATABASE))
SYNODOS_AT = ADDRESS.geturl().rstrip("/") or os.environ.get("SYNODOS_HERE", "http://localhost:8000")
globals().update(mail_settings(os.environ.get("SYNODOS_MAIL", ""), DATABASE, SYNODOS_AT))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "synodos.web.accounts",  # before allauth, whose pages it draws in its own way
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "synodos.ledger",
    "synodos.web.showing",
    "synodos.web.pages",
    "synodos.web.runs",
    "synodos.web.records",
    "synodos.web.agency",
    "synodos.web.editions",
    "synodos.web.forum",
    "synodos.web.api",
    "synodos.web.feeds",
    "synodos.web.reminding",
    "synodos.web.membership",
]
MIDDLEWARE = [
    "synodos.web.journal.journalled",
    "synodos.web.headers.guarded",
    "synodos.web.health.probed",  # before whatever asks for a host or an encryption
    "django.middleware.security.SecurityMiddleware",
    "synodos.web.repeating.Repeated",  # before whatever those who read again do not need
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "synodos.web.sparing.Bounded",  # before anything reads what is sent
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "synodos.web.sparing.spared",
    "synodos.web.errors.explained",
    "synodos.web.table.seated",
]
ROOT_URLCONF = "synodos.web.urls"
WSGI_APPLICATION = "synodos.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "synodos.web.navigation.surroundings",
            ]
        },
    }
]

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [HERE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "synodos.web.stamped.StampedStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 365 * DAY_SECONDS  # an address changes with what it gives
WHITENOISE_ALLOW_ALL_ORIGINS = False

CACHES = {
    # Failed logins are counted here, by all processes; a flood of them must not push out those that count.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "synodos_cache",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
    # What took long to make for strangers, for all processes.
    "pages": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "synodos_pages",
        "TIMEOUT": DAY_SECONDS,
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
    # What strangers made each process work on.
    "strangers": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "strangers",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

SYNODOS_STRANGERS_WORK_S = 60.0 if ENCRYPTED else None  # in five minutes from one address; there are none here
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # the form of a record has many
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *([ADDRESS.hostname] if ADDRESS.hostname else [])]
CSRF_TRUSTED_ORIGINS = [f"{ADDRESS.scheme}://{ADDRESS.netloc}"] if ADDRESS.hostname else []
CSRF_FAILURE_VIEW = "synodos.web.errors.forged"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = ENCRYPTED
CSRF_COOKIE_NAME = "__Host-csrftoken" if ENCRYPTED else "csrftoken"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENCRYPTED
SESSION_COOKIE_NAME = "__Host-sessionid" if ENCRYPTED else "sessionid"
SESSION_COOKIE_AGE = DAY_SECONDS // 2
SECURE_SSL_REDIRECT = ENCRYPTED
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENCRYPTED else None
SECURE_HSTS_SECONDS = 365 * DAY_SECONDS if ENCRYPTED else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # what stands beside the table at its address is not ours to bind to encryption,
    "security.W021",  # nor to enter into the browsers' lists
]

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ALLAUTH_TRUSTED_PROXY_COUNT = int(ENCRYPTED)
ACCOUNT_ADAPTER = "synodos.web.accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # who is invited was written to
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "30/15m/ip,6/15m/key"}
MFA_ADAPTER = "synodos.web.accounts.adapter.SecondFactorAdapter"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Synodos"

SYNODOS_LOG_LINES = bool(os.environ.get("SYNODOS_LOG_LINES"))
HOW = "lines" if SYNODOS_LOG_LINES else "text"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {"()": "synodos.web.journal.Line"},
        "text": {"()": "synodos.web.journal.Text", "format": "%(message)s"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": HOW},
        "none": {"class": "logging.NullHandler"},
    },
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": True},
        "django.security.DisallowedHost": {"handlers": ["none"], "propagate": False},  # asked of by every scanner
        "synodos": {"handlers": ["stderr"], "level": "INFO", "propagate": True},
    },
}
