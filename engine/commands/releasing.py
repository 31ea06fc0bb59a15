"""A release on its way: files checked together among what is in force, then put in force in one transaction."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select

from engine.access import may
from engine.actor import Actor
from engine.check import may_publish
from engine.checks.bounded import checked_within
from engine.definitions import Source, load_definitions
from engine.errors import Conflict, Invalid, MasarError, NotAllowed
from engine.findings import Finding
from engine.library import publish
from engine.masar import Masar
from engine.ownership import foreign_names
from engine.queries.in_force import installed, newest_bundle, newest_versions
from engine.store import definition_drafts, studio_log
from engine.store.database import StaleVersion
from engine.store.definition_drafts import Draft
from engine.store.definitions import bundle
from engine.store.proposals import Item
from engine.studio import as_file
from engine.text import Text

LONGEST_NOTE = 1_000
MOVED = Text(
    "تغيّرت المسودة أو المعمول به منذ فُتحت هذه الصفحة. افتحها من جديد وانظر ما تنشره.",
    "The draft, or what is in force, changed since this page was opened. Open it again and look at what you publish.",
)
WRONG = Text("لا يُنشر ما دام الفحص يجد أخطاء.", "It is not published while the check finds errors.")
TOO_LONG = Text("النص أطول من 1000 حرف.", "The text is longer than 1,000 letters.")
TOGETHER = Text("لا تعمل هذه الملفات معاً", "These files do not work together")
MEND = Text("صحّحها معاً، أو انشر ما يعمل منها.", "Mend them together, or publish those that work.")


class Refused(Invalid):
    """The check forbids publishing; `findings` say what is to be mended."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(WRONG)
        self.findings = tuple(findings)


@dataclass(frozen=True)
class Release:
    """Files to publish together, and the bundle with its files that they were checked against."""

    items: tuple[Item, ...]
    bundle_id: int
    in_force: tuple[Source, ...]

    @property
    def sources(self) -> list[Source]:
        """The files."""
        return [Source(one.kind, one.key, one.content) for one in self.items]  # type: ignore[arg-type]


def demand(actor: Actor, action: str) -> None:
    """Raises NotAllowed."""
    if not may(actor, action):
        raise NotAllowed


def said(text: str, field: str, missing: Text) -> str:
    """A note or reason, which is never empty; raises Invalid naming its field."""
    text = text.strip()
    if not text or len(text) > LONGEST_NOTE:
        wrong = missing if not text else TOO_LONG
        raise Invalid(wrong, {field: wrong})
    return text


def check_release(masar: Masar, release: Release) -> list[Finding]:
    """What the check says of a release, drafts beside it left out; raises Refused where it forbids publishing."""
    findings = checked_within([as_file(one) for one in release.sources], installed(masar, release.in_force))
    findings += foreign_names(release.sources, release.in_force)
    if may_publish(findings):
        findings += _loading(release)
    if not may_publish(findings):
        raise Refused(findings)
    return findings


def put_in_force(
    conn: Connection, masar: Masar, release: Release, actor_id: int, note: str, now: datetime,
    approved_by: int | None = None,
) -> int:  # fmt: skip
    """Publishes a checked release and clears the drafts that it was made of; returns the new bundle. Raises Conflict
    where something else was published since the check."""
    demand_still(conn, release.bundle_id)
    for item in release.items:
        draft = definition_drafts.get(conn, item.kind, item.key)
        if draft is not None and draft.content == item.content:
            _clear(conn, draft, actor_id, now)
    writers = {(item.kind, item.key): item.authors[-1] for item in release.items if item.authors}
    made = publish(conn, release.sources, actor_id, note, now, writers, approved_by)
    newest = newest_versions(conn)
    for item in release.items:
        log(conn, masar, "published", item, actor_id, now, note, newest[item.kind, item.key].version)
    return made


def demand_still(conn: Connection, bundle_id: int) -> None:
    """Holds back other publications until this transaction ends; raises Conflict where there was one since."""
    conn.execute(select(bundle.c.id).order_by(bundle.c.id.desc()).limit(1).with_for_update())
    if newest_bundle(conn) != bundle_id:
        raise Conflict(MOVED)


def log(
    conn: Connection, masar: Masar, act: str, item: Item, actor_id: int, now: datetime, note: str, version: int = 0
) -> None:
    """Records an act on one file of a release."""
    sha256 = hashlib.sha256(item.content).hexdigest()
    studio_log.record(
        conn, masar.vault, act, item.kind, item.key, actor_id, now, version=version, sha256=sha256, note=note
    )


def _loading(release: Release) -> list[Finding]:
    """What the engine itself says of everything together, which new cases would begin with."""
    together = {(one.kind, one.key): one for one in (*release.in_force, *release.sources)}
    try:
        load_definitions(together.values())
    except (MasarError, ValueError, TypeError, KeyError, AttributeError) as error:
        told = error.text if isinstance(error, MasarError) else Text(type(error).__name__, type(error).__name__)
        message = Text(f"{TOGETHER.ar}: {told.ar}", f"{TOGETHER.en}: {told.in_('en')}")
        return [Finding("", "", "release-does-not-load", "error", message, MEND)]
    return []


def _clear(conn: Connection, draft: Draft, actor_id: int, now: datetime) -> None:
    after = replace(
        draft, revision=draft.revision + 1, content=None, authors=(), findings="[]", saved_by=actor_id, saved_at=now
    )
    if not definition_drafts.write(conn, after, draft):
        raise StaleVersion
