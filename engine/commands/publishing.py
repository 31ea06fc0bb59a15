"""Publishing: drafts become new versions together, at once or, where they are about consent, access or notification,
once a second person has approved them. Running cases stay on the bundle that they began with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from engine.actor import Actor
from engine.commands.releasing import MOVED, Release, check_release, demand, demand_still, log, put_in_force, said
from engine.definitions import Source
from engine.errors import Conflict, Invalid
from engine.masar import Masar
from engine.queries.in_force import Key, Version, newest_bundle, newest_versions, sources_in_force
from engine.second_person import held_back
from engine.store import definition_drafts, proposals
from engine.store.proposals import Item
from engine.studio import Noun, file_name, stored_kind
from engine.text import Text

NOTE = Text("اكتب ما تغيّر ولماذا.", "Write what changed, and why.")
NOTHING = Text("لا يختلف شيء عمّا هو معمول به.", "Nothing differs from what is in force.")
WAITS = Text(
    "ينتظر هذا الملف شخصاً ثانياً في اقتراح سابق. يُبتّ فيه أو يُسحب أولاً.",
    "This definition waits for a second person in an earlier proposal, which is decided or withdrawn first.",
)


@dataclass(frozen=True)
class Chosen:
    """A draft that is to be published, in the revision that the person saw."""

    noun: Noun
    key: str
    revision: int


@dataclass(frozen=True)
class Released:
    """What publishing did: the new bundle, or the proposal that waits for a second person because of `held` files."""

    bundle_id: int | None
    proposal_id: int | None
    held: tuple[str, ...] = ()


def publish_drafts(masar: Masar, actor: Actor, chosen: Sequence[Chosen], note: str) -> Released:
    """Publishes some drafts together. Raises Invalid, Refused with findings, Conflict where a draft is not as seen."""
    demand(actor, "edit_definitions")
    wanted: dict[Key, int] = {(stored_kind(one.noun, one.key), one.key): one.revision for one in chosen}
    return _release(masar, actor, lambda conn: drafts_as_seen(conn, wanted), note)


def publish_files(masar: Masar, actor: Actor, sources: Sequence[Source], note: str) -> Released:
    """The same for files that were never drafts, as a program sends them. Drafts of theirs stay as they are."""
    demand(actor, "edit_definitions")

    def gather(conn: Connection) -> list[Item]:
        newest = newest_versions(conn)
        return [Item(s.kind, s.key, s.content, _version(newest, (s.kind, s.key)), (actor.id,)) for s in sources]

    return _release(masar, actor, gather, note)


def drafts_as_seen(conn: Connection, wanted: Mapping[Key, int]) -> list[Item]:
    """The drafts of these keys in these revisions, as files of a release; raises Conflict where one is not so."""
    newest, found = newest_versions(conn), []
    for key, revision in wanted.items():
        draft = definition_drafts.get(conn, *key)
        if draft is None or draft.content is None or draft.revision != revision:
            raise Conflict(MOVED)
        authors = (*(one for one in draft.authors if one != draft.saved_by), draft.saved_by)
        found.append(Item(*key, draft.content, _version(newest, key), authors))
    return found


def _release(masar: Masar, actor: Actor, gather: Callable[[Connection], list[Item]], note: str) -> Released:
    note = said(note, "note", NOTE)
    with masar.db.read() as conn:
        in_force = tuple(sources_in_force(conn))
        known = {(one.kind, one.key, one.content) for one in in_force}
        items = tuple(item for item in gather(conn) if (item.kind, item.key, item.content) not in known)
        release = Release(items, newest_bundle(conn), in_force)
    if not items:
        raise Invalid(NOTHING, {"note": NOTHING})
    check_release(masar, release)
    held = tuple(file_name(one.kind, one.key) for one in held_back(release.sources, in_force))
    now = masar.clock()

    def work(conn: Connection) -> int:
        gather(conn)  # raises Conflict where a draft was saved meanwhile
        if not held:
            return put_in_force(conn, masar, release, actor.id, note, now)
        demand_still(conn, release.bundle_id)
        if any(proposals.waiting_for(conn, item.kind, item.key) for item in items):
            raise Conflict(WAITS)
        for item in items:
            log(conn, masar, "proposed", item, actor.id, now, note)
        return proposals.add(conn, note, actor.id, items, now)

    made = masar.db.run(work)
    return Released(None, made, held) if held else Released(made, None)


def _version(newest: Mapping[Key, Version], key: Key) -> int:
    return newest[key].version if key in newest else 0
