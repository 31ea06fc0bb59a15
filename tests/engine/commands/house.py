"""A small house for tests of commands: one centre, four people, and whatever diagrams the test brings."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from engine.actor import SYSTEM, Actor
from engine.clock import StoppedClock
from engine.commands.opening import Opened, Opening, open_file
from engine.definitions import Source
from engine.library import publish
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.store import work_items
from engine.store.accounts import account, membership
from engine.store.events import read
from engine.store.units import unit
from engine.store.work_items import is_open, work_item

ROOT = Path(__file__).parents[3]
PEOPLE = {
    "mona": ("منى", "case_manager"), "karim": ("كريم", "case_manager"), "samer": ("سامر", "case_supervisor"),
    "huda": ("هدى", "dept_head"),
}
NOTE = """{"id": "note", "type": "default", "schemaVersion": 19, "components": [
  {"id": "F1", "type": "textarea", "key": "text", "label": "النص", "validate": {"required": true},
   "properties": {"label_en": "Text", "sensitivity": "protected"}},
  {"id": "F2", "type": "textfield", "key": "risk", "label": "الخطورة",
   "properties": {"label_en": "Risk", "sensitivity": "ordinary"}}]}""".encode()


@dataclass
class House:
    """The installation and its clock, with short names for what tests do all the time."""

    masar: Masar
    clock: StoppedClock

    def person(self, login: str) -> Actor:
        """Somebody of PEOPLE, with the rights of now."""
        with self.masar.db.read() as conn:
            found = actor_named(conn, login)
        assert found is not None
        return found

    def publish(self, *diagrams: bytes, **forms: bytes) -> None:
        """Publishes diagrams (each names its process), forms by key, the form `note` and the shipped ladder."""
        ladder = (ROOT / "processes" / "decisions" / "D15_escalation.dmn").read_bytes()
        sources = [Source("process", f"p{n}", content) for n, content in enumerate(diagrams)]
        sources += [Source("form", key, content) for key, content in {"note": NOTE, **forms}.items()]
        sources += [Source("decision", "D15_escalation", ladder)]
        self.masar.db.run(lambda conn: publish(conn, sources, 0, "test", self.clock()))

    def open(self, process: str, origin: str = "test", **variables: Any) -> Opened:
        """Opens a case of the centre."""
        with self.masar.db.read() as conn:
            row = conn.execute(select(unit.c.id, unit.c.path).where(unit.c.code == "centre")).one()
        opening = Opening("case", process, row.id, row.path, variables, "case_number", "case_opened", origin)
        return open_file(self.masar, SYSTEM, opening)

    def items(self, case_id: int) -> Mapping[str, Any]:
        """The rows of open work by element."""
        with self.masar.db.read() as conn:
            return {row.element: row for row in work_items.open_of_case(conn, case_id)}

    def key(self, case_id: int, element: str) -> str:
        """The key of an open work item."""
        return str(self.items(case_id)[element].id)

    def kinds(self, case_id: int) -> list[str]:
        """The kinds of a case's events, in order."""
        with self.masar.db.read() as conn:
            return [event.kind for event in read(conn, self.masar.vault, case_id)]

    def open_count(self) -> int:
        """How much work is open anywhere."""
        with self.masar.db.read() as conn:
            return len(conn.execute(select(work_item.c.id).where(is_open)).all())


def furnish(masar: Masar, clock: StoppedClock) -> None:
    """Makes the units and the people."""

    def work(conn: Connection) -> None:
        ids = {"ministry": 1, "centre": 2}
        for code, parent, path in (("ministry", None, "/1/"), ("centre", 1, "/1/2/")):
            conn.execute(insert(unit).values(
                id=ids[code], code=code, parent_id=parent, path=path, kind="centre", name_ar=code))
        for login, (name, role) in PEOPLE.items():
            row = {"login": login, "name_ar": name, "name_en": login.title(), "created_at": clock()}
            made = conn.execute(insert(account).values(row).returning(account.c.id)).scalar_one()
            conn.execute(insert(membership).values(account_id=made, role=role, unit_id=ids["centre"]))

    masar.db.run(work)
