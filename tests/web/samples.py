"""What pages show, made up: one case of a child at risk, in every state that a template can meet."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.actor import Actor
from engine.feel import Env
from engine.forms import (
    BlockView,
    ErrorView,
    FieldView,
    FormView,
    Lists,
    OptionView,
    PartView,
    RowView,
    SectionView,
)
from engine.queries.rows import (
    Answered,
    CasePage,
    CaseSummary,
    Change,
    Counts,
    DiagramRef,
    Offer,
    OfferPage,
    Page,
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
    for place, (key, ar, en) in enumerate([
        ("reporting", "الإبلاغ", "Reporting"), ("reception", "الاستقبال", "Reception"),
        ("assessment", "التقييم", "Assessment"), ("planning", "التخطيط", "Planning"),
        ("intervention", "التدخل", "Intervention"), ("referral", "الإحالة", "Referral"),
        ("monitoring", "المتابعة", "Monitoring"), ("closure", "الإغلاق", "Closure"),
    ])
)  # fmt: skip


def case(**changes: Any) -> CaseSummary:
    """A case under way."""
    plain = CaseSummary(
        "8123", "C-2026-00412", "case", "أحمد محمد علي الخطيب", "monitoring", "open", "high", CENTRE, MONA.name,
        NOW - timedelta(days=41), None,
    )
    return replace(plain, **changes)


def work(**changes: Any) -> WorkRow:
    """A work item of it, mine and due today."""
    plain = WorkRow(
        "33990651", Text("زيارة متابعة", "Follow-up visit"), case(), NOW - timedelta(days=3),
        NOW + timedelta(hours=5), "soon", MONA.name, mine=True, may_claim=False, may_release=True, has_draft=True,
    )
    return replace(plain, **changes)


def worklist() -> Page[WorkRow]:
    """A page with the usual mixture."""
    free: dict[str, Any] = {"assignee": None, "mine": False, "may_claim": True, "may_release": False, "has_draft": False}
    return Page((
        work(id="1", name=Text("تأمين سلامة الشخص", "Secure the person's safety"), timeliness="overdue",
             due_at=NOW - timedelta(hours=3), case=case(risk="immediate", stage="intervention"), has_draft=False),
        work(),
        work(id="2", name=Text("تقييم المخاطر", "Risk assessment"), due_at=NOW + timedelta(days=1), timeliness="in_time",
             case=case(number="C-2026-00415", person="سارة حسن", stage="assessment", risk="medium"), **free),
        work(id="3", name=Text("مراجعة خطة الحالة واعتمادها", "Review and approve the case plan"),
             due_at=NOW + timedelta(days=3), timeliness="in_time", assignee=Text("كريم سمير", "Karim Samir"),
             mine=False, may_release=False, has_draft=False,
             case=case(number="C-2026-00409", person="مخفي", stage="planning", risk="low")),
        work(id="4", name=Text("فرز البلاغ", "Screening of the report"), due_at=NOW + timedelta(days=20),
             timeliness="in_time", case=case(number="R-2026-01877", kind="report", person=None, stage="reporting",
                                             risk=None, manager=None), **free),
        work(id="5", name=Text("إغلاق الحالة", "Closure of the case"), due_at=None, timeliness="none",
             case=case(number="C-2025-09388", person="عبد الرحمن مصطفى كامل الحموي", stage="closure", risk="none"),
             has_draft=False),
    ), after="eyJhIjoxfQ")  # fmt: skip


COUNTS = Counts(mine=12, groups=100, overdue=3)


def options(name: str, words: list[str], *chosen: int, **more: Any) -> tuple[OptionView, ...]:
    """Choices of a field."""
    return tuple(
        OptionView(f"{name}-{place}", f"v{place}", label, place in chosen, **more) for place, label in enumerate(words)
    )


def field(kind: str, name: str, label: str, **more: Any) -> FieldView:
    """A field named alike in every respect."""
    return FieldView(kind, name, f"f-{name}", name, label, **more)


def day_parts(name: str, *values: str, time: str | None = None) -> tuple[PartView, ...]:
    """The boxes of a date."""
    boxes = [("day", "اليوم", 2), ("month", "الشهر", 2), ("year", "السنة", 4)]
    parts = [
        PartView(part, f"f-{name}-{part}", f"{name}.{part}", label, value, width)
        for (part, label, width), value in zip(boxes, values, strict=True)
    ]
    if time is not None:
        parts.append(PartView("time", f"f-{name}-time", f"{name}.time", "الساعة (مثل 14:30)", time, 5))
    return tuple(parts)


def form() -> FormView:
    """A form with every kind of field; some fields wrong, one hidden."""
    visit = SectionView("visit", "الزيارة", "كما جرت فعلاً، لا كما خُطط لها.", (
        field("datetime", "happened_at", "وقت الزيارة", required=True, parts=day_parts("happened_at", "20", "11", "2026", time="16:30")),
        field("select", "place", "مكان الزيارة", required=True, options=(
            *options("place", ["المنزل", "المدرسة"], 0, group="المعتاد"), *options("place2", ["مستشفى"], group="غير ذلك"))),
        field("number", "minutes", "مدة الزيارة", value="45", inputmode="numeric", suffix="دقيقة"),
        field("radios", "seen_alone", "هل قوبل الطفل على انفراد؟", required=True, controls=True,
              options=options("seen_alone", ["نعم", "لا", "غير معروف"], 1)),
        field("textarea", "why_not_alone", "سبب عدم المقابلة على انفراد", required=True, error="أكمل «سبب عدم المقابلة على انفراد».",
              hint="يقرأه المشرف قبل الزيارة القادمة.", sensitivity="protected"),
        field("text", "not_shown", "حقل لا يظهر", visible=False),
    ))  # fmt: skip
    person = SectionView("person", "الشخص", "", (
        field("name", "guardian", "اسم ولي الأمر أو الوصي", sensitivity="identity", value="خالد محمد علي", autocomplete="off"),
        field("phone", "phone", "هاتف للتواصل الآمن", inputmode="tel", value="0944 123 456", sensitivity="identity"),
        field("email", "email", "البريد الإلكتروني", inputmode="email"),
        field("date", "birth", "تاريخ الميلاد", error="اكتب تاريخاً لا يقع في المستقبل.", parts=day_parts("birth", "3", "5", "2031")),
        field("hijri", "birth_hijri", "تاريخ الميلاد الهجري", parts=day_parts("birth_hijri", "", "", "")),
        field("time", "call_at", "أفضل وقت للاتصال", value="10:00"),
        field("computed", "age", "العمر", value="11 سنة"),
        field("separator", "line", ""),
        field("checkboxes", "concerns", "ما لوحظ من مخاوف", required=True, hint="اختر كل ما ينطبق.", options=options(
            "concerns", ["آثار إيذاء جسدي", "خوف من أحد أفراد الأسرة", "انقطاع عن المدرسة", "عمل لا يناسب العمر",
                         "نقص في الغذاء أو الملبس", "لا شيء مما ذكر"], 1, 2, exclusive=False)),
        field("words", "advice", "", blocks=(BlockView("heading", "قبل المغادرة"), BlockView("paragraph", "تأكد مع الطفل من:"),
              BlockView("item", "أنه يعرف من يتصل به."), BlockView("item", "أن خطة السلامة ما زالت صالحة."))),
        field("checkbox", "confirmed", "أؤكد أن ما سبق صحيح بحسب علمي", required=True, error="ضع إشارة للمتابعة."),
    ))  # fmt: skip
    steps = SectionView("steps", "خطوات الخطة", "", (
        field("group", "address", "عنوان السكن", fields=(field("text", "address.town", "البلدة"), field("text", "address.street", "الشارع"))),
        field("rows", "actions", "الإجراءات المتفق عليها", add_name="_add.actions", add_label="إضافة إجراء", rows=(
            RowView("إجراء 1", (field("text", "actions.0.what", "الإجراء", required=True, value="عودة إلى المدرسة"),
                                field("select", "actions.0.who", "المسؤول", options=options("actions.0.who", ["الأسرة", "مدير الحالة"], 1))),
                    "_remove.actions.0", "حذف"),
            RowView("إجراء 2", (field("text", "actions.1.what", "الإجراء", required=True, error="أكمل «الإجراء»."),
                                field("select", "actions.1.who", "المسؤول", options=options("actions.1.who", ["الأسرة", "مدير الحالة"]))),
                    "_remove.actions.1", "حذف"),
        )),
    ))  # fmt: skip
    hidden = SectionView("hidden", "قسم لا يظهر", "", (field("text", "inner", "داخل"),), visible=False)
    wrong = (
        ErrorView("f-why_not_alone", "why_not_alone", "أكمل «سبب عدم المقابلة على انفراد»."),
        ErrorView("f-birth-day", "birth", "اكتب تاريخاً لا يقع في المستقبل."),
        ErrorView("f-confirmed", "confirmed", "ضع إشارة للمتابعة."),
        ErrorView("f-actions-1-what", "actions.1.what", "أكمل «الإجراء»."),
        ErrorView("", "whole", "تعذّر فهم جزء من النموذج."),
    )
    return FormView(
        "followup_visit", "زيارة متابعة", (BlockView("paragraph", "املأ ما عرفته في الزيارة. ما لا تعرفه اتركه فارغاً."),),
        (visit, person, steps, hidden), wrong, hidden=(("_shown", "0,1"),), has_conditions=True,
    )


def clean_form() -> FormView:
    """The same form before anybody judged it."""
    def clean(one: FieldView) -> FieldView:
        rows = tuple(replace(row, fields=tuple(clean(inner) for inner in row.fields)) for row in one.rows)
        return replace(one, error="", rows=rows)

    sections = tuple(replace(one, fields=tuple(clean(inner) for inner in one.fields)) for one in form().sections)
    return replace(form(), sections=sections, errors=())


def work_page(**changes: Any) -> WorkPage:
    """The page of the visit."""
    known = (
        Answered(Text("تصنيف الحالة", "Category"), Text("تسرب مدرسي وعمل أطفال", "School dropout and child labour")),
        Answered(Text("هدف الخطة", "Goal of the plan"), Text("عودة أحمد إلى المدرسة مع بداية الفصل الثاني", "Back to school next term")),
        Answered(Text("آخر زيارة", "Last visit"), Text("25 أكتوبر 2026", "25 October 2026")),
    )
    plain = WorkPage(
        row=work(), form=SHOWN_OTHERWISE, values={}, context={}, lists=Lists({}), env=Env(), token="token",
        draft_saved_at=NOW - timedelta(minutes=4), stages=STAGES, known=known, may_complete=True,
    )
    return replace(plain, **changes)


def timeline() -> Page[TimelineEntry]:
    """People, a deadline, a decision with its reason, a late record, a failure."""
    karim, system = Text("كريم سمير", "Karim Samir"), Text("النظام", "System")
    return Page((
        TimelineEntry(9, "work_completed", MONA.name, None, NOW - timedelta(minutes=12), NOW - timedelta(minutes=12),
                      Text("إكمال المهمة: إعادة تقييم المخاطر", "Completed: new risk assessment"), (
            Change(Text("درجة الخطورة", "Risk level"), Text("متوسطة", "Medium"), Text("مرتفعة", "High")),
            Change(Text("من يقيم مع الطفل", "Who lives with the child"), None, Text("الجدة والعم", "Grandmother and uncle")),
        ), (Text("مجموع النقاط 14 من 30: القاعدة 3 في جدول المخاطر", "Score 14 of 30: rule 3 of the risk table"),)),
        TimelineEntry(8, "deadline_passed", system, None, NOW - timedelta(hours=20), NOW - timedelta(hours=20),
                      Text("تجاوزت زيارة المتابعة موعدها وأُبلغ المشرف", "The visit was overdue; the supervisor was told")),
        TimelineEntry(7, "work_completed", karim, Text("هدى يوسف", "Huda Yousef"), NOW - timedelta(days=9), NOW - timedelta(days=6),
                      Text("اعتماد خطة الحالة", "Case plan approved")),
        TimelineEntry(6, "incident", system, None, NOW - timedelta(days=10), NOW - timedelta(days=10),
                      Text("تعذّر إرسال إشعار بالبريد", "A notice could not be mailed")),
        TimelineEntry(5, "work_completed", MONA.name, None, NOW - timedelta(days=30), NOW - timedelta(days=30),
                      Text("تسجيل الاستمارة رقم ١", "Form 1 recorded"), tuple(
            Change(Text(f"حقل {n}", f"Field {n}"), None, Text(f"قيمة {n}", f"Value {n}")) for n in range(8))),
    ), after="5")  # fmt: skip


def case_page(**changes: Any) -> CasePage:
    """The page of the case."""
    plain = CasePage(
        case(), STAGES, (work(), worklist().rows[2]),
        (Offer("77", Text("تسجيل رد مقدم الخدمة", "Record the provider's answer")), Offer("78", Text("بلاغ جديد عن الحالة", "New report on this case"))),
        timeline(), (DiagramRef("monitoring", Text("المتابعة", "Monitoring"), ("rescore",), ("follow_up",)),
                     DiagramRef("case", Text("مسار الحالة", "Path of the case"), ("monitoring_stage",), ("reception_stage", "assessment_stage"))),
    )  # fmt: skip
    return replace(plain, **changes)


def offer_page() -> OfferPage:
    """The page of an offer."""
    return OfferPage(
        offer=case_page().offers[0], case=case(), form=SHOWN_OTHERWISE, values={}, context={}, lists=Lists({}),
        env=Env(), token="token", stages=STAGES,
    )
