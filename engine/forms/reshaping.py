"""When a person sends a form not to complete it but to change its shape: a row more or less, the next questions.

Without a script, a question that hangs on an answer is not on the page until the server has seen that answer. So
the page says which conditional fields it showed (the hidden input `_shown`), and a completion in which others have
become visible meanwhile is refused with a word beside each of them. A script that shows them at once (it sends the
form with `_refresh` when a field that `controls` changes) makes this rare; a client that sends no `_shown` never
meets it."""

from engine.forms.cleaning import Raw, text, texts
from engine.forms.fields import Field, Rows
from engine.forms.reading import blank
from engine.forms.rows import ADD, MOST_NAMES, REMOVE, indexes, renumbered
from engine.forms.scope import Scope

REFRESH, SHOWN = "_refresh", "_shown"


def reshaped(scope: Scope, raw: Raw) -> dict[str, list[str]] | None:
    """The values of the page in its new shape; None where none was asked for."""
    for one in scope.answered:
        if isinstance(one.field, Rows):
            found = _rows_reshaped(one.field, raw)
            if found is not None:
                return found
    return kept(raw) if REFRESH in raw else None


def _rows_reshaped(rows: Rows, raw: Raw) -> dict[str, list[str]] | None:
    name = rows.path
    if ADD + name in raw:
        there = [index for index in indexes(raw, name) if index < rows.most]
        return renumbered(raw, name, there, len(there) if len(there) < rows.most else None)
    for index in indexes(raw, REMOVE + name):
        there = [found for found in indexes(raw, name) if found != index and found < rows.most]
        return renumbered(raw, name, there, None if there else 0)
    return None


def kept(raw: Raw) -> dict[str, list[str]]:
    """What was typed, without the names that steer the page."""
    names = (key for _, key in zip(range(MOST_NAMES), raw, strict=False))
    return {key: texts(raw, key) for key in names if isinstance(key, str) and not key.startswith("_")}


def conditional(scope: Scope) -> tuple[Field, ...]:
    """The fields that may or may not be on the page, in order; their numbers stand in `_shown`."""
    return tuple(one.field for one in scope.guarded if one.field.answered)


def shown_value(scope: Scope, hidden: frozenset[str]) -> str:
    """What `_shown` holds: the numbers of the conditional fields that are on the page."""
    return ",".join(str(number) for number, field in enumerate(conditional(scope)) if field.path not in hidden)


def revealed(scope: Scope, raw: Raw, hidden: frozenset[str]) -> tuple[str, ...]:
    """Paths of conditional fields that are visible now, were not on the page, and so could not be answered."""
    if SHOWN not in raw:
        return ()
    on_page = set((text(raw, SHOWN) or "").split(","))
    return tuple(
        field.path
        for number, field in enumerate(conditional(scope))
        if field.path not in hidden and str(number) not in on_page and not _there(field, raw)
    )


def _there(field: Field, raw: Raw) -> bool:
    if isinstance(field, Rows):
        return any(not blank(field.row, raw, f"{field.path}.{index}.") for index in indexes(raw, field.path))
    return bool(field.gather(raw, field.path))
