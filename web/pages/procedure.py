"""The procedure: what staff look up while they work."""

from flask import Blueprint, Response, render_template

from engine.queries.procedure import (
    decision_page,
    form_page,
    glossary,
    procedure_diagram,
    procedure_page,
    procedures,
)
from engine.queries.procedure_search import search_procedure
from web.incoming import asked
from web.security import shows_a_diagram
from web.sessions import actor, masar

pages = Blueprint("procedure", __name__, url_prefix="/procedure")


@pages.get("")
def index() -> str:
    """Every process in force, and the search."""
    text = asked("q")
    found = search_procedure(masar(), actor(), text) if text else None
    return render_template("procedure/index.html", rows=procedures(masar(), actor()), q=text, found=found)


@pages.get("/words")
def words() -> str:
    """The glossary."""
    return render_template("procedure/words.html", rows=glossary(masar(), actor()))


@pages.get("/forms/<key>")
def form(key: str) -> str:
    """A form with its questions."""
    page = form_page(masar(), actor(), key)
    return render_template("procedure/form.html", page=page, questions=page.form.outline({}, page.lists))


@pages.get("/decisions/<key>")
def decision(key: str) -> str:
    """A decision with its table."""
    return render_template("procedure/decision.html", page=decision_page(masar(), actor(), key))


@pages.get("/<key>")
def process(key: str) -> str:
    """One process."""
    shows_a_diagram()
    return render_template("procedure/process.html", page=procedure_page(masar(), actor(), key))


@pages.get("/<key>/diagram.bpmn")
def diagram(key: str) -> Response:
    """The diagram in force."""
    return Response(procedure_diagram(masar(), actor(), key), mimetype="application/xml")
