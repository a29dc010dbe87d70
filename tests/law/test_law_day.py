"""The state of the law that is asked for: no later than the catalogue."""

import datetime as dt

from synodos.law import catalogue
from tests.commands import refused


def test_a_state_of_the_law_after_the_catalogue_is_refused(root):
    later = catalogue().as_of + dt.timedelta(days=1)
    for command in (["assess"], ["contested"]):
        told = refused("law", *command, str(root / "portfolios/exomars"), "--law-on", str(later))
        assert f"nothing later than {catalogue().as_of} is in the catalogue" in told
