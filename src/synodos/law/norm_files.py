"""Reading the catalogue of norms from its files, with every fault told by file, record and field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from synodos.language import Fault, PortfolioError, Source, load, nearest, of_validation, shown
from synodos.law.catalogue import Catalogue, Instrument, Norm
from synodos.law.registers import Registers
from synodos.law.rules.linting import rule_faults

FORMAT, VERSION = "synodos-norms", 1
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
    rules = {name[:-3]: folder.joinpath(name).read_text(encoding="utf-8") for name in names if name.endswith(".lp")}
    reading = _Reading(known_registers)
    reading.read_sources(_content(folder, "sources.yaml"))
    for name in names:
        if name.endswith(".yaml") and name != "sources.yaml":
            reading.read_instrument(name, _content(folder, name))
    found = reading.catalogue(rules)
    if reading.faults:
        raise PortfolioError(reading.faults)
    return found


def _content(folder: Traversable, name: str) -> Any:  # noqa: ANN401 - what a YAML file holds
    """Return what a YAML file holds."""
    text = folder.joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe loaders both


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

    def read_sources(self, content: dict[str, Any]) -> None:
        """Read the list of sources."""
        for key, value in content["sources"].items():
            source = self._valid(Source, value, "sources.yaml", f"source {key}")
            if source is not None:
                self.sources[key] = source

    def read_instrument(self, name: str, content: Any) -> None:  # noqa: ANN401 - what a YAML file holds
        """Read one file: an instrument and its norms."""
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
        for position, item in enumerate(content.get("norms") or ()):
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
        questions, contested = load("legal-questions"), load("contested-questions")
        for question in (*norm.met_when, *norm.questions):
            if question not in questions and question not in ("bound", "date", "exemption"):
                self._unknown("question", name, label, "met_when", question, questions)
        for question in norm.contested:
            if question not in contested.children(None):
                self._unknown("contested-question", name, label, "contested", question, contested.children(None))
        for other in norm.lifts:
            if other not in self.norms:
                self._unknown("norm", name, label, "lifts", other, self.norms)
        if bool(norm.lifts) != (norm.modality == "exemption"):
            found = f"{norm.modality}, lifts {list(norm.lifts)}"
            self._fault(
                "norms.lifts", "an exemption lifts norms, and nothing else does", name, label, "lifts", found, ""
            )

    def _cited(self, sources: tuple[str, ...], name: str, label: str, *, needed: bool) -> None:
        """Note sources that are not listed, and a source that is missing."""
        for key in sources:
            if key not in self.sources:
                self._unknown("source", name, label, "sources", key, self.sources)
        if needed and not sources:
            self._fault("norms.source", "no source is cited", name, label, "sources", None, "a key of sources.yaml")

    def _unknown(self, what: str, name: str, label: str, path: str, found: str, known: Iterable[str]) -> None:
        """Note a name that leads nowhere."""
        fault = Fault(f"norms.unknown-{what}", f"no such {what}", label, path, shown(found), f"a {what}", place=name)
        self.faults.append(replace(fault, nearest=nearest(found, known)))

    def _fault(self, code: str, message: str, name: str, label: str, path: str, found: object, expected: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(code, message, label, path, shown(found), expected, place=name))
