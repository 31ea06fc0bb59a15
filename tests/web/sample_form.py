"""A made-up form with every kind of field, some of them wrong, as its view."""

from dataclasses import replace
from typing import Any

from engine.forms import (
    BlockView,
    ErrorView,
    FieldView,
    FormView,
    OptionView,
    PartView,
    RowView,
    SectionView,
)


def options(name: str, words: list[str], *chosen: int, **more: Any) -> tuple[OptionView, ...]:
    """Choices of a field."""
    return tuple(
        OptionView(f"{name}-{place}", f"v{place}", label, place in chosen, **more) for place, label in enumerate(words)
    )


def field(kind: str, name: str, label: str, **more: Any) -> FieldView:
    """A field named alike in every respect."""
    return FieldView(kind, name, f"f-{name}".replace(".", "-"), name, label, **more)


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
    visit = SectionView(
        "visit",
        "الزيارة",
        "كما جرت فعلاً، لا كما خُطط لها.",
        (
            field(
                "datetime",
                "happened_at",
                "وقت الزيارة",
                required=True,
                parts=day_parts("happened_at", "20", "11", "2026", time="16:30"),
            ),
            field(
                "select",
                "place",
                "مكان الزيارة",
                required=True,
                options=(
                    *options("place", ["المنزل", "المدرسة"], 0, group="المعتاد"),
                    *options("place2", ["مستشفى"], group="غير ذلك"),
                ),
            ),
            field("number", "minutes", "مدة الزيارة", value="45", inputmode="numeric", suffix="دقيقة"),
            field(
                "radios",
                "seen_alone",
                "هل قوبل الطفل على انفراد؟",
                required=True,
                controls=True,
                options=options("seen_alone", ["نعم", "لا", "غير معروف"], 1),
            ),
            field(
                "textarea",
                "why_not_alone",
                "سبب عدم المقابلة على انفراد",
                required=True,
                error="أكمل «سبب عدم المقابلة على انفراد».",
                hint="يقرأه المشرف قبل الزيارة القادمة.",
                sensitivity="protected",
            ),
            field("text", "not_shown", "حقل لا يظهر", visible=False),
        ),
    )
    person = SectionView(
        "person",
        "الشخص",
        "",
        (
            field(
                "name",
                "guardian",
                "اسم ولي الأمر أو الوصي",
                sensitivity="identity",
                value="خالد محمد علي",
                autocomplete="off",
            ),
            field(
                "phone", "phone", "هاتف للتواصل الآمن", inputmode="tel", value="0944 123 456", sensitivity="identity"
            ),
            field("email", "email", "البريد الإلكتروني", inputmode="email"),
            field(
                "date",
                "birth",
                "تاريخ الميلاد",
                error="اكتب تاريخاً لا يقع في المستقبل.",
                parts=day_parts("birth", "3", "5", "2031"),
            ),
            field("hijri", "birth_hijri", "تاريخ الميلاد الهجري", parts=day_parts("birth_hijri", "", "", "")),
            field("time", "call_at", "أفضل وقت للاتصال", value="10:00"),
            field("computed", "age", "العمر", value="11 سنة"),
            field("separator", "line", ""),
            field(
                "checkboxes",
                "concerns",
                "ما لوحظ من مخاوف",
                required=True,
                hint="اختر كل ما ينطبق.",
                options=options(
                    "concerns",
                    [
                        "آثار إيذاء جسدي",
                        "خوف من أحد أفراد الأسرة",
                        "انقطاع عن المدرسة",
                        "عمل لا يناسب العمر",
                        "نقص في الغذاء أو الملبس",
                        "لا شيء مما ذكر",
                    ],
                    1,
                    2,
                    exclusive=False,
                ),
            ),
            field(
                "words",
                "advice",
                "",
                blocks=(
                    BlockView("heading", "قبل المغادرة"),
                    BlockView("paragraph", "تأكد مع الطفل من:"),
                    BlockView("item", "أنه يعرف من يتصل به."),
                    BlockView("item", "أن خطة السلامة ما زالت صالحة."),
                ),
            ),
            field("checkbox", "confirmed", "أؤكد أن ما سبق صحيح بحسب علمي", required=True, error="ضع إشارة للمتابعة."),
        ),
    )
    steps = SectionView(
        "steps",
        "خطوات الخطة",
        "",
        (
            field(
                "group",
                "address",
                "عنوان السكن",
                fields=(field("text", "address.town", "البلدة"), field("text", "address.street", "الشارع")),
            ),
            field(
                "rows",
                "actions",
                "الإجراءات المتفق عليها",
                add_name="_add.actions",
                add_label="إضافة إجراء",
                rows=(
                    RowView(
                        "إجراء 1",
                        (
                            field("text", "actions.0.what", "الإجراء", required=True, value="عودة إلى المدرسة"),
                            field(
                                "select",
                                "actions.0.who",
                                "المسؤول",
                                options=options("actions.0.who", ["الأسرة", "مدير الحالة"], 1),
                            ),
                        ),
                        "_remove.actions.0",
                        "حذف",
                    ),
                    RowView(
                        "إجراء 2",
                        (
                            field("text", "actions.1.what", "الإجراء", required=True, error="أكمل «الإجراء»."),
                            field(
                                "select",
                                "actions.1.who",
                                "المسؤول",
                                options=options("actions.1.who", ["الأسرة", "مدير الحالة"]),
                            ),
                        ),
                        "_remove.actions.1",
                        "حذف",
                    ),
                ),
            ),
        ),
    )
    hidden = SectionView("hidden", "قسم لا يظهر", "", (field("text", "inner", "داخل"),), visible=False)
    wrong = (
        ErrorView("f-why_not_alone", "why_not_alone", "أكمل «سبب عدم المقابلة على انفراد»."),
        ErrorView("f-birth-day", "birth", "اكتب تاريخاً لا يقع في المستقبل."),
        ErrorView("f-confirmed", "confirmed", "ضع إشارة للمتابعة."),
        ErrorView("f-actions-1-what", "actions.1.what", "أكمل «الإجراء»."),
        ErrorView("", "whole", "تعذّر فهم جزء من النموذج."),
    )
    return FormView(
        "followup_visit",
        "زيارة متابعة",
        (BlockView("paragraph", "املأ ما عرفته في الزيارة. ما لا تعرفه اتركه فارغاً."),),
        (visit, person, steps, hidden),
        wrong,
        hidden=(("_shown", "0,1"),),
        has_conditions=True,
    )


def clean_form() -> FormView:
    """The same form before anybody judged it."""

    def clean(one: FieldView) -> FieldView:
        rows = tuple(replace(row, fields=tuple(clean(inner) for inner in row.fields)) for row in one.rows)
        return replace(one, error="", rows=rows)

    sections = tuple(replace(one, fields=tuple(clean(inner) for inner in one.fields)) for one in form().sections)
    return replace(form(), sections=sections, errors=())
