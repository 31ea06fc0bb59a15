"""Dates, moments and spans of time as words in both languages, for histories and print-outs."""

from datetime import date, datetime, timedelta, tzinfo

from engine.text import Text

YES, NO = Text("نعم", "Yes"), Text("لا", "No")
_MONTHS_AR = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)
# one · two · three to ten · eleven and more
_MINUTES = ("دقيقة واحدة", "دقيقتان", "دقائق", "دقيقة")
_HOURS = ("ساعة واحدة", "ساعتان", "ساعات", "ساعة")
_DAYS = ("يوم واحد", "يومان", "أيام", "يوماً")
_WORKING_DAYS = ("يوم عمل واحد", "يوما عمل", "أيام عمل", "يوم عمل")


def day_in_words(day: date) -> Text:
    """22 November 2026."""
    return Text(
        f"{day.day} {_MONTHS_AR[day.month - 1]} {day.year}", f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
    )


def moment_in_words(moment: datetime, zone: tzinfo | None = None) -> Text:
    """22 November 2026, 14:05, on the clock of the zone (else on the moment's own)."""
    local = moment.astimezone(zone) if zone and moment.tzinfo else moment
    day = day_in_words(local)
    return Text(f"{day.ar}، {local:%H:%M}", f"{day.en}, {local:%H:%M}")


def span_in_words(span: timedelta, working: bool = False) -> Text:
    """3 working days and 4 hours; a span of nothing is "at once"."""
    hours, seconds = divmod(span.seconds, 3600)
    day_en = "working day" if working else "day"
    parts = [
        (span.days, _WORKING_DAYS if working else _DAYS, day_en), (hours, _HOURS, "hour"),
        (seconds // 60, _MINUTES, "minute"),
    ]
    told = [(_counted(count, forms), f"{count} {en}{'' if count == 1 else 's'}") for count, forms, en in parts if count]
    if not told:
        return Text("فوراً", "at once")
    return Text(" و".join(ar for ar, _ in told), " and ".join(en for _, en in told))


def _counted(count: int, forms: tuple[str, str, str, str]) -> str:
    if count <= 2:
        return forms[count - 1]
    few = 3 <= count % 100 <= 10
    return f"{count} {forms[2] if few else forms[3]}"
