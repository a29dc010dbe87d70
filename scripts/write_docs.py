"""Write the pages on record kinds and vocabularies and the JSON Schemas, from the code that they describe.

Run it after a change to a record kind or a vocabulary: `.venv/bin/python scripts/write_docs.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import yaml
from blocks import table
from pydantic import BaseModel
from record_examples import EXAMPLES, MADE_UP

from synodos.exchange import read_portfolio
from synodos.language import (
    KINDS,
    NAMES,
    Cites,
    DateRange,
    Field,
    Header,
    Part,
    Points,
    Record,
    Revision,
    Source,
    Term,
    Vocabulary,
    VocabularyTerm,
    fields,
    load,
)
from synodos.report import published_schemas, write_schemas

ROOT: Final = Path(__file__).parent.parent
COMMAND: Final = ".venv/bin/python scripts/write_docs.py"
MARK: Final = "<!-- Written by scripts/write_docs.py; change the code that it describes instead. -->"
BY_NAME: Final[dict[str, type[BaseModel]]] = {"Source": Source, "Own term": VocabularyTerm, "Revision": Revision}
"""What stands on the portfolio page under a key or the name of a vocabulary, by the heading of its section."""
KEYED: Final = {
    "sources": "[sources](#source), each under its key",
    "vocabularies": "lists of [own terms](#own-term), each under the name of a vocabulary",
}
PLAIN: Final = {str: "text", bool: "yes or no", int: "whole number", float: "number"}
SEVERAL: Final = {
    "text": "texts",
    "date": "dates",
    "number": "numbers",
    "id of a record": "ids of records",
    "key of a source": "keys of sources",
}


def pages() -> dict[str, str]:
    """Return every generated page by its path below `docs`."""
    found = {"records/index.md": kinds_page(), "records/portfolio.md": portfolio_page()}
    found |= {f"records/{kind.kind}.md": kind_page(kind) for kind in KINDS}
    found["vocabularies/index.md"] = vocabularies_page()
    found |= {f"vocabularies/{name}.md": vocabulary_page(load(name)) for name in NAMES}
    found["schemas/index.md"] = schemas_page()
    return found


def write(docs: Path) -> None:
    """Write every page and schema below `docs`."""
    for name, text in pages().items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    write_schemas(docs / "schemas")


def page(title: str, *blocks: str) -> str:
    """Return a page."""
    return "\n\n".join((MARK, f"# {title}", *blocks)) + "\n"


def summary(model: type[BaseModel]) -> str:
    """Return the first sentence on a model."""
    return " ".join((model.__doc__ or "").split("\n\n")[0].split())


def sentence_case(name: str) -> str:
    """Return the name of a kind or part as a heading."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip().capitalize()


def kinds_page() -> str:
    """Return the page that lists the kinds and what all of them share."""
    rows = [[f"[{kind.kind}]({kind.kind}.md)", f"`{kind.plural}`", summary(kind)] for kind in KINDS]
    return page(
        "Record kinds",
        "A portfolio is made of records: dated statements by which an agency says one thing of its plans. A file of\n"
        "records holds lists under the names below. Several dated statements of one record may stand side by side;\n"
        "each states the record whole, and the latest one by the day of knowledge counts.",
        table(["kind", "list", "what is said with it"], rows),
        "## What every record has",
        field_table(fields(Record)),
        "A file of records begins with `format: synodos-records` and `version: 1`. It may give `defaults`: fields\n"
        "that every record in it has unless the record states them. [The portfolio page](portfolio.md) says what the\n"
        "portfolio is, and lists its sources.",
        "## Dates",
        "A date is a year, a month or a day (`2017`, `2011-04`, `2011-04-20`), or a range (`2013..2014`, `2020..`,\n"
        "`..2015`). It is kept as precise as it was stated. A statement dated to a month or a year counts as known on\n"
        "the last day of it.",
    )


def kind_page(kind: type[Record]) -> str:
    """Return the page on one kind."""
    shared = set(Record.model_fields)
    own = [field for field in fields(kind) if field.name not in shared]
    return page(
        sentence_case(kind.__name__),
        summary(kind),
        f"Stands in files under `{kind.plural}`. Beside the fields below it has\n"
        "[those of every record](index.md#what-every-record-has).",
        field_table(own),
        *part_sections(kind),
        *example(kind),
        f"JSON Schema: [`{kind.kind}.json`](../schemas/{kind.kind}.json)",
    )


def portfolio_page() -> str:
    """Return the page on `portfolio.yaml`."""
    return page(
        "The portfolio page",
        summary(Header),
        "It is the file `portfolio.yaml`, which begins with `format: synodos-portfolio` and `version: 1`.",
        field_table(fields(Header)),
        *part_sections(Header),
        *(
            block
            for name, model in BY_NAME.items()
            for block in (f"## {name}", summary(model), field_table(fields(model)))
        ),
        "JSON Schema: [`portfolio.json`](../schemas/portfolio.json)",
    )


def part_sections(model: type[Part]) -> Iterator[str]:
    """Yield heading, summary and fields of each part of a model, in the order in which they are met."""
    for part in parts(model):
        yield f"## {sentence_case(part.__name__)}"
        yield summary(part)
        yield field_table(fields(part))


def parts(model: type[Part]) -> list[type[Part]]:
    """Return the parts of a model and of its parts, each once."""
    found: list[Any] = [model]
    for one in found:
        found += dict.fromkeys(field.part for field in fields(one) if field.part and field.part not in found)
    return found[1:]


def field_table(shown: Sequence[Field]) -> str:
    """Return a table of fields."""
    rows = [[f"**{field.name}**", value(field), given(field), field.description] for field in shown]
    return table(["field", "value", "must be given", "meaning"], rows)


