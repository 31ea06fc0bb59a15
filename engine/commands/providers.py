"""Keeping the directory of services: every change is recorded with who made it, when and why, and nothing is erased."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.access import AccessFacts, may
from engine.actor import Actor
from engine.commands.answers import Sent, read_answers
from engine.commands.freshness import demand_same_rights
from engine.errors import Conflict, Invalid, NotAllowed, NotFound, NotPossible
from engine.forms import Lists
from engine.masar import Masar
from engine.powers import PROVIDER_SUSPENDED
from engine.queries.registers import house_lists, today
from engine.registers.entry import (
    Entry,
    areas_of,
    columns_of,
    dumped,
    entry_of,
    faults_of,
    loaded,
    needs_of,
    services_of,
)
from engine.store import owed_messages, providers, register_log
from engine.store.register_log import DIRECTORY
from engine.store.units import unit
from engine.text import Text

ENTRY_FORM, RENEWAL_FORM = "directory_entry", "directory_renewal"
LONGEST_REASON = 500
CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")

_FAULTS = Text("توجد أخطاء في النموذج. صحّحها ثم أرسل مرة أخرى.", "The form has mistakes. Mend them and send it again.")
_BAD_CODE = Text(
    "الرمز حروف لاتينية صغيرة وأرقام وشرطات، حتى ٦٣.", "A code is small Latin letters, digits and dashes, at most 63."
)
_TAKEN = Text("هذا الرمز لجهة أخرى في الدليل.", "Another provider of the directory has this code.")
_OTHER_UNIT = Text("هذا رمز وحدة ليست جهة تقدم خدمات.", "This is the code of a unit that is no provider.")
_FIXED_CODE = Text("لا يتغير رمز الجهة.", "The code of a provider never changes.")
_CHANGED = Text(
    "غيّر شخص آخر هذه الجهة أثناء عملك؛ افتح صفحتها من جديد.",
    "Somebody else changed this provider meanwhile; open its page again.",
)
_NO_REASON = Text("اكتب السبب.", "Say why.")
_SUSPENDED = Text("الجهة موقوفة أصلاً.", "The provider is suspended already.")
_NOT_SUSPENDED = Text("الجهة ليست موقوفة.", "The provider is not suspended.")
_SECOND_PERSON = Text(
    "أنت من أوقفها؛ يرفع الإيقاف شخص آخر.", "You suspended it; somebody else must lift the suspension."
)
_NOTHING = Text("لم تُدخل تجديداً.", "You entered nothing to renew.")


def keeper_path(actor: Actor) -> str:
    """The unit for which the actor keeps the directory, the highest of several. Raises NotAllowed."""
    held = [m.unit_path for m in actor.memberships if may(actor, "keep_directory", AccessFacts(unit_path=m.unit_path))]
    if not held:
        raise NotAllowed
    return min(held, key=lambda path: (len(path), path))


def add_provider(masar: Masar, actor: Actor, raw: Sent) -> str:
    """Enters a provider; returns its code. Raises Invalid (fields), NotAllowed."""
    path, now = keeper_path(actor), masar.clock()

    def work(conn: Connection) -> str:
        demand_same_rights(conn, actor, now)
        lists, entry, reason = _read(masar, conn, ENTRY_FORM, raw, now)
        wrong = faults_of(entry)
        if fault := wrong_code(conn, str(entry["code"])):
            wrong["code"] = fault
        if wrong:
            raise Invalid(_FAULTS, wrong)
        _write(masar, conn, actor, None, entry, lists, "added", reason, now, unit_path=path)
        return str(entry["code"])

    return masar.db.run(work)


def change_provider(masar: Masar, actor: Actor, code: str, raw: Sent, version: str) -> None:
    """Changes a provider, as it stood at a version. Raises Invalid, Conflict where somebody was faster, NotAllowed,
    NotFound."""

    def change(conn: Connection, row: Any, now: datetime) -> None:
        lists, entry, reason = _read(masar, conn, ENTRY_FORM, raw, now)
        wrong = faults_of(entry)
        if entry["code"] != code:
            wrong["code"] = _FIXED_CODE
        if wrong:
            raise Invalid(_FAULTS, wrong)
        _write(masar, conn, actor, row, entry, lists, "changed", reason, now)

    _on(masar, actor, code, change, version)


def renew_provider(masar: Masar, actor: Actor, code: str, raw: Sent) -> None:
    """Enters the new days of a licence, an agreement, a standard. Raises Invalid, NotAllowed, NotFound."""

    def change(conn: Connection, row: Any, now: datetime) -> None:
        lists, renewed, reason = _read(masar, conn, RENEWAL_FORM, raw, now)
        if not renewed:
            raise Invalid(_NOTHING, {"licence_until": _NOTHING})
        if "licence_until" in renewed:
            renewed["licence"] = "valid"
        _write(masar, conn, actor, row, {**loaded(row.entry), **renewed}, lists, "renewed", reason, now)

    _on(masar, actor, code, change)


def verify_provider(masar: Masar, actor: Actor, code: str) -> None:
    """Notes that everything in an entry was found to be so today. Raises NotAllowed, NotFound."""
    _on(masar, actor, code, lambda conn, row, now: _write(
        masar, conn, actor, row, loaded(row.entry), house_lists(masar, conn), "verified", "", now))


def suspend_provider(masar: Masar, actor: Actor, code: str, reason: str) -> None:
    """Stops all referrals to a provider at once; a worker tells each case that waits for it, is served by it or has
    somebody living there, and its diagram says who looks. Raises Invalid (reason), Conflict, NotAllowed, NotFound."""
    _hold(masar, actor, code, reason, True)


def reinstate_provider(masar: Masar, actor: Actor, code: str, reason: str) -> None:
    """Lifts a suspension: by another account than the one that suspended. Raises Invalid (reason), Conflict,
    NotAllowed, NotFound."""
    _hold(masar, actor, code, reason, False)


def suspend_on_behalf(masar: Masar, decider: Actor, code: str, reason: str) -> None:
    """The same because an inspection decided it, in the name of who decided. A provider that is suspended already stays
    as it is."""
    now = masar.clock()

    def work(conn: Connection) -> None:
        conn.execute(select(providers.provider.c.id).where(providers.provider.c.code == code).with_for_update())
        row: Any = providers.by_code(conn, code)
        if row is not None and not row.suspended:
            lists = house_lists(masar, conn)
            _write(masar, conn, decider, row, loaded(row.entry), lists, "suspended", reason[:LONGEST_REASON], now)

    masar.db.run(work)


def _hold(masar: Masar, actor: Actor, code: str, reason: str, suspended: bool) -> None:
    reason = reason.strip()[:LONGEST_REASON]

    def change(conn: Connection, row: Any, now: datetime) -> None:
        if row.suspended == suspended:
            raise Conflict(_SUSPENDED if suspended else _NOT_SUSPENDED)
        if not suspended and row.suspended_by == actor.id:
            raise NotPossible(_SECOND_PERSON)
        if not reason:
            raise Invalid(_NO_REASON, {"reason": _NO_REASON})
        act = "suspended" if suspended else "reinstated"
        _write(masar, conn, actor, row, loaded(row.entry), house_lists(masar, conn), act, reason, now)

    _on(masar, actor, code, change)


def _on(
    masar: Masar, actor: Actor, code: str, change: Callable[[Connection, Any, datetime], None], version: str = ""
) -> None:
    """Changes a provider that the actor keeps, one at a time."""
    now = masar.clock()

    def work(conn: Connection) -> None:
        demand_same_rights(conn, actor, now)
        conn.execute(select(providers.provider.c.id).where(providers.provider.c.code == code).with_for_update())
        row: Any = providers.by_code(conn, code)
        if row is None:
            raise NotFound
        if not may(actor, "keep_directory", AccessFacts(unit_path=row.unit_path)):
            raise NotAllowed
        if version and version != str(row.version):
            raise Conflict(_CHANGED)
        change(conn, row, now)

    masar.db.run(work)


def save_entry(
    masar: Masar, conn: Connection, actor: Actor, row: Any, entry: Entry, reason: str, unit_path: str, now: datetime
) -> None:
    """Writes an entry out of a spreadsheet, new or in place of what stands there."""
    act = "changed" if row is not None else "added"
    _write(masar, conn, actor, row, entry, house_lists(masar, conn), act, reason, now, unit_path=unit_path)


def _write(
    masar: Masar, conn: Connection, actor: Actor, row: Any, entry: Entry, lists: Lists, act: str, reason: str,
    now: datetime, unit_path: str = "",
) -> None:  # fmt: skip
    suspended = {"suspended": True, "reinstated": False}.get(act, bool(row.suspended) if row is not None else False)
    needs = needs_of(lists, str(entry["agency_type"]))
    columns: dict[str, Any] = {
        **columns_of(entry, suspended, needs),
        "unit_path": row.unit_path if row is not None else unit_path,
        "verified_on": row.verified_on if act in ("suspended", "reinstated") else today(masar, now),
        "suspended_by": actor.id if act == "suspended" else row.suspended_by if suspended and row else None,
    }
    providers.save(conn, row, columns, services_of(entry), areas_of(entry), actor.id, now)
    register_log.record(
        conn, masar.vault, DIRECTORY, str(entry["code"]), act, actor.id, now, entry=dumped(entry), reason=reason
    )
    if act == "suspended":  # with the suspension or not at all: no case may be left untold by a process that dies
        code, version = str(entry["code"]), row.version + 1
        owed_messages.owe(conn, PROVIDER_SUSPENDED, code, f"suspended {code} {version}", now)


def _read(
    masar: Masar, conn: Connection, form_key: str, raw: Sent, now: datetime
) -> tuple[Lists, dict[str, Any], str]:
    """The lists in force, what a form of the directory says, and the reason given. Raises Invalid."""
    definitions = masar.library.latest(conn)
    form = definitions.form(form_key)
    answers: Mapping[str, Any] = read_answers(definitions, form, raw, {}, definitions.lists, now)
    return definitions.lists, entry_of(answers), str(answers.get("reason") or "")


def wrong_code(conn: Connection, code: str) -> Text | None:
    """Why a code cannot be that of a new provider; None where it can."""
    if not CODE.fullmatch(code):
        return _BAD_CODE
    if providers.by_code(conn, code) is not None:
        return _TAKEN
    kind = conn.scalar(select(unit.c.kind).where(unit.c.code == code))
    return None if kind in (None, "provider", "institution", "partner") else _OTHER_UNIT
