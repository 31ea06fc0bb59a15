"""What may be asked of a case. Ids are those of the open items, waits, calls and incidents of the last outcome."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from engine.text import Text

Variables: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Start:
    """Begin a process with its first variables."""

    process: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True)
class Reopen:
    """Begin a process anew in a case that has ended. Of the variables only these are left; ids are never used twice."""

    process: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True)
class Complete:
    """A work item is done. The answers become the variable named after its element, unless mapped."""

    item: int
    answers: Variables = field(default_factory=dict)


@dataclass(frozen=True)
class Fire:
    """A timer is due, or a message or signal has arrived. Its variables are taken as they are named."""

    wait: int
    variables: Variables | None = None


@dataclass(frozen=True)
class Signal:
    """Another case has thrown a signal: everything that waits for its name happens, in one move."""

    name: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True)
class FinishCall:
    """A call has been answered."""

    call: int
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True)
class FailCall:
    """A call has failed: with a code it throws that BPMN error, without one it becomes an incident. The same of a timer
    that came due and after which the case cannot go on: it stops there as an incident, and waits again on Retry."""

    call: int
    code: str | None
    text: str
    text_ar: str = ""

    @property
    def words(self) -> Text:
        """Why, in both languages as far as they are known."""
        return Text(self.text_ar or self.text, self.text)


@dataclass(frozen=True)
class Stumble:
    """What somebody sent for a work item or message could not be followed through, because the case would not have come
    to rest: nothing of it was kept. It stays open as an incident, until what is sent next can be, or on Retry."""

    at: int
    text_ar: str
    text_en: str


@dataclass(frozen=True)
class Retry:
    """Try again where an incident stopped."""

    incident: int


@dataclass(frozen=True)
class Amend:
    """Set variables of the case itself, from outside the flow. With `copies`, also where a called process or an
    activity holds the same value under the same name: what it was given when it began."""

    variables: Variables
    copies: bool = False


@dataclass(frozen=True)
class Extend:
    """A work item is due later than its diagram says, as long as that computes what it did then."""

    item: int
    due: datetime


@dataclass(frozen=True)
class Cancel:
    """End the whole case where it stands."""

    reason: str


@dataclass(frozen=True)
class Migrate:
    """Go on under other definitions. `plan` is the document of a plan (migrating/plan.py), in its fewest words."""

    plan: Mapping[str, Any]


Command: TypeAlias = (
    Start | Reopen | Complete | Fire | Signal | FinishCall | FailCall | Stumble | Retry | Amend | Extend | Cancel
    | Migrate
)
