"""The history of a case as people read it: who, when, on whose behalf, what, from which value to which, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from engine.bindings import Bindings
from engine.definitions import Definitions
from engine.facts import load_facts
from engine.forms import Changed, Lists, changes
from engine.history import document_of
from engine.masar import Masar
from engine.queries.choices import lists_for
from engine.queries.naming import SYSTEM_NAME, Names, element_name
from engine.queries.reasons import why_of
from engine.queries.rows import Change, TimelineEntry
from engine.queries.summaries import HIDDEN
from engine.queries.wording import LABELS, alerted, what_happened, words_for
from engine.store import events
from engine.store.cases import CaseFile
from engine.store.events import Event
from engine.text import Text

_NAMED = ("said_by", "for_whom")
"""People outside the house whom an event names."""


@dataclass(frozen=True)
class _Telling:
    """What entries are told with: the definitions, all lists, names, and what the actor may see."""

    definitions: Definitions
    lists: Lists
    names: Names
    classes: frozenset[str]


def entries_of(
    masar: Masar, conn: Connection, case: CaseFile, definitions: Definitions, classes: frozenset[str],
    before: int | None, limit: int,
) -> tuple[tuple[TimelineEntry, ...], str | None]:
    """One page of entries, newest first, and the cursor of the next. Values of classes the actor may not see are
    masked."""
    found = events.read_back(conn, masar.vault, case.id, before, limit + 1)
    shown = found[:limit]
    documents = {event.seq: document_of(event.payload) for event in shown}
    earlier = _earlier_answers(masar, conn, case.id, documents)
    names = Names(conn, _people(shown, documents.values()), _units(documents.values()))

    def telling(definitions: Definitions) -> _Telling:
        lists = definitions.lists
        forms = {str(document.get("form") or "") for document in documents.values()} & definitions.forms.keys()
        for key in sorted(forms):
            answered = (*documents.values(), *earlier.values())
            lists = lists_for(conn, lists, definitions.forms[key], case.unit_path, *answered)
        return _Telling(definitions, lists, names, classes)

    bindings = Bindings(case.bundle_id, load_facts(case.facts).moves)
    used = {bindings.before(event.seq) for event in shown}
    tellings = {
        id_: telling(definitions if id_ == case.bundle_id else masar.library.of(conn, id_)) for id_ in sorted(used)
    }
    told = tuple(
        _entry(event, documents[event.seq], earlier, tellings[bindings.before(event.seq)]) for event in shown
    )
    return told, str(shown[-1].seq) if len(found) > limit else None


def _entry(
    event: Event, document: Mapping[str, Any], earlier: Mapping[int, Mapping[str, Any]], telling: _Telling
) -> TimelineEntry:
    definitions, names = telling.definitions, telling.names
    element = element_name(definitions, str(document.get("process", "")), str(document.get("element", "")))
    told = [*_answers_changed(document, earlier, telling), *_marks_changed(document, definitions, names)]
    if (whom := alerted(document, definitions)) is not None:
        told.append(Change(LABELS["alerted"], None, whom))
    shown = "protected" in telling.classes
    told += [Change(LABELS[k], None, Text(document[k]) if shown else HIDDEN) for k in _NAMED if k in document]
    return TimelineEntry(
        seq=event.seq, kind=event.kind, who=names.account(event.actor_id) or SYSTEM_NAME,
        on_behalf_of=names.account(event.on_behalf_of_id), happened_at=event.happened_at,
        recorded_at=event.recorded_at,
        what=what_happened(event.kind, element, document, names, definitions.lists.months, bool(event.actor_id)),
        changes=tuple(told), why=why_of(document, definitions) if "protected" in telling.classes else (),
    )


def _answers_changed(
    document: Mapping[str, Any], earlier: Mapping[int, Mapping[str, Any]], telling: _Telling
) -> list[Change]:
    form = telling.definitions.forms.get(str(document.get("form") or ""))
    answers = answers_in(document)
    if form is None or not answers:
        return []
    before = answers_in(earlier.get(document.get("previous") or 0, {}))
    differences = changes(form.describe(before, telling.lists), form.describe(answers, telling.lists))
    return [_change(one, telling.classes) for one in differences]


def _change(one: Changed, classes: frozenset[str]) -> Change:
    after = one.after or Text("—", "—")
    if one.sensitivity not in classes:
        return Change(one.label, HIDDEN if one.before else None, HIDDEN)
    return Change(one.label, one.before, after)


def answers_in(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answers that an event holds: those of a work item, of a recorded message, or of a report."""
    command = document.get("command") or {}
    given = command.get("answers")
    if given is None:
        variables = command.get("variables") or {}
        given = variables.get(document.get("element")) or variables.get("form_0_report")
    return given if isinstance(given, Mapping) else {}


def _marks_changed(document: Mapping[str, Any], definitions: Definitions, names: Names) -> list[Change]:
    """Stage, risk, manager, unit, and due dates of open work that the event moved."""
    told = []
    for mark, (before, after) in (document.get("changes") or {}).items():
        if mark in LABELS:
            was = words_for(mark, before, definitions, names) if before not in (None, "") else None
            told.append(Change(LABELS[mark], was, words_for(mark, after, definitions, names)))
    for process, element, before, after in document.get("dues") or ():
        name = element_name(definitions, process, element)
        label = Text(f"موعد «{name.ar}»", f"Due date of “{name.in_('en')}”")
        was, is_now = (words_for("due", moment, definitions, names) for moment in (before, after))
        told.append(Change(label, was, is_now))
    return told


def _earlier_answers(
    masar: Masar, conn: Connection, case_id: int, documents: Mapping[int, Mapping[str, Any]]
) -> dict[int, Mapping[str, Any]]:
    """The events that hold the previous answers of the elements on this page."""
    known: dict[int, Mapping[str, Any]] = dict(documents)
    missing = {d["previous"] for d in documents.values() if d.get("previous")} - known.keys()
    for event in events.read_some(conn, masar.vault, case_id, missing):
        known[event.seq] = document_of(event.payload)
    return known


def _people(shown: Iterable[Event], documents: Iterable[Mapping[str, Any]]) -> set[int]:
    found = {e.actor_id for e in shown} | {e.on_behalf_of_id for e in shown if e.on_behalf_of_id}
    for document in documents:
        found.update(i for i in (document.get("changes") or {}).get("manager", ()) if i)
        found.update(i for i in (document.get("from"), document.get("to")) if isinstance(i, int))
        found.update(document.get("by") or ())
    return found


def _units(documents: Iterable[Mapping[str, Any]]) -> set[int]:
    return {i for document in documents for i in (document.get("changes") or {}).get("unit", ()) if i}
