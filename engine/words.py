"""Dates, moments and spans of time as words in both languages, for histories and print-outs."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo

from engine.text import Text

YES, NO = Text("نعم", "Yes"), Text("لا", "No")
Months = Sequence[Text]
"""The names of the twelve months: they differ from country to country (the list `months`)."""
MONTHS: Months = (
    Text("يناير", "January"), Text("فبراير", "February"), Text("مارس", "March"), Text("أبريل", "April"),
    Text("مايو", "May"), Text("يونيو", "June"), Text("يوليو", "July"), Text("أغسطس", "August"),
    Text("سبتمبر", "September"), Text("أكتوبر", "October"), Text("نوفمبر", "November"), Text("ديسمبر", "December"),
)
"""Those that are understood everywhere, for where no list says otherwise."""
# one · two · three to ten · eleven and more
_MINUTES = ("دقيقة واحدة", "دقيقتان", "دقائق", "دقيقة")
_HOURS = ("ساعة واحدة", "ساعتان", "ساعات", "ساعة")
_DAYS = ("يوم واحد", "يومان", "أيام", "يوماً")
_WORKING_DAYS = ("يوم عمل واحد", "يوما عمل", "أيام عمل", "يوم عمل")


def day_in_words(day: date, months: Months) -> Text:
    """22 November 2026."""
    month = months[day.month - 1]
    return Text(f"{day.day} {month.ar} {day.year}", f"{day.day} {month.in_('en')} {day.year}")


def moment_in_words(moment: datetime, months: Months, zone: tzinfo | None = None) -> Text:
    """22 November 2026, 14:05, on the clock of the zone (else on the moment's own)."""
    local = moment.astimezone(zone) if zone and moment.tzinfo else moment
    day = day_in_words(local, months)
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
