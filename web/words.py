"""The words that templates need for moments and for the fixed terms of a case, in the reader's language."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask, current_app
from flask_babel import format_datetime, get_locale, gettext, ngettext, to_user_timezone
from markupsafe import Markup, escape

from engine.words import MONTHS, Months, day_in_words

Clock = Callable[[], datetime]

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def install(
    app: Flask, clock: Clock = lambda: datetime.now(UTC), months: Callable[[], Months] = lambda: MONTHS
) -> None:
    """Gives the templates of an app these words; `clock` tells the present moment (UTC), `months` how they are called
    in the country that is served."""
    app.extensions["masar-clock"], app.extensions["masar-months"] = clock, months
    app.jinja_env.filters.update(
        moment=moment, day=day, due=due, ago=ago, stage_word=stage_word, risk_word=risk_word,
        risk_tone=risk_tone, status_word=status_word, initial=initial,
        tell=lambda text, locale: text.in_(locale),
    )  # fmt: skip
    app.jinja_env.globals.update(today=lambda: local(now()).date())


def now() -> datetime:
    """The present moment by the clock of the app."""
    moment: datetime = current_app.extensions["masar-clock"]()
    return moment


def local(when: datetime) -> datetime:
    """A moment on the reader's own clock; a moment without a zone is UTC."""
    found: datetime = to_user_timezone(when)
    return found


def day(when: date | datetime) -> str:
    """A day in full: 22 November 2026. A moment is taken on the reader's clock."""
    named = day_in_words(local(when) if isinstance(when, datetime) else when, _months())
    return named.in_(str(get_locale()))


def month(when: date) -> str:
    """A month in full: November 2026."""
    return f"{_months()[when.month - 1].in_(str(get_locale()))} {when.year}"


def _months() -> Months:
    named: Months = current_app.extensions["masar-months"]()
    return named


def moment(when: datetime) -> Markup:
    """A moment in full, for machines too: <time datetime="…">22 November 2026, 14:05</time>."""
    return _time(when, _full(when))


def ago(when: datetime) -> Markup:
    """A past moment as people say it: 5 minutes ago, today at 14:05, yesterday at 9:10, else in full."""
    past = now() - _aware(when)
    days = (local(now()).date() - local(when).date()).days
    if past < timedelta(minutes=1):
        return _time(when, gettext("just now"))
    if past < HOUR:
        minutes = int(past / timedelta(minutes=1))
        return _time(when, ngettext("%(num)d minute ago", "%(num)d minutes ago", minutes))
    if days == 0:
        return _time(when, gettext("today at %(time)s", time=_clock(when)))
    if days == 1:
        return _time(when, gettext("yesterday at %(time)s", time=_clock(when)))
    return moment(when)


def due(when: datetime) -> Markup:
    """A due moment: how late it is, or today, tomorrow, a day of this week with its hour, else the date."""
    left = _aware(when) - now()
    return _time(when, _late(-left) if left < timedelta() else _ahead(when))


def _late(by: timedelta) -> str:
    if by < HOUR:
        minutes = max(1, int(by / timedelta(minutes=1)))
        return str(ngettext("%(num)d minute late", "%(num)d minutes late", minutes))
    if by < 2 * DAY:
        return str(ngettext("%(num)d hour late", "%(num)d hours late", int(by / HOUR)))
    return str(ngettext("%(num)d day late", "%(num)d days late", by.days))


def _ahead(when: datetime) -> str:
    days = (local(when).date() - local(now()).date()).days
    if days == 0:
        return str(gettext("Today %(time)s", time=_clock(when)))
    if days == 1:
        return str(gettext("Tomorrow %(time)s", time=_clock(when)))
    if days < 7:
        weekday = format_datetime(when, "EEEE")
        return str(gettext("%(weekday)s %(time)s", weekday=weekday, time=_clock(when)))
    return day(when)


def _clock(when: datetime) -> str:
    hour: str = format_datetime(when, "HH:mm")
    return hour


def _time(when: datetime, words: str) -> Markup:
    stamp = _aware(when).astimezone(UTC).isoformat(timespec="seconds")
    return Markup('<time datetime="{}" title="{}">{}</time>').format(stamp, _full(when), words)


def _full(when: datetime) -> str:
    return str(gettext("%(day)s, %(time)s", day=day(when), time=_clock(when)))


def _aware(when: datetime) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def stage_word(key: str) -> str:
    """The name of one of the eight stages; another key is shown as it is."""
    return _word(key, {
        "reporting": gettext("Reporting"), "reception": gettext("Reception"),
        "assessment": gettext("Assessment"), "planning": gettext("Planning"),
        "intervention": gettext("Intervention"), "referral": gettext("Referral"),
        "monitoring": gettext("Monitoring"), "closure": gettext("Closure"),
    })  # fmt: skip


def risk_word(key: str) -> str:
    """The name of a risk level."""
    return _word(key, {
        "immediate": gettext("Immediate danger"), "high": gettext("High risk"),
        "medium": gettext("Medium risk"), "low": gettext("Low risk"), "none": gettext("No risk found"),
    })  # fmt: skip


def risk_tone(key: str) -> str:
    """The colour class of a risk level; the word always stands beside it."""
    return {"immediate": "solid", "high": "danger", "medium": "warn", "low": "ok"}.get(key, "")


def status_word(key: str) -> str:
    """The state of a case in one word."""
    return _word(key, {
        "open": gettext("Open"), "closed": gettext("Closed"), "incident": gettext("Needs technical help"),
    })  # fmt: skip


def initial(name: str) -> Markup:
    """The first letter of a name, for the round sign beside it; titles such as «د.» are passed over."""
    parts = [part for part in name.split() if len(part.strip(".")) > 1] or [name or "؟"]
    return escape(parts[0][:1])


def _word(key: str, words: dict[str, Any]) -> str:
    return str(words.get(key, key))
