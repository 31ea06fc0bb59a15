"""Definitions: which are in force, and publishing files together as one release."""

from pathlib import PurePath
from typing import Any

from flask import request
from marshmallow import fields

from engine.access import may
from engine.commands.drafting import BUSY
from engine.commands.publishing import Released, publish_files
from engine.commands.releasing import Refused
from engine.definitions import Source
from engine.errors import Invalid, NotAllowed, Unavailable
from engine.queries.studio import Row, overview
from engine.studio import LARGEST, Noun, is_key, stored_kind
from engine.text import Text
from web.api.bodies import demand_text
from web.api.guard import actor
from web.api.operations import operation
from web.api.shapes import Exact, Key, Moment, OneOf, Words
from web.sessions import masar

MOST_FILES = 200
MOST_BYTES = 16_000_000
LONGEST_NOTE = 1_000
_NOUNS: dict[str, Noun] = {".bpmn": "process", ".dmn": "decision", ".form": "form", ".yaml": "list"}
_NAME = Text(
    "اسم الملف هو معرّفه (حروف لاتينية وأرقام وشرطات سفلية) ثم ‎.bpmn أو ‎.dmn أو ‎.form أو ‎.yaml.",
    "A file is named by its key (Latin letters, digits, underscores) and .bpmn, .dmn, .form or .yaml.",
)
_TOO_LARGE = Text("الملف أكبر من 2 ميغابايت.", "The file is larger than 2 MB.")
_TWICE = Text("أُرسل هذا الملف مرتين.", "This file was sent twice.")
_NO_FILES = Text(
    f"أرسل من ملف إلى {MOST_FILES} ملف في الحقل files.", f"Send 1 to {MOST_FILES} files in the field files."
)
_UNKNOWN = Text("الحقول هي files وnote.", "The fields are files and note.")
_MULTIPART = {
    "type": "object", "required": ["files", "note"], "additionalProperties": False,
    "properties": {
        "files": {
            "type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1, "maxItems": MOST_FILES,
            "description": "Each named by its key and ending: case.bpmn, triage.dmn, note.form, stages.yaml.",
        },
        "note": {
            "type": "string", "minLength": 1, "maxLength": LONGEST_NOTE, "description": "What changed, and why.",
        },
    },
}  # fmt: skip
"""What publishing takes; its own reading below is the check."""


class DefinitionRow(Exact):
    """A definition; `version` and what follows are null for what was never published."""

    kind = fields.String(required=True)
    key = fields.String(required=True)
    title = Words(required=True)
    version = fields.Integer(required=True, allow_none=True)
    sha256 = fields.String(required=True, allow_none=True)
    published_at = Moment(required=True, allow_none=True)


class DefinitionList(Exact):
    """All definitions."""

    rows = fields.List(fields.Nested(DefinitionRow), required=True)


class ReleaseDocument(Exact):
    """What publishing did. Where a file is about consent, access or notification, the release waits for a second
    person; `held` names those files."""

    state = OneOf("published", "waiting", required=True)
    bundle_id = Key(required=True, allow_none=True)
    proposal_id = Key(required=True, allow_none=True)
    held = fields.List(fields.String(), required=True)


@operation("GET", "/definitions", "read", "definitions", answer=DefinitionList)
def list_definitions() -> dict[str, Any]:
    """List definitions.

    The version in force of every process, decision, form and list.
    """
    groups = overview(masar(), actor()).groups.values()
    return {"rows": [_told(row) for rows in groups for row in rows]}


@operation("POST", "/definitions", "publish", "definitions", answer=ReleaseDocument, multipart=_MULTIPART,
           largest=MOST_BYTES, fails=(409,))  # fmt: skip
def publish_definitions() -> dict[str, Any]:
    """Publish definitions.

    All files together become one release, checked among what is in force; where the check finds errors, nothing is
    published and `findings` say what is to be mended. New cases begin with the release; running ones keep what they
    began with.
    """
    if not may(actor(), "edit_definitions"):
        raise NotAllowed  # before so much as a file of theirs is read
    note, sources = _note(), _sources()
    try:
        return _released(publish_files(masar(), actor(), sources, note))
    except Refused as refused:
        busy = next((one for one in refused.findings if one.rule == BUSY), None)
        if busy is None:
            raise
        raise Unavailable(busy.message) from refused


def _note() -> str:
    notes = request.form.getlist("note")
    if len(notes) != 1 or set(request.form) - {"note"} or set(request.files) - {"files"}:
        raise Invalid(_UNKNOWN, {"note": _UNKNOWN})
    return demand_text(notes[0])


def _sources() -> list[Source]:
    """The files as sources; raises Invalid naming each that cannot be one."""
    sent = request.files.getlist("files")
    if not 1 <= len(sent) <= MOST_FILES:
        raise Invalid(_NO_FILES, {"files": _NO_FILES})
    found: dict[tuple[str, str], Source] = {}
    wrong: dict[str, Text] = {}
    for number, file in enumerate(sent):
        source = _source(file.filename or "", file.stream.read(LARGEST + 1))
        if isinstance(source, Text):
            wrong[f"files.{number}"] = source
        elif (source.kind, source.key) in found:
            wrong[f"files.{number}"] = _TWICE
        else:
            found[source.kind, source.key] = source
    if wrong:
        raise Invalid(next(iter(wrong.values())), wrong)
    return list(found.values())


def _source(name: str, content: bytes) -> Source | Text:
    path = PurePath(name)
    noun = _NOUNS.get(path.suffix)
    if noun is None or path.name != name or not is_key(path.stem):
        return _NAME
    if len(content) > LARGEST:
        return _TOO_LARGE
    return Source(stored_kind(noun, path.stem), path.stem, content)


def _told(row: Row) -> dict[str, Any]:
    version = row.version
    return {
        "kind": row.noun, "key": row.key, "title": row.title, "version": version.version if version else None,
        "sha256": version.sha256 if version else None, "published_at": version.published_at if version else None,
    }


def _released(done: Released) -> dict[str, Any]:
    return {
        "state": "waiting" if done.bundle_id is None else "published", "held": done.held,
        "bundle_id": None if done.bundle_id is None else str(done.bundle_id),
        "proposal_id": None if done.proposal_id is None else str(done.proposal_id),
    }
