"""Whether what somebody typed into one version of a form finds its place in another."""

from collections.abc import Iterator

from engine.forms.cleaning import Raw, texts
from engine.forms.fields import Field, Rows
from engine.forms.form import Form
from engine.forms.scope import Scope


def without_place(old: Form, new: Form, raw: Raw) -> tuple[str, ...]:
    """The questions of the old form that were answered, and that the new one does not ask, or asks otherwise."""
    if old.sha256 == new.sha256:
        return ()
    before, after = dict(_fields(old.scope)), dict(_fields(new.scope))
    found = []
    for name in raw:
        if name.startswith("_") or not any(text.strip() for text in texts(raw, name)):
            continue
        path = _path(name, before)
        if path is not None and (path not in after or type(after[path]) is not type(before[path])):
            found.append(path)
    return tuple(dict.fromkeys(found))


def _fields(scope: Scope, prefix: str = "") -> Iterator[tuple[str, Field]]:
    for one in scope.answered:
        yield f"{prefix}{one.field.path}", one.field
        if isinstance(one.field, Rows):
            yield from _fields(one.field.row, f"{prefix}{one.field.path}.")


def _path(name: str, known: dict[str, Field]) -> str | None:
    """The question that a box belongs to: a box is named by its path, the number of its row, and perhaps its part."""
    steps = [step for step in name.split(".") if not step.isdecimal()]
    paths = (".".join(steps[:length]) for length in range(len(steps), 0, -1))
    return next((path for path in paths if path in known), None)
