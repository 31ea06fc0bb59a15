"""Work items: listing, reading, taking, giving away and completing them."""

from typing import Any

from marshmallow import fields

from engine.commands.work import claim_work, complete_work, reassign_work, release_work
from engine.forms import Document
from engine.queries.cursors import cursor_of
from engine.queries.rows import Page, ReportForm, WorkPage, WorkRow
from engine.queries.work import work_page
from engine.queries.worklist import worklist_for
from web.api.guard import actor
from web.api.operations import operation
from web.api.rows import AnswerRow, WorkItemRow
from web.api.shapes import Answers, Count, Exact, Hash, Key, Line, Moment, OneOf, Words, page_of
from web.sessions import masar

MOST_ITEMS = 100
ITEM = "/work-items/<number:item_id>"


class ItemsQuery(Exact):
    """Which work items."""

    view = OneOf("mine", "groups", "overdue", load_default="mine")
    due_from = Moment(metadata={"description": "Due then or later, or not due at all."})
    due_before = Moment(metadata={"description": "Due before then."})
    cursor = Line(longest=60)
    limit = Count(1, MOST_ITEMS, load_default=25)


class OptionRow(Exact):
    """A value that may be answered."""

    value = fields.String(required=True)
    label = Words(required=True)


class QuestionRow(Exact):
    """A question of a form. `type` is what JSON holds the answer: string, number, boolean, strings (a list) or rows (a
    list of objects by the keys in `fields`). Whether a `conditional` one is asked hangs on other answers."""

    key = fields.String(required=True)
    type = OneOf("string", "number", "boolean", "strings", "rows", required=True)
    kind = fields.String(required=True)
    label = Words(required=True)
    hint = Words(required=True)
    required = fields.Boolean(required=True)
    conditional = fields.Boolean(required=True)
    sensitivity = fields.String(required=True)
    longest = fields.Integer(required=True, allow_none=True)
    options = fields.List(fields.Nested(OptionRow), required=True)
    inner = fields.List(fields.Nested(lambda: QuestionRow()), required=True, attribute="fields", data_key="fields")


class FormDocument(Exact):
    """A form, in the version that counts."""

    key = fields.String(required=True)
    sha256 = fields.String(required=True)
    title = Words(required=True)
    questions = fields.List(fields.Nested(QuestionRow), required=True)


class KnownRow(Exact):
    """What an earlier form answered."""

    title = Words(required=True)
    answers = fields.List(fields.Nested(AnswerRow), required=True)


class ItemDocument(Exact):
    """A work item with its form, what the answers start with (the draft, else what is known), and earlier answers."""

    work_item = fields.Nested(WorkItemRow, required=True)
    may_complete = fields.Boolean(required=True)
    draft_saved_at = Moment(required=True, allow_none=True)
    form = fields.Nested(FormDocument, required=True)
    answers = Answers(required=True)
    known = fields.List(fields.Nested(KnownRow), required=True)


class AssignBody(Exact):
    """Who is to have the work item, and why."""

    to = Line(longest=64, required=True, metadata={"description": "A login."})
    reason = Line(longest=1000, required=True)


class CompleteBody(Exact):
    """The answers to the form of the work item."""

    answers = Answers(required=True)
    form_sha256 = Hash(load_default="")


class OfCase(Exact):
    """The case that was moved."""

    case_id = Key(required=True)


@operation("GET", "/work-items", "read", "work items", query=ItemsQuery, fails=(404,),
           answer=page_of(WorkItemRow, "WorkItemPage"))  # fmt: skip
def list_work_items(query: dict[str, Any]) -> Page[WorkRow]:
    """List work items.

    `view=mine` is what the account has, `groups` what nobody has and its groups may take, `overdue` what is late of
    both; the earliest due date first.
    """
    due_from, before = query.get("due_from"), query.get("due_before")
    after = query.get("cursor") or (cursor_of(due_from, 0) if due_from else None)
    page = worklist_for(masar(), actor(), query["view"], after, query["limit"])
    if before is None:
        return page
    rows = tuple(row for row in page.rows if row.due_at is not None and row.due_at < before)
    return Page(rows, page.after if len(rows) == len(page.rows) else None)


@operation("GET", ITEM, "read", "work items", answer=ItemDocument, fails=(404, 409))
def read_work_item(item_id: str) -> dict[str, Any]:
    """Read a work item.

    With its form and what the answers start with, in the shape in which they may be sent back. Reading protected
    content is recorded.
    """
    page = work_page(masar(), actor(), item_id)
    return {
        "work_item": page.row, "may_complete": page.may_complete, "draft_saved_at": page.draft_saved_at,
        "form": form_of(page), "answers": page.form.document(page.values), "known": page.known,
    }


@operation("POST", f"{ITEM}/claim", "write", "work items", status=204, fails=(404, 409))
def claim_work_item(item_id: str) -> None:
    """Claim a work item.

    Takes a work item of one's groups; taking one's own again changes nothing.
    """
    claim_work(masar(), actor(), item_id)


@operation("POST", f"{ITEM}/release", "write", "work items", status=204, fails=(404, 409))
def release_work_item(item_id: str) -> None:
    """Release a work item.

    Gives a work item back to its groups.
    """
    release_work(masar(), actor(), item_id)


@operation("POST", f"{ITEM}/assign", "write", "work items", body=AssignBody, answer=OfCase, fails=(404, 409))
def assign_work_item(item_id: str, body: dict[str, Any]) -> dict[str, str]:
    """Assign a work item.

    A supervisor gives it to somebody else, with the reason.
    """
    return {"case_id": reassign_work(masar(), actor(), item_id, body["to"], body["reason"])}


@operation("POST", f"{ITEM}/complete", "write", "work items", body=CompleteBody, answer=OfCase, idempotent=True,
           fails=(404, 409))  # fmt: skip
def complete_work_item(item_id: str, body: dict[str, Any], token: str) -> dict[str, str]:
    """Complete a work item.

    The form judges the answers; each that is wrong is named in `errors` by its path. `form_sha256` is that of the form
    that was read: where the case has gone on under another version of it, the answer is 409 and says what changed; of
    a program that does not say it, answers are refused where the form changed while it was open. Sent again with the
    same Idempotency-Key and the same answers, it counts once and is answered alike.
    """
    return {"case_id": complete_work(masar(), actor(), item_id, Document(body["answers"]), token,
                                     form_seen=body["form_sha256"])}


def form_of(page: WorkPage | ReportForm) -> dict[str, Any]:
    """The form of a page as a FormDocument shows it."""
    form = page.form
    questions = form.outline(page.context, page.lists, page.env, page.decide)
    return {"key": form.key, "sha256": form.sha256, "title": form.title, "questions": questions}
