"""The library that makes pictures interactive is put together once for each release of what makes it."""

import pytest

from synodos.report.charts import chart_library


@pytest.fixture
def made(tmp_path, monkeypatch):
    """How often it was put together, with a cache folder of its own."""
    times = []
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("vl_convert.javascript_bundle", lambda words: times.append(words) or "library ü")
    chart_library.cache_clear()
    yield times
    chart_library.cache_clear()


def test_a_second_process_finds_what_the_first_one_kept(made):
    assert chart_library() == "library ü"
    chart_library.cache_clear()  # as another process begins
    assert chart_library() == "library ü"
    assert made == ["window.vegaEmbed = vegaEmbed;"]


def test_nothing_is_lost_where_nothing_can_be_kept(made, tmp_path):
    (tmp_path / "synodos").write_text("in the way", encoding="utf-8")
    assert chart_library() == "library ü"
    chart_library.cache_clear()
    assert chart_library() == "library ü"
    assert len(made) == 2
