"""What pages show, made up: a referral at a provider, and work that is given to somebody else."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from engine.feel import Env
from engine.forms import Lists
from engine.queries.assignment import AssignmentPage, Receiver
from engine.queries.extension import DeadlinePage
from engine.queries.rows import Answered, OfferPage, OfferRow, Page
from engine.text import Text
from tests.web.samples import NOW, SHOWN_OTHERWISE, STAGES, case, case_page, work


def assignment_page() -> AssignmentPage:
    """Giving the visit to somebody else."""
    karim, salma = Text("كريم سمير", "Karim Samir"), Text("سلمى عيسى", "Salma Issa")
    return AssignmentPage(work(may_reassign=True), (Receiver("karim", karim, 12), Receiver("salma", salma, 0)))


def deadline_page() -> DeadlinePage:
    """More time for the visit."""
    later = {share: NOW + timedelta(days=days) for share, days in (("quarter", 2), ("half", 4), ("whole", 8))}
    return DeadlinePage(work(may_reassign=True), later)


ASKED = (
    Answered(Text("الخدمة المطلوبة", "Service asked for"), Text("إرشاد أسري", "Family counselling")),
    Answered(Text("درجة الاستعجال", "Urgency"), Text("عاجلة", "Urgent")),
)


def offers() -> Page[OfferRow]:
    """What waits for a provider's answer."""
    name = Text("رد مقدم الخدمة", "The provider's answer")
    rows = tuple(
        OfferRow(
            str(n), "8123", f"C-2026-0041{n}", name, ASKED, NOW - timedelta(hours=n),
            NOW + timedelta(hours=20 - 9 * n), "soon" if n else "in_time",
        )
        for n in range(3)
    )
    return Page(rows, after="1-1")


def offer_page(**changes: Any) -> OfferPage:
    """The page of an offer."""
    plain = OfferPage(
        offer=case_page().offers[0],
        case=case(),
        form=SHOWN_OTHERWISE,
        values={},
        context={},
        lists=Lists({}),
        env=Env(),
        token="token",
        stages=STAGES,
    )
    return replace(plain, **changes)
