"""A date, a time, or both."""

import re
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any, ClassVar

from marshmallow import fields

from engine.feel.env import Env
from engine.forms import messages
from engine.forms.cleaning import Raw, clean_line, day_of, text, western
from engine.forms.components import Component
from engine.forms.fields.base import Question, placed, wrong
from engine.forms.fields.parts import box, day_boxes, gather_day
from engine.forms.lists import Lists
from engine.forms.moment import Moment
from engine.forms.views import FieldView
from engine.text import Text
from engine.words import day_in_words, moment_in_words

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]?([0-5][0-9])(?::[0-5][0-9])?")
_AFTER_DAY = re.compile(r"^\S+[T ]+([0-9:.]+)")


class Day(fields.Field[date]):
    """Understands day, month and year."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> date:
        return read_day(value)


class DayAndTime(fields.Field[datetime]):
    """Understands a date and a time of day, without a zone as yet: the moment of reading has it."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> datetime:
        return datetime.combine(read_day(value[0]), read_time(value[1]))


class TimeOfDay(fields.Field[time]):
    """Understands a time of day."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> time:
        return read_time(value)


def read_day(parts: tuple[str, str, str]) -> date:
    """The day that was typed. Raises the validation error that says what to mend."""
    if not all(parts):
        raise wrong(messages.DATE_PART)
    found = day_of(*parts)
    if found is None:
        raise wrong(messages.DATE)
    return found


def read_time(typed: str) -> time:
    """The time that was typed, by the 24-hour clock."""
    found = _TIME.fullmatch(western(clean_line(typed)))
    if found is None:
        raise wrong(messages.TIME)
    return time(int(found[1]), int(found[2]))


class Temporal(Question):
    """What dates and times share: not in the future, not in the past, not after another field."""

    def __init__(self, component: Component, path: str) -> None:
        super().__init__(component, path)
        self.not_future = component.properties.yes("not_future")
        self.not_past = component.properties.yes("not_past")
        self.not_after = component.properties.text("not_after")
        self.not_after_label = component.label

    def judge(self, value: Any, moment: Moment) -> Text | None:
        """Against the clock and another date."""
        now = moment.env.now
        if now is not None and not isinstance(value, time):
            today = moment.env.local(now).date()
            if self.not_future and (value > now if isinstance(value, datetime) else value > today):
                return messages.FUTURE
            if self.not_past and _day(value) < today:
                return messages.PAST
        other = placed(moment.variables, self.not_after) if self.not_after else None
        if isinstance(other, date) and isinstance(value, date) and _day(value) > _day(other):
            return messages.not_after(self.not_after_label)
        return None


class Date(Temporal):
    """A date: three boxes, or one ISO text."""

    kind: ClassVar[str] = "date"

    def gather(self, raw: Raw, name: str) -> Any:
        """Day, month and year as typed."""
        return gather_day(raw, name)

    def schema_field(self) -> fields.Field[Any]:
        """A date."""
        return Day()

    def show(self, raw: Raw, name: str, moment: Moment) -> FieldView:
        """Three boxes."""
        shown = self.bare(name, moment)
        shown.parts = day_boxes(raw, name, moment.locale)
        return shown

    def words(self, value: Any, lists: Lists) -> Text:
        """20 November 2026."""
        return day_in_words(value, lists.months) if isinstance(value, date) else Text(str(value), str(value))


class DateTime(Temporal):
    """A date and a time. What is typed is the time of the place, whose zone `env` carries."""

    kind: ClassVar[str] = "datetime"

    def gather(self, raw: Raw, name: str) -> Any:
        """The three boxes of the day, and the time."""
        day = gather_day(raw, name)
        typed = self._time(raw, name)
        return None if day is None and not typed else (day or ("", "", ""), typed)

    def _time(self, raw: Raw, name: str) -> str:
        if (typed := text(raw, f"{name}.time")) is not None:
            return typed[:20]
        found = _AFTER_DAY.match(western(clean_line(text(raw, name) or "")[:40]))
        return found[1][:5] if found else ""

    def schema_field(self) -> fields.Field[Any]:
        """A date and time."""
        return DayAndTime()

    def show(self, raw: Raw, name: str, moment: Moment) -> FieldView:
        """Four boxes."""
        boxes = day_boxes(raw, name, moment.locale)
        shown = self.bare(name, moment)
        shown.parts = (*boxes, box(name, "time", self._time(raw, name), moment.locale))
        return shown

    def words(self, value: Any, lists: Lists) -> Text:
        """20 November 2026, 14:30."""
        return moment_in_words(value, lists.months) if isinstance(value, datetime) else Text(str(value), str(value))


class Time(Temporal):
    """A time of day."""

    kind: ClassVar[str] = "time"

    def schema_field(self) -> fields.Field[Any]:
        """A time."""
        return TimeOfDay()

    def bare(self, name: str, moment: Moment) -> FieldView:
        """A narrow box."""
        shown = super().bare(name, moment)
        shown.inputmode, shown.maxlength = "numeric", 8
        return shown

    def words(self, value: Any, _lists: Lists) -> Text:
        """14:30."""
        plain = str(value)[:5]
        return Text(plain, plain)


def localised(value: Any, env: Env) -> Any:
    """A typed date and time in the zone of the place; all else as it is."""
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=zone_of(env))
    return value


def zone_of(env: Env) -> tzinfo:
    """The zone of the place: that of `env`, else of its clock, else UTC."""
    return env.zone or (env.now.tzinfo if env.now else None) or UTC


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
