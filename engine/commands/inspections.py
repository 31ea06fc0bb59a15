"""Inspections of providers: opened by an inspector, by a complaint, and by themselves when the next one is due."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, select

from engine.access import AccessFacts, may
from engine.actor import SYSTEM, Actor
from engine.commands.handing_over import last_to_do
from engine.commands.moving import standing_of
from engine.commands.opening import Opened, Opening, open_file
from engine.commands.providers import suspend_on_behalf
from engine.commands.receiving import GOVERNORATES
from engine.commands.rounds import take_round
from engine.errors import Conflict, NotAllowed, NotFound
from engine.masar import Masar
from engine.queries.choices import PROVIDERS
from engine.queries.registers import today
from engine.registers.entry import loaded
from engine.store import cases, inspections, providers, rounds
from engine.store.units import unit
from engine.text import Text

Cause = Literal["routine", "follow_up", "complaint", "by_hand"]
INSPECTION = "institution_inspection"
ROUND, LEASE, BETWEEN_ROUNDS = "inspections", timedelta(minutes=1), timedelta(minutes=30)
MOST_AT_ONCE = 50

_UNDER_WAY = Text("زيارة هذه الجهة مفتوحة أصلاً.", "An inspection of this provider is open already.")


@dataclass(frozen=True)
class Told:
    """What an inspection begins with, and the unit that keeps the entry of the provider."""

    words: Mapping[str, Any]
    unit_path: str


def begin_inspections(masar: Masar) -> None:
    """Makes sure that visits which are due are opened; a worker does it when it starts."""
    now = masar.clock()
    masar.db.run(lambda conn: rounds.begin(conn, ROUND, now))


def open_inspection_by_hand(masar: Masar, actor: Actor, code: str, announced: bool, token: str) -> str:
    """Opens the inspection of a provider by an inspector; returns its id. Raises NotAllowed, NotFound, Conflict while
    another is open."""
    with masar.db.read() as conn:
        row: Any = providers.by_code(conn, code)
        if row is None:
            raise NotFound
        if not may(actor, "open_inspection", AccessFacts(unit_path=row.unit_path)):
            raise NotAllowed
        if inspections.under_way(conn, code) is not None:
            raise Conflict(_UNDER_WAY)
    opened = open_inspection(masar, actor, code, "by_hand", announced, f"inspection {actor.id} {token}")
    if opened is None:
        raise NotFound
    return str(opened.id)


def open_inspection(
    masar: Masar, actor: Actor, code: str, cause: Cause, announced: bool, origin: str, near: str = ""
) -> Opened | None:
    """Opens the file of an inspection; None for a provider that nobody knows. While one is open no other begins by
    itself. `near` is the path of the unit where a provider is visited that stands in the list of providers only,
    because the directory has not been begun."""
    now = masar.clock()
    with masar.db.read() as conn:
        told = _told_of(masar, conn, code, near)
        if told is None:
            return None
        waiting = inspections.under_way(conn, code)
        if waiting is not None and actor == SYSTEM:
            found = next(one for one in inspections.of_provider(conn, code, 50) if one.case_id == waiting)
            return Opened(waiting, found.number, False)
        place = _place_of(masar, conn, told)
    variables = {"inspection": {**told.words, "cause": cause, "announced": announced}, "unit": place.code}
    opening = Opening(
        "inspection", INSPECTION, place.id, place.path, variables, "inspection_number", "inspection_opened", origin,
        reporter=None if actor == SYSTEM else actor.id,
    )

    def also(conn: Connection, case_id: int) -> None:
        file = cases.load_plain(conn, case_id)
        assert file is not None  # it was written in this very transaction
        inspections.begin(conn, case_id, code, file.number, cause, now)

    return open_file(masar, actor, opening, also)


def note_inspection(masar: Masar, case_id: int, said: Mapping[str, Any]) -> None:
    """Keeps what came of a visit beside the provider. Numbers, scores and days only: no words of a form get there."""
    findings = said.get("findings")
    plain = {
        str(name)[:64]: value if isinstance(value, str) and len(value) <= 32 else int(value)
        for name, value in (findings.items() if isinstance(findings, Mapping) else ())
        if isinstance(value, str | int) or _is_number(value)
    }
    next_on = said.get("next_on")
    values = {
        "result": str(said.get("result") or "unknown")[:16], "visited_on": _day(said.get("visited_on")),
        "next_on": _day(next_on) or None, "findings": json.dumps(plain, ensure_ascii=False, sort_keys=True),
    }
    masar.db.run(lambda conn: inspections.record(conn, case_id, values))


def stop_provider(
    masar: Masar, case_id: int, code: str, decided_by: str, visited_by: str
) -> Literal["stopped", "refused"]:
    """Suspends a provider in the directory because an inspection decided so: `refused` where whoever decided may not,
    or made the visit themselves. Done twice, it is one suspension."""
    with masar.db.read() as conn:
        standing = standing_of(masar, conn, case_id)
        row: Any = providers.by_code(conn, code)
        decider, visitor = (last_to_do(masar, conn, standing, named) for named in (decided_by, visited_by))
        number = standing.case.number
    if row is None or decider is None or (visitor is not None and visitor.id == decider.id):
        return "refused"
    if not may(decider, "stop_provider", AccessFacts(unit_path=standing.case.unit_path)):
        return "refused"
    reason = Text(f"قرار بعد زيارة التفتيش {number}", f"Decided after inspection {number}")
    suspend_on_behalf(masar, decider, code, f"{reason.ar} – {reason.in_('en')}")
    return "stopped"


def open_due_inspections(masar: Masar) -> int:
    """Opens the visits whose day has come, if it is time to look; returns how many."""
    now = masar.clock()
    if take_round(masar, ROUND, LEASE) is None:
        return 0
    with masar.db.read() as conn:
        rows: list[Any] = list(inspections.due(conn, today(masar), MOST_AT_ONCE))
    opened = [_open_next(masar, row) for row in rows]
    masar.db.run(lambda conn: rounds.go_on(conn, ROUND, 0, now + BETWEEN_ROUNDS))
    return sum(opened)


def _open_next(masar: Masar, last: Any) -> bool:
    follows = last.result != "pass"
    with masar.db.read() as conn:
        file = cases.load_plain(conn, last.case_id)
    opened = open_inspection(
        masar, SYSTEM, last.provider, "follow_up" if follows else "routine", False,
        f"inspection after {last.case_id}", file.unit_path if file else "",
    )
    if opened is None or not opened.fresh:  # gone from the directory, or opened meanwhile
        masar.db.run(lambda conn: inspections.record(conn, last.case_id, {"next_on": None}))
    return bool(opened and opened.fresh)


def _place_of(masar: Masar, conn: Connection, told: Told) -> Any:
    """Where an inspection lies: in the directorate of the institution's governorate, so that its director can decide,
    else with the unit that keeps the entry."""
    governorate = told.words.get("governorate")
    found = masar.library.latest(conn).lists.option(GOVERNORATES, governorate) if governorate else None
    code = str(found.facts.get("unit") or "") if found else ""
    near = conn.execute(select(unit).where(unit.c.code == code, unit.c.path.startswith(told.unit_path))).first()
    return near or conn.execute(select(unit).where(unit.c.path == told.unit_path)).one()


def _told_of(masar: Masar, conn: Connection, code: str, near: str) -> Told | None:
    """What the visitor finds prepared: the provider as the directory knows it, and what the last visit found."""
    row: Any = providers.by_code(conn, code)
    words: dict[str, Any]
    if row is not None:
        entry = loaded(row.entry)
        areas = [line["governorate"] for line in entry.get("areas", ())]
        words = {"name": row.name_ar, "name_en": row.name_en or row.name_ar, "kind": row.agency_type,
                 "capacity": _capacity(entry), "governorate": (areas or [None])[0]}  # fmt: skip
    else:
        option = masar.library.latest(conn).lists.option(PROVIDERS, code) if code else None
        if option is None or not near:
            return None
        words = {"name": option.label.ar, "name_en": option.label.in_("en"), "kind": option.facts.get("agency_type"),
                 "capacity": None, "governorate": None}  # fmt: skip
    last: Any = next((one for one in inspections.of_provider(conn, code, 10) if one.result), None)
    if last is not None:
        words |= {"last_number": last.number, "last_on": last.visited_on, "last_result": last.result}
    return Told({**words, "provider": code}, row.unit_path if row is not None else near)


def _capacity(entry: Mapping[str, Any]) -> int | None:
    known = [line["capacity"] for line in entry.get("services", ()) if line.get("capacity") is not None]
    return max(known, default=None)


def _is_number(value: object) -> bool:
    try:
        return int(value) == value  # type: ignore[call-overload,no-any-return]
    except (TypeError, ValueError):
        return False


def _day(value: object) -> str:
    if isinstance(value, datetime):
        value = value.date()
    return value.isoformat() if isinstance(value, date) else ""
