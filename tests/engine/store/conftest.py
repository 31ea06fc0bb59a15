"""A small ministry to keep cases of: a unit in a directorate, two officers, one case."""

import pytest
from sqlalchemy import Connection, insert

from engine.clock import StoppedClock
from engine.store import cases
from engine.store.accounts import account
from engine.store.cases import CaseFile
from engine.store.database import Database
from engine.store.definitions import bundle
from engine.store.units import unit
from engine.store.vault import Vault

SALMA, KHALID = 3, 4
UNITS = ((1, None, "/1/"), (4, 1, "/1/4/"), (9, 4, "/1/4/9/"), (5, 1, "/1/5/"))


@pytest.fixture
def ministry(db: Database, clock: StoppedClock) -> None:
    """Units 1 > 4 > 9 and 1 > 5, the officers Salma and Khalid, and a bundle."""
    units = [
        {"id": id_, "code": f"u{id_}", "parent_id": parent, "path": path, "kind": "unit", "name_ar": f"وحدة {id_}"}
        for id_, parent, path in UNITS
    ]
    people = [
        {"id": SALMA, "login": "salma", "name_ar": "سلمى", "created_at": clock.now},
        {"id": KHALID, "login": "khalid", "name_ar": "خالد", "created_at": clock.now},
    ]

    def work(conn: Connection) -> None:
        conn.execute(insert(unit), units)
        conn.execute(insert(account), people)
        conn.execute(insert(bundle).values(id=1, sha256="b", content="[]", created_at=clock.now))

    db.run(work)


@pytest.fixture
def case(db: Database, vault: Vault, ministry: None, clock: StoppedClock) -> CaseFile:
    """Case 7 of unit 9."""
    return open_case(db, vault, clock, 7)


def open_case(db: Database, vault: Vault, clock: StoppedClock, id_: int, *, unit_id: int = 9,
              unit_path: str = "/1/4/9/", manager_id: int | None = None, origin_key: str | None = None) -> CaseFile:
    """Another case."""
    vault.new_key(id_)
    opened = CaseFile(
        id_, f"C-2026-{id_:06d}", "case", "case", 1, unit_id, unit_path, clock.now, b'{"tokens":[]}',
        b'{"person":"x"}', manager_id=manager_id, origin_key=origin_key)
    db.run(lambda conn: cases.add(conn, vault, opened))
    return opened
