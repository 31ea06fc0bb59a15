"""Replaying a case from its events, and proving that the record is whole.

Every event that moved the case holds the command and the hash of the state it left. Making the same moves again, with
the definitions the case is bound to and the recorded clock, must give the same states; the projections must show
what the last state leaves open; the chain must be unbroken.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from engine import agreement, bpmn
from engine.agreement import Told
from engine.bindings import MIGRATED, Bindings
from engine.bpmn.migrating import migrate
from engine.definitions import Definitions
from engine.errors import MasarError, NotFound
from engine.facts import load_facts
from engine.history import command_from, document_of, state_hash
from engine.masar import Masar
from engine.store import cases, events, reads, seals
from engine.store.cases import CaseFile
from engine.store.events import Event
from engine.store.master_key import KeyTrouble
from engine.text import Text

PAGE = 500


@dataclass(frozen=True)
class Step:
    """One event, made again. `outcome` is None for events that moved nothing; `agrees` says whether the state is
    the one that was recorded."""

    event: Event
    document: Mapping[str, Any]
    outcome: bpmn.Outcome | None
    agrees: bool


@dataclass(frozen=True)
class Check:
    """One thing that verification looks at: the `chain` of events, the `states` made again, the `lists` of what is
    open, the chain of `readings`, what was sealed of the case (`seals`). No problems: it holds. `done` is False where
    it could not be looked at."""

    key: str
    problems: tuple[Text, ...] = ()
    done: bool = True


@dataclass(frozen=True)
class Verdict:
    """What verification of one case found. No problems in any check means: the record is whole, as far as `unproven`
    does not limit it."""

    case_id: int
    number: str
    events: int
    checks: tuple[Check, ...] = ()
    unproven: tuple[Text, ...] = field(default=())

    @property
    def problems(self) -> tuple[str, ...]:
        """Everything that is wrong, in English, for commands and logs."""
        return tuple(problem.in_("en") for check in self.checks for problem in check.problems)


def replay(
    masar: Masar, conn: Connection, case: CaseFile, seq: int = 0, state: bytes | None = None, upto: int | None = None
) -> Iterator[Step]:
    """Every event of a case after the number `seq`, which left `state`, each move made again in memory; no event
    after `upto` is read. Nothing is written."""
    bindings = bindings_of(masar, conn, case)
    end = case.head.seq if upto is None else upto
    while seq < end and (page := events.read(conn, masar.vault, case.id, seq, min(PAGE, end - seq))):
        for event in page:
            step = _again(masar, conn, bindings, state, event)
            state = step.outcome.state if step.outcome else state
            yield step
        seq = page[-1].seq


def verify_case(masar: Masar, case_id: int) -> Verdict:
    """Chain whole, states rebuilt from the events, stored state and projections agree. Raises NotFound."""
    with masar.db.read() as conn:
        plain = cases.load_plain(conn, case_id)
        if plain is None:
            raise NotFound
        chain = Check("chain", tuple(events.verify(conn, masar.vault, case_id, plain.head)))
        readings = Check("readings", tuple(reads.verify(conn, masar.vault, case_id)))
        sealed, not_sealed = _against_seals(masar, conn, plain)
        try:
            states, lists, unproven = _made_again(masar, conn, case_id)
        except KeyTrouble as trouble:
            erased = masar.vault.is_destroyed(case_id)
            states = Check("states", () if erased else (_about(case_id, trouble.text),), done=False)
            lists, unproven = Check("lists", done=False), [_ERASED] if erased else []
    checks = (chain, states, lists, readings, sealed)
    return Verdict(case_id, plain.number, plain.head.seq, checks, (*unproven, *not_sealed))


def verify_seals(masar: Masar) -> list[Text]:
    """What is wrong with the chain of seals over the whole installation, and which cases vanished."""
    kept = masar.vault.keys.anchor()
    with masar.db.read() as conn:
        return seals.verify(conn, masar.vault, None if kept is None else seals.Anchor(*kept))


def _against_seals(masar: Masar, conn: Connection, case: CaseFile) -> tuple[Check, list[Text]]:
    """Whether the case holds what was sealed of it, and how much of it was not sealed yet."""
    upto, problems = seals.of_case(conn, masar.vault, case.id)
    later = max(0, case.head.seq - upto)
    unproven = [Text(
        f"لم تُختم بعد آخر {later} من الأحداث: لا يُعرف هل نقص منها شيء.",
        f"the last {later} events are not sealed yet: that none after them was taken away is not proven",
    )] if later else []
    return Check("seals", tuple(problems)), unproven


_ERASED = Text(
    "مُحي محتوى هذا الملف بإتلاف مفتاحه: لم يعد ممكناً إلا فحص السلسلة.",
    "The content of this file was erased with its key: only the chain can still be checked.",
)


def _made_again(masar: Masar, conn: Connection, case_id: int) -> tuple[Check, Check, list[Text]]:
    """The checks that need the content, and what they leave unproven. Raises KeyTrouble where it does not open."""
    case = cases.load(conn, masar.vault, case_id)
    if case is None:
        raise NotFound
    told = Told(load_facts(case.facts))
    problems: list[Text] = []
    engines: set[str] = set()
    for step in replay(masar, conn, case):
        told.hear(step.event.kind, step.event.actor_id, step.document, step.outcome)
        if not step.agrees:
            seq = step.event.seq
            problems.append(Text(
                f"الحدث {seq} أدى إلى حالة غير المسجلة.", f"event {seq} led to another state than was recorded"))
        if step.event.engine != events.ENGINE:
            engines.add(step.event.engine)
    problems += [*_against_store(case, told.last), *agreement.in_the_head(case, told)]
    listed = agreement.in_the_lists(conn, case, told)
    unproven = [
        Text(f"أحداث الإصدار {engine} أُعيدت بالإصدار {events.ENGINE}.",
             f"events of engine {engine} were replayed by engine {events.ENGINE}")
        for engine in sorted(engines)
    ]
    states = Check("states", tuple(_about(case_id, problem) for problem in problems))
    return states, Check("lists", tuple(_about(case_id, problem) for problem in listed)), unproven


def _about(case_id: int, problem: Text) -> Text:
    """English sentences name the case, since commands print those of many cases."""
    return Text(problem.ar, f"case {case_id}: {problem.in_('en')}")


def case_ids(conn: Connection, after: int = 0, limit: int = 500) -> list[int]:
    """Ids of all cases and reports in order, page by page."""
    return cases.ids_after(conn, after, limit)


def bindings_of(masar: Masar, conn: Connection, case: CaseFile) -> Bindings:
    """Under which bundle a case ran when, as its events tell."""
    moves = events.newest_of(conn, masar.vault, case.id, (MIGRATED,), limit=case.head.seq)
    told = [(event.seq, int(document_of(event.payload)["old"]["bundle"])) for event in reversed(moves)]
    return Bindings(case.bundle_id, told)


def _again(masar: Masar, conn: Connection, bindings: Bindings, state: bytes | None, event: Event) -> Step:
    document = document_of(event.payload)
    if "command" not in document:
        return Step(event, document, None, True)
    command = command_from(document["command"])
    try:
        definitions = masar.library.of(conn, bindings.before(event.seq))
        if isinstance(command, bpmn.commands.Migrate):
            onto = masar.library.of(conn, bindings.after(event.seq))
            if [_told(definitions), _told(onto)] != [document.get("old"), document.get("new")]:
                return Step(event, document, None, False)
            outcome = migrate(definitions.bpmn, onto.bpmn, state or b"", command, event.recorded_at)
        else:
            outcome = bpmn.move(definitions.bpmn, state, command, event.recorded_at)
    except MasarError:
        return Step(event, document, None, False)
    return Step(event, document, outcome, state_hash(outcome.state) == document.get("state"))


def _told(definitions: Definitions) -> dict[str, object]:
    return {"bundle": definitions.id, "sha256": definitions.sha256}


def _against_store(case: CaseFile, last: bpmn.Outcome | None) -> list[Text]:
    if last is not None and last.state == case.state:
        return []
    return [Text(
        "الحالة المخزّنة ليست ما تؤدي إليه أحداثها.", "the stored state is not the one that its events lead to")]
