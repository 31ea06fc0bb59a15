"""Keeping the register of practitioners: accreditations, trainings and needs of them, and conflicts of interest that
people declare. Every act is recorded with who did it and when; nobody accredits themselves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.access import AUDITORS, CONTENT_FREE, EXTERNAL, AccessFacts, may
from engine.actor import Actor
from engine.commands.answers import Sent, read_answers
from engine.commands.freshness import demand_same_rights
from engine.errors import Conflict, Invalid, NotAllowed, NotFound, NotPossible
from engine.masar import Masar
from engine.queries.accounts import actor_by_id
from engine.registers.entry import dumped, entry_of
from engine.registers.recognising import marks_of
from engine.store import practitioners, register_log
from engine.store.register_log import PRACTITIONERS
from engine.text import Text

ACCREDITATION_FORM, TRAINING_FORM, CONFLICT_FORM = "accreditation_entry", "training_entry", "conflict_declaration"
LONGEST_REASON = 500

_FAULTS = Text("توجد أخطاء في النموذج. صحّحها ثم أرسل مرة أخرى.", "The form has mistakes. Mend them and send it again.")
_ORDER = Text("«حتى يوم» قبل «من يوم».", "“Until” is before “from”.")
_NOT_ONESELF = Text("لا يعتمد أحد نفسه؛ يعتمدك شخص آخر.", "Nobody accredits themselves; somebody else must do it.")
_NO_NAME = Text("اكتب الاسم الأول والكنية على الأقل.", "Write at least a first name and a family name.")
_NOTHING_HOLDS = Text("لا اعتماد سارياً في هذا المجال.", "No accreditation holds for this setting.")
_NO_REASON = Text("اكتب السبب.", "Say why.")


def accredit(masar: Masar, actor: Actor, account_id: int, raw: Sent) -> None:
    """Accredits somebody for a setting, in place of what stood there. Raises Invalid, Conflict, NotAllowed,
    NotFound."""
    now = masar.clock()

    def work(conn: Connection) -> None:
        demand_same_rights(conn, actor, now)
        person = kept(conn, actor, account_id)
        if person.id == actor.id:
            raise NotPossible(_NOT_ONESELF)
        answers = _read(masar, conn, ACCREDITATION_FORM, raw, now)
        write_accreditation(masar, conn, actor, person, answers, now)

    masar.db.run(work)


def write_accreditation(
    masar: Masar, conn: Connection, actor: Actor, person: Actor, answers: Mapping[str, Any], now: datetime
) -> None:
    """Writes an accreditation and records it. Raises Invalid where its days are the wrong way round."""
    entry = entry_of(answers)
    if entry["valid_until"] < entry["valid_from"]:
        raise Invalid(_FAULTS, {"valid_until": _ORDER})
    practitioners.accredit(conn, person.id, entry["setting"], {
        "number": entry["number"], "profession": entry["profession"], "valid_from": entry["valid_from"],
        "valid_until": entry["valid_until"], "withdrawn": False, "changed_by": actor.id, "changed_at": now,
    })  # fmt: skip
    reason = str(answers.get("reason") or "")
    _record(masar, conn, person, "accredited", actor, now, dumped(entry), reason)


def withdraw_accreditation(masar: Masar, actor: Actor, account_id: int, setting: str, reason: str) -> None:
    """Withdraws an accreditation: from now on nobody gives the person a case of that setting. Raises Invalid (reason),
    Conflict, NotAllowed, NotFound."""
    now, reason = masar.clock(), reason.strip()[:LONGEST_REASON]

    def work(conn: Connection) -> None:
        demand_same_rights(conn, actor, now)
        person = kept(conn, actor, account_id)
        if not reason:
            raise Invalid(_NO_REASON, {"reason": _NO_REASON})
        if not practitioners.withdraw(conn, person.id, setting, actor.id, now):
            raise Conflict(_NOTHING_HOLDS)
        _record(masar, conn, person, "withdrawn", actor, now, dumped({"setting": setting}), reason)

    masar.db.run(work)


def enter_training(masar: Masar, actor: Actor, account_id: int, raw: Sent) -> None:
    """Enters a training that somebody had, or that they need one. Raises Invalid, NotAllowed, NotFound."""
    now = masar.clock()

    def work(conn: Connection) -> None:
        demand_same_rights(conn, actor, now)
        person = kept(conn, actor, account_id)
        entry = entry_of(_read(masar, conn, TRAINING_FORM, raw, now))
        done = entry["kind"] == "done"
        practitioners.add_training(conn, {
            "account_id": person.id, "topic": entry["topic"], "done_on": entry.get("done_on", "") if done else "",
            "hours": entry.get("hours", 0), "valid_until": entry.get("valid_until", ""), "entered_by": actor.id,
            "entered_at": now,
        })  # fmt: skip
        _record(masar, conn, person, "trained" if done else "needs_training", actor, now, dumped(entry), "")

    masar.db.run(work)


def declare_conflict(masar: Masar, actor: Actor, raw: Sent) -> None:
    """Somebody says with whom they must not work. Name and number are not kept, only marks of them. Raises Invalid,
    NotAllowed."""
    if not may(actor, "declare_conflict"):
        raise NotAllowed
    now = masar.clock()

    def work(conn: Connection) -> None:
        demand_same_rights(conn, actor, now)
        answers = _read(masar, conn, CONFLICT_FORM, raw, now)
        marks = marks_of(masar.vault, [str(answers["full_name"])], [str(answers.get("national_id") or "")])
        if not marks.pairs:
            raise Invalid(_FAULTS, {"full_name": _NO_NAME})
        kind = str(answers["kind"])
        practitioners.declare(conn, actor.id, kind, marks.as_keys(), actor.id, now)
        _record(masar, conn, actor, "conflict_declared", actor, now, dumped({"kind": kind}), "")

    masar.db.run(work)


def end_conflict(masar: Masar, actor: Actor, conflict_id: int, reason: str) -> int:
    """Ends a conflict of interest, which stays on record; never by the person themselves. Returns whose it was. Raises
    Invalid (reason), Conflict, NotAllowed, NotFound."""
    now, reason = masar.clock(), reason.strip()[:LONGEST_REASON]

    def work(conn: Connection) -> int:
        demand_same_rights(conn, actor, now)
        row: Any = practitioners.conflict_by_id(conn, conflict_id)
        if row is None:
            raise NotFound
        person = kept(conn, actor, row.account_id)
        if person.id == actor.id:
            raise NotPossible(_NOT_ONESELF)
        if not reason:
            raise Invalid(_NO_REASON, {"reason": _NO_REASON})
        practitioners.end_conflict(conn, conflict_id, actor.id, now)
        _record(masar, conn, person, "conflict_ended", actor, now, dumped({"kind": row.kind}), reason)
        return person.id

    return masar.db.run(work)


def kept(conn: Connection, actor: Actor, account_id: int, action: str = "keep_practitioners") -> Actor:
    """Somebody of the house, whose lines in the register the actor may keep (or see). Raises NotFound, NotAllowed."""
    person = actor_by_id(conn, account_id)
    places = practises_in(person) if person else []
    if person is None or not places:
        raise NotFound
    if not any(may(actor, action, AccessFacts(unit_path=path)) for path in places):
        raise NotAllowed
    return person


def practises_in(person: Actor) -> list[str]:
    """The units in which somebody works with people."""
    idle = EXTERNAL | CONTENT_FREE | AUDITORS
    return [m.unit_path for m in person.memberships if m.role not in idle]


def _read(masar: Masar, conn: Connection, form_key: str, raw: Sent, now: datetime) -> dict[str, Any]:
    definitions = masar.library.latest(conn)
    return read_answers(definitions, definitions.form(form_key), raw, {}, definitions.lists, now)


def _record(
    masar: Masar, conn: Connection, person: Actor, act: str, actor: Actor, now: datetime, entry: str, reason: str
) -> None:
    register_log.record(
        conn, masar.vault, PRACTITIONERS, person.login, act, actor.id, now, entry=entry, reason=reason
    )
