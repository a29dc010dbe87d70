"""A form for any kind of record, made from the language's own models.

Every input is named by the path that faults use, such as `requirements[0].met_by[1]`, so what is wrong stands beside
the input that it concerns. A field whose value has another shape than its model gives is edited as YAML in its place,
so that nothing of a draft is lost in a form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import BaseModel

from synodos.exchange import record_text
from synodos.language import DateRange, Fault, Field, Money, fields
from synodos.web.agency.choosing import Choices
from synodos.web.agency.texts import comes_back, text_of
from synodos.web.records.wording import is_shared, label_of, meaning_of

MOST_INPUTS: Final = 2_500
"""Inputs beyond which a record is edited as YAML alone: a browser, and the person before it, would be slow."""
LONG: Final = 70
"""Characters from which a text has several lines."""
SHORT_NAMES: Final = ("name", "short_name", "title", "form", "wbs", "revision", "pinpoint", "target", "currency")
RAW: Final = "raw:"
"""Begins the name of an input that holds a field as YAML."""
LISTED: Final = "list"
"""Stands where a release is a list of agencies."""
_STEP: Final = re.compile(r"[.\[]")


@dataclass
class Node:
    """One input, or several that belong together.

    Attributes
    ----------
    path : str
        Where its value stands in the record; the name of the input.
    sort : str
        `text`, `long`, `number`, `date`, `choice`, `list` (of single values), `part`, `parts`, `release` or `raw`.
    value : str
        What stands in it.
    options : sequence of (str, str)
        Values to choose from, with their words.
    offered : str
        Id of the list of suggestions.
    inner : list of Node
        What it is made of.
    folds, open, removable : bool
        Whether it can be folded away, whether it is unfolded, whether it can be taken out.
    begins : bool
        Whether it is the first of the fields that records of every kind have.
    """

    path: str
    sort: str
    label: str = ""
    help: str = ""
    value: str = ""
    required: bool = False
    options: Sequence[tuple[str, str]] = ()
    offered: str = ""
    inner: list[Node] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    open: bool = False
    removable: bool = False
    folds: bool = False
    begins: bool = False

    @property
    def id(self) -> str:
        """Its name as the id of an element of a page."""
        return "f-" + re.sub(r"[^A-Za-z0-9]+", "-", self.path).strip("-")

    def each(self) -> Iterator[Node]:
        """Yield it and all that it is made of."""
        yield self
        for one in self.inner:
            yield from one.each()


@dataclass(frozen=True)
class Form:
    """The inputs of one draft, and the faults that no input is named by."""

    nodes: list[Node]
    faults: list[tuple[Fault, str]]
    """Every fault, with the id of the input it concerns; nothing where it concerns none."""
    suggestions: Mapping[str, Sequence[tuple[str, str]]]

    @property
    def size(self) -> int:
        """How many inputs it has."""
        return sum(1 for node in self.nodes for _ in node.each())


def form_of(
    asked: Sequence[Field], values: Mapping[str, Any], choices: Choices, found: Sequence[Fault] = (), grown: str = ""
) -> Form:
    """Return the form of a draft.

    Parameters
    ----------
    asked : sequence of Field
        Fields that it asks for.
    values : mapping
        What stands in them, whether it fits or not.
    choices : Choices
        What the agency may name.
    found : sequence of Fault
        What is wrong.
    grown : str
        Path of a list that gets one more place.
    """
    names = {one.name for one in asked}
    maker = _Maker(choices, grown)
    nodes = [maker.field(one, values.get(one.name), one.name) for one in asked]
    shared = (node for node, one in zip(nodes, asked, strict=True) if is_shared(one))
    if begins := next(shared, None):
        begins.begins = True
    nodes += [_raw(name, value) for name, value in values.items() if name not in names]
    return Form(nodes, _placed(nodes, found), choices.used())


class _Maker:
    """Makes the inputs of fields."""

    def __init__(self, choices: Choices, grown: str) -> None:
        """Take what can be chosen, and the list that grows."""
        self.choices, self.grown = choices, grown

    def field(self, one: Field, value: Any, path: str) -> Node:
        """Return the inputs of a field."""
        if not fits(one, value):
            return _raw(path, value)
        if one.many and one.words:
            return self._release(one, value, path)
        if one.many:
            return self._many(one, value or [], path)
        if one.part is not None:
            return self._part(one, value, path)
        return self._single(one, value, path)

    def _described(self, one: Field, path: str, sort: str, **more: Any) -> Node:
        """Return an input with its label and meaning."""
        return Node(path, sort, label_of(one.name), meaning_of(one), required=one.required, **more)

    def _single(self, one: Field, value: Any, path: str) -> Node:
        """Return the input of a single value."""
        text = text_of(value)
        options = self._options(one, text)
        if options:
            return self._described(one, path, "choice", value=text, options=options)
        return self._described(one, path, _sort(one, text), value=text, offered=self.choices.offered(one))

    def _options(self, one: Field, text: str) -> Sequence[tuple[str, str]]:
        """Return what a short choice offers, the value that stands there among it; nothing for free text."""
        if one.type is bool:
            nothing = "not stated" if one.optional else f"as usual: {'yes' if one.default else 'no'}"
            offered = [("", nothing), ("yes", "yes"), ("no", "no")]
        elif one.words:
            usual = "" if one.required or one.default is None else f"as usual: {one.default}"
            offered = [("", usual), *((word, word) for word in one.words)]
        elif few := self.choices.few(one):
            offered = [("", ""), *few]
        else:
            return ()
        known = {value for value, _ in offered}
        return offered if text in known else [*offered, (text, f"{text} (not known)")]

    def _many(self, one: Field, values: list[Any], path: str) -> Node:
        """Return the inputs of a list."""
        more = [None] if self.grown == path or one.part is None else []
        inner = []
        for place, value in enumerate([*values, *more]):
            at = f"{path}[{place}]"
            node = self._inside(one, value, at) if one.part else self._single(one, value, at)
            node.label, node.removable, node.required = f"{label_of(one.name)} {place + 1}", value is not None, False
            inner.append(node)
        sort = "parts" if one.part else "list"
        return self._described(one, path, sort, inner=inner, open=bool(values) or self.grown.startswith(path))

    def _part(self, one: Field, value: Any, path: str) -> Node:
        """Return the inputs of a part that stands once."""
        node = self._inside(one, value, path)
        node.label, node.help, node.required, node.folds = (
            label_of(one.name),
            meaning_of(one),
            one.required,
            not one.required,
        )
        node.open = bool(value) or one.required or self.grown.startswith(path)
        return node

    def _inside(self, one: Field, value: Any, path: str) -> Node:
        """Return the inputs of the fields of a part."""
        model: type[BaseModel] = one.part  # type: ignore[assignment]
        given = value or {}
        inner = [self.field(below, given.get(below.name), f"{path}.{below.name}") for below in fields(model)]
        return Node(path, "money" if model is Money else "part", inner=inner, open=True)

    def _release(self, one: Field, value: Any, path: str) -> Node:
        """Return the inputs of a release: a word, or agencies."""
        listed = value if isinstance(value, list) else []
        word = LISTED if isinstance(value, list) else text_of(value)
        words = [("", ""), *((each, each) for each in one.words), (LISTED, "these agencies, and ours:")]
        if word not in dict(words):
            words.append((word, f"{word} (not known)"))
        inner = self._many(one, listed, path).inner
        for node in inner:
            node.options, node.sort, node.offered = (), "text", self.choices.offered(one)
        return self._described(one, path, "release", value=word, options=words, inner=inner)


def fits(one: Field, value: Any) -> bool:
    """Return whether a value has the shape that the inputs of a field can hold."""
    if value is None:
        return True
    if one.many:
        if one.words and isinstance(value, str):
            return value != LISTED and (not value or comes_back(one, value))
        return isinstance(value, list) and all(item is not None and _fits(one, item) for item in value)
    return _fits(one, value)


def _fits(one: Field, value: Any) -> bool:
    """Return whether one value has the shape of an input, or of the inputs of a part."""
    if one.part is None:
        return value is None or (isinstance(value, str | int | float) and comes_back(one, value))
    if not isinstance(value, dict) or not value:
        return False
    known = {below.name: below for below in fields(one.part)}
    return all(name in known and inner is not None and fits(known[name], inner) for name, inner in value.items())


def _sort(one: Field, text: str) -> str:
    """Return the sort of input that a single value has."""
    if "\n" in text or len(text) > LONG:
        return "long"
    if one.type in (int, float):
        return "number"
    if one.type is DateRange:
        return "date"
    long = one.mark is None and one.type is str and not one.many and one.name not in SHORT_NAMES
    return "long" if long else "text"


def _raw(path: str, value: Any) -> Node:
    """Return the input of a field that is edited as YAML."""
    name = _STEP.split(path)[0]
    help_text = "What stands here does not fit the form, so it is edited as YAML; leave it empty to take it out."
    return Node(
        f"{RAW}{path}", "raw", label_of(name), help_text, record_text({path.rpartition(".")[2]: value}), open=True
    )


def _placed(nodes: Sequence[Node], found: Sequence[Fault]) -> list[tuple[Fault, str]]:
    """Put faults at the inputs that they concern, or at what holds these; return each with the id of its input."""
    by_path: dict[str, Node] = defaultdict(lambda: None)  # type: ignore[arg-type]
    by_path.update({one.path.removeprefix(RAW): one for node in nodes for one in node.each()})
    placed = []
    for fault in found:
        path = fault.field
        while path and by_path.get(path) is None:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        node = by_path.get(path)
        if node is not None:
            node.faults.append(fault)
        placed.append((fault, node.id if node else ""))
    for node in nodes:
        _open_to_faults(node)
    return placed


def _open_to_faults(node: Node) -> bool:
    """Unfold what holds an input with a fault."""
    unfolded = [_open_to_faults(one) for one in node.inner]
    inside = any(unfolded)
    node.open = node.open or inside or bool(node.faults)
    return inside or bool(node.faults)
