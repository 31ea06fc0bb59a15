"""Messages: what a diagram waits for, and sending it."""

from typing import Any

from marshmallow import fields

from engine.access import may
from engine.commands.messages import send_message
from engine.errors import NotAllowed
from engine.forms import Document
from engine.queries.offers import offers_for
from engine.queries.rows import OfferRow, Page
from web.api.guard import actor
from web.api.operations import operation
from web.api.rows import AnswerRow
from web.api.shapes import Answers, Count, Exact, Hash, Key, Line, Moment, Words, page_of
from web.api.work_items import OfCase
from web.sessions import masar


class OffersQuery(Exact):
    """Which page."""

    cursor = Line(longest=60)
    limit = Count(1, 100, load_default=25)


class AwaitedOffer(Exact):
    """A message that a case awaits of the agency: what is asked for, and nothing of whom it is about."""

    id = Key(required=True)
    case_id = Key(required=True)
    number = fields.String(required=True)
    name = Words(required=True)
    asked = fields.List(fields.Nested(AnswerRow), required=True)
    since = Moment(required=True)
    due_at = Moment(required=True, allow_none=True)
    timeliness = fields.String(required=True)


class MessageBody(Exact):
    """A message. `offer_id` names the one meant, where several wait for the same name and key."""

    name = Line(longest=128, required=True)
    correlation_key = Line(longest=500, required=True)
    offer_id = Key()
    answers = Answers(load_default=dict)
    form_sha256 = Hash(load_default="")


@operation("GET", "/messages/awaited", "read", "messages", query=OffersQuery, fails=(404,),
           answer=page_of(AwaitedOffer, "AwaitedPage"))  # fmt: skip
def list_awaited(query: dict[str, Any]) -> Page[OfferRow]:
    """List awaited messages.

    What cases await of the account's own agency, the newest first.
    """
    if not may(actor(), "answer_for_a_provider"):
        raise NotAllowed
    return offers_for(masar(), actor(), query.get("cursor"), query["limit"])


@operation("POST", "/messages", "write", "messages", body=MessageBody, answer=OfCase, idempotent=True,
           fails=(404, 409))  # fmt: skip
def publish_message(body: dict[str, Any], token: str) -> dict[str, str]:
    """Publish a message.

    It reaches the case that waits for this name and correlation key, where the account may send it; where it has a
    form, the form judges the answers, and `form_sha256` says which version of it was read. Sent again with the same
    Idempotency-Key and the same words, it counts once.
    """
    document = Document(body["answers"])
    case_id = send_message(
        masar(), actor(), body["name"], body["correlation_key"], body.get("offer_id"), document, token,
        body["form_sha256"],
    )
    return {"case_id": case_id}
