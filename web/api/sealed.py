"""Sealed files: which there are, what is late or stopped in them, proposing a change of the seal and deciding it. What
is in them is opened on the pages alone, by a person who says why each time; handing over late work as well."""

from typing import Any

from marshmallow import fields, validate

from engine.access import may
from engine.commands.sealed_files import LONGEST_REASON, MOST_READERS, decide_change, propose_change
from engine.errors import NotFound
from engine.queries.sealed_files import sealed_page
from web.api.guard import actor
from web.api.operations import operation
from web.api.shapes import Exact, Key, Line, Moment, OneOf, Words, YesOrNo
from web.sessions import masar


class AlarmRow(Exact):
    """Open work that is late or nearly due. What it is stays closed; `holder` is told to a data protection officer."""

    id = Key(required=True)
    due_at = Moment(required=True)
    late = fields.Boolean(required=True)
    holder = Words(required=True, allow_none=True)


class StopRow(Exact):
    """A place where the file stopped."""

    id = Key(required=True)
    since = Moment(required=True)
    may_retry = fields.Boolean(required=True)


class ProposedRow(Exact):
    """What waits for the decision of another account."""

    unseal = fields.Boolean(required=True)
    readers = fields.List(Words(), required=True)
    reason = fields.String(required=True)
    by = Words(required=True)
    at = Moment(required=True)
    may_decide = fields.Boolean(required=True)


class SealedRow(Exact):
    """One sealed file, by its number. What the account may not know of it is empty."""

    id = Key(required=True)
    number = fields.String(required=True)
    kind = fields.String(required=True)
    unit = Words(required=True)
    goes_on = fields.Boolean(required=True)
    urgent = fields.Boolean(required=True, metadata={"description": "Work is late, or the file stopped."})
    alarms = fields.List(fields.Nested(AlarmRow), required=True)
    stops = fields.List(fields.Nested(StopRow), required=True)
    readers = fields.List(Words(), required=True)
    proposed = fields.Nested(ProposedRow, required=True, allow_none=True)
    untold = fields.Integer(required=True, metadata={"description": "Openings of which nobody took note yet."})


class SealedList(Exact):
    """The sealed files, first those that wait for somebody."""

    rows = fields.List(fields.Nested(SealedRow), required=True)


class ProposalBody(Exact):
    """What is proposed: readers by their sign-in names, or that the file is sealed no more; and why."""

    what = OneOf("readers", "unseal", required=True)
    readers = fields.List(Line(longest=100), load_default=(), validate=validate.Length(0, MOST_READERS))
    reason = Line(longest=LONGEST_REASON, required=True)


class DecisionBody(Exact):
    """Whether it shall be so."""

    agreed = YesOrNo(required=True)


@operation("GET", "/sealed", "read", "sealed", answer=SealedList, fails=(404,))
def list_sealed() -> dict[str, Any]:
    """List sealed files.

    Those that the account keeps, decides about, proves or may ask to read; first those in which work is late or that
    stopped, of which their line is not told. Nothing of what is in them.
    """
    found = sealed_page(masar(), actor())
    if not found and not may(actor(), "see_seals"):
        raise NotFound
    shown = ("id", "number", "kind", "unit", "goes_on", "urgent", "alarms", "stops", "readers", "proposed")
    return {"rows": [{**{name: getattr(one, name) for name in shown}, "untold": len(one.openings)} for one in found]}


@operation("POST", "/sealed/<number:case_id>/proposal", "write", "sealed", status=204, body=ProposalBody,
           fails=(404, 409))  # fmt: skip
def propose_seal_change(case_id: str, body: dict[str, Any]) -> None:
    """Propose a change of a seal.

    By a data protection officer. Another account decides.
    """
    propose_change(masar(), actor(), case_id, body["what"], ",".join(body["readers"]), body["reason"])


@operation("POST", "/sealed/<number:case_id>/decision", "write", "sealed", status=204, body=DecisionBody,
           fails=(404, 409))  # fmt: skip
def decide_seal_change(case_id: str, body: dict[str, Any]) -> None:
    """Decide a change of a seal.

    By another data protection officer, the head of department or the director; never by who proposed it, nor for
    oneself.
    """
    decide_change(masar(), actor(), case_id, body["agreed"])
