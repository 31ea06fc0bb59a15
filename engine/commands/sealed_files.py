"""Sealing a file against reading, naming who may read it, opening it with a reason, and unsealing it.

A diagram may seal, and nothing more. Who may read, and that the seal ends, is proposed by a data protection officer
with a reason and decided by another account; nobody names themselves.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import Connection

from engine.access import may
from engine.actor import SYSTEM, Actor
from engine.commands.freshness import demand_same_rights
from engine.commands.recording import Rewritten, rewrite
from engine.commands.work import as_key
from engine.errors import Conflict, Invalid, NotFound, NotPossible
from engine.facts import Facts, load_facts
from engine.history import event_payload
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.queries.relations import facts_of_case
from engine.store import cases, events, sealed_files, work_items
from engine.store.cases import CaseFile
from engine.store.work_items import joined, split
from engine.text import Text

OPEN_FOR = timedelta(hours=1)
"""For so long whoever gave a reason reads a sealed file, then a reason is asked again."""
MOST_READERS = 20
LONGEST_REASON = 1000
NOBODY = ","
"""The list of readers of a file that nobody may read yet."""

_BETWEEN = re.compile(r"[\s,،]+")
Wanted = Literal["readers", "unseal"]

_NO_REASON = Text("اكتب السبب.", "Say why.")
_UNKNOWN = Text("لا حساب بهذا الاسم له عمل هنا: {0}", "No account of this name has a post here: {0}")
_TOO_MANY = Text("عشرون على الأكثر.", "Twenty at most.")
_ITSELF = Text("لا يسمّي أحد نفسه.", "Nobody names themselves.")
_OWN = Text("ما اقترحته يقرره حساب آخر.", "What you proposed is decided by another account.")
_NAMED = Text("من يُقترح اطلاعه لا يقرر ذلك.", "Whoever is proposed as a reader does not decide it.")
_NOTHING = Text("لا اقتراح ينتظر القرار.", "No proposal waits for a decision.")
_WAITS = Text("ثمة اقتراح ينتظر القرار.", "A proposal waits for a decision already.")
_GONE = Text("أُخذ العلم بهذا الفتح من قبل، أو هو فتحك أنت.", "Note was taken of this already, or you opened it.")


def seal_file(masar: Masar, case_id: int, agreed_by: str) -> Literal["sealed", "refused"]:
    """Seals the file that a diagram names, and its report where nobody else's open file came of it. Two different
    accounts must have done the elements of `agreed_by`; done twice, it is sealed once."""
    with masar.db.read() as conn:
        case = cases.load(conn, masar.vault, case_id)
        if case is None:
            raise NotFound
        answered = load_facts(case.facts).answered
        steps = [answered.get(one.strip(), 0) for one in agreed_by.split(",")]
        doers = [_doer_of(masar, conn, case_id, seq) for seq in steps]
    if len(doers) != 2 or None in doers or doers[0] == doers[1]:
        return "refused"
    _seal(masar, case_id)
    if case.parent_id is not None:
        with masar.db.read() as conn:
            alone = not sealed_files.siblings_open(conn, case.parent_id)
        if alone:
            _seal(masar, case.parent_id)
    return "sealed"


def propose_change(masar: Masar, actor: Actor, case_id: str, what: Wanted, logins: str, reason: str) -> None:
    """A data protection officer proposes who may read a sealed file, or that it is sealed no more. Raises Invalid
    (readers, reason), Conflict, NotFound."""
    now = masar.clock()

    def change(conn: Connection, case: CaseFile) -> Rewritten:
        facts = demanded_of_sealed(actor, case, "keep_seal")
        if facts.sealing:
            raise Conflict(_WAITS)
        wrong, readers = _readers(conn, actor, case, facts, logins) if what == "readers" else ({}, ())
        why = reason.strip()[:LONGEST_REASON]
        wrong = wrong if why else {**wrong, "reason": _NO_REASON}
        if wrong:
            raise Invalid(next(iter(wrong.values())), wrong)
        wanted = {"what": what, "readers": list(readers), "reason": why, "by": actor.id, "at": now}
        payload = event_payload(what=what, readers=list(readers), reason=why)
        return "seal_change_proposed", payload, _with(case, facts, wanted)

    rewrite(masar, actor, as_key(case_id), change)


def decide_change(masar: Masar, actor: Actor, case_id: str, agreed: bool) -> None:
    """Another account decides what was proposed about a sealed file. Raises Conflict, NotFound."""

    def change(conn: Connection, case: CaseFile) -> Rewritten:
        facts = demanded_of_sealed(actor, case, "decide_seal")
        wanted = facts.sealing
        if not wanted:
            raise Conflict(_NOTHING)
        if actor.id == wanted["by"]:
            raise NotPossible(_OWN)
        if agreed and actor.id in wanted["readers"]:
            raise NotPossible(_NAMED)
        unsealed = wanted["what"] == "unseal"
        readers = (None if unsealed else joined(tuple(wanted["readers"]))) if agreed else case.readers
        kind = ("file_unsealed" if unsealed else "seal_readers_named") if agreed else "seal_change_refused"
        changes = {"readers": [case.readers, readers]} if agreed else {}
        payload = event_payload(by=[wanted["by"]], reason=wanted["reason"], changes=changes)
        if agreed and unsealed:  # what was late meanwhile, its line was not told
            work_items.climb_again(conn, case.id, masar.clock())
        return kind, payload, replace(_with(case, facts, {}), readers=readers)

    rewrite(masar, actor, as_key(case_id), change)


def open_sealed(masar: Masar, actor: Actor, case_id: str, reason: str) -> None:
    """Somebody who was named opens a sealed file, with a reason that the data protection officer reads; it is open to
    them for an hour. Raises Invalid (reason), NotFound."""
    now, why = masar.clock(), reason.strip()[:LONGEST_REASON]

    def change(conn: Connection, case: CaseFile) -> Rewritten:
        if case.readers is None or str(actor.id) not in split(case.readers):
            raise NotFound
        if not why:
            raise Invalid(_NO_REASON, {"reason": _NO_REASON})
        sealed_files.note_opening(conn, case.id, actor.id, case.head.seq + 1, now, now + OPEN_FOR)
        return "sealed_file_opened", event_payload(reason=why), case

    rewrite(masar, actor, as_key(case_id), change)


def note_opening_seen(masar: Masar, actor: Actor, case_id: str, opening_id: int) -> None:
    """A data protection officer took note of an opening, or of a handing over, that was not their own. Raises Conflict,
    NotFound."""
    key = as_key(case_id)

    def work(conn: Connection) -> None:
        case = cases.load(conn, masar.vault, key)
        if case is None:
            raise NotFound
        demanded_of_sealed(actor, case, "keep_seal")
        demand_same_rights(conn, actor, masar.clock())
        if not sealed_files.mark_seen(conn, key, opening_id, actor.id):
            raise Conflict(_GONE)

    masar.db.run(work)


def _seal(masar: Masar, case_id: int) -> None:
    def change(conn: Connection, case: CaseFile) -> Rewritten | None:
        if case.readers is not None:
            return None
        work_items.untell(conn, case.id)
        return "file_sealed", event_payload(changes={"readers": [None, NOBODY]}), replace(case, readers=NOBODY)

    rewrite(masar, SYSTEM, case_id, change)


def _doer_of(masar: Masar, conn: Connection, case_id: int, seq: int) -> int | None:
    """Who did the step of a number; None where there is no such step, or nobody did it."""
    found = events.read(conn, masar.vault, case_id, seq - 1, 1) if seq else []
    return found[0].actor_id if found and found[0].actor_id > 0 else None


def demanded_of_sealed(actor: Actor, case: CaseFile, action: str) -> Facts:
    """The facts of a sealed file, for who may do this about its seal; it does not exist for anybody else."""
    facts = load_facts(case.facts)
    if case.readers is None or not may(actor, action, facts_of_case(case, facts)):
        raise NotFound
    return facts


def _with(case: CaseFile, facts: Facts, wanted: Mapping[str, Any]) -> CaseFile:
    return replace(case, facts=replace(facts, sealing=wanted).dump())


def _readers(
    conn: Connection, actor: Actor, case: CaseFile, facts: Facts, logins: str
) -> tuple[dict[str, Text], tuple[int, ...]]:
    """What is wrong with a list of logins, and the accounts behind them. A reader has a post in the unit of the file or
    above it that may know of content; nobody names themselves."""
    relation, found = facts_of_case(case, facts), []
    for login in dict.fromkeys(_BETWEEN.sub(",", logins).strip(",").split(",")):
        if not login:
            continue
        who = actor_named(conn, login)
        if who is None or not may(who, "see_timeline", replace(relation, access_list=frozenset({who.id}))):
            return {"readers": Text(_UNKNOWN.ar.format(login), _UNKNOWN.in_("en").format(login))}, ()
        if who.id == actor.id:
            return {"readers": _ITSELF}, ()
        found.append(who.id)
    if len(found) > MOST_READERS:
        return {"readers": _TOO_MANY}, ()
    return {}, tuple(found)
