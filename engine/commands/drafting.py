"""Drafts of definitions: whatever was drawn is kept, and nobody's work is overwritten unknowingly."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from engine.access import may
from engine.actor import Actor
from engine.checks.bounded import checked_within
from engine.definitions import Kind, Source
from engine.errors import Conflict, Invalid, NotAllowed, NotFound
from engine.findings import Finding
from engine.masar import Masar
from engine.queries.in_force import beside_drafts, content_of, versions_of
from engine.queries.naming import Names
from engine.store import definition_drafts, studio_log
from engine.store.database import StaleVersion
from engine.store.definition_drafts import Draft
from engine.studio import LARGEST, NOUNS, Noun, as_file, is_key, stored_kind
from engine.studio_starts import starting_file
from engine.text import Text

EMPTY = Text("الملف فارغ، فلم يُحفظ.", "The file is empty and was not saved.")
TOO_LARGE = Text("الملف أكبر من 2 ميغابايت، فلم يُحفظ.", "The file is larger than 2 MB and was not saved.")
KEY = Text(
    "المعرّف حروف لاتينية وأرقام وشرطات سفلية، يبدأ بحرف.",
    "The key is Latin letters, digits and underscores, and begins with a letter.",
)
TAKEN = Text("هذا المعرّف مستعمل. اختر غيره.", "This key is taken. Choose another.")
CHOOSE = Text("اختر ما تبدأ.", "Choose what to begin.")
NAME = Text("اكتب الاسم بالعربية.", "Write the name in Arabic.")
MEND = Text("صحّح ما يلي.", "Correct what follows.")
CHANGED = Text(
    "حُفظت مسودة أحدث منذ فتحتَ هذه. ما أرسلتَه محفوظ جانباً ولم يضع شيء.",
    "A newer draft was saved since you opened this one. What you sent is set aside; nothing is lost.",
)
BUSY = "check-busy"


@dataclass(frozen=True)
class Saved:
    """What saving did."""

    revision: int
    saved_at: datetime
    findings: Sequence[Finding]


def begin(masar: Masar, actor: Actor, given: str, key: str, name: Text) -> Noun:
    """Begins a new definition as a draft that holds a minimal sound file; returns what it is. Raises Invalid naming
    the wrong field."""
    _demand(actor)
    wrong = {}
    noun = next((one for one in NOUNS if one == given), None)
    if noun is None:
        wrong["noun"] = CHOOSE
    if not is_key(key):
        wrong["key"] = KEY
    if not name.ar.strip():
        wrong["name_ar"] = NAME
    if wrong or noun is None:
        raise Invalid(MEND, wrong)
    kind, now = stored_kind(noun, key), masar.clock()
    content = starting_file(noun, key, name)

    def work(conn: Connection) -> None:
        before = definition_drafts.get(conn, kind, key)
        if versions_of(conn, kind, key) or (before is not None and before.content is not None):
            raise Invalid(MEND, {"key": TAKEN})
        revision = before.revision + 1 if before else 1
        draft = Draft(kind, key, revision, content, 0, (actor.id,), actor.id, now)
        _write(conn, draft, before)
        studio_log.record(conn, masar.vault, "begun", kind, key, actor.id, now, sha256=_hash(content))

    masar.db.run(work)
    check_again(masar, kind, key)
    return noun


def save(
    masar: Masar, actor: Actor, noun: Noun, key: str, content: bytes, revision: int, knowingly: bool = False
) -> Saved:
    """Keeps a draft that was made from `revision`, then says what the check finds in it.

    Raises Conflict, with who and when, where somebody saved since; what was sent is then set aside for its author.
    `knowingly` overwrites the revision that is named, and sets aside what stood there for who wrote it."""
    _demand(actor)
    _bound(content)
    kind, now = stored_kind(noun, key), masar.clock()

    def work(conn: Connection) -> tuple[Draft, bool]:
        before = definition_drafts.get(conn, kind, key)
        _known(conn, kind, key, before)
        if before is not None and before.revision != revision:
            definition_drafts.keep_aside(conn, kind, key, actor.id, content, now)
            return before, False
        if knowingly and before is not None and before.content is not None and before.saved_by != actor.id:
            definition_drafts.keep_aside(conn, kind, key, before.saved_by, before.content, now)
            studio_log.record(conn, masar.vault, "overwritten", kind, key, actor.id, now, sha256=_hash(content))
        draft = _next(conn, before, kind, key, content, actor, now)
        _write(conn, draft, before)
        return draft, True

    draft, kept = masar.db.run(work)
    if not kept:
        raise _conflict(masar, draft)
    return Saved(draft.revision, now, check_again(masar, kind, key))


def put_aside_in_place(masar: Masar, actor: Actor, noun: Noun, key: str, revision: int) -> Saved:
    """Overwrites the draft, knowingly, with what was set aside for the actor. Raises Conflict, NotFound."""
    _demand(actor)
    kind = stored_kind(noun, key)
    with masar.db.read() as conn:
        mine = definition_drafts.aside_of(conn, kind, key, actor.id)
    if mine is None:
        raise NotFound
    saved = save(masar, actor, noun, key, mine[0], revision, knowingly=True)
    drop_aside(masar, actor, noun, key)
    return saved


def drop_aside(masar: Masar, actor: Actor, noun: Noun, key: str) -> None:
    """Forgets what was set aside for the actor."""
    _demand(actor)
    kind = stored_kind(noun, key)
    masar.db.run(lambda conn: definition_drafts.forget_aside(conn, kind, key, actor.id))


def discard(masar: Masar, actor: Actor, noun: Noun, key: str, revision: int) -> None:
    """Gives a draft up: what is published counts again. It is set aside for who saved it last. Raises Conflict."""
    _demand(actor)
    _replace(masar, actor, stored_kind(noun, key), key, None, revision)


def restore(masar: Masar, actor: Actor, noun: Noun, key: str, version: int, revision: int) -> None:
    """Makes an old version the draft, so that it can be published as a new one; a draft that stood there is set aside
    for who saved it last. Raises Conflict, NotFound."""
    _demand(actor)
    kind = stored_kind(noun, key)
    with masar.db.read() as conn:
        content = content_of(conn, kind, key, version)
    if content is None:
        raise NotFound
    _replace(masar, actor, kind, key, content, revision, version)
    check_again(masar, kind, key)


def findings_of(masar: Masar, actor: Actor, noun: Noun, key: str, content: bytes) -> list[Finding]:
    """What the check says of a file as the draft of a definition; stores nothing."""
    _demand(actor)
    _bound(content)
    kind = stored_kind(noun, key)
    with masar.db.read() as conn:
        _known(conn, kind, key, definition_drafts.get(conn, kind, key))
        around = beside_drafts(masar, conn)
    return checked_within([as_file(Source(kind, key, content))], around)


def check_again(masar: Masar, kind: Kind, key: str) -> list[Finding]:
    """Checks a draft as it lies there and keeps what was found."""
    with masar.db.read() as conn:
        draft = definition_drafts.get(conn, kind, key)
        if draft is None or draft.content is None:
            return []
        around = beside_drafts(masar, conn)
    findings = checked_within([as_file(Source(kind, key, draft.content))], around)
    if not any(f.rule == BUSY for f in findings):
        told, revision = json.dumps([f.as_json() for f in findings]), draft.revision
        masar.db.run(lambda conn: definition_drafts.note_findings(conn, kind, key, revision, told))
    return findings


def _replace(
    masar: Masar, actor: Actor, kind: Kind, key: str, content: bytes | None, revision: int, version: int = 0
) -> None:
    now = masar.clock()

    def work(conn: Connection) -> Draft | None:
        before = definition_drafts.get(conn, kind, key)
        _known(conn, kind, key, before)
        if before is not None and before.revision != revision:
            return before
        if before is not None and before.content is not None:
            definition_drafts.keep_aside(conn, kind, key, before.saved_by, before.content, now)
        elif content is None:
            raise NotFound
        draft = _next(conn, before, kind, key, content, actor, now)
        _write(conn, replace(draft, authors=(actor.id,) if content else ()), before)
        act, sha256 = ("restored", _hash(content)) if content else ("discarded", "")
        studio_log.record(conn, masar.vault, act, kind, key, actor.id, now, version=version, sha256=sha256)
        return None

    lost = masar.db.run(work)
    if lost is not None:
        raise _conflict(masar, lost)


def _demand(actor: Actor) -> None:
    if not may(actor, "edit_definitions"):
        raise NotAllowed


def _bound(content: bytes) -> None:
    if not content.strip():
        raise Invalid(EMPTY)
    if len(content) > LARGEST:
        raise Invalid(TOO_LARGE)


def _known(conn: Connection, kind: str, key: str, draft: Draft | None) -> None:
    """Raises NotFound for what was neither published nor begun."""
    if (draft is None or draft.content is None) and not versions_of(conn, kind, key):
        raise NotFound


def _next(
    conn: Connection, before: Draft | None, kind: Kind, key: str, content: bytes | None, actor: Actor, now: datetime
) -> Draft:
    """The draft after `before`. It begins anew, from the newest version, where there was none."""
    going_on = before is not None and before.content is not None
    versions = [] if going_on else versions_of(conn, kind, key)
    base = before.base_version if before and going_on else versions[0].version if versions else 0
    authors = {*(before.authors if before and going_on else ()), actor.id}
    revision = before.revision + 1 if before else 1
    return Draft(kind, key, revision, content, base, tuple(sorted(authors)), actor.id, now)


def _write(conn: Connection, draft: Draft, before: Draft | None) -> None:
    if not definition_drafts.write(conn, draft, before):
        raise StaleVersion  # somebody saved between our two statements: look again


def _conflict(masar: Masar, by: Draft) -> Conflict:
    with masar.db.read() as conn:
        who = Names(conn, [by.saved_by]).account(by.saved_by)
    return Conflict(CHANGED, who, by.saved_at)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
