"""What an expression may know of the world outside its variables: the time and the working days."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. `weekend` holds Python weekday numbers (Monday is 0), so {4, 5} is Friday and Saturday."""

    weekend: frozenset[int] = frozenset({4, 5})
    holidays: frozenset[date] = frozenset()

    @staticmethod
    def of(weekend: Iterable[int], holidays: Iterable[date] = ()) -> "Calendar":
        """A calendar from any collections of weekdays and days."""
        return Calendar(frozenset(weekend), frozenset(holidays))

    def is_working(self, day: date) -> bool:
        """Whether people work on this day."""
        return day.weekday() not in self.weekend and day not in self.holidays


@dataclass(frozen=True)
class Env:
    """The clock of an evaluation (None: `now()` is null), its calendar, and the zone in which days begin and end.

    Without a zone a day is a day in the zone of the moment that is looked at.
    """

    now: datetime | None = None
    calendar: Calendar = field(default_factory=Calendar)
    zone: tzinfo | None = None

    def local(self, moment: datetime) -> datetime:
        """The moment as people's clocks show it."""
        return moment.astimezone(self.zone) if self.zone and moment.tzinfo else moment
