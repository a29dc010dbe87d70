"""Vocabularies: trees of terms, each with a source, that records point into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Annotated, Any, Final

from pydantic import Field

from synodos.language.dates import DateRange
from synodos.language.marks import Confidence, Id, SourceKey, Text
from synodos.language.record import Part

NAMES: Final = (
    "capabilities",
    "destinations",
    "interface-standards",
    "instrument-types",
    "technology-readiness",
    "exploration-objectives",
    "clauses",
    "legal-questions",
    "contested-questions",
)
BANDS: Final = (
    "earth",
    "leo",
    "lunar-vicinity",
    "lunar-surface",
    "asteroids",
    "mars-vicinity",
    "mars-surface",
    "other",
)
"""Bands of the roadmap picture, from the Earth outwards."""


class Source(Part):
    """A text that supports statements or terms."""

    title: Text
    """Its title."""
    publisher: Text | None = None
    """Who published it."""
    date: DateRange | None = None
    """When it was published."""
    url: Text | None = None
    """Where it can be read."""
    note: Text | None = None
    """Remark for the reader."""


class Revision(Part):
    """One revision of an interface standard."""

    id: str
    """Its letter, number or name."""
    date: DateRange | None = None
    """When it was issued."""
    note: Text | None = None
    """Remark for the reader."""


class VocabularyTerm(Part):
    """One entry of a vocabulary."""

    id: Id
    """Short name in lower case with hyphens, unique in its vocabulary."""
    label: Text
    """What it means in a few words."""
    parent: Id | None = None
    """Wider term under which it stands; that term stands before it."""
    refs: tuple[str, ...] = ()
    """Entries of other lists that mean the same or that it serves, as `scheme:code`."""
    serves: tuple[Id, ...] = ()
    """Terms outside its own branch that it serves, by the reading of who keeps the vocabulary; they stand before it."""
    confidence: Confidence
    """How well it is supported: `read`, `secondary`, `computed` or `unverified`."""
    sources: Annotated[tuple[SourceKey, ...], Field(min_length=1)]
    """Keys of the sources that support it."""
    note: Text | None = None
    """Remark for the reader."""
    anywhere: bool = False
    """Whether a capability is of use at any place, wherever it is provided."""
    band: str | None = None
    """Band of the roadmap picture in which a destination is drawn."""
    revisions: tuple[Revision, ...] = ()
    """Revisions of an interface standard."""


@dataclass(frozen=True)
class Vocabulary:
    """A tree of terms.

    Attributes
    ----------
    name, title : str
        Its name in files, and what it is.
    terms : mapping of str to VocabularyTerm
        Every term by id, parents before children.
    sources : mapping of str to Source
        What supports the terms.
    """

    name: str
    title: str
    terms: Mapping[str, VocabularyTerm]
    sources: Mapping[str, Source]

    def __contains__(self, term_id: object) -> bool:
        return term_id in self.terms

    def __iter__(self) -> Iterator[str]:
        return iter(self.terms)

    @cached_property
    def _children(self) -> dict[str | None, tuple[str, ...]]:
        """Children of each term; of None: the roots."""
        found: dict[str | None, list[str]] = {}
        for term in self.terms.values():
            found.setdefault(term.parent, []).append(term.id)
        return {parent: tuple(children) for parent, children in found.items()}

    def children(self, term_id: str | None) -> tuple[str, ...]:
        """Return the terms directly below `term_id`; below None: the roots."""
        return self._children.get(term_id, ())

    def label(self, term_id: str) -> str:
        """Return the label of a term, or its id where it is not in the vocabulary."""
        return self.terms[term_id].label if term_id in self.terms else term_id

    def ancestors(self, term_id: str) -> tuple[str, ...]:
        """Return the term itself and all above it, nearest first."""
        path: list[str] = []
        at: str | None = term_id
        while at is not None and at in self.terms and at not in path:  # a loop is a fault, and is told elsewhere
            path.append(at)
            at = self.terms[at].parent
        return tuple(path)

    def covers(self, wide: str, narrow: str) -> bool:
        """Return whether `narrow` is `wide` or stands below it."""
        return wide in self.ancestors(narrow)

    def extended(self, terms: Iterable[VocabularyTerm], sources: Mapping[str, Source]) -> Vocabulary:
        """Return the vocabulary with more terms, parents before children."""
        return Vocabulary(
            self.name,
            self.title,
            {**self.terms, **{term.id: term for term in terms}},
            {**self.sources, **sources},
        )


class Vocabularies(Mapping[str, Vocabulary]):
    """Every vocabulary by name, with a portfolio's own terms; each is read when it is first asked for."""

    def __init__(self, terms: Mapping[str, Iterable[VocabularyTerm]], sources: Mapping[str, Source]) -> None:
        """Take the terms that a portfolio adds, by vocabulary, and its sources."""
        self._terms = terms
        self._sources = sources
        self._read: dict[str, Vocabulary] = {}

    def __getitem__(self, name: str) -> Vocabulary:
        """Return one vocabulary."""
        if name not in self._read:
            shipped = load(name)
            own = name in self._terms
            self._read[name] = shipped.extended(self._terms[name], self._sources) if own else shipped
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)


@cache
def load(name: str) -> Vocabulary:
    """Return the vocabulary `name` that the package ships.

    Raises
    ------
    KeyError
        If the package ships no such vocabulary.
    """
    if name not in NAMES:
        raise KeyError(name)
    import yaml  # slow to load, and most questions ask for few vocabularies

    text = files("synodos.language").joinpath("vocabularies", f"{name}.yaml").read_text(encoding="utf-8")
    content: Any = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe loaders both
    terms = [VocabularyTerm.model_validate(term) for term in content["terms"]]
    sources = {key: Source.model_validate(source) for key, source in content["sources"].items()}
    return Vocabulary(name, content["title"], {term.id: term for term in terms}, sources)