def given(field: Field) -> str:
    """Return whether a field must be given, and what counts where it is not."""
    if field.required:
        return "yes"
    if isinstance(field.default, str):
        return f"no: `{field.default}`"
    return "no: `false`" if field.default is False else "no"


def value(field: Field) -> str:
    """Return what a field holds, with links to what it points at."""
    one = one_value(field)
    if field.many:
        several = SEVERAL.get(one.partition(" (")[0])
        one = f"{several}{one.removeprefix(one.partition(' (')[0])}" if several else f"list of: {one}"
    if field.words and field.many:  # words stand instead of the list
        return ", ".join(f"`{word}`" for word in field.words) + f", or {one}"
    return one


def one_value(field: Field) -> str:
    """Return what one value of a field is."""
    if isinstance(field.mark, Points):
        named = (f"[{kind}]({kind}.md)" if kind != "compiler" else "compiler" for kind in field.mark.kinds)
        return f"id of a record ({', '.join(named)})"
    if isinstance(field.mark, Term):
        return f"[{field.mark.vocabulary}](../vocabularies/{field.mark.vocabulary}.md)"
    if isinstance(field.mark, Cites):
        return "key of a source"
    if field.words and not field.many:
        return ", ".join(f"`{word}`" for word in field.words)
    if field.part is not None:
        name = sentence_case(field.part.__name__).lower()
        return f"[{name}](#{name.replace(' ', '-')})"
    return "date" if field.type is DateRange else PLAIN.get(field.type) or KEYED[field.name]


def example(kind: type[Record]) -> Iterator[str]:
    """Yield an example of a kind as it stands in a file, and where it is from."""
    yield "## Example"
    if kind.kind in EXAMPLES:
        folder, key = EXAMPLES[kind.kind]
        stated = read_portfolio(ROOT / "portfolios" / folder).of(kind)
        record = stated.get(key) or min(stated.values(), key=lambda one: (len(one.model_dump_json()), one.id))
        yield f"From the portfolio `{folder}`, compiled from public sources and not declared by the agency:"
    else:
        record = kind.model_validate(MADE_UP[kind.kind])
        yield "Made up:"
    values = whole_numbers(record.model_dump(mode="json", exclude_defaults=True))
    content = {"format": "synodos-records", "version": 1, kind.plural: [values]}
    text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100, default_flow_style=None)
    yield f"```yaml\n{text}```"


def whole_numbers(content: Any) -> Any:  # noqa: ANN401 - any plain value
    """Return plain values with amounts such as 800000000.0 written as whole numbers."""
    if isinstance(content, dict):
        return {name: whole_numbers(item) for name, item in content.items()}
    if isinstance(content, list):
        return [whole_numbers(item) for item in content]
    return int(content) if isinstance(content, float) and content.is_integer() else content


def vocabularies_page() -> str:
    """Return the page that lists the vocabularies."""
    rows = [[f"[{name}]({name}.md)", load(name).title, str(len(load(name).terms))] for name in NAMES]
    return page(
        "Vocabularies",
        "Records name capabilities, destinations and other things by terms of these trees. Who offers a term also\n"
        "answers a call for any term above it. A portfolio can add terms of its own under `vocabularies` on\n"
        "[its page](../records/portfolio.md).",
        table(["vocabulary", "what it lists", "terms"], rows),
    )


def vocabulary_page(vocabulary: Vocabulary) -> str:
    """Return the page on one vocabulary: its tree, then its sources."""
    return page(
        vocabulary.name.replace("-", " ").capitalize(),
        f"{vocabulary.title}. {len(vocabulary.terms)} terms, each below the wider one, with what supports it.",
        "\n".join(term_line(vocabulary, term) for term in in_tree_order(vocabulary)),
        "## Sources",
        "\n".join(source_line(key, source) for key, source in vocabulary.sources.items()),
    )


def term_line(vocabulary: Vocabulary, term: VocabularyTerm) -> str:
    """Return the item of a term in the tree."""
    said = [
        term.label,
        f"band {term.band}" if term.band else "",
        "of use anywhere" if term.anywhere else "",
        "serves " + ", ".join(term.serves) if term.serves else "",
        "revisions " + ", ".join(f"{one.id} ({one.date or 'no date'})" for one in term.revisions)
        if term.revisions
        else "",
        " ".join((term.note or "").split()).rstrip("."),
    ]
    support = "; ".join(filter(None, (", ".join(term.refs), f"{term.confidence}: {', '.join(term.sources)}")))
    indent = "    " * (len(vocabulary.ancestors(term.id)) - 1)
    return f"{indent}- **{term.id}** · {' · '.join(filter(None, said))} *({support})*"


def source_line(key: str, source: Source) -> str:
    """Return the item of a source."""
    date = str(source.date) if source.date else None
    address = f"<{source.url}>" if source.url else None
    said = (source.title, source.publisher, date, address, source.note)
    return f"- **{key}** · {' · '.join(filter(None, said))}"


def in_tree_order(vocabulary: Vocabulary) -> Iterator[VocabularyTerm]:
    """Yield every term after the one above it."""
    pending = list(vocabulary.children(None))[::-1]
    while pending:
        term = pending.pop()
        yield vocabulary.terms[term]
        pending.extend(reversed(vocabulary.children(term)))


def schemas_page() -> str:
    """Return the page that lists the JSON Schemas."""
    rows = [
        [f"[`{name}.json`]({name}.json)", " ".join(schema.get("description", "").split("\n\n")[0].split())]
        for name, schema in published_schemas().items()
    ]
    return page(
        "JSON Schemas",
        "Generated from the models; `synodos schema` prints them. An editor that knows YAML Schemas completes and\n"
        "checks files of records with `records.json`.",
        table(["schema", "what it describes"], rows),
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs")
