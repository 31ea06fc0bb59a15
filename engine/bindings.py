"""Under which bundle a case ran when: that of its file, or an older one before it was moved on."""

from collections.abc import Sequence
from dataclasses import dataclass

MIGRATED = "case_migrated"
"""The event that moves a case to another bundle."""


@dataclass(frozen=True)
class Bindings:
    """The bundle of now, and of each move to another one the number of its event and the bundle before it, in order."""

    now: int
    moves: Sequence[tuple[int, int]] = ()

    def before(self, seq: int) -> int:
        """The bundle under which an event was made; for one that moved the case, the bundle it came from."""
        return next((bundle_id for at, bundle_id in self.moves if seq <= at), self.now)

    def after(self, seq: int) -> int:
        """The bundle under which the case stood after an event."""
        return next((bundle_id for at, bundle_id in self.moves if seq < at), self.now)
