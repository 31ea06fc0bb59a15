"""What is known of a case already, for the summary beside a form and for the timeline: answers in words."""

from collections.abc import Mapping
from typing import Any

from engine.definitions import Definitions
from engine.forms import Told
from engine.queries.rows import Answered
from engine.queries.summaries import HIDDEN

MOST_KNOWN = 40


def known_of(
    definitions: Definitions, context: Mapping[str, Any], classes: frozenset[str]
) -> tuple[Answered, ...]:
    """The answers among the variables that a work item sees, as far as the actor may see them."""
    found: list[Answered] = []
    of_case = context.get("case")
    seen = {**(of_case if isinstance(of_case, Mapping) else {}), **context}
    for name, value in seen.items():
        form = definitions.forms.get(name) or definitions.forms.get(_forms_of(definitions).get(name, ""))
        if form is None or not isinstance(value, Mapping):
            continue
        told = form.describe(value, definitions.lists)
        found += [Answered(one.label, one.value) for one in told if one.sensitivity in classes]
    return tuple(found[:MOST_KNOWN])


def masked(told: Told, classes: frozenset[str]) -> Told:
    """The same, with the value hidden from those who may not see its class."""
    return told if told.sensitivity in classes else told._replace(value=HIDDEN)


def _forms_of(definitions: Definitions) -> dict[str, str]:
    """Element id → key of its form, over all processes."""
    return {
        element.id: element.form
        for process in definitions.bpmn.processes.values()
        for element in process.elements.values()
        if element.form
    }
