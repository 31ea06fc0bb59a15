"""Providers and accreditations from a spreadsheet: judged row by row, all of it in one transaction or nothing."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from engine.access import AccessFacts, may
from engine.actor import Actor
from engine.commands.practitioners import practises_in, write_accreditation
from engine.commands.providers import CODE, keeper_path, save_entry, wrong_code
from engine.errors import Invalid, NotAllowed
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.queries.registers import house_lists
from engine.registers.entry import loaded
from engine.registers.judging import Imported, judge_practitioners, judge_providers
from engine.staff.lines import Line
from engine.store import practitioners, providers
from engine.text import Text

_REFUSED = Text("في الملف أسطر مرفوضة، فلم يُحفظ منه شيء.", "Rows of the file were refused, so nothing of it was kept.")
_FROM_FILE = "من ملف – from a file"


def plan_directory(masar: Masar, actor: Actor, lines: Sequence[Line]) -> Imported:
    """What the rows would do to the directory now; writes nothing. Raises NotAllowed."""
    with masar.db.read() as conn:
        return _judged_providers(masar, conn, actor, lines)


def import_directory(masar: Masar, actor: Actor, lines: Sequence[Line]) -> Imported:
    """Enters and changes the providers of the rows. Raises Invalid when a row is refused, NotAllowed."""
    now, path = masar.clock(), keeper_path(actor)

    def work(conn: Connection) -> Imported:
        plan = _accepted(_judged_providers(masar, conn, actor, lines))
        for code, entry in plan.entries.items():
            save_entry(masar, conn, actor, providers.by_code(conn, code), entry, _FROM_FILE, path, now)
        return plan

    return masar.db.run(work)


def plan_accreditations(masar: Masar, actor: Actor, lines: Sequence[Line]) -> Imported:
    """What the rows would do to the register of practitioners now; writes nothing. Raises NotAllowed."""
    with masar.db.read() as conn:
        return _judged_practitioners(masar, conn, actor, lines)


def import_accreditations(masar: Masar, actor: Actor, lines: Sequence[Line]) -> Imported:
    """Accredits the people of the rows. Raises Invalid when a row is refused, NotAllowed."""
    now = masar.clock()

    def work(conn: Connection) -> Imported:
        plan = _accepted(_judged_practitioners(masar, conn, actor, lines))
        for login, entry in plan.accreditations:
            person = actor_named(conn, login)
            assert person is not None  # judged in this very transaction
            answers = {**entry, "valid_from": date.fromisoformat(entry["valid_from"]),
                       "valid_until": date.fromisoformat(entry["valid_until"]), "reason": _FROM_FILE}  # fmt: skip
            write_accreditation(masar, conn, actor, person, answers, now)
        return plan

    return masar.db.run(work)


def _judged_providers(masar: Masar, conn: Connection, actor: Actor, lines: Sequence[Line]) -> Imported:
    keeper_path(actor)
    codes = {line["code"].lower() for line in lines}
    rows: list[Any] = list(providers.by_codes(conn, codes))
    known = {
        row.code: loaded(row.entry) if may(actor, "keep_directory", AccessFacts(unit_path=row.unit_path)) else None
        for row in rows
    }
    bad = {code: fault for code in codes if code not in known or not CODE.fullmatch(code)
           if (fault := wrong_code(conn, code))}  # fmt: skip
    return judge_providers(lines, house_lists(masar, conn), known, bad)


def _judged_practitioners(masar: Masar, conn: Connection, actor: Actor, lines: Sequence[Line]) -> Imported:
    if not any(may(actor, "keep_practitioners", AccessFacts(unit_path=m.unit_path)) for m in actor.memberships):
        raise NotAllowed
    found = (actor_named(conn, login) for login in sorted({line["login"].lower() for line in lines}))
    people = {one.login: one for one in found if one is not None and _keeps(actor, one)}
    known: dict[str, dict[str, Any]] = {login: {} for login in people}
    by_id = {one.id: login for login, one in people.items()}
    rows: list[Any] = list(practitioners.accreditations_of(conn, by_id))
    for row in rows:
        names = ("setting", "profession", "number", "valid_from", "valid_until")
        if not row.withdrawn:
            known[by_id[row.account_id]][row.setting] = {name: getattr(row, name) for name in names}
    return judge_practitioners(lines, house_lists(masar, conn), known, actor.login)


def _keeps(actor: Actor, person: Actor) -> bool:
    return any(may(actor, "keep_practitioners", AccessFacts(unit_path=path)) for path in practises_in(person))


def _accepted(plan: Imported) -> Imported:
    if plan.refused:
        told = plan.refused[0].text
        raise Invalid(Text(f"{_REFUSED.ar} {told.ar}", f"{_REFUSED.en} {told.in_('en')}"))
    return plan
