"""What pages show, made up: one case of a child at risk, in every state that a template can meet."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.actor import Actor
from engine.feel import Env
from engine.forms import Lists
from engine.queries.rows import (
    Answered,
    Awaited,
    CasePage,
    CaseSummary,
    Change,
    Counts,
    DiagramRef,
    Known,
    Offer,
    Page,
    Reason,
    StageMark,
    TimelineEntry,
    WorkPage,
    WorkRow,
)
from engine.text import Text

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
MONA = Actor(4, "mona", Text("منى عبد الله", "Mona Abdullah"))
CENTRE = Text("مركز الخدمات الاجتماعية – حي السلام", "Social services centre, Al-Salam")
SHOWN_OTHERWISE: Any = None
"""Where a page holds a Form: the templates are given a FormView beside it."""
STAGES = tuple(
    StageMark(key, Text(ar, en), "done" if place < 4 else "current" if place in (4, 6) else "ahead")
    for place, (key, ar, en) in enumerate(
        [
            ("reporting", "الإبلاغ", "Reporting"),
            ("reception", "الاستقبال", "Reception"),
            ("assessment", "التقييم", "Assessment"),
            ("planning", "التخطيط", "Planning"),
            ("intervention", "التدخل", "Intervention"),
            ("referral", "الإحالة", "Referral"),
            ("monitoring", "المتابعة", "Monitoring"),
            ("closure", "الإغلاق", "Closure"),
        ]
    )
)


def case(**changes: Any) -> CaseSummary:
    """A case under way."""
    plain = CaseSummary(
        "8123",
        "C-2026-00412",
        "case",
        "أحمد محمد علي الخطيب",
        "monitoring",
        "open",
        "high",
        CENTRE,
        MONA.name,
        NOW - timedelta(days=41),
        None,
    )
    return replace(plain, **changes)


def work(**changes: Any) -> WorkRow:
    """A work item of it, mine and due today."""
    plain = WorkRow(
        "33990651",
        Text("زيارة متابعة", "Follow-up visit"),
        case(),
        NOW - timedelta(days=3),
        NOW + timedelta(hours=5),
        "soon",
        MONA.name,
        mine=True,
        may_claim=False,
        may_release=True,
        has_draft=True,
    )
    return replace(plain, **changes)


def worklist() -> Page[WorkRow]:
    """A page with the usual mixture."""
    free: dict[str, Any] = {
        "assignee": None,
        "mine": False,
        "may_claim": True,
        "may_release": False,
        "has_draft": False,
    }
    return Page(
        (
            work(
                id="1",
                name=Text("تأمين سلامة الشخص", "Secure the person's safety"),
                timeliness="overdue",
                due_at=NOW - timedelta(hours=3),
                case=case(risk="immediate", stage="intervention"),
                has_draft=False,
            ),
            work(),
            work(
                id="2",
                name=Text("تقييم المخاطر", "Risk assessment"),
                due_at=NOW + timedelta(days=1),
                timeliness="in_time",
                case=case(number="C-2026-00415", person="سارة حسن", stage="assessment", risk="medium"),
                **free,
            ),
            work(
                id="3",
                name=Text("مراجعة خطة الحالة واعتمادها", "Review and approve the case plan"),
                due_at=NOW + timedelta(days=3),
                timeliness="in_time",
                assignee=Text("كريم سمير", "Karim Samir"),
                mine=False,
                may_release=False,
                has_draft=False,
                case=case(number="C-2026-00409", person="مخفي", stage="planning", risk="low"),
            ),
            work(
                id="4",
                name=Text("فرز البلاغ", "Screening of the report"),
                due_at=NOW + timedelta(days=20),
                timeliness="in_time",
                case=case(
                    number="R-2026-01877", kind="report", person=None, stage="reporting", risk=None, manager=None
                ),
                **free,
            ),
            work(
                id="5",
                name=Text("إغلاق الحالة", "Closure of the case"),
                due_at=None,
                timeliness="none",
                case=case(number="C-2025-09388", person="عبد الرحمن مصطفى كامل الحموي", stage="closure", risk="none"),
                has_draft=False,
            ),
        ),
        after="eyJhIjoxfQ",
    )


COUNTS = Counts(mine=12, groups=100, overdue=3)


def work_page(**changes: Any) -> WorkPage:
    """The page of the visit."""
    known = (
        Answered(Text("تصنيف الحالة", "Category"), Text("تسرب مدرسي وعمل أطفال", "School dropout and child labour")),
        Answered(
            Text("هدف الخطة", "Goal of the plan"),
            Text("عودة أحمد إلى المدرسة مع بداية الفصل الثاني", "Back to school next term"),
        ),
        Answered(Text("آخر زيارة", "Last visit"), Text("25 أكتوبر 2026", "25 October 2026")),
    )
    plain = WorkPage(
        row=work(),
        form=SHOWN_OTHERWISE,
        values={},
        context={},
        lists=Lists({}),
        env=Env(),
        token="token",
        draft_saved_at=NOW - timedelta(minutes=4),
        stages=STAGES,
        known=(Known(Text("خطة الحالة", "Case plan"), known), Known(Text("الاستقبال", "Reception"), known[:1])),
        may_complete=True,
    )
    return replace(plain, **changes)


def timeline() -> Page[TimelineEntry]:
    """People, a deadline, a decision with its reason, a late record, a failure."""
    karim, system = Text("كريم سمير", "Karim Samir"), Text("النظام", "System")
    return Page(
        (
            TimelineEntry(
                9,
                "work_completed",
                MONA.name,
                None,
                NOW - timedelta(minutes=12),
                NOW - timedelta(minutes=12),
                Text("إكمال المهمة: إعادة تقييم المخاطر", "Completed: new risk assessment"),
                (
                    Change(Text("درجة الخطورة", "Risk level"), Text("متوسطة", "Medium"), Text("مرتفعة", "High")),
                    Change(
                        Text("من يقيم مع الطفل", "Who lives with the child"),
                        None,
                        Text("الجدة والعم", "Grandmother and uncle"),
                    ),
                ),
                (
                    Reason(Text("الخطورة: مرتفعة (القاعدة 3)", "Risk: high (rule 3 of the risk table)")),
                    Reason(
                        Text("المهل: زيارة أسبوعية", "Time limits: a visit every week"),
                        (Text("الخطة: 5 أيام", "Plan: 5 days"), Text("المتابعة: 7 أيام", "Follow-up: 7 days")),
                    ),
                ),
            ),
            TimelineEntry(
                8,
                "deadline_passed",
                system,
                None,
                NOW - timedelta(hours=20),
                NOW - timedelta(hours=20),
                Text("تجاوزت زيارة المتابعة موعدها وأُبلغ المشرف", "The visit was overdue; the supervisor was told"),
            ),
            TimelineEntry(
                7,
                "work_completed",
                karim,
                Text("هدى يوسف", "Huda Yousef"),
                NOW - timedelta(days=9),
                NOW - timedelta(days=6),
                Text("اعتماد خطة الحالة", "Case plan approved"),
            ),
            TimelineEntry(
                6,
                "call_failed",
                system,
                None,
                NOW - timedelta(days=10),
                NOW - timedelta(days=10),
                Text("تعذّر إرسال إشعار بالبريد", "A notice could not be mailed"),
            ),
            TimelineEntry(
                5,
                "work_completed",
                MONA.name,
                None,
                NOW - timedelta(days=30),
                NOW - timedelta(days=30),
                Text("تسجيل الاستمارة رقم ١", "Form 1 recorded"),
                tuple(Change(Text(f"حقل {n}", f"Field {n}"), None, Text(f"قيمة {n}", f"Value {n}")) for n in range(8)),
            ),
        ),
        after="5",
    )


def case_page(**changes: Any) -> CasePage:
    """The page of the case."""
    plain = CasePage(
        case(),
        STAGES,
        (work(), worklist().rows[2]),
        (
            Offer("77", Text("تسجيل رد مقدم الخدمة", "Record the provider's answer")),
            Offer("78", Text("بلاغ جديد عن الحالة", "New report on this case")),
        ),
        timeline(),
        (
            DiagramRef("monitoring", Text("المتابعة", "Monitoring"), ("rescore",), ("follow_up",)),
            DiagramRef(
                "case",
                Text("مسار الحالة", "Path of the case"),
                ("monitoring_stage",),
                ("reception_stage", "assessment_stage"),
            ),
        ),
        awaited=(
            Awaited(
                Text("رد مقدم الخدمة", "The provider's answer"), Text("مركز النور", "Al-Nour centre"),
                NOW + timedelta(hours=9), "in_time",
            ),
        ),
        known=(
            Known(Text("استمارة البلاغ", "Report"), (
                Answered(Text("ماذا حدث؟", "What happened?"), Text("يأتي بلا طعام منذ شهر.", "No food for a month.")),
            ), "R-2026-000012", "12"),
        ),
    )
    return replace(plain, **changes)
