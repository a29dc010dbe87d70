"""What an input can name: terms of vocabularies, and records and sources that the agency may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from synodos.language import Cites, Field, Points, Portfolio, Term
from synodos.web.agency.models import Draft
from synodos.web.agency.shapes import SOURCE
from synodos.web.records.wording import title_of

FEW: Final = 12
"""Terms that stand in a short choice; more are suggested while somebody writes."""
MOST: Final = 1_000
"""Suggestions of one list."""

Option = tuple[str, str]


class Choices:
    """What an agency may name, with its own drafts; each list is made when it is first asked for."""

    def __init__(self, portfolio: Portfolio, drafts: Sequence[Draft] = (), names: Sequence[str] = ()) -> None:
        """Take what the agency sees, its drafts, and the names of the fields of the kind."""
        self.portfolio, self.drafts, self.names = portfolio, drafts, names
        self._lists: dict[str, Sequence[Option]] = {}

    def few(self, field: Field) -> Sequence[Option]:
        """Return the terms of a short vocabulary; nothing for others."""
        if not isinstance(field.mark, Term):
            return ()
        terms = self.portfolio.vocabularies[field.mark.vocabulary].terms
        return [(key, f"{term.label} ({key})") for key, term in terms.items()] if len(terms) <= FEW else ()

    def offered(self, field: Field) -> str:
        """Return the id of the list of suggestions for a field; nothing where there are none."""
        mark = field.mark
        if field.name == "unverified_fields":
            return self._listed("names", [(name, "") for name in self.names])
        if field.name in ("currency", "in_currency"):
            return self._listed("currencies", self._currencies())
        if isinstance(mark, Term):
            terms = self.portfolio.vocabularies[mark.vocabulary].terms
            return self._listed(f"terms-{mark.vocabulary}", [(key, term.label) for key, term in terms.items()])
        if isinstance(mark, Cites):
            return self._listed("sources", self._sources())
        if isinstance(mark, Points):
            return self._listed("records-" + "-".join(mark.kinds), self._records(mark.kinds))
        return ""

    def used(self) -> Mapping[str, Sequence[Option]]:
        """Return the lists that were asked for."""
        return self._lists

    def _listed(self, name: str, options: Sequence[Option]) -> str:
        """Keep a list of suggestions under a name."""
        self._lists.setdefault(name, options[:MOST])
        return name

    def _currencies(self) -> Sequence[Option]:
        """Return the currencies for which the portfolio has rates."""
        rates = self.portfolio.header.exchange_rates
        known = sorted({code for rate in rates for code in (rate.currency, rate.in_currency)} | {"EUR", "USD"})
        return [(code, "") for code in known]

    def _sources(self) -> Sequence[Option]:
        """Return the sources that the agency sees, its own drafts first."""
        own = [
            (draft.record_id, f"{draft.values.get('title', '')} (draft)")
            for draft in self.drafts
            if draft.kind == SOURCE
        ]
        return [*own, *((key, source.title) for key, source in self.portfolio.header.sources.items())]

    def _records(self, kinds: Sequence[str]) -> Sequence[Option]:
        """Return the records of some kinds that the agency sees, its own drafts first."""
        own = [
            (draft.record_id, f"{draft.values.get('name', '')} ({draft.kind}, draft)")
            for draft in self.drafts
            if draft.kind in kinds
        ]
        seen = [
            (key, f"{title_of(record)}" + (f" ({kind})" if len(kinds) > 1 else ""))
            for kind in kinds
            for key, record in self.portfolio.tables.get(kind, {}).items()
        ]
        return [*own, *seen]
