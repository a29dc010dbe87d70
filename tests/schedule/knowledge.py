"""Whether an answer rests only on what was stated by its day of knowledge."""


def assert_known_on(records, history, day, viewer="public"):
    """Every record (as `kind:id`) was stated by `day`, still stood then, and counts with a statement of that time."""
    known = history.known_on(day, viewer)
    for record in records:
        kind, _, key = record.partition(":")
        assert key in known.tables[kind], f"{record} was not known on {day}"
        assert known.tables[kind][key].as_of.latest <= day, f"{record} counts with a later statement"


def cut_off(history, day):
    """The history as it stood on a day: without any later statement."""
    header = history.header.model_copy(update={"known_on": type(history.header.known_on)(day.isoformat())})
    kept = tuple(statement for statement in history.statements if statement.as_of.latest <= day)
    return type(history)(header, kept)
