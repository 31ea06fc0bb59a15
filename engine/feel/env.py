"""What an expression may know of the world outside its variables: the time and the working days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from functools import cached_property


@dataclass(frozen=True)
class Hours:
    """When an office opens and closes, in local time."""

    begins: time
    ends: time

    def __post_init__(self) -> None:
        if not self.begins < self.ends:
            raise ValueError(f"hours from {self.begins} to {self.ends}")


@dataclass(frozen=True)
class Calendar:
    """Which days are worked. `weekend` holds Python weekday numbers (Monday is 0), so {4, 5} is Friday and Saturday.
    `hours` are those of an ordinary day (None: the whole day), `seasons` those of single days, as in Ramadan."""

    weekend: frozenset[int] = frozenset({4, 5})
    holidays: frozenset[date] = frozenset()
    hours: Hours | None = None
    seasons: tuple[tuple[date, Hours], ...] = ()
    country: str = ""
    """Whose it is: the code that lists bear, such as EG."""

    @staticmethod
    def of(weekend: Iterable[int], holidays: Iterable[date] = ()) -> "Calendar":
        """A calendar from any collections of weekdays and days."""
        return Calendar(frozenset(weekend), frozenset(holidays))

    def is_working(self, day: date) -> bool:
        """Whether people work on this day."""
        return day.weekday() not in self.weekend and day not in self.holidays

    def hours_of(self, day: date) -> Hours | None:
        """The hours of a day that is worked; None where it is worked around the clock."""
        return self._seasonal.get(day, self.hours)

    @cached_property
    def _seasonal(self) -> dict[date, Hours]:
        return dict(self.seasons)


class Purse:
    """What many evaluations may spend together: steps, and seconds of regular expressions (engine/feel/limits.py)."""

    __slots__ = ("regex_seconds", "steps", "stopped")

    def __init__(self, steps: int, regex_seconds: float = 1.0) -> None:
        self.steps, self.regex_seconds = steps, regex_seconds
        self.stopped: list[str] = []
        """What was stopped because it went beyond a limit, for those who have to say so."""

    def pay(self, steps: int) -> None:
        """Take out what an evaluation has spent; no evaluation can spend more than is left."""
        self.steps = max(0, self.steps - steps)


@dataclass(frozen=True)
class Env:
    """The clock of an evaluation (None: `now()` is null), its calendar, the zone in which days begin and end, what all
    evaluations that share it may spend together, and of some lists the value that belongs to the country served.

    Without a zone a day is a day in the zone of the moment that is looked at.
    """

    now: datetime | None = None
    calendar: Calendar = field(default_factory=Calendar)
    zone: tzinfo | None = None
    purse: Purse | None = field(default=None, compare=False)
    here: Mapping[str, str] = field(default_factory=dict, compare=False)

    def local(self, moment: datetime) -> datetime:
        """The moment as people's clocks show it."""
        return moment.astimezone(self.zone) if self.zone and moment.tzinfo else moment
