"""The quick exit of the public pages, and the innocent page that it leads to."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, redirect, render_template
from flask_babel import format_date
from werkzeug.wrappers import Response

from web.language import locale, speak_as_asked
from web.sessions import anonymous, masar
from web.words import local, month, now

pages = Blueprint("leaving", __name__)
pages.before_request(speak_as_asked)
SATURDAY = 5


@dataclass(frozen=True)
class Month:
    """A month as the calendar shows it; days of its neighbours are None."""

    title: str
    weekdays: list[str]
    weeks: list[list[date | None]]


@pages.get("/leave")
@anonymous
def leave() -> Response:
    """Away from here at once, by a plain link; a script only adds that this page leaves the history too. The way
    leads to a page of our own unless the installation names another: then that other host learns, at that very
    moment, that somebody left. A redirect does not stand in the history, and what the browser kept is dropped."""
    response = redirect(masar().settings.quick_exit_url or f"/calendar?lang={locale()}", 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@pages.get("/calendar")
@anonymous
def neutral() -> str:
    """A plain calendar of this month and the next, which says nothing of us."""
    today = local(now()).date()
    first = today.replace(day=1)
    months = [_month(first), _month((first + timedelta(days=32)).replace(day=1))]
    return render_template("public/calendar.html", months=months, today=today)


def _month(first: date) -> Month:
    weeks = calendar.Calendar(SATURDAY).monthdatescalendar(first.year, first.month)
    days = [[day if day.month == first.month else None for day in week] for week in weeks]
    return Month(month(first), [format_date(day, "EEEEE") for day in weeks[0]], days)
