"""The lines that several documents of the API hold."""

from marshmallow import fields

from web.api.shapes import Exact, Key, Moment, Words


class CaseRow(Exact):
    """The head of a case or report. `person` is hidden where the account may not know it."""

    id = Key(required=True)
    number = fields.String(required=True)
    kind = fields.String(required=True)
    person = fields.String(required=True, allow_none=True)
    stage = fields.String(required=True)
    status = fields.String(required=True)
    risk = fields.String(required=True, allow_none=True)
    unit = Words(required=True)
    manager = Words(required=True, allow_none=True)
    opened_at = Moment(required=True)
    closed_at = Moment(required=True, allow_none=True)


class WorkItemRow(Exact):
    """One line of a worklist. The flags say what the account may do with it now."""

    id = Key(required=True)
    name = Words(required=True)
    about = fields.String(required=True)
    case = fields.Nested(CaseRow, required=True)
    opened_at = Moment(required=True)
    due_at = Moment(required=True, allow_none=True)
    timeliness = fields.String(required=True)
    assignee = Words(required=True, allow_none=True)
    groups = fields.List(Words(), required=True)
    mine = fields.Boolean(required=True)
    may_open = fields.Boolean(required=True)
    may_claim = fields.Boolean(required=True)
    may_release = fields.Boolean(required=True)
    may_reassign = fields.Boolean(required=True)
    has_draft = fields.Boolean(required=True)


class StageRow(Exact):
    """One of the stages, and where the case stands in it."""

    key = fields.String(required=True)
    name = Words(required=True)
    state = fields.String(required=True)


class OfferRow(Exact):
    """A message that the account may send to the case."""

    id = Key(required=True)
    name = Words(required=True)


class AnswerRow(Exact):
    """A question and its answer, in words."""

    label = Words(required=True)
    value = Words(required=True)
