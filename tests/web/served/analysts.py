"""Two analysts in the world of world.py, and what they send."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import Connection, insert, select
from werkzeug.test import TestResponse

from engine.clock import StoppedClock
from engine.commands.accounts import insert_account
from engine.masar import Masar
from engine.queries.accounts import actor_named, hash_of
from engine.store.accounts import membership, session
from engine.store.definitions import definition
from engine.text import Text
from tests.web.served.conftest import UNITS
from tests.web.served.world import SECRET, World, build, token_of

SECOND = "other.analyst"
CASE, NOTE = "/studio/process/case", "/studio/form/note"


@dataclass
class Studio:
    """The world with a second analyst in it."""

    world: World

    def client(self, who: str = "analyst") -> FlaskClient:
        """A browser at which an analyst is signed in."""
        client = self.world.app.test_client()
        client.set_cookie("masar_session", token_of(who))
        return client

    def get(self, address: str, who: str = "analyst") -> TestResponse:
        """A page or file."""
        return self.client(who).get(address)

    def post(self, address: str, fields: Mapping[str, object] | None = None, who: str = "analyst") -> TestResponse:
        """A form of a page."""
        return self.client(who).post(address, data={"_csrf": SECRET, **(fields or {})})

    def save(self, address: str, content: bytes, revision: int, who: str = "analyst") -> TestResponse:
        """A draft as the editor sends it."""
        head = {"X-CSRF": SECRET, "X-Revision": str(revision), "Content-Type": "application/xml"}
        return self.client(who).post(f"{address}/draft", data=content, headers=head)

    def draft(self, address: str, old: str, new: str, who: str = "analyst") -> int:
        """Saves the file with some words replaced; returns the revision."""
        there = self.get(f"{address}/draft", who)
        changed = there.data.replace(old.encode(), new.encode())
        assert changed != there.data
        saved = self.save(address, changed, int(there.headers["X-Revision"]), who)
        assert saved.status_code == 200, saved.text
        return int(saved.json["revision"]) if saved.json else 0

    def publish(self, address: str, revision: int, who: str = "analyst", **more: object) -> TestResponse:
        """Publishes a draft."""
        return self.post(f"{address}/publish", {"revision": str(revision), "note": "لأن", **more}, who)

    def versions(self, kind: str, key: str) -> list[tuple[int, int, int | None, str]]:
        """(version, written by, approved by, note) of a definition."""
        query = select(definition.c.version, definition.c.written_by, definition.c.approved_by, definition.c.note)
        with self.world.masar.db.read() as conn:
            found = conn.execute(query.where(definition.c.kind == kind, definition.c.key == key).order_by("version"))
            return [tuple(row) for row in found]


def with_two_analysts(masar: Masar, clock: StoppedClock, password_hash: str) -> Studio:
    """A studio with two analysts."""
    world = build(masar, clock)

    def settle(conn: Connection) -> None:
        name = Text("المحللة الثانية", "The second analyst")
        number = insert_account(conn, SECOND, name, password_hash, "ar", clock())
        conn.execute(insert(membership).values(account_id=number, role="process_analyst", unit_id=UNITS["ministry"][0]))
        conn.execute(insert(session).values(
            token_hash=hash_of(token_of(SECOND)), account_id=number, csrf=SECRET, created_at=clock(), seen_at=clock(),
            expires_at=clock() + timedelta(hours=12),
        ))  # fmt: skip

    masar.db.run(settle)
    return Studio(world)


def id_of(studio: Studio, login: str) -> int:
    """An account's id."""
    with studio.world.masar.db.read() as conn:
        found = actor_named(conn, login)
    assert found
    return found.id
