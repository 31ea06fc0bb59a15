"""The studio: all definitions, one with its versions and files, a new one."""

from flask import Blueprint, jsonify, make_response, redirect, render_template
from flask_babel import gettext
from werkzeug.wrappers import Response

from engine.commands.drafting import begin
from engine.errors import Conflict, Invalid
from engine.queries.catalogue import Named, catalogue
from engine.queries.studio import aside_file, definition_page, demand_editor, draft_file, overview, version_file
from engine.studio import Noun, file_name, media_type, stored_kind
from engine.text import Text
from web.incoming import asked, typed
from web.language import words
from web.security import shows_a_diagram
from web.sessions import actor, masar

pages = Blueprint("studio", __name__, url_prefix="/studio")
ONE = "/<any(process, decision, form, list):noun>/<key>"
LONGEST_NAME = 200


@pages.get("")
def studio() -> str:
    """All definitions."""
    return render_template("studio/overview.html", page=overview(masar(), actor()), notices=notices())


@pages.get("/new")
def new() -> Response:
    """What a new definition is to be called."""
    demand_editor(actor())
    return _new({"noun": asked("kind") or "process"})


@pages.post("/new")
def beginning() -> Response:
    """Begins a definition as a draft."""
    raw = {name: values[0].strip() for name, values in typed().items()}
    noun = raw.get("noun", "")
    name = Text(raw.get("name_ar", "")[:LONGEST_NAME], raw.get("name_en", "")[:LONGEST_NAME])
    try:
        begun = begin(masar(), actor(), noun, raw.get("key", ""), name)
    except Invalid as problem:
        return _new(raw, problem.fields, 422)
    return redirect(f"/studio/{begun}/{raw['key']}/edit", 303)


@pages.get("/catalogue.json")
def catalogue_file() -> Response:
    """What an analyst may choose from while drawing, in the reader's language."""
    found = catalogue(masar(), actor())
    answer = jsonify(
        forms=[{"key": one.key, "title": words(one.name)} for one in found.forms],
        decisions=[_plain(one) | {"outputs": one.outputs} for one in found.decisions],
        processes=[_plain(one) for one in found.processes],
        lists=[{"key": one.key, "title": words(one.name)} for one in found.lists],
        roles=[{"key": one.key, "name": words(one.name)} for one in found.roles],
        messages=found.messages,
        call_types=[
            {"type": one.type, "title": words(one.title), "headers": one.headers, "inputs": one.inputs}
            for one in found.calls
        ],
        properties=[
            {"key": one.key, "on": one.on, "title": words(one.title), "help": words(one.help)}
            for one in found.properties
        ],
    )
    return make_response(answer)


@pages.get(ONE)
def definition(noun: Noun, key: str) -> str:
    """One definition: versions, draft, record."""
    shows_a_diagram()
    page = definition_page(masar(), actor(), noun, key)
    return render_template("studio/definition.html", page=page, notices=notices())


@pages.get(f"{ONE}/versions/<number:version>/file")
def version(noun: Noun, key: str, version: str) -> Response:
    """The file of a published version."""
    return as_file(noun, key, version_file(masar(), actor(), noun, key, min(int(version), 2**31 - 1)))


@pages.get(f"{ONE}/draft")
def draft(noun: Noun, key: str) -> Response:
    """The draft, else the newest version, byte for byte."""
    content, revision = draft_file(masar(), actor(), noun, key)
    answer = as_file(noun, key, content)
    answer.headers["X-Revision"] = str(revision)
    return answer


@pages.get(f"{ONE}/aside")
def aside(noun: Noun, key: str) -> Response:
    """What was set aside for the reader."""
    return as_file(noun, key, aside_file(masar(), actor(), noun, key))


def faster(error: Conflict) -> Response:
    """Somebody else did something first: what, and where to look."""
    return make_response(render_template("studio/faster.html", conflict=error), 409)


def as_file(noun: Noun, key: str, content: bytes) -> Response:
    """A file to keep; no browser shows it as a page."""
    kind = stored_kind(noun, key)
    answer = Response(content, mimetype=media_type(kind))
    answer.headers.set("Content-Disposition", "attachment", filename=file_name(kind, key))
    return answer


def notices() -> list[str]:
    """What was just done, as the address says."""
    told = {
        "mended": gettext("What could be mended is mended. What follows is yours to decide."),
        "saved": gettext("The draft is saved."), "discarded": gettext("The draft was given up."),
        "restored": gettext("The old version is the draft now. Publish it to put it in force."),
        "published": gettext("Published. New cases begin with it; running cases stay on their version."),
        "proposed": gettext("Proposed. It comes into force when a second person approves it."),
        "refused": gettext("Refused. The reason was recorded."),
        "withdrawn": gettext("The proposal was withdrawn."),
        "dropped": gettext("What was set aside was dropped."),
    }
    done = asked("done")
    return [told[done]] if done in told else []


def _plain(one: Named) -> dict[str, object]:
    return {"id": one.key, "name": words(one.name)}


def _new(raw: dict[str, str], wrong: object = None, status: int = 200) -> Response:
    return make_response(render_template("studio/new.html", raw=raw, wrong=wrong or {}), status)
