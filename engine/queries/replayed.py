"""What the auditor's pages show: one moment of a case, who read it, and what verification found."""

from dataclasses import dataclass
from datetime import datetime

from engine.queries.rows import Answered, CaseSummary, DiagramRef, Page, TimelineEntry
from engine.replay import Check
from engine.text import Text


@dataclass(frozen=True)
class DiagramThen:
    """A diagram that was in force, with the marks of the moment. `version` counts its publications."""

    drawn: DiagramRef
    version: int | None
    published_at: datetime | None
    open_here: int
    """How many tokens stand on it."""


@dataclass(frozen=True)
class OpenThen:
    """Something that was open: work with whoever had it or the groups it was open to, a wait, a call or a failure."""

    name: Text
    kind: str
    since: datetime | None
    due_at: datetime | None = None
    holder: Text | None = None
    groups: tuple[Text, ...] = ()
    said: Text | None = None


@dataclass(frozen=True)
class Section:
    """Questions and answers under one title, as far as the actor may see them."""

    title: Text
    answers: tuple[Answered, ...]
    hidden: tuple[Text, ...] = ()
    """What the values that the actor may not see are called."""


@dataclass(frozen=True)
class Filled:
    """The form that the event brought, as it was filled in."""

    title: Text
    parts: tuple[Section, ...]


@dataclass(frozen=True)
class Rule:
    """A rule of a decision table that matched: its number from 1, and what it says of itself."""

    number: int
    note: Text | None


@dataclass(frozen=True)
class Explained:
    """A decision that the move took: what was asked, which rules answered, and what came out."""

    name: Text
    table: Text
    asked: tuple[Answered, ...]
    rules: tuple[Rule, ...]
    answers: tuple[Answered, ...]


@dataclass(frozen=True)
class ReplayPage:
    """One step of a case: the event, and the case as it stood after it."""

    case: CaseSummary
    step: int
    steps: int
    entry: TimelineEntry
    """Without the changes that are masked; those are named in `hidden`."""
    hidden: tuple[Text, ...]
    agrees: bool
    moved: bool
    """Whether the event moved the case; claims and reassignments do not."""
    diagrams: tuple[DiagramThen, ...]
    shown: int
    """Which of the diagrams to show."""
    open: tuple[OpenThen, ...]
    data: tuple[Section, ...]
    filled: Filled | None
    decisions: tuple[Explained, ...]
    nearby: tuple[TimelineEntry, ...]
    """The steps around this one, in order."""


@dataclass(frozen=True)
class ReadingRow:
    """Readings of one part of a case by one person in a row: how many, the first and the last."""

    who: Text
    section: Text
    times: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class ReadingsPage:
    """A page of the readings of a case."""

    case: CaseSummary
    readings: Page[ReadingRow]


@dataclass(frozen=True)
class Verification:
    """What verification of a case found, and what it leaves unproven beside what the page says of every case."""

    case: CaseSummary
    events: int
    checks: tuple[Check, ...]
    unproven: tuple[Text, ...]
    at: datetime

    @property
    def whole(self) -> bool:
        """Whether everything was looked at and nothing is wrong."""
        return all(check.done and not check.problems for check in self.checks)
