"""Repeatable groups on the page: which rows there are, one more, one less."""

from engine.forms.cleaning import Raw, texts

ADD, REMOVE = "_add.", "_remove."
LONGEST_NAME = 200
MOST_NAMES = 5_000
"""No honest form has more boxes; beyond it a request is not searched for rows."""


def indexes(raw: Raw, name: str) -> list[int]:
    """The numbers of the rows under a name, in order."""
    prefix = name + "."
    found = set()
    for count, key in enumerate(raw):
        if count >= MOST_NAMES:
            break
        if isinstance(key, str) and key.startswith(prefix):
            number = key[len(prefix) :].split(".", 1)[0]
            if number.isascii() and number.isdigit() and len(number) <= 3:
                found.add(int(number))
    return sorted(found)


def row_values(raw: Raw, name: str, index: int) -> dict[str, list[str]]:
    """All values of one row, by the rest of their name."""
    prefix = f"{name}.{index}."
    return {key[len(prefix) :]: texts(raw, key) for key in _names(raw) if key.startswith(prefix)}


def renumbered(raw: Raw, name: str, keep: list[int], blank_at: int | None = None) -> dict[str, list[str]]:
    """The same values with the rows of a list in the given order; `blank_at` adds an empty row with that number."""
    prefix = name + "."
    result = {key: texts(raw, key) for key in _names(raw) if not key.startswith(prefix) and not key.startswith("_")}
    for place, index in enumerate(keep):
        for rest, values in row_values(raw, name, index).items():
            result[f"{prefix}{place}.{rest}"] = values
    if blank_at is not None:
        # An empty marker, because a row of empty boxes would otherwise leave no trace.
        result[f"{prefix}{blank_at}._row"] = [""]
    return result


def _names(raw: Raw) -> list[str]:
    names = (key for _, key in zip(range(MOST_NAMES), raw, strict=False))
    return [key for key in names if isinstance(key, str) and len(key) <= LONGEST_NAME]
