"""The browser fixtures: local things load; what would leave this machine is blocked and recorded."""

import pytest

pytestmark = pytest.mark.browser


def test_page_loads_files_and_records_what_would_leave_the_machine(page, blocked_requests, tmp_path):
    beside = tmp_path / "beside.js"
    beside.write_text("document.title = 'ran'", encoding="utf-8")
    opened = tmp_path / "page.html"
    opened.write_text(
        '<img src="https://example.org/a.png"><script src="beside.js"></script>'
        "<script>new WebSocket('wss://example.org/b')</script>",
        encoding="utf-8",
    )
    page.goto(opened.as_uri())
    assert page.title() == "ran"
    assert sorted(blocked_requests) == ["https://example.org/a.png", "wss://example.org/b"]


def test_page_that_stays_on_this_machine_records_nothing(page, blocked_requests, tmp_path):
    opened = tmp_path / "page.html"
    opened.write_text("<title>alone</title><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>", encoding="utf-8")
    page.goto(opened.as_uri())
    assert page.title() == "alone"
    assert blocked_requests == []
