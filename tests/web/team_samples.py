"""The supervisor's pages, made up, in the states that their templates can meet."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from engine.commands.reassigning import Left, Reassigned
from engine.queries.absences import AbsencePage
from engine.queries.accounts import AccountRow
from engine.queries.duty import Hole, Roster, Shift
from engine.queries.loads import Away, Limits, Load, Person
from engine.queries.rows import Page
from engine.queries.stopped import Stopped, StoppedPage
from engine.queries.team import Board, PersonPage, UntakenPage
from engine.text import Text
from tests.web import samples

LIMITS = Limits(25, 50, 8)
DEPUTY = Text("كريم سمير", "Karim Samir")
AWAY = Away(3, samples.NOW - timedelta(days=1), samples.NOW + timedelta(days=6), DEPUTY, True)
COMING = Away(4, samples.NOW + timedelta(days=30), samples.NOW + timedelta(days=44), DEPUTY, False)
MANAGER = Text("مدير الحالة", "Case manager")
SUPERVISOR = Text("مشرف الحالات", "Case supervisor")
MONA = Person(
    4, "mona", Text("منى عبد الله", "Mona Abdullah"), (MANAGER,), Load(100, 7, 12, 27, 53.5, 9), True, True, AWAY
)
KARIM = Person(5, "karim", DEPUTY, (MANAGER,), Load(8, 0, 2, 14, 22, 3), False, True)
SAMER = Person(6, "samer", Text("سامر الحلبي", "Samer Al-Halabi"), (SUPERVISOR,), Load(3, 1, 1), False, False)
GONE = Person(7, "rami", Text("رامي عيسى", "Rami Issa"), (MANAGER,), Load(0, 0, 0, 4, 6, 0), False, True, None, False)
NORTH = Text("مديرية الشمال", "Northern directorate")
HOLES = (
    Hole(NORTH, "first", samples.NOW, samples.NOW + timedelta(hours=8)),
    Hole(NORTH, "second", samples.NOW + timedelta(hours=20), samples.NOW + timedelta(hours=72)),
)
ROSTER = Roster(
    2, NORTH,
    (
        Shift(1, "first", DEPUTY, samples.NOW + timedelta(hours=8), samples.NOW + timedelta(days=4), True),
        Shift(2, "second", samples.MONA.name, samples.NOW, samples.NOW + timedelta(hours=20), False),
    ),
    HOLES, (AccountRow(5, "karim", DEPUTY, True),),
)
BOARD = Board(
    (MONA, SAMER, KARIM, GONE), True, LIMITS, (("north", NORTH), ("centre", samples.CENTRE)), samples.worklist(),
    HOLES, True, True, True,
)
STOPPED = StoppedPage((
    Stopped(samples.case(status="incident"), Text("حساب الموعد", "Working out the date"),
            Text("لا يُفهم الموعد.", "The date cannot be read."), samples.NOW - timedelta(hours=3)),
    Stopped(samples.case(id="9", person="مخفي"), Text("زيارة متابعة", "Follow-up visit"), Text("", ""), samples.NOW),
), True)
CASES = (samples.case(), samples.case(id="9", number="C-2026-00415", person="مخفي", risk=None))
PERSON = PersonPage(
    MONA, LIMITS, samples.worklist(), CASES, (AWAY, COMING), (AccountRow(5, "karim", DEPUTY, True),),
    (KARIM, SAMER), True, True,
)
NOTHING = Text("اختر ما تريد إعادة إسناده.", "Choose what is to be reassigned.")
NO_DEPUTY = Text("اختر نائباً.", "Choose a deputy.")
WRONG = {"choice_of_item": NOTHING, "to_of_item": NOTHING, "reason_of_item": NOTHING, "deputy": NO_DEPUTY}
RAW = {"item": ["1"], "reason": ["إجازة"], "to": ["karim"]}
LEFT = Reassigned(("1", "2"), (
    Left("3", Text("لا يمكن إسناد هذه المهمة إلى هذا الحساب.", "This work item cannot be given to that account.")),
    Left("9", Text("لا يوجد.", "There is none.")),
))  # fmt: skip


def shown(**given: Any) -> Callable[[], dict[str, Any]]:
    """A page as a supervisor sees it."""
    return lambda: {"actor": samples.MONA, "may_lead": True, "may_be_away": True, "wrong": {}, "raw": {}, **given}


PAGES: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "team": ("team/board.html", shown(page=BOARD, chosen="north")),
    "team_calm": (
        "team/board.html",
        shown(
            page=replace(
                BOARD, people=(), cut=False, units=(), untaken=Page((), None), holes=(), may_reassign=False,
                limits=Limits(), plans_duty=False,
            ),
            chosen="",
        ),
    ),
    "team_stopped": ("team/stopped.html", shown(page=STOPPED)),
    "team_none_stopped": ("team/stopped.html", shown(page=StoppedPage((), False))),
    "team_untaken": (
        "team/untaken.html", shown(page=UntakenPage(samples.worklist(), (KARIM, SAMER), True), chosen="north")
    ),
    "team_person": ("team/person.html", shown(page=PERSON)),
    "team_person_wrong": ("team/person.html", shown(page=PERSON, wrong=WRONG, raw=RAW)),
    "team_person_idle": (
        "team/person.html",
        shown(
            page=replace(
                PERSON, person=SAMER, work=Page((), None), cases=(), absences=(), deputies=(),
                may_reassign=False,
            )
        ),
    ),
    "team_left": (
        "team/left.html",
        shown(did=LEFT, back="/team", names={"3": Text("زيارة متابعة C-2026-1", "Follow-up visit C-2026-1")}),
    ),
    "absence": (
        "team/absence.html", shown(page=AbsencePage((COMING,), (AccountRow(5, "karim", DEPUTY, True),)))
    ),
    "roster": ("team/roster.html", shown(rosters=(ROSTER,), of="")),
    "roster_wrong": (
        "team/roster.html", shown(rosters=(ROSTER,), of="2", wrong={"person": NOTHING, "from": NOTHING}, raw=RAW)
    ),
}
LOOKED_AT = ["team", "team_stopped", "team_untaken", "team_person_wrong", "team_left", "absence", "roster_wrong"]
