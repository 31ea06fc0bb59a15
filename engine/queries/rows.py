"""What the pages show: plain values, already decrypted, masked and checked for the actor who asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Literal, TypeVar

from engine.feel import Env
from engine.forms import Form, Lists
from engine.forms.moment import Decide
from engine.kinds import Kind
from engine.text import Text

Row = TypeVar("Row")
Timeliness = Literal["overdue", "soon", "in_time", "none"]


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One keyset page; `after` is the opaque cursor of the next one, None at the end."""

    rows: tuple[Row, ...]
    after: str | None


@dataclass(frozen=True)
class CaseSummary:
    """The head of a case or report. `person` is None when there is none yet; `masked`, when the actor may not
    see who it is: then it says «مخفي»."""

    id: str
    number: str
    kind: Kind
    person: str | None
    stage: str
    status: Literal["open", "closed", "incident"]
    risk: str | None
    unit: Text
    manager: Text | None
    opened_at: datetime
    closed_at: datetime | None
    masked: bool = False


@dataclass(frozen=True)
class WorkRow:
    """One line of a worklist."""

    id: str
    name: Text
    case: CaseSummary
    opened_at: datetime
    due_at: datetime | None
    timeliness: Timeliness
    assignee: Text | None
    mine: bool
    may_claim: bool
    may_release: bool
    has_draft: bool
    may_open: bool = True
    may_reassign: bool = False
    groups: tuple[Text, ...] = ()
    """Whose work it is, in words, while nobody has it."""
    about: str = ""
    """What tells it from others of its name, as somebody typed it."""


@dataclass(frozen=True)
class Counts:
    """How much waits in each view of the worklist; counted up to 100 and no further."""

    mine: int
    groups: int
    overdue: int


@dataclass(frozen=True)
class StageMark:
    """One of the eight stages and where the case stands in it."""

    key: str
    name: Text
    state: Literal["done", "current", "ahead"]


@dataclass(frozen=True)
class WorkPage:
    """Everything that the page of one work item needs. `values` are what the fields start with (draft, else prefill),
    as typed text by field path; `context` is what the form's conditions may read."""

    row: WorkRow
    form: Form
    values: Mapping[str, object]
    context: Mapping[str, object]
    lists: Lists
    env: Env
    token: str
    draft_saved_at: datetime | None
    stages: tuple[StageMark, ...]
    known: tuple["Known", ...]
    may_complete: bool
    decide: Decide | None = None
    """Asks the decisions of the bundle, for fields that show what a table proposes."""
    diagram: "DiagramRef | None" = None
    procedure: str = ""
    element: str = ""
    """Where the procedure tells of this step: the process, and the element in it."""


@dataclass(frozen=True)
class Change:
    """One value that an event changed, as words in both languages; `before` is None where there was none."""

    label: Text
    before: Text | None
    after: Text


@dataclass(frozen=True)
class Answered:
    """One answer of an earlier form, for the summary beside a form."""

    label: Text
    value: Text


@dataclass(frozen=True)
class Known:
    """What an earlier form answered, for the summary beside a form; `number` names the report that it came with."""

    title: Text
    answers: tuple[Answered, ...]
    number: str = ""
    report_id: str | None = None


@dataclass(frozen=True)
class TimelineEntry:
    """One event as people read it: who, when, on whose behalf, what, from which value to which."""

    seq: int
    kind: str
    who: Text
    on_behalf_of: Text | None
    happened_at: datetime
    recorded_at: datetime
    what: Text
    changes: tuple[Change, ...] = ()
    why: tuple["Reason", ...] = ()


@dataclass(frozen=True)
class Reason:
    """What a decision said, in words; `more` are the details that only some want to read."""

    said: Text
    more: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Offer:
    """Something a person may start or record on a case outside their worklist (a message the diagram waits for)."""

    id: str
    name: Text


@dataclass(frozen=True)
class OfferRow:
    """One line of what waits for a provider's answer: what is asked for, and nothing of whom it is about."""

    id: str
    case_id: str
    number: str
    name: Text
    asked: tuple["Answered", ...]
    since: datetime
    due_at: datetime | None
    timeliness: Timeliness


@dataclass(frozen=True)
class ProviderRecord:
    """An answer of a provider as it may look at it afterwards: what it was asked and told, and what it said."""

    id: str
    number: str
    name: Text
    answered_at: datetime
    visible_until: datetime
    asked: tuple["Answered", ...]
    shared: tuple["Answered", ...]
    answers: tuple["Answered", ...]


@dataclass(frozen=True)
class LinkRow:
    """A one-time link that was made to an offer: for whom, by whom and when, and what became of it."""

    for_whom: str
    made_by: Text
    made_at: datetime
    expires_at: datetime
    opened_at: datetime | None
    used_at: datetime | None
    living: bool


@dataclass(frozen=True)
class LinksPage:
    """Making a one-time link to an offer."""

    case: CaseSummary
    offer: "Offer"
    of: Text
    links: tuple[LinkRow, ...]


@dataclass(frozen=True)
class Awaited:
    """A message that the case waits for: what, of whom, and until when it is waited for."""

    name: Text
    of: Text
    due_at: datetime | None
    timeliness: Timeliness


@dataclass(frozen=True)
class IncidentRow:
    """A failure that waits for a person."""

    id: str
    text: Text
    may_retry: bool
    no_use: Text | None = None
    """Why trying again cannot help, where it cannot."""


@dataclass(frozen=True)
class CasePage:
    """The page of one case."""

    case: CaseSummary
    stages: tuple[StageMark, ...]
    work: tuple[WorkRow, ...]
    offers: tuple[Offer, ...]
    timeline: Page[TimelineEntry]
    diagrams: tuple["DiagramRef", ...]
    incidents: tuple[IncidentRow, ...] = ()
    awaited: tuple[Awaited, ...] = ()
    known: tuple[Known, ...] = ()


@dataclass(frozen=True)
class DiagramRef:
    """A diagram of the case with its marks: element ids that are active now and that were passed."""

    process: str
    name: Text
    active: tuple[str, ...] = ()
    done: tuple[str, ...] = ()


@dataclass(frozen=True)
class OfferPage:
    """A form to fill for an offer (a provider's answer, a new report on an open case)."""

    offer: Offer
    case: CaseSummary
    form: Form
    values: Mapping[str, object]
    context: Mapping[str, object]
    lists: Lists
    env: Env
    token: str
    stages: tuple[StageMark, ...] = field(default=())
    decide: Decide | None = None
    shared: tuple[Answered, ...] | None = None
    """For another agency: what was shared with it, which is all that it sees; None for people of the house."""
    due_at: datetime | None = None
    timeliness: Timeliness = "none"
    may_link: bool = False
    """Whether the actor may make a one-time link to it."""


@dataclass(frozen=True)
class ReportForm:
    """An empty report to fill."""

    form: Form
    values: Mapping[str, object]
    context: Mapping[str, object]
    lists: Lists
    env: Env
    token: str
    decide: Decide | None = None
