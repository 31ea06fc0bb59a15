"""What is known of a case already, for the summary beside a form: the answers of earlier forms in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from engine.definitions import Definitions
from engine.forms import Form, Lists
from engine.queries.rows import Answered, Known


def known_forms(
    definitions: Definitions, context: Mapping[str, Any]
) -> tuple[tuple[Form, Mapping[str, Any]], ...]:
    """The forms whose answers a work item sees, the latest first, each answer once."""
    found: list[tuple[Form, Mapping[str, Any]]] = []
    for name, value in reversed(list(_values(context))):
        form = definitions.forms.get(name) or definitions.forms.get(_forms_of(definitions).get(name, ""))
        if form is not None and not any(known is form and value == answers for known, answers in found):
            found.append((form, value))
    return tuple(found)


def known_of(
    forms: tuple[tuple[Form, Mapping[str, Any]], ...], lists: Lists, classes: frozenset[str]
) -> tuple[Known, ...]:
    """Their answers, as far as the actor may see them."""
    told = []
    for form, answers in forms:
        open_to_actor = [one for one in form.describe(answers, lists) if one.sensitivity in classes]
        if open_to_actor:
            told.append(Known(form.title, tuple(Answered(one.label, one.value) for one in open_to_actor)))
    return tuple(told)


def _values(context: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The variables that may hold answers: those of the case itself, then those nearer to the work item."""
    whole = context.get("case")
    near = {name for name in context if name != "case"}
    for name, value in (whole.items() if isinstance(whole, Mapping) else ()):
        if name not in near and isinstance(value, Mapping):
            yield name, value
    for name, value in context.items():
        if name != "case" and isinstance(value, Mapping):
            yield name, value


def _forms_of(definitions: Definitions) -> dict[str, str]:
    """Element id → key of its form, over all processes."""
    return {
        element.id: element.form
        for process in definitions.bpmn.processes.values()
        for element in process.elements.values()
        if element.form
    }
