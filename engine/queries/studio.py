"""The pages of the studio: all definitions, one with its versions, and one to be edited. Nothing here is of a case, but
how many run on a version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.access import may
from engine.actor import Actor
from engine.definitions import Definitions, Kind
from engine.errors import NotAllowed, NotFound
from engine.findings import Finding
from engine.masar import Masar
from engine.queries.in_force import Key, Version, content_of, findings_in, newest_versions, versions_of
from engine.queries.naming import Names
from engine.queries.running import running_by_definition
from engine.store import definition_drafts, proposals, studio_log
from engine.store.definition_drafts import Draft
from engine.studio import NOUNS, Noun, file_name, noun_of, stored_kind
from engine.text import Text


@dataclass(frozen=True)
class DraftHead:
    """A draft without its content."""

    revision: int
    saved_at: datetime
    saved_by: Text
    errors: int
    warnings: int
    base_version: int


@dataclass(frozen=True)
class Row:
    """One definition in the list of all. `version` is None for what was never published."""

    noun: Noun
    key: str
    title: Text
    version: Version | None
    published_by: Text | None
    draft: DraftHead | None
    proposal: int | None = None


@dataclass(frozen=True)
class Waiting:
    """A proposal that waits for a second person."""

    id: int
    note: str
    by: Text
    at: datetime
    files: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """All definitions, by kind."""

    groups: Mapping[Noun, tuple[Row, ...]]
    waiting: tuple[Waiting, ...]
    may_edit: bool


@dataclass(frozen=True)
class VersionRow:
    """One version as its page tells it. `running` cases and reports began with it."""

    version: Version
    published_by: Text | None
    written_by: Text | None
    approved_by: Text | None
    running: int


@dataclass(frozen=True)
class Act:
    """A line of the record."""

    act: str
    who: Text
    at: datetime
    version: int
    note: str


@dataclass(frozen=True)
class DefinitionPage:
    """One definition: its versions, its draft, what was done with it. `revision` is what changing the draft must
    name; `picture` says whether it can be drawn."""

    row: Row
    file: str
    revision: int
    picture: bool
    versions: tuple[VersionRow, ...]
    acts: tuple[Act, ...]
    may_edit: bool


@dataclass(frozen=True)
class EditPage:
    """One definition to be edited. `revision` is what saving must name; `written` the text of a list, else ""."""

    row: Row
    file: str
    revision: int
    findings: Sequence[Finding]
    checked: bool
    written: str
    aside_at: datetime | None


def overview(masar: Masar, actor: Actor) -> Overview:
    """All definitions and drafts. Raises NotAllowed."""
    demand_reader(actor)
    with masar.db.read() as conn:
        newest = newest_versions(conn)
        drafts = {(d.kind, d.key): d for d in definition_drafts.all_open(conn)}
        titles = Titles(masar.library.latest(conn)) if newest else Titles(None)
        waiting = [(row, proposals.items_of(conn, row.id)) for row in proposals.waiting(conn)]
        names = Names(conn, [
            *(v.published_by for v in newest.values()), *(d.saved_by for d in drafts.values()),
            *(row.proposed_by for row, _ in waiting),
        ])  # fmt: skip
    proposed = {(i.kind, i.key): row.id for row, items in waiting for i in items}
    rows = [
        _row(key, newest.get(key), drafts.get(key), names, titles, proposed.get(key))
        for key in sorted({*newest, *drafts}, key=lambda k: k[1].lower())
    ]
    told = tuple(
        Waiting(w.id, w.note, names.account(w.proposed_by) or Text("—"), w.proposed_at, _files(items))
        for w, items in waiting
    )
    groups = {noun: tuple(row for row in rows if row.noun == noun) for noun in NOUNS}
    return Overview(groups, told, may(actor, "edit_definitions"))


def definition_page(masar: Masar, actor: Actor, noun: Noun, key: str) -> DefinitionPage:
    """One definition. Raises NotAllowed, NotFound."""
    demand_reader(actor)
    kind = stored_kind(noun, key)
    with masar.db.read() as conn:
        versions, draft = _found(conn, kind, key)
        acts = studio_log.of_definition(conn, kind, key)
        running = running_by_definition(conn, [v.id for v in versions])
        names = Names(conn, [
            *(one for v in versions for one in (v.published_by, v.written_by, v.approved_by)),
            *(a.actor_id for a in acts), draft.saved_by if draft else None,
        ])  # fmt: skip
        titles = Titles(masar.library.latest(conn)) if versions else Titles(None)
        stored = definition_drafts.get(conn, kind, key)
        proposed = proposals.waiting_for(conn, kind, key)
    rows = tuple(
        VersionRow(
            v, names.account(v.published_by), names.account(v.written_by), names.account(v.approved_by),
            running.get(v.id, 0),
        )
        for v in versions
    )
    told = tuple(Act(a.act, names.account(a.actor_id) or Text("—"), a.at, a.version, a.note) for a in acts)
    row = _row((kind, key), versions[0] if versions else None, draft, names, titles, proposed)
    revision = stored.revision if stored else 0
    return DefinitionPage(
        row, file_name(kind, key), revision, noun == "process", rows, told, may(actor, "edit_definitions")
    )


def edit_page(masar: Masar, actor: Actor, noun: Noun, key: str) -> EditPage:
    """One definition with its draft, for its editor. Raises NotAllowed, NotFound."""
    demand_editor(actor)
    kind = stored_kind(noun, key)
    with masar.db.read() as conn:
        versions, draft = _found(conn, kind, key)
        content = draft.content if draft else content_of(conn, kind, key)
        stored = definition_drafts.get(conn, kind, key)
        names = Names(conn, [draft.saved_by if draft else None, versions[0].published_by if versions else None])
        titles = Titles(masar.library.latest(conn)) if versions else Titles(None)
        aside = definition_drafts.aside_of(conn, kind, key, actor.id)
        proposed = proposals.waiting_for(conn, kind, key)
    row = _row((kind, key), versions[0] if versions else None, draft, names, titles, proposed)
    written = (content or b"").decode("utf-8", "replace") if noun == "list" else ""
    findings = findings_in(draft.findings) if draft else []
    revision = stored.revision if stored else 0
    file, drawn = file_name(kind, key), draft is not None
    return EditPage(row, file, revision, findings, drawn, written, aside and aside[1])


def draft_file(masar: Masar, actor: Actor, noun: Noun, key: str) -> tuple[bytes, int]:
    """The draft, else the newest version, and the revision that saving must name. Raises NotAllowed, NotFound."""
    demand_reader(actor)
    kind = stored_kind(noun, key)
    with masar.db.read() as conn:
        stored = definition_drafts.get(conn, kind, key)
        content = stored.content if stored and stored.content is not None else content_of(conn, kind, key)
    if content is None:
        raise NotFound
    return content, stored.revision if stored else 0


def version_file(masar: Masar, actor: Actor, noun: Noun, key: str, version: int) -> bytes:
    """The file of a published version. Raises NotAllowed, NotFound."""
    demand_reader(actor)
    with masar.db.read() as conn:
        content = content_of(conn, stored_kind(noun, key), key, version)
    if content is None:
        raise NotFound
    return content


def aside_file(masar: Masar, actor: Actor, noun: Noun, key: str) -> bytes:
    """What was set aside for the actor. Raises NotAllowed, NotFound."""
    demand_reader(actor)
    with masar.db.read() as conn:
        mine = definition_drafts.aside_of(conn, stored_kind(noun, key), key, actor.id)
    if mine is None:
        raise NotFound
    return mine[0]


def demand_reader(actor: Actor) -> None:
    """Raises NotAllowed for who has no part in the studio."""
    if not may(actor, "see_studio"):
        raise NotAllowed


def demand_editor(actor: Actor) -> None:
    """Raises NotAllowed for who may not change definitions."""
    if not may(actor, "edit_definitions"):
        raise NotAllowed


class Titles:
    """What definitions are called, from those in force."""

    def __init__(self, definitions: Definitions | None) -> None:
        self._definitions = definitions

    def of(self, kind: str, key: str) -> Text:
        """The name of a definition; its key where nothing names it."""
        found, plain = self._definitions, Text(key, key)
        if found is None:
            return plain
        if kind == "process" and key in found.bpmn.processes:
            name = found.bpmn.processes[key].name
            return name if name.ar else plain
        if kind == "form" and key in found.forms:
            return found.forms[key].title
        decision = found.decision(key) if kind == "decision" else None
        return decision.title if decision and decision.title.ar else plain


def _found(conn: Connection, kind: Kind, key: str) -> tuple[list[Version], Draft | None]:
    versions, draft = versions_of(conn, kind, key), definition_drafts.get(conn, kind, key)
    if draft is not None and draft.content is None:
        draft = None
    if not versions and draft is None:
        raise NotFound
    return versions, draft


def _row(
    key: Key, version: Version | None, draft: Draft | None, names: Names, titles: Titles, proposal: int | None
) -> Row:
    by = names.account(version.published_by) if version else None
    head = _head(draft, names) if draft else None
    return Row(noun_of(key[0]), key[1], titles.of(*key), version, by, head, proposal)


def _head(draft: Draft, names: Names) -> DraftHead:
    found = findings_in(draft.findings)
    errors = sum(f.severity == "error" for f in found)
    by = names.account(draft.saved_by) or Text("—")
    return DraftHead(draft.revision, draft.saved_at, by, errors, len(found) - errors, draft.base_version)


def _files(items: Sequence[proposals.Item]) -> tuple[str, ...]:
    return tuple(file_name(i.kind, i.key) for i in items)  # type: ignore[arg-type]
