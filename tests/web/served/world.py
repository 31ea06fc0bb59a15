"""A small world for the tests of access: a report, a case with a work item in every condition, and an offer.

Diagrams and forms lie in definitions/. Everybody of conftest.ACCOUNTS has an open session, so that hundreds of
requests need no sign-in; the databases are files that are put back after each request that may have changed them.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection, insert, select
from werkzeug.test import TestResponse

from engine.actor import SYSTEM
from engine.clock import StoppedClock
from engine.commands.opening import Opening, open_file
from engine.commands.reports import submit_report
from engine.commands.work import complete_work
from engine.definitions import sources_in
from engine.library import publish
from engine.masar import Masar
from engine.queries.accounts import actor_named, hash_of
from engine.store import absences, duty
from engine.store.accounts import account, session
from engine.store.incidents import incident
from engine.store.messages import message_wait
from engine.store.work_items import work_item
from tests.web.served.conftest import ACCOUNTS, UNITS
from tests.web.served.registers import fill_registers, register_sources
from web.app import create_app

DEFINITIONS = Path(__file__).parent / "definitions"
SECRET = "the secret of every form here"
NOBODY = "a visitor"


@dataclass
class World:
    """The application and the names of what stands in it, as placeholders of addresses."""

    app: Flask
    masar: Masar
    home: Path
    things: dict[str, str]

    def ask(self, who: str, method: str, address: str, fields: dict[str, str] | None = None) -> TestResponse:
        """One request of a person; `{plan}` and the like in the address stand for what is in the world."""
        client = self.app.test_client()
        if who == NOBODY:
            client.set_cookie("masar_visit", SECRET)
        else:
            client.set_cookie("masar_session", token_of(who))
        data = {"_csrf": SECRET, **(fields or {})} if method not in {"GET", "HEAD"} else None
        return client.open(address.format(**self.things), method=method, data=data, buffered=True)

    def keep(self) -> None:
        """Makes how the databases stand now what `undo` puts back."""
        self.masar.db.close()
        shutil.copyfile(self.home / "masar.db", self.home / "masar.db.built")

    def undo(self) -> None:
        """Puts the databases back as they were built."""
        self.masar.db.close()
        for name in ("masar.db-wal", "masar.db-shm"):
            (self.home / name).unlink(missing_ok=True)
        shutil.copyfile(self.home / "masar.db.built", self.home / "masar.db")


def build(masar: Masar, clock: StoppedClock) -> World:
    """Lets the people of conftest.py make a report and open a case, by the commands that the pages call."""
    sources = [*sources_in(DEFINITIONS, DEFINITIONS), *register_sources()]
    masar.db.run(lambda conn: publish(conn, sources, 0, "test", clock()))
    masar.db.run(lambda conn: _open_sessions(conn, clock))
    number, _, path = UNITS["centre"]
    with masar.db.read() as conn:
        people = {login: actor_named(conn, login) for login in ACCOUNTS}
    partner, manager = people["partner"], people["manager"]
    supervisor, director = people["supervisor"], people["director"]
    assert partner and manager and supervisor and director
    receipt = submit_report(masar, partner, {"summary": ["خبر"], "details": ["تفصيل"]}, "one report")
    variables = {"unit": "centre", "case_manager": "manager", "person": {"full_name": "ليلى"}}
    case = open_file(
        masar, director, Opening("case", "case", number, path, variables, "case_number", "case_opened", "test")
    )
    stuck = open_file(
        masar, director, Opening("case", "stuck", number, path, variables, "case_number", "case_opened", "stuck")
    )
    about = f",{manager.id},{supervisor.id},"
    complaint = open_file(masar, SYSTEM, Opening(
        "complaint", "complaint", number, path, {"unit": "centre"}, "complaint_number", "complaint_received",
        "complaint", about=about,
    ))
    directorate = UNITS["directorate"]
    visit = open_file(masar, SYSTEM, Opening(
        "inspection", "institution_inspection", directorate[0], directorate[2], {"unit": "directorate"},
        "inspection_number", "inspection_opened", "inspection",
    ))
    things = {"report": receipt.case_id, "case": str(case.id), "stuck": str(stuck.id), "complaint": str(complaint.id),
              "inspection": str(visit.id)}
    check = _items(masar)["check"]
    complete_work(masar, supervisor, check, {"summary": ["روجع"]}, "first check")
    things |= _items(masar)
    with masar.db.read() as conn:
        things["offer"] = str(conn.scalar(select(message_wait.c.id)))
        things["incident"] = str(conn.scalar(select(incident.c.id)))
    things |= _team(masar, clock) | fill_registers(masar)
    masar.db.close()
    home = masar.settings.home
    shutil.copyfile(home / "masar.db", home / "masar.db.built")
    return World(create_app(masar), masar, home, things)


def token_of(login: str) -> str:
    """The token of somebody's session in this world."""
    return f"token of {login}".replace(" ", "-")


def expected_rows(text: str) -> Iterator[tuple[str, str, int, str]]:
    """The lines of a table `METHOD address | status: names | …` as (method, address, status, name)."""
    for line in filter(None, map(str.strip, text.splitlines())):
        head, *groups = (part.strip() for part in line.split("|"))
        method, address = re.split(r"\s+", head, maxsplit=1)
        for group in groups:
            status, names = group.split(":")
            yield from ((method, address, int(status), name) for name in names.split())


def _open_sessions(conn: Connection, clock: StoppedClock) -> None:
    for row in conn.execute(select(account.c.id, account.c.login)).all():
        conn.execute(insert(session).values(
            token_hash=hash_of(token_of(row.login)), account_id=row.id, csrf=SECRET, created_at=clock(),
            seen_at=clock(), expires_at=clock() + timedelta(hours=12),
        ))  # fmt: skip


def _team(masar: Masar, clock: StoppedClock) -> dict[str, str]:
    """An absence of the manager and a shift on the roster, both to come."""
    begins, ends = clock() + timedelta(days=30), clock() + timedelta(days=31)

    def work(conn: Connection) -> dict[str, str]:
        ids = {row.login: row.id for row in conn.execute(select(account.c.id, account.c.login))}
        absence = absences.add(conn, ids["manager"], ids["colleague"], begins, ends, ids["supervisor"], clock())
        shift = duty.add(conn, UNITS["directorate"][0], "first", ids["duty"], begins, ends, ids["head"], clock())
        return {"person": str(ids["manager"]), "absence": str(absence), "shift": str(shift)}

    return masar.db.run(work)


def _items(masar: Masar) -> dict[str, str]:
    with masar.db.read() as conn:
        rows = conn.execute(select(work_item.c.id, work_item.c.element)).all()
    return {row.element: str(row.id) for row in rows}
