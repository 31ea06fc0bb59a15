"""What time it is: passed in everywhere, so that tests and replays choose it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def system_clock() -> datetime:
    """The wall clock, aware, in UTC."""
    return datetime.now(UTC)


def to_micros(moment: datetime) -> int:
    """A moment as whole UTC microseconds since 1970, exactly; refuses a naive one (ValueError)."""
    if moment.tzinfo is None:
        raise ValueError(f"naive datetime: {moment!r}")
    return (moment - EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The moment behind UTC microseconds, aware, in UTC."""
    return EPOCH + timedelta(microseconds=micros)


def iso_text(moment: datetime) -> str:
    """A moment as ISO 8601 in UTC, such as 2026-11-22T08:00:00Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


class StoppedClock:
    """A clock that moves only when told to."""

    def __init__(self, now: datetime = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> datetime:
        """Moves on and says what time it is then."""
        self.now += by
        return self.now
