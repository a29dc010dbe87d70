"""What norms say of other texts, where it was once wrong."""

from synodos import law


def test_registration_minds_the_article_on_jurisdiction():
    assert "VIII of the Outer Space Treaty" in law.catalogue().norms["REG-2.2"].text


def test_a_rider_of_a_year_was_not_known_before_it():
    stated = law.catalogue().stated("WOLF-1")
    days = [known for known, _ in stated.renewed]
    ends = [stated.ends, *(until for _, until in stated.renewed)]
    assert days == sorted(days)
    assert all((end.earliest.month, end.earliest.day) == (10, 1) for end in ends)
    assert [end.earliest.year for end in ends] == list(range(2011, 2026))
