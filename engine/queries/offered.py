"""What may be chosen in a form of a case just now: case managers as D16 judges them, providers as the directory of
services stands. Who may not be chosen is shown with the reason, and refused by the same list when the form is sent."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.access import DUTY, MANAGERS
from engine.definitions import Definitions
from engine.forms import Document, Form, Lists, Option
from engine.forms.fields.choice import Choice
from engine.forms.fields.computed import Computed
from engine.forms.wiring import everything
from engine.masar import Masar
from engine.queries.choices import PROVIDERS, accounts_for, codes_in, lists_for, roles_in, words_of
from engine.queries.fitness import NO, WITH_APPROVAL, YES, Candidate, Fitness, about_case, fitness_of
from engine.queries.registers import DIRECTORY, house_lists, in_force, today
from engine.registers.entry import NOT_LISTED, SERVICES, loaded, needs_of, services_of, why_not
from engine.store import providers
from engine.store.cases import CaseFile
from engine.text import Text

EACH, ELSEWHERE = 25, 5
"""So many providers are offered for each service in the person's area and, after them, elsewhere; the search finds all
others, and whoever is named is looked up."""

_APPROVED = Text("فوق حد العبء؛ يلزم اعتماد المشرف", "above the limit; a supervisor must approve")
_STANDS_IN = Text("مناوب؛ لا مدير حالة متاح", "on duty; no case manager is free")


def offered_lists(
    masar: Masar, conn: Connection, definitions: Definitions, form: Form, case: CaseFile,
    context: Mapping[str, Any], now: datetime, sent: Mapping[str, Any] | Document | None = None,
) -> Lists:  # fmt: skip
    """The lists of a form of a case as they may be chosen from now; `sent` is what somebody chose."""
    said = sent.values if isinstance(sent, Document) else sent or {}
    lists = lists_for(conn, definitions.lists, form, case.unit_path, context, said)
    found: dict[str, tuple[Option, ...]] = {}
    for key in form.dynamic_lists:
        if roles_in(key) & MANAGERS:
            found[key] = _managers(masar, conn, definitions, form, key, case, context, now)
        elif key == PROVIDERS:
            found[key] = _providers(masar, conn, definitions, context, said, now)
    return lists.with_dynamic(found) if found else lists


def unfit_managers(
    masar: Masar, conn: Connection, definitions: Definitions, form: Form, case: CaseFile,
    context: Mapping[str, Any], answers: Mapping[str, Any], now: datetime,
) -> dict[str, Text]:  # fmt: skip
    """What is wrong with the case managers that answers name, once everything else that they say is known (whom the
    case is about may stand in the same form): by field."""
    named = {field.path: str(answers[field.path]) for field in everything(form.scope)
             if isinstance(field, Choice) and roles_in(field.offer.list) & MANAGERS and answers.get(field.path)}
    if not named:
        return {}
    rows = accounts_for(conn, MANAGERS, case.unit_path)
    people = {login: _candidate(rows[login]) for login in named.values() if login in rows}
    about = about_case(masar, conn, case, answers, context)
    fits = fitness_of(masar, conn, definitions, people.values(), about, now)
    return {path: fits[people[login].id].why or NOT_LISTED for path, login in named.items()
            if login in people and fits[people[login].id].barred}


def _candidate(row: Any) -> Candidate:
    return Candidate(row.id, (row.name_ar, row.name_en), row.role == DUTY)


def _managers(
    masar: Masar, conn: Connection, definitions: Definitions, form: Form, key: str, case: CaseFile,
    context: Mapping[str, Any], now: datetime,
) -> tuple[Option, ...]:  # fmt: skip
    """The accounts of a list with how D16 judges each. Who is above the limit may be chosen where the form looks at
    that (its diagram then asks a supervisor) or nobody else may; where nobody at all may, whoever is on duty (D16b)."""
    rows = accounts_for(conn, roles_in(key) | {DUTY}, case.unit_path)
    about = about_case(masar, conn, case, context)
    fits = fitness_of(masar, conn, definitions, [_candidate(row) for row in rows.values()], about, now)
    listed = [row for row in rows.values() if row.role in roles_in(key)]
    free = any(fits[row.id].assign == YES for row in listed)
    lenient = not free or _reads_facts(form, key)
    options = [_judged(row, fits[row.id], lenient) for row in listed]
    if any(option.why_not is None for option in options):
        return tuple(options)
    duty = [row for row in rows.values() if row.role == DUTY and row.role not in roles_in(key)]
    return (*options, *(_with(_judged(row, fits[row.id], lenient), _STANDS_IN) for row in duty))


def _judged(row: Any, fit: Fitness, lenient: bool) -> Option:
    facts = {"assign": fit.assign, "over_limit": fit.over_limit}
    option = Option(row.login, words_of(row), facts=facts)
    if fit.assign == NO or (fit.assign == WITH_APPROVAL and not lenient):
        return replace(option, why_not=fit.why)
    return _with(option, _APPROVED) if fit.assign == WITH_APPROVAL else option


def _with(option: Option, note: Text) -> Option:
    label = Text(f"{option.label.ar} ({note.ar})", f"{option.label.in_('en')} ({note.en})")
    return replace(option, label=label)


def _reads_facts(form: Form, key: str) -> bool:
    return any(isinstance(one, Computed) and one.facts_of is not None and one.facts_list == key
               for one in everything(form.scope))


def _providers(
    masar: Masar, conn: Connection, definitions: Definitions, context: Mapping[str, Any], said: object, now: datetime
) -> tuple[Option, ...]:
    """Who may be referred to today. Until the directory is begun (and its day has come), the list of the bundle holds
    for those that the directory does not name."""
    listed = definitions.lists.get(PROVIDERS, ())
    if not providers.begun(conn):
        return listed
    day, place = today(masar, now), _place_in(context)
    found: dict[str, Option] = {}
    services = [option.value for option in definitions.lists.get(SERVICES, ())]
    elsewhere = ELSEWHERE if place[0] else EACH
    near = providers.near(conn, *place, day, EACH) if place[0] else []
    for row in _rows([*near, *providers.anywhere(conn, services, day, elsewhere)]):
        before = found.get(row.code)
        of_it = tuple(dict.fromkeys((*(before.parents if before else ()), row.service_type)))
        known = {"licence_until": row.licence_until}
        found[row.code] = Option(row.code, Text(row.name_ar, row.name_en), parents=of_it, facts=known)
    others = {o.value: o for o in listed if o.value not in found}
    asked = (codes_in((context, said)) | others.keys()) - found.keys()
    lists = house_lists(masar, conn)
    for row in _rows(providers.by_codes(conn, asked)):
        found[row.code] = _known(row, lists, day)
    strict = in_force(masar, conn, DIRECTORY)
    for code, option in others.items():
        if code not in found:
            found[code] = replace(option, why_not=NOT_LISTED) if strict else option
    return tuple(found.values())


def _known(row: Any, lists: Lists, day: str) -> Option:
    """A provider that was named, with why it cannot be chosen if it cannot."""
    entry = loaded(row.entry)
    services = tuple(line["service_type"] for line in services_of(entry))
    needs = needs_of(lists, row.agency_type)
    return Option(
        row.code, Text(row.name_ar, row.name_en), parents=services, facts={"licence_until": row.licence_until},
        why_not=why_not(entry, row.suspended, needs, day, lists.months),
    )


def _place_in(context: Mapping[str, Any]) -> tuple[str, str]:
    """Governorate and district of the person, as the case knows them."""
    for source in (context, *(v for v in context.values() if isinstance(v, Mapping))):
        if isinstance(source.get("governorate"), str):
            district = source.get("district")
            return source["governorate"], district if isinstance(district, str) else ""
    return "", ""


def _rows(rows: Iterable[Any]) -> Iterable[Any]:
    return rows
