"""How moments are told in both languages; the present is 22 November 2026, 12:30 in Damascus."""

from datetime import timedelta

import pytest
from flask import g
from markupsafe import Markup

from tests.web import dressed
from tests.web.samples import NOW
from web import words


def told(filter_name: str, locale: str, **offset: float) -> str:
    app = dressed.app()
    with app.test_request_context():
        g.locale = locale
        return str(Markup(getattr(words, filter_name)(NOW + timedelta(**offset))).striptags())


@pytest.mark.parametrize(
    ("offset", "arabic", "english"),
    [
        ({"minutes": -1}, "متأخرة دقيقة واحدة", "1 minute late"),
        ({"minutes": -2}, "متأخرة دقيقتين", "2 minutes late"),
        ({"minutes": -11}, "متأخرة 11 دقيقة", "11 minutes late"),
        ({"hours": -3}, "متأخرة 3 ساعات", "3 hours late"),
        ({"days": -2}, "متأخرة يومين", "2 days late"),
        ({"days": -11}, "متأخرة 11 يوماً", "11 days late"),
        ({"days": -100}, "متأخرة 100 يوم", "100 days late"),
        ({"hours": 5}, "اليوم 17:30", "Today 17:30"),
        ({"hours": 12}, "غداً 00:30", "Tomorrow 00:30"),
        ({"days": 3}, "الأربعاء 12:30", "Wednesday 12:30"),
        ({"days": 20}, "12 ديسمبر 2026", "12 December 2026"),
    ],
)
def test_a_due_date_is_told_as_people_say_it(offset: dict[str, float], arabic: str, english: str) -> None:
    assert told("due", "ar", **offset) == arabic
    assert told("due", "en", **offset) == english


@pytest.mark.parametrize(
    ("offset", "arabic", "english"),
    [
        ({"seconds": -10}, "الآن", "just now"),
        ({"minutes": -10}, "قبل 10 دقائق", "10 minutes ago"),
        ({"hours": -2}, "اليوم 10:30", "today at 10:30"),
        ({"hours": -20}, "أمس 16:30", "yesterday at 16:30"),
        ({"days": -41}, "12 أكتوبر 2026، 12:30", "12 October 2026, 12:30"),
    ],
)
def test_a_past_moment_is_told_as_people_say_it(offset: dict[str, float], arabic: str, english: str) -> None:
    assert told("ago", "ar", **offset) == arabic
    assert told("ago", "en", **offset) == english


def test_machines_read_the_moment_in_utc() -> None:
    with dressed.app().test_request_context():
        assert 'datetime="2026-11-22T09:30:00+00:00"' in words.moment(NOW)
        assert 'datetime="2026-11-22T09:30:00+00:00"' in words.moment(NOW.replace(tzinfo=None))


def test_a_name_begins_with_its_first_letter_after_a_title() -> None:
    assert words.initial("د. هدى يوسف") == "ه"
    assert words.initial("") == "؟"
    assert words.initial("<b>") == "&lt;"
