"""Cases: starting one, reading one, its data and its events."""

from typing import Any

from marshmallow import fields

from engine.commands.reports import REPORTING, submit_report
from engine.errors import Invalid, NotFound
from engine.forms import Document
from engine.queries.cases import case_page, timeline_of
from engine.queries.reports import report_form
from engine.queries.rows import CasePage, Page, TimelineEntry
from engine.queries.variables import Variables, variables_of
from engine.text import Text
from web.api.guard import actor
from web.api.operations import operation
from web.api.rows import CaseRow, OfferRow, StageRow, WorkItemRow
from web.api.shapes import Answers, Count, Exact, Key, Line, Moment, Words, page_of
from web.api.work_items import FormDocument, form_of
from web.sessions import masar

MOST_EVENTS = 100
_LAST_EVENT = 2**31 - 1
_NOT_STARTED = Text(
    "لا يبدأ من الخارج إلا الإجراء reporting؛ أما الحالة فتُفتح عند فرز البلاغ.",
    "Only the process “reporting” is started from outside; a case opens when its report is screened.",
)


class StartBody(Exact):
    """What to start, and the answers that it begins with."""

    process = Line(longest=100, required=True, metadata={"examples": [REPORTING]})
    answers = Answers(required=True, metadata={"description": "By the keys of the form `form_0_report`."})


class StartDocument(Exact):
    """The form that a report begins with, and what its answers start with."""

    form = fields.Nested(FormDocument, required=True)
    answers = Answers(required=True)


class Started(Exact):
    """What was started. The tracking code is told once."""

    id = Key(required=True, attribute="case_id")
    number = fields.String(required=True)
    tracking_code = fields.String(required=True)


class IncidentRow(Exact):
    """A failure that waits for a person."""

    id = Key(required=True)
    text = Words(required=True)
    may_retry = fields.Boolean(required=True)


class AwaitedRow(Exact):
    """A message that the case waits for."""

    name = Words(required=True)
    of = Words(required=True)
    due_at = Moment(required=True, allow_none=True)


class CaseDocument(Exact):
    """A case as its page shows it."""

    case = fields.Nested(CaseRow, required=True)
    stages = fields.List(fields.Nested(StageRow), required=True)
    work_items = fields.List(fields.Nested(WorkItemRow), required=True, attribute="work")
    offers = fields.List(fields.Nested(OfferRow), required=True)
    incidents = fields.List(fields.Nested(IncidentRow), required=True)
    awaited = fields.List(fields.Nested(AwaitedRow), required=True)


class VariablesDocument(Exact):
    """The data of a case. A value that is not open to the account is null, and its path stands in `masked`."""

    variables = Answers(required=True, attribute="values")
    masked = fields.List(fields.String(), required=True)


class ChangeRow(Exact):
    """One value that an event changed, in words."""

    label = Words(required=True)
    before = Words(required=True, allow_none=True)
    after = Words(required=True)


class ReasonRow(Exact):
    """What a decision said."""

    said = Words(required=True)
    more = fields.List(Words(), required=True)


class EventRow(Exact):
    """One event of the history."""

    seq = fields.Integer(required=True)
    kind = fields.String(required=True)
    who = Words(required=True)
    on_behalf_of = Words(required=True, allow_none=True)
    happened_at = Moment(required=True)
    recorded_at = Moment(required=True)
    what = Words(required=True)
    changes = fields.List(fields.Nested(ChangeRow), required=True)
    why = fields.List(fields.Nested(ReasonRow), required=True)


class EventsQuery(Exact):
    """Which events."""

    cursor = Line(longest=40)
    limit = Count(1, MOST_EVENTS, load_default=20)


@operation("GET", "/processes/reporting/form", "read", "cases", answer=StartDocument)
def read_start_form() -> dict[str, Any]:
    """Read the form of a report.

    What starting a case takes, and what its answers start with, in the shape in which they may be sent back.
    """
    page = report_form(masar(), actor())
    return {"form": form_of(page), "answers": page.form.document(page.values)}


@operation("POST", "/cases", "write", "cases", status=201, body=StartBody, answer=Started, idempotent=True,
           located=True, fails=(404, 409))  # fmt: skip
def start_case(body: dict[str, Any], token: str) -> tuple[object, str]:
    """Start a case.

    What an outsider may start is a report (process `reporting`); screening it opens a case for each person named in
    it. Which values are needed, the form `form_0_report` says; each that is wrong is named in `errors`.
    """
    if body["process"] != REPORTING:
        raise Invalid(_NOT_STARTED, {"process": _NOT_STARTED})
    receipt = submit_report(masar(), actor(), Document(body["answers"]), token)
    return receipt, f"/api/v1/cases/{receipt.case_id}"


@operation("GET", "/cases/<number:case_id>", "read", "cases", answer=CaseDocument, fails=(404,))
def read_case(case_id: str) -> CasePage:
    """Read a case.

    Its head, its stages, its open work and what it waits for, as far as the account may see them. Reading protected
    content is recorded.
    """
    return case_page(masar(), actor(), case_id)


@operation("GET", "/cases/<number:case_id>/variables", "read", "cases", answer=VariablesDocument, fails=(404,))
def read_variables(case_id: str) -> Variables:
    """Read the data of a case.

    The variables of the whole case by name, dates as ISO 8601. Reading protected content is recorded.
    """
    return variables_of(masar(), actor(), case_id)


@operation("GET", "/cases/<number:case_id>/events", "read", "cases", query=EventsQuery, fails=(404,),
           answer=page_of(EventRow, "EventPage"))  # fmt: skip
def list_events(case_id: str, query: dict[str, Any]) -> Page[TimelineEntry]:
    """List the events of a case.

    Who, when, on whose behalf, what, from which value to which, and why; the newest first. Values that are not open
    to the account are hidden. Reading protected content is recorded.
    """
    return timeline_of(masar(), actor(), case_id, _before(query.get("cursor")), query["limit"])


def _before(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 11) or int(cursor) > _LAST_EVENT:
        raise NotFound
    return int(cursor)
