"""Inspections: the page of one, those of a provider, and the list of what is due, open, or was never visited."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from engine.access import AccessFacts, may
from engine.actor import Actor
from engine.errors import NotAllowed
from engine.forms import Lists
from engine.masar import Masar
from engine.queries.cases import case_page
from engine.queries.registers import house_lists, today
from engine.queries.rows import CasePage
from engine.registers.entry import AGENCY_TYPES
from engine.store import inspections, providers
from engine.text import Text

MOST_OF_ONE, MOST_LISTED = 12, 200
INSTITUTION = "institution"
SCORES = ("axis_building", "axis_management", "axis_care", "axis_rights")
NUMBERS = {
    "capacity": Text("الطاقة الاستيعابية", "Capacity"), "residents": Text("المقيمون", "Residents"),
    "interviewed": Text("قوبلوا على انفراد", "Spoken to alone"), "missing": Text("نقص العاملين", "Staff missing"),
    "accredited": Text("أخصائيون معتمدون", "Accredited specialists"),
    "family_care": Text("يمكن نقلهم إلى رعاية أسرية", "Could move to family care"),
    "improvements": Text("بنود التصويب", "Improvements asked for"),
}  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """One inspection, as the page of its provider tells it: numbers and days."""

    case_id: str
    number: str
    cause: Text
    opened_at: datetime
    visited_on: date | None
    result: Text | None
    next_on: date | None
    scores: tuple[tuple[Text, Text], ...]
    numbers: tuple[tuple[Text, str], ...]


@dataclass(frozen=True)
class Inspected:
    """What the page of a provider shows of its inspections, and whether this actor may open one."""

    visits: tuple[Visit, ...]
    may_open: bool
    may_read: bool


@dataclass(frozen=True)
class Institution:
    """A line of the list: an institution and where its inspections stand."""

    code: str
    name: Text
    kind: Text
    visit: Visit | None
    waiting: bool
    """Whether a visit is open now."""
    late: bool
    """Whether it was never visited, or should have been by today."""


def inspection_page(masar: Masar, actor: Actor, inspection_id: str) -> CasePage:
    """The page of an inspection. Raises NotFound."""
    return case_page(masar, actor, inspection_id, "see_inspection")


def inspections_of(conn: Connection, actor: Actor, lists: Lists, row: Any) -> Inspected | None:
    """The inspections of a provider (its row), for who may see them; None for others."""
    facts = AccessFacts(unit_path=row.unit_path)
    if not may(actor, "see_inspections", facts):
        return None
    rows: list[Any] = list(inspections.of_provider(conn, row.code, MOST_OF_ONE))
    waiting = any(not one.result for one in rows)
    as_file = AccessFacts(kind="inspection", unit_path=row.unit_path)
    return Inspected(
        tuple(_visit(lists, one) for one in rows), may(actor, "open_inspection", facts) and not waiting,
        may(actor, "see_inspection", as_file),
    )


def institutions_page(masar: Masar, actor: Actor) -> tuple[Institution, ...]:
    """The institutions under the actor's units: late ones first. Raises NotAllowed."""
    held = {m.unit_path for m in actor.memberships}
    paths = {path for path in held if may(actor, "see_inspections", AccessFacts(unit_path=path))}
    if not paths:
        raise NotAllowed
    with masar.db.read() as conn:
        lists = house_lists(masar, conn)
        kinds = [one.value for one in lists.get(AGENCY_TYPES, ()) if one.facts.get("sector") == INSTITUTION]
        rows: list[Any] = list(providers.of_kinds(conn, paths, kinds, MOST_LISTED))
        newest: dict[str, Any] = {one.provider: one for one in inspections.newest_of(conn, [r.code for r in rows])}
    found = [_institution(lists, row, newest.get(row.code), today(masar)) for row in rows]
    return tuple(sorted(found, key=lambda one: (not one.late, one.visit is not None, one.name.ar)))


def sees_inspections(actor: Actor) -> bool:
    """Whether the list of institutions has anything for the actor."""
    return any(may(actor, "see_inspections", AccessFacts(unit_path=m.unit_path)) for m in actor.memberships)


def _institution(lists: Lists, row: Any, last: Any, day: str) -> Institution:
    waiting = last is not None and not last.result
    late = last is None or (not waiting and (last.next_on is None or last.next_on <= day))
    return Institution(
        row.code, Text(row.name_ar, row.name_en), _word(lists, AGENCY_TYPES, row.agency_type),
        _visit(lists, last) if last is not None else None, waiting, late,
    )


def _visit(lists: Lists, row: Any) -> Visit:
    found: Mapping[str, Any] = json.loads(row.findings)
    scores = (
        (_word(lists, "inspection_axis", name.removeprefix("axis_")), _word(lists, "visit_axis_score", found[name]))
        for name in SCORES if name in found
    )
    return Visit(
        str(row.case_id), row.number, _word(lists, "inspection_cause", row.cause), row.opened_at, _day(row.visited_on),
        _word(lists, "inspection_result", row.result) if row.result else None, _day(row.next_on),
        tuple(scores), tuple(_numbers(found)),
    )


def _numbers(found: Mapping[str, Any]) -> Iterable[tuple[Text, str]]:
    for name, title in NUMBERS.items():
        if found.get(name) is not None:
            yield title, str(found[name])


def _word(lists: Lists, key: str, value: object) -> Text:
    option = lists.option(key, str(value)) if value else None
    return option.label if option else Text(str(value or "—"))


def _day(iso: object) -> date | None:
    return date.fromisoformat(iso) if isinstance(iso, str) and iso else None
