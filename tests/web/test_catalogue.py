"""What pages say is marked for translation, and can be taken out into a catalogue."""

import ast
import re
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

import synodos.web

ROOM = Path(synodos.web.__file__).parent
TEMPLATES = sorted(path for path in ROOM.rglob("*") if "templates" in path.parts and path.suffix in (".html", ".txt"))
MODULES = sorted(path for path in ROOM.rglob("*.py") if "migrations" not in path.parts)
UNTRANSLATED = {"Synodos", "UTC", "SHA", "Authorization", "Bearer"}
"""Names, and words of protocols, that are the same in every language."""
KEPT = {
    "agency/reading.py",
    "agency/taking_in.py",
    "editions/publishing.py",
    "forum/drafting.py",
    "membership/deciding.py",
    "api/v1.py",
}
"""Modules whose titles are kept with records or answers, which are in English, or are told to programs."""
SHOWN = {"title", "lead", "label", "help_text", "heading"}
LEFT_OUT = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?%}.*?{%\s*endblocktrans(?:late)?\s*%}|{%\s*comment.*?endcomment\s*%}"
    r"|<(script|style|code|pre)\b.*?</\1>|<!--.*?-->",
    re.DOTALL,
)
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
ATTRIBUTE = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"')
WORD = re.compile(r"(?<![&\w])[A-Za-z]{2,}")


def unmarked(text):
    """Return the words of a template that people read and that are not marked."""
    plain = TAG.sub("\n", LEFT_OUT.sub("\n", text))
    read = " ".join((*ATTRIBUTE.findall(plain), re.sub(r"<[^>]*>", "\n", plain)))
    return [word for word in WORD.findall(read) if word not in UNTRANSLATED]


def unmarked_in(tree):
    """Return what a module says to people without marking it, with the lines."""
    found = []
    for node in ast.walk(tree):
        said = []
        if isinstance(node, ast.Dict):
            keys = [getattr(key, "value", None) for key in node.keys]
            said = [value for key, value in zip(keys, node.values, strict=True) if key in SHOWN]
        elif isinstance(node, ast.Call):
            said = [one.value for one in node.keywords if one.arg in SHOWN]
            name = ast.unparse(node.func)
            said += node.args[1:2] if name.startswith("messages.") or name.endswith(".add_error") else []
        found += [f"line {one.lineno}: {ast.unparse(one)}" for one in said if _is_text(one)]
    return found


def _is_text(node):
    """Return whether an expression is words that stand there as they are."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and bool(WORD.search(node.value))
    if isinstance(node, ast.JoinedStr):
        return any(map(_is_text, node.values))
    if isinstance(node, ast.IfExp):
        return _is_text(node.body) or _is_text(node.orelse)
    return isinstance(node, ast.BinOp) and _is_text(node.left)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>Hello {{ you }}</p>", ["Hello"]),
        ('<a title="Go {{ there }}">{% translate "Go" %}</a>', ["Go"]),
        ("{% blocktranslate %}Hello{% endblocktranslate %} &nbsp; <code>ls</code> {# why #}", []),
    ],
)
def test_what_is_not_marked_is_noticed(text, found):
    assert unmarked(text) == found


def test_every_word_of_a_template_is_marked():
    assert TEMPLATES
    found = {str(path.relative_to(ROOM)): unmarked(path.read_text(encoding="utf-8")) for path in TEMPLATES}
    assert {path: words for path, words in found.items() if words} == {}


def test_what_views_say_is_marked():
    found = {str(path.relative_to(ROOM)): unmarked_in(ast.parse(path.read_text(encoding="utf-8"))) for path in MODULES}
    assert {path: lines for path, lines in found.items() if lines and path not in KEPT} == {}
    assert unmarked_in(ast.parse('messages.info(request, f"Kept {n}")\nrender({"title": "Here"})\n_(title)'))


def test_templates_can_be_read_by_what_makes_catalogues():
    for path in TEMPLATES:
        assert "gettext" in (told := templatize(path.read_text(encoding="utf-8"), origin=str(path))) or "%}" not in told
