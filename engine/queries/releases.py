"""What is about to be published: a draft with those that go along, and a proposal as its second person reads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.access import may
from engine.actor import Actor
from engine.commands.deciding import is_own
from engine.definitions import Source
from engine.difference import Difference, difference
from engine.errors import NotFound
from engine.masar import Masar
from engine.queries.in_force import content_of, findings_in, sources_in_force
from engine.queries.naming import Names
from engine.queries.studio import EditPage, demand_reader, edit_page
from engine.second_person import held_back
from engine.store import definition_drafts, proposals
from engine.store.definition_drafts import Draft
from engine.store.proposals import Item
from engine.studio import Noun, file_name, noun_of, stored_kind
from engine.text import Text


@dataclass(frozen=True)
class Companion:
    """Another draft that may be published together with one."""

    noun: Noun
    key: str
    file: str
    revision: int
    saved_by: Text
    errors: bool


@dataclass(frozen=True)
class PublishPage:
    """A draft before it is published. `newer` is the version that was published since the draft was begun, None where
    there is none; `second_person` says whether somebody else must approve it."""

    edit: EditPage
    difference: Difference
    companions: tuple[Companion, ...]
    second_person: bool
    newer: int | None


@dataclass(frozen=True)
class Proposed:
    """One file of a proposal beside what is in force."""

    noun: Noun
    key: str
    file: str
    base_version: int
    difference: Difference


@dataclass(frozen=True)
class ProposalPage:
    """A proposal, decided or not."""

    id: int
    state: str
    note: str
    by: Text
    at: datetime
    decided_by: Text | None
    decided_at: datetime | None
    reason: str
    files: tuple[Proposed, ...]
    may_decide: bool
    may_withdraw: bool
    own: bool


def publish_page(masar: Masar, actor: Actor, noun: Noun, key: str) -> PublishPage:
    """A draft before it is published. Raises NotAllowed, NotFound where there is no draft."""
    edit = edit_page(masar, actor, noun, key)
    if edit.row.draft is None:
        raise NotFound
    kind = stored_kind(noun, key)
    with masar.db.read() as conn:
        draft = definition_drafts.get(conn, kind, key)
        before = content_of(conn, kind, key) or b""
        in_force = sources_in_force(conn)
        others = [one for one in definition_drafts.all_open(conn) if (one.kind, one.key) != (kind, key)]
        names = Names(conn, [one.saved_by for one in others])
    after = draft.content if draft and draft.content else b""
    held = bool(held_back([Source(kind, key, after)], in_force))
    newest = edit.row.version.version if edit.row.version else 0
    newer = newest if newest > edit.row.draft.base_version else None
    return PublishPage(edit, difference(kind, before, after), tuple(_companions(others, names)), held, newer)


def proposal_page(masar: Masar, actor: Actor, proposal_id: int) -> ProposalPage:
    """A proposal. Raises NotAllowed, NotFound."""
    demand_reader(actor)
    with masar.db.read() as conn:
        row = proposals.get(conn, proposal_id)
        if row is None:
            raise NotFound
        items = proposals.items_of(conn, proposal_id)
        files = tuple(_proposed(conn, item) for item in items)
        names = Names(conn, [row.proposed_by, row.decided_by])
    waits, own = row.state == proposals.WAITING, is_own(actor, row.proposed_by, items)
    return ProposalPage(
        row.id, row.state, row.note, names.account(row.proposed_by) or Text("—"), row.proposed_at,
        names.account(row.decided_by), row.decided_at, row.reason, files,
        waits and not own and may(actor, "decide_proposals"),
        waits and row.proposed_by == actor.id and may(actor, "edit_definitions"), own,
    )


def proposed_file(masar: Masar, actor: Actor, proposal_id: int, noun: Noun, key: str) -> bytes:
    """A file as it was proposed. Raises NotAllowed, NotFound."""
    demand_reader(actor)
    with masar.db.read() as conn:
        items: Sequence[Item] = proposals.items_of(conn, proposal_id)
    kind = stored_kind(noun, key)
    found = next((item.content for item in items if (item.kind, item.key) == (kind, key)), None)
    if found is None:
        raise NotFound
    return found


def _proposed(conn: Connection, item: Item) -> Proposed:
    kind = stored_kind(noun_of(item.kind), item.key)
    before = content_of(conn, kind, item.key, item.base_version) if item.base_version else b""
    told = difference(kind, before or b"", item.content)
    return Proposed(noun_of(item.kind), item.key, file_name(kind, item.key), item.base_version, told)


def _companions(drafts: Iterable[Draft], names: Names) -> Iterable[Companion]:
    for one in drafts:
        noun = noun_of(one.kind)
        file, by = file_name(stored_kind(noun, one.key), one.key), names.account(one.saved_by) or Text("—")
        errors = any(f.severity == "error" for f in findings_in(one.findings))
        yield Companion(noun, one.key, file, one.revision, by, errors)

