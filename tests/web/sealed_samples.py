"""The pages of sealed files, made up: one that is late and stopped, one with a proposal, one that is quiet."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from engine.commands.waiting import NO_USE
from engine.queries.assignment import Receiver
from engine.queries.sealed_alarms import Alarm, HandOverPage, Stop
from engine.queries.sealed_files import Opening, Proposed, SealedRow
from engine.text import Text
from tests.web import samples

OFFICER = Text("رنا شاهين", "Rana Shaheen")
KARIM = Text("كريم سمير", "Karim Samir")
UNIT = samples.CENTRE
LATE = Alarm("71", samples.NOW - timedelta(days=2), True, samples.MONA.name, True)
SOON = Alarm("72", samples.NOW + timedelta(hours=3), False, None, True)
NO_REASON = Text("اكتب السبب.", "Say why.")


def row(number: str, **given: Any) -> SealedRow:
    """A sealed file as its keeper sees it."""
    plain: dict[str, Any] = {
        "id": number[-3:], "number": number, "kind": "case", "unit": UNIT, "readers": (), "proposed": None,
        "openings": (), "may_keep": True, "may_prove": True, "may_ask": False, "open_now": False,
    }
    return SealedRow(**{**plain, **given})


WANTED = Proposed(False, (KARIM, OFFICER), "طلبت المحكمة نسخة من الملف", samples.MONA.name, samples.NOW, True)
ROWS = (
    row("C-2026-000311", goes_on=True, alarms=(LATE, SOON), stops=(
        Stop("81", samples.NOW - timedelta(hours=5), True, None),
        Stop("82", samples.NOW - timedelta(hours=4), False, NO_USE),
    ), openings=(
        Opening(1, OFFICER, samples.NOW, "لا يجيب منذ يومين", False, KARIM),
        Opening(2, KARIM, samples.NOW, "جلسة الغد", True),
    )),
    row("C-2026-000298", proposed=WANTED, may_keep=False, readers=(KARIM,)),
    row("C-2025-001907", readers=(KARIM, samples.MONA.name)),
    row("R-2025-000644", kind="report", may_keep=False, may_prove=False, may_ask=True),
    row("C-2025-000112", may_keep=False, may_prove=False, may_ask=True, open_now=True),
)
HAND_OVER = HandOverPage("311", "C-2026-000311", UNIT, LATE, True, (
    Receiver("karim", KARIM, 8),
    Receiver("reem", Text("ريم الأحمد", "Reem Al-Ahmad"), 0),
))  # fmt: skip


def shown(**given: Any) -> Callable[[], dict[str, Any]]:
    """A page as a data protection officer sees it."""
    seen = {"actor": samples.MONA, "may_see_seals": True, "untold": 4}
    return lambda: {**seen, "wrong": {}, "raw": {}, "of": "", **given}


PAGES: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "sealed": ("sealed.html", shown(rows=ROWS)),
    "sealed_wrong": ("sealed.html", shown(
        rows=ROWS, of="311", raw={"what": ["readers"], "readers": ["nobody"], "reason": [""]},
        wrong={"readers-311": Text("لا حساب بهذا الاسم", "No account of this name"), "reason-311": NO_REASON})),
    "sealed_none": ("sealed.html", shown(rows=())),
    "sealed_work": ("sealed_work.html", shown(page=HAND_OVER)),
    "sealed_work_wrong": ("sealed_work.html", shown(
        page=HAND_OVER, raw={"to": ["karim"]}, wrong={"to": NO_REASON, "reason": NO_REASON})),
    "sealed_work_nobody": ("sealed_work.html", shown(
        page=HandOverPage("311", "C-2026-000311", UNIT, SOON, False, ()))),
}
LOOKED_AT = ["sealed_wrong", "sealed_work_wrong"]
