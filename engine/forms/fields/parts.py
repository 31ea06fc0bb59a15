"""The boxes of a date: day, month, year, and the time."""

from engine.forms.cleaning import Raw, day_parts, text
from engine.forms.fields.base import box_id
from engine.forms.views import PartView
from engine.text import Text

_LABELS = {
    "day": (Text("اليوم", "Day"), 2),
    "month": (Text("الشهر", "Month"), 2),
    "year": (Text("السنة", "Year"), 4),
    "time": (Text("الساعة (مثل 14:30)", "Time (such as 14:30)"), 5),
}
DAY = ("day", "month", "year")


def gather_day(raw: Raw, name: str) -> tuple[str, str, str] | None:
    """Day, month and year as typed into three boxes, or as one text; None where all are empty."""
    parts = tuple((text(raw, f"{name}.{part}") or "")[:10] for part in DAY)
    if any(parts):
        return parts[0], parts[1], parts[2]
    whole = text(raw, name)
    return None if whole is None else day_parts(whole) or (whole[:10], "?", "?")


def day_boxes(raw: Raw, name: str, locale: str) -> tuple[PartView, ...]:
    """Three boxes with what was typed."""
    typed = gather_day(raw, name) or ("", "", "")
    values = ("" if value == "?" else value for value in typed)
    return tuple(box(name, part, value, locale) for part, value in zip(DAY, values, strict=True))


def box(name: str, part: str, value: str, locale: str) -> PartView:
    """One box of a field."""
    label, width = _LABELS[part]
    inner = f"{name}.{part}"
    return PartView(part, box_id(inner), inner, label.in_(locale), value, width)
