"""Reading the catalogue of norms from its files, with every fault told by file, record and field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Any, Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from synodos.language import DateRange, Fault, PortfolioError, Source, load, nearest, of_validation, shown
from synodos.law.catalogue import Catalogue, Instrument, Norm
from synodos.law.registers import Registers
from synodos.law.rules.linting import rule_faults

FORMAT, VERSION = "synodos-norms", 1
SOURCES: Final = "sources.yaml"
GENERAL_KNOWLEDGE: Final = "general-knowledge"
"""Source of what no text supports."""
_DATE_TAG: Final = "tag:yaml.org,2002:timestamp"
M = TypeVar("M", bound=BaseModel)


def read(folder: Traversable, known_registers: Registers) -> Catalogue:
    """Return the catalogue in a folder.

    Parameters
    ----------
    folder : Traversable
        Holds `sources.yaml`, `core.lp`, and a pair `.yaml` and `.lp` for each instrument.
    known_registers : Registers
        Who is bound.

    Raises
    ------
    PortfolioError
        If a record or a rule does not fit, an id stands twice, a name leads nowhere, or no rule concerns a norm; it
        names all that is wrong.
    """
    names = sorted(entry.name for entry in folder.iterdir())
    reading = _Reading(known_registers)
    texts = {name: reading.text(folder, name) for name in names if name.endswith((".lp", ".yaml"))}
    reading.read_sources(reading.content(SOURCES, texts.get(SOURCES, "")))
    for name, text in texts.items():
        if name.endswith(".yaml") and name != SOURCES and text is not None:
            reading.read_instrument(name, reading.content(name, text))
    found = reading.catalogue({name[:-3]: text or "" for name, text in texts.items() if name.endswith(".lp")})
    if reading.faults:
        raise PortfolioError(reading.faults)
    return found


class _Twice(yaml.MarkedYAMLError):
    """A key stands twice in one mapping."""


@cache
def _loader() -> Any:  # noqa: ANN401 - yaml has no types for its loaders
    """Return a safe loader that leaves days as text and refuses a key that stands twice.

    So a day that is none is told with its record and field, and nothing is lost in silence.
    """
    safe = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    resolvers = {
        first: [(tag, pattern) for tag, pattern in rows if tag != _DATE_TAG]
        for first, rows in safe.yaml_implicit_resolvers.items()
    }

    def construct_mapping(loader: Any, node: Any, deep: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002 - of yaml
        first: dict[str, Any] = {}
        for name in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if name.value in first:
                found = f"{name.value}, which stands on line {first[name.value].line + 1} already"
                raise _Twice(problem=found, problem_mark=name.start_mark)
            first[name.value] = name.start_mark
        return safe.construct_mapping(loader, node, deep=deep)

    return type("_Loader", (safe,), {"yaml_implicit_resolvers": resolvers, "construct_mapping": construct_mapping})


_UNREAD: Final = object()
"""Stands for the content of a file that was told to be at fault."""


class _Reading:
    """Files that are read one by one, with the faults met."""

    def __init__(self, known_registers: Registers) -> None:
        """Start with nothing."""
        self.registers = known_registers
        self.faults: list[Fault] = []
        self.sources: dict[str, Source] = {}
        self.instruments: dict[str, Instrument] = {}
        self.norms: dict[str, Norm] = {}
        self.instrument_of: dict[str, str] = {}
        self.places: dict[str, str] = {}

    def catalogue(self, rules: Mapping[str, str]) -> Catalogue:
        """Return what was read, after a look at what lies between records."""
        for norm in self.norms.values():
            self._look_at(norm)
        found = Catalogue(
            self.instruments, self.norms, self.sources, self.instrument_of, rules, self.registers, self.places
        )
        self.faults += (fault for fault in rule_faults(found) if fault.severity == "error")
        return found

    def text(self, folder: Traversable, name: str) -> str | None:
        """Return the text of a file, or note that it is none."""
        data = folder.joinpath(name).read_bytes()
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            place = f"{name}:{data.count(bytes([10]), 0, error.start) + 1}"
            found = f"byte {data[error.start]:02X} at byte {error.start:,}"
            self._fault("file.encoding", "the file is not in UTF-8", place, "", "", found, "text in UTF-8")
            return None

    def content(self, name: str, text: str | None) -> Any:  # noqa: ANN401 - what a YAML file holds
        """Return what the text of a YAML file holds, or note where it is none."""
        if text is None:
            return _UNREAD
        try:
            return yaml.load(text, Loader=_loader())  # noqa: S506 - a safe loader
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            place = f"{name}:{mark.line + 1}" if mark else name
            found = getattr(error, "problem", None) or str(error)
            if isinstance(error, _Twice):
                fault = Fault("norms.key-twice", "a key stands twice", "", "", found, "each key once", place=place)
            else:
                fault = Fault("file.syntax", "the file is no YAML", "", "", found, "YAML", place=place)
            self.faults.append(fault)
            return _UNREAD

    def read_sources(self, content: Any) -> None:  # noqa: ANN401 - what a YAML file holds
        """Read the list of sources."""
        if content is _UNREAD:
            return
        listed = content.get("sources") if isinstance(content, dict) else None
        if not isinstance(listed, dict):
            self._fault("norms.format", "no list of sources", SOURCES, "", "sources", listed, "sources by their keys")
            return
        for key, value in listed.items():
            source = self._valid(Source, value, SOURCES, f"source {key}")
            if source is not None:
                self.sources[key] = source

    def read_instrument(self, name: str, content: Any) -> None:  # noqa: ANN401 - what a YAML file holds
        """Read one file: an instrument and its norms."""
        if content is _UNREAD:
            return
        head = (content.get("format"), content.get("version")) if isinstance(content, dict) else (None, None)
        if head != (FORMAT, VERSION):
            self._fault("norms.format", "no file of norms", name, "", "format", head, f"{FORMAT}, version {VERSION}")
            return
        raw = content.get("instrument")
        label = f"instrument {raw.get('id') if isinstance(raw, dict) else None}"
        instrument = self._valid(Instrument, raw, name, label)
        if instrument is None:
            return
        if instrument.begins is None:
            self._fault("norms.window", "an instrument has a first day", name, label, "from", None, "a date")
        self._keep(self.instruments, instrument.id, instrument, name, label)
        self._cited(instrument.sources, name, label, needed=True)
        register = instrument.binds.listed_in
        if register is not None and register not in self.registers.registers:
            known = ", ".join(self.registers.registers)
            self._fault("norms.register", "no such register", name, label, "binds", register, f"one of {known}")
        self._supported(instrument, instrument.sources, name, label, unverified=instrument.confidence == "unverified")
        self._ordered(instrument.begins, instrument, name, label)
        listed = content.get("norms") or ()
        if not isinstance(listed, list | tuple):
            self._fault("norms.format", "norms are a list", name, label, "norms", listed, "a list of norms")
            listed = ()
        for position, item in enumerate(listed):
            key = item.get("id", f"number {position + 1}") if isinstance(item, dict) else f"number {position + 1}"
            norm = self._valid(Norm, item, name, f"norm {key}")
            if norm is not None:
                self._keep(self.norms, norm.id, norm, name, f"norm {key}")
                self.instrument_of.setdefault(norm.id, instrument.id)

    def _keep(self, table: dict[str, Any], key: str, value: object, name: str, label: str) -> None:
        """Keep a record, or say that its id is taken."""
        if key in table:
            self._fault(
                "norms.twice", "an id stands twice", name, label, "id", key, f"another id than in {self.places[key]}"
            )
        else:
            table[key] = value
            self.places[key] = name

    def _valid(self, kind: type[M], value: object, name: str, label: str) -> M | None:
        """Return a record, or note what does not fit."""
        try:
            return kind.model_validate(value)
        except ValidationError as error:
            fields = [info.alias or key for key, info in kind.model_fields.items()]
            self.faults += [fault.at(name) for fault in of_validation(error, label, fields)]
            return None

    def _look_at(self, norm: Norm) -> None:
        """Note what a norm names that does not exist."""
        name, label = self.places[norm.id], f"norm {norm.id}"
        self._cited(norm.sources, name, label, needed=False)
        instrument = self.instruments[self.instrument_of[norm.id]]
        unverified = (norm.confidence or instrument.confidence) == "unverified"
        self._supported(norm, norm.sources or instrument.sources, name, label, unverified=unverified)
        self._ordered(norm.begins or instrument.begins, norm if norm.until else instrument, name, label)
        questions, contested = load("legal-questions"), load("contested-questions")
        for path, asked in (("met_when", norm.met_when), ("questions", norm.questions)):
            for question in asked:
                if question not in questions and question not in ("bound", "date", "exemption"):
                    self._unknown("question", name, label, path, question, questions)
        for question in norm.contested:
            if question not in contested.children(None):
                self._unknown("contested-question", name, label, "contested", question, contested.children(None))
        for path, others in (("lifts", norm.lifts), ("defined_by", norm.defined_by)):
            for other in others:
                if other not in self.norms:
                    self._unknown("norm", name, label, path, other, self.norms)
        if bool(norm.lifts) != (norm.modality == "exemption"):
            found = f"{norm.modality}, lifts {list(norm.lifts)}"
            message, expected = "an exemption lifts norms, and nothing else does", "both or none of the two"
            self._fault("norms.lifts", message, name, label, "lifts", found, expected)

    def _cited(self, sources: tuple[str, ...], name: str, label: str, *, needed: bool) -> None:
        """Note sources that are not listed, and a source that is missing."""
        for key in sources if self.sources else ():
            if key not in self.sources:
                self._unknown("source", name, label, "sources", key, self.sources)
        if needed and not sources:
            self._fault("norms.source", "no source is cited", name, label, "sources", None, "a key of sources.yaml")

    def _supported(
        self, entry: Instrument | Norm, sources: tuple[str, ...], name: str, label: str, *, unverified: bool
    ) -> None:
        """Note what claims a text behind it and cites none."""
        if sources and set(sources) == {GENERAL_KNOWLEDGE} and not unverified:
            message = "what rests on general knowledge alone is unverified"
            found = entry.confidence or "the confidence of its instrument"
            self._fault(
                "norms.confidence", message, name, label, "confidence", found, "unverified, or a text as source"
            )

    def _ordered(self, begins: DateRange | None, ends_of: Instrument | Norm, name: str, label: str) -> None:
        """Note a window that ends before it begins, or at once unless nobody found what came then."""
        if begins is None or ends_of.until is None:
            return
        ends = [ends_of.until, *(act.until for act in ends_of.renewed)]
        left = ends[-1].latest - begins.earliest
        if left.days < 0 or (left.days == 0 and ends_of.afterwards != "unknown"):
            expected = f"a day after {begins}, the first day in force"
            message = "it is over before it is in force"
            self._fault("norms.window", message, name, label, "until", str(ends[-1]), expected)
        for before, after in pairwise(ends):
            if after.latest <= before.latest:
                message, expected = "a renewal ends before what it renews", f"a day after {before}"
                self._fault("norms.window", message, name, label, "renewed", str(after), expected)

    def _unknown(self, what: str, name: str, label: str, path: str, found: str, known: Iterable[str]) -> None:
        """Note a name that leads nowhere."""
        fault = Fault(f"norms.unknown-{what}", f"no such {what}", label, path, shown(found), f"a {what}", place=name)
        self.faults.append(replace(fault, nearest=nearest(found, known)))

    def _fault(self, code: str, message: str, name: str, label: str, path: str, found: object, expected: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(code, message, label, path, shown(found), expected, place=name))
