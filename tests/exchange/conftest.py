"""Small portfolios in files."""

import json

import pytest

from tests.exchange.plans import AGENCIES, PAGE


@pytest.fixture
def folder(tmp_path):
    """Make a portfolio folder of these files; the page and one agency are there unless given otherwise."""

    def make(files=None, **texts):
        path = tmp_path / "plans"
        path.mkdir()
        named = {name.replace("_", "."): text for name, text in texts.items()}
        for name, text in {"portfolio.yaml": PAGE, "agencies.yaml": AGENCIES, **named, **(files or {})}.items():
            if isinstance(text, bytes):
                (path / name).write_bytes(text)
            elif text is not None:
                (path / name).write_text(text, encoding="utf-8")
        return path

    return make


@pytest.fixture
def json_path(tmp_path):
    """Make a JSON file of a text, or of values."""

    def make(content):
        path = tmp_path / "plans.json"
        text = content if isinstance(content, str) else json.dumps(content, indent=1)
        path.write_text(text, encoding="utf-8")
        return path

    return make
