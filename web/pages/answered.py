"""What a provider answered of late, and what it was told then; thirty days, then nothing."""

from flask import Blueprint, render_template
from werkzeug.exceptions import Forbidden

from engine.access import may
from engine.queries.provider_records import record_page, records_for
from web.incoming import asked
from web.sessions import actor, masar

pages = Blueprint("answered", __name__, url_prefix="/answered")


@pages.before_request
def providers_only() -> None:
    """Nobody else has answers to look back at."""
    if not may(actor(), "answer_for_a_provider"):
        raise Forbidden


@pages.get("")
def listed() -> str:
    """The answers of the actor's own agency, newest first."""
    after = asked("after", 500) or None
    page = records_for(masar(), actor(), after)
    return render_template("answered.html", page=page, first_page=after is None)


@pages.get("/<number:record_id>")
def one(record_id: str) -> str:
    """One answer."""
    return render_template("answered_one.html", record=record_page(masar(), actor(), record_id))
