"""Who may manage a case: accredited for its setting, not away, without a conflict of interest, and not above what one
person carries. The decision D16 judges; here it is told what it asks, and why somebody may not is put into words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from engine.definitions import Definitions
from engine.errors import MasarError
from engine.facts import load_facts
from engine.forms import Lists
from engine.masar import Masar
from engine.queries.loads import Load, loads_by_id, points_of
from engine.queries.registers import PRACTITIONERS, house_lists, in_force, today
from engine.registers.recognising import NOBODY, Marks, marks_of, named_in
from engine.store import absences, cases, practitioners
from engine.store.cases import CaseFile
from engine.text import Text
from engine.words import MONTHS, Months, day_in_words

CASELOAD = "D16_caseload"
SETTINGS = "accreditation_settings"
YES, WITH_APPROVAL, NO = "yes", "with_approval", "no"
HIGH = ("immediate", "high")

_AWAY = Text("غائب الآن", "away now")
_OWN_REPORT = Text("تضارب مصالح: هو من أبلغ", "conflict of interest: the report is theirs")
_OWN_NAME = Text("تضارب مصالح: يحمل اسم شخص في الملف", "conflict of interest: bears the name of a person in the file")
_DECLARED = Text("تضارب مصالح أفصح عنه", "a conflict of interest that they declared")
_WITHDRAWN = Text("سُحب اعتماده", "their accreditation was withdrawn")
_NO_ACCREDITATION = Text("غير معتمد لهذا المجال", "not accredited for this setting")
_OVER = Text("فوق حد العبء؛ يلزم اعتماد المشرف", "above the limit; a supervisor must approve")
_FULL = Text("بلغ السقف المطلق للحالات", "at the utmost number of cases")
_UNFIT = Text("لا يجوز الإسناد إليه (D16)", "may not be given the case (D16)")


@dataclass(frozen=True)
class Fitness:
    """Whether somebody may manage a case, and the reason where it is not a plain yes."""

    assign: str = YES
    why: Text | None = None
    over_limit: bool = False

    @property
    def barred(self) -> bool:
        """Whether nobody may give them the case, with whatever approval."""
        return self.assign == NO


@dataclass(frozen=True)
class About:
    """What of a case decides who may manage it."""

    marks: Marks = NOBODY
    setting: str | None = None
    reporters: frozenset[int] = frozenset()
    risk: str | None = None
    manager: int | None = None


@dataclass(frozen=True)
class Candidate:
    """An account that might manage the case. `on_duty` takes what nobody else may take (D16b): neither accreditation
    nor load stands in their way."""

    id: int
    names: tuple[str, ...]
    on_duty: bool = False


def about_case(
    masar: Masar, conn: Connection, case: CaseFile | None, *documents: Mapping[str, Any]
) -> About:
    """What of a case decides: the people named in these answers and variables (the newest first), how the person lives,
    and who reported."""
    named = named_in(*documents)
    lists = house_lists(masar, conn)
    known = next((one for one in named.arrangements), None)
    reporters = _reporters(masar, conn, case) if case else frozenset[int]()
    return About(
        marks_of(masar.vault, named.names, named.numbers), _setting_of(lists, known) if known else None, reporters,
        case.risk if case else None, case.manager_id if case else None,
    )


def fitness_of(
    masar: Masar, conn: Connection, definitions: Definitions | None, people: Iterable[Candidate], about: About,
    now: datetime,
) -> dict[int, Fitness]:
    """Whether each of some people may manage a case. The statements do not grow with the people."""
    candidates = list(people)
    ids = [one.id for one in candidates]
    if not ids:
        return {}
    loads = loads_by_id(conn, definitions, ids, now)
    away = absences.away(conn, ids, now)
    months = definitions.lists.months if definitions else MONTHS
    accredited = _accredited(masar, conn, ids, about.setting, months, now)
    conflicts = conflicts_in(masar, conn, candidates, about)
    found = {}
    for one in candidates:
        wrong = conflicts.get(one.id) or (_AWAY if one.id in away else None)
        if not one.on_duty:
            wrong = wrong or accredited.get(one.id)
        found[one.id] = _judged(definitions, one, wrong, loads.get(one.id, Load()), about, now)
    return found


def conflicts_in(masar: Masar, conn: Connection, people: Iterable[Candidate], about: About) -> dict[int, Text]:
    """Who of some people must not work on a case, and why: it is their own report, they bear the name of somebody in
    the file, or they declared it."""
    candidates = list(people)
    ids = [one.id for one in candidates]
    found = {one: _DECLARED for one in practitioners.in_conflict(conn, ids, about.marks.pairs, about.marks.whole)}
    for one in candidates:
        if one.id in about.reporters:
            found[one.id] = _OWN_REPORT
        elif marks_of(masar.vault, one.names).whole & about.marks.whole:
            found[one.id] = _OWN_NAME
    return found


def _judged(
    definitions: Definitions | None, one: Candidate, wrong: Text | None, load: Load, about: About, now: datetime
) -> Fitness:
    if wrong is not None:
        return Fitness(NO, wrong)
    if one.on_duty or definitions is None or definitions.decision(CASELOAD) is None:
        return Fitness()
    more = 0 if about.manager == one.id else 1
    asked = {
        "accreditation_valid": True, "conflict": False, "on_leave": False, "active_cases": load.cases + more,
        "points": Decimal(str(load.points + more * points_of(definitions, about.risk))),
        "high_cases": load.high + (more if about.risk in HIGH else 0),
    }
    try:
        decided: Any = definitions.decide(CASELOAD, asked, definitions.env(now)).value
    except MasarError:
        decided = None
    answer = decided if isinstance(decided, Mapping) else {}
    assign, over = str(answer.get("assign") or NO), answer.get("over_limit") is True
    if assign == YES:
        return Fitness(YES, None, over)
    return Fitness(assign, _OVER if assign == WITH_APPROVAL else _FULL if over else _UNFIT, over)


def _accredited(
    masar: Masar, conn: Connection, ids: list[int], setting: str | None, months: Months, now: datetime
) -> dict[int, Text]:
    """Who of some people is not accredited, and what is wrong. What stands in the register and does not hold counts
    always; what is missing from it only once it is in force."""
    rows: dict[int, list[Any]] = {}
    for row in practitioners.accreditations_of(conn, ids):
        if setting is None or row.setting == setting:
            rows.setdefault(row.account_id, []).append(row)
    day = today(masar, now)
    wrong = {}
    for one, held in rows.items():
        if not any(not r.withdrawn and r.valid_from <= day <= r.valid_until for r in held):
            last = max(held, key=lambda r: (not r.withdrawn, r.valid_until))
            wrong[one] = _WITHDRAWN if last.withdrawn else _out_of_date(last, day, months)
    if len(rows) < len(ids) and in_force(masar, conn, PRACTITIONERS):
        wrong |= {one: _NO_ACCREDITATION for one in ids if one not in rows}
    return wrong


def _out_of_date(row: Any, day: str, months: Months) -> Text:
    begins = row.valid_from > day
    when = day_in_words(date.fromisoformat(row.valid_from if begins else row.valid_until), months)
    if begins:
        return Text(f"يبدأ اعتماده في {when.ar}", f"their accreditation begins on {when.en}")
    return Text(f"انتهى اعتماده في {when.ar}", f"their accreditation ended on {when.en}")


def _setting_of(lists: Lists, arrangement: str) -> str | None:
    """The setting in which the person of the case lives; that of everybody else where no setting names it."""
    settings = lists.get(SETTINGS, ())
    for one in settings:
        named = one.facts.get("arrangements")
        if isinstance(named, list) and arrangement in named:
            return one.value
    return settings[0].value if settings else None


def _reporters(masar: Masar, conn: Connection, case: CaseFile) -> frozenset[int]:
    """Who made the report that the case came from, where they have an account."""
    parent = cases.load(conn, masar.vault, case.parent_id) if case.parent_id else None
    found = {load_facts(one.facts).reporter for one in (case, parent) if one is not None}
    return frozenset(one for one in found if one is not None)
