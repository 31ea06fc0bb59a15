"""What is known of a case already: the report and the answers of earlier forms, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from engine.access import may
from engine.actor import Actor
from engine.bpmn import visible
from engine.definitions import Definitions
from engine.facts import load_facts
from engine.forms import Form, Lists
from engine.masar import Masar
from engine.queries.choices import lists_for
from engine.queries.relations import facts_of_case
from engine.queries.rows import Answered, Known
from engine.store import cases
from engine.store.cases import CaseFile

CASE, NUMBER, MOST_REPORTS = "case", "number", 5


def known_forms(
    definitions: Definitions, context: Mapping[str, Any]
) -> tuple[tuple[Form, Mapping[str, Any]], ...]:
    """The forms whose answers a work item sees, the latest first, each answer once."""
    found, of_elements = list[tuple[Form, Mapping[str, Any]]](), _forms_of(definitions)
    for name, value in reversed(list(_values(context))):
        form = definitions.forms.get(name) or definitions.forms.get(of_elements.get(name, ""))
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
            said = tuple(Answered(one.label, one.value) for one in open_to_actor)
            told.append(Known(form.title, said, _number(form, answers)))
    return tuple(told)


def known_of_case(
    masar: Masar, conn: Connection, actor: Actor, definitions: Definitions, case: CaseFile, classes: frozenset[str]
) -> tuple[Known, ...]:
    """What a case itself holds, for its page, with the way to each report that the actor may open."""
    if not classes or case.kind != CASE:
        return ()
    forms, lists = known_forms(definitions, visible(case.state, 0)), definitions.lists
    for form, answers in forms:
        lists = lists_for(conn, lists, form, case.unit_path, answers)
    told = known_of(forms, lists, classes)
    numbers = list(dict.fromkeys(one.number for one in told if one.number))[:MOST_REPORTS]
    ids = {number: _report(masar, conn, actor, number) for number in numbers}
    return tuple(replace(one, report_id=ids.get(one.number)) for one in told)


def _report(masar: Masar, conn: Connection, actor: Actor, number: str) -> str | None:
    """The id of a report by its number, for whom may open it."""
    id_ = cases.by_number(conn, number)
    file = cases.load(conn, masar.vault, id_) if id_ else None
    if file is None or not may(actor, "see_report", facts_of_case(file, load_facts(file.facts), (), actor)):
        return None
    return str(file.id)


def _number(form: Form, answers: Mapping[str, Any]) -> str:
    """The file that answers came from, where they were handed on with its number."""
    number = answers.get(NUMBER)
    return number if isinstance(number, str) and all(field.path != NUMBER for field in form.fields) else ""


def _values(context: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The variables that may hold answers: those of the case itself, then those nearer to the work item. A variable
    may hold several, the latest first, as the reports on one case."""
    whole = context.get("case")
    near = {name: value for name, value in context.items() if name != "case"}
    outer = whole.items() if isinstance(whole, Mapping) else ()
    for name, value in (*((name, value) for name, value in outer if name not in near), *near.items()):
        for answers in reversed(value) if isinstance(value, list) else (value,):
            if isinstance(answers, Mapping):
                yield name, answers


def _forms_of(definitions: Definitions) -> dict[str, str]:
    """Element id → key of its form, over all processes."""
    return {
        element.id: element.form
        for process in definitions.bpmn.processes.values()
        for element in process.elements.values()
        if element.form
    }
