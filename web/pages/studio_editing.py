"""Editing a definition: its editor, saving and checking its draft, giving it up, bringing an old version back."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, jsonify, make_response, redirect, render_template, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from engine.commands.drafting import (
    TOO_LARGE,
    discard,
    drop_aside,
    findings_of,
    put_aside_in_place,
    restore,
    save,
)
from engine.commands.mending import mend
from engine.errors import Conflict, Invalid
from engine.findings import Finding
from engine.incoming_diagrams import showable
from engine.queries.studio import edit_page
from engine.studio import LARGEST, Noun
from engine.text import Text
from web.incoming import hidden, takes_a_file
from web.language import words
from web.pages.studio import ONE, faster, notices
from web.security import shows_a_diagram
from web.sessions import actor, masar

pages = Blueprint("studio_editing", __name__, url_prefix="/studio")
pages.register_error_handler(Conflict, faster)
EDITORS: Mapping[Noun, str] = {"process": "bpmn", "decision": "dmn", "form": "form", "list": "list"}
LARGEST_REVISION = 2**31 - 1
LONGEST_ELEMENT = 200
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@pages.get(f"{ONE}/edit")
def edit(noun: Noun, key: str) -> Response:
    """The editor."""
    return _editor(noun, key)


@pages.post(f"{ONE}/draft")
@takes_a_file(LARGEST)
def saving(noun: Noun, key: str) -> Response:
    """Keeps the draft: sent by the editor as it is, or by a person as an uploaded file or typed text."""
    if request.mimetype in _FORMS:
        return _uploaded(noun, key)
    try:
        revision = revision_of(request.headers.get("X-Revision", ""))
        saved = save(masar(), actor(), noun, key, request.get_data(), revision)
    except RequestEntityTooLarge:
        return _told(TOO_LARGE, 413)
    except Invalid as problem:
        return _told(problem.text, 422)
    except Conflict as conflict:
        return _lost(conflict)
    answer = {"revision": saved.revision, "saved_at": saved.saved_at.isoformat()}
    return jsonify(answer | {"findings": plain(saved.findings)})


@pages.post(f"{ONE}/findings")
@takes_a_file(LARGEST)
def findings(noun: Noun, key: str) -> Response:
    """What the check says of the body; stores nothing."""
    try:
        found = findings_of(masar(), actor(), noun, key, request.get_data())
    except RequestEntityTooLarge:
        return _told(TOO_LARGE, 413)
    except Invalid as problem:
        return _told(problem.text, 422)
    return jsonify(findings=plain(found))


@pages.post("/process/<key>/mend")
def mending(key: str) -> Response:
    """Mends what can be mended of the draft, or of one element of it."""
    return _mended(key, revision_of(hidden("revision")), hidden("element")[:LONGEST_ELEMENT] or None)


@pages.post(f"{ONE}/discard")
def discarding(noun: Noun, key: str) -> Response:
    """Gives the draft up."""
    discard(masar(), actor(), noun, key, revision_of(hidden("revision")))
    return redirect(f"/studio?done=discarded#{noun}", 303)


@pages.post(f"{ONE}/versions/<number:version>/restore")
def restoring(noun: Noun, key: str, version: str) -> Response:
    """Makes an old version the draft."""
    restore(masar(), actor(), noun, key, min(int(version), LARGEST_REVISION), revision_of(hidden("revision")))
    return redirect(f"/studio/{noun}/{key}?done=restored", 303)


@pages.post(f"{ONE}/aside")
def aside_in_place(noun: Noun, key: str) -> Response:
    """Overwrites the draft with what was set aside, or drops that."""
    if hidden("act") == "drop":
        drop_aside(masar(), actor(), noun, key)
        return redirect(f"/studio/{noun}/{key}/edit?done=dropped", 303)
    put_aside_in_place(masar(), actor(), noun, key, revision_of(hidden("revision")))
    return redirect(f"/studio/{noun}/{key}/edit?done=saved", 303)


def plain(found: Sequence[Finding]) -> list[dict[str, object]]:
    """Findings of a file as its editor takes them, in the reader's language."""
    return [
        {
            "file": one.file, "element": one.element or None, "name": words(one.name) or None, "rule": one.rule,
            "severity": one.severity, "message": words(one.message), "mend": words(one.mend),
            "mending": None if one.mending is None else {
                "element": one.mending.element, "changes": [words(text) for text in one.mending.changes],
                "open": [words(text) for text in one.mending.open],
            },
        }
        for one in found
    ]


def _uploaded(noun: Noun, key: str) -> Response:
    try:
        sent = request.files.get("file")
        content = sent.read() if sent else hidden("text").replace("\r\n", "\n").encode()
        content = showable(content) if noun == "process" else content
        saved = save(masar(), actor(), noun, key, content, revision_of(hidden("revision")))
    except Invalid as problem:
        return _editor(noun, key, problem.text, 422)
    except Conflict as conflict:
        return _faster(noun, key, conflict)
    if noun == "process" and hidden("mend") and any(one.mending for one in saved.findings):
        return _mended(key, saved.revision, None)
    return redirect(f"/studio/{noun}/{key}/edit?done=saved", 303)


def _mended(key: str, revision: int, element: str | None) -> Response:
    try:
        mend(masar(), actor(), key, revision, element)
    except Invalid as problem:
        return _editor("process", key, problem.text, 422)
    except Conflict as conflict:
        return _faster("process", key, conflict)
    return redirect(f"/studio/process/{key}/edit?done=mended#findings", 303)


def _faster(noun: Noun, key: str, conflict: Conflict) -> Response:
    page = edit_page(masar(), actor(), noun, key)
    return make_response(render_template("studio/conflict.html", page=page, conflict=conflict), 409)


def _editor(noun: Noun, key: str, problem: Text | None = None, status: int = 200) -> Response:
    page = edit_page(masar(), actor(), noun, key)
    shows_a_diagram()
    html = render_template(
        "studio/edit.html", page=page, editor=EDITORS[noun], problem=words(problem) if problem else None,
        notices=notices(),
    )
    return make_response(html, status)


def revision_of(text: str) -> int:
    """A revision as a page of ours sends it; -1, which none is, for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) < 11):
        return -1
    return min(int(text), LARGEST_REVISION)


def _told(text: Text, status: int) -> Response:
    return make_response(jsonify(message=words(text)), status)


def _lost(conflict: Conflict) -> Response:
    """Somebody saved since: who and when; what was sent is set aside."""
    told = {
        "who": words(conflict.who) if conflict.who else None,
        "when": conflict.when.isoformat() if conflict.when else None, "message": words(conflict.text),
    }
    return make_response(jsonify(told), 409)
