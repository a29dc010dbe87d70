"""The state of the law that is asked for: no later than the catalogue."""

import datetime as dt

import pytest

from synodos.law import catalogue
from tests.commands import answered, ran, refused


def test_a_state_of_the_law_after_the_catalogue_is_refused(root):
    later = catalogue().as_of + dt.timedelta(days=1)
    for command in (["assess"], ["contested"]):
        told = refused("law", *command, str(root / "portfolios/exomars"), "--law-on", str(later))
        assert f"nothing later than {catalogue().as_of} is in the catalogue" in told


@pytest.mark.parametrize(
    ("norm", "day", "cited"),
    [
        ("INA-6", "2005-01-01", "Iran Nonproliferation Act of 2000"),
        ("WOLF-1", "2011-11-17", "China rider to the appropriations, P.L. 112-10, section 1340(a)"),
        ("ITAR-126.4.2000", "2019-04-18", "22 CFR 126.4"),
        ("US-SPACEACT", "2010-12-17", "National Aeronautics and Space Act of 1958, section 205"),
        ("NPD1050", "2024-05-22", "Authority to Enter into Partnership Agreements, directive of NASA, NPD 1050.7"),
    ],
)
def test_a_norm_is_cited_as_it_was_on_the_day_that_is_asked_for(norm, day, cited):
    known, asked = catalogue(), dt.date.fromisoformat(day)
    told = f"{known.title(norm, asked)}, {known.pinpoint(norm, asked)}"
    assert cited in told
    assert not any(later in told for later in ("Syria", "later riders", "yearly", "before 2019", "51 USC", "1050.7A"))
    now = f"{known.instrument(norm).title}, {known.norms[norm].pinpoint}"
    assert f"{known.title(norm, known.as_of)}, {known.pinpoint(norm, known.as_of)}" == now


def test_findings_by_an_early_law_name_no_later_title(root):
    told = answered("law", "assess", str(root / "portfolios/iss"), "--law-on", "2005-01-01")
    titles = {one["instrument"] for one in told["answer"]["findings"] if one["norm"].startswith("INA-")}
    assert titles == {"Iran Nonproliferation Act of 2000, P.L. 106-178"}
    table = ran("law", "assess", str(root / "portfolios/iss"), "--law-on", "2005-01-01", "--format", "csv").stdout
    assert "Iran Nonproliferation Act of 2000" in table
    assert "Syria" not in table
