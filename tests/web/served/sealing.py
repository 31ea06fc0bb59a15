"""The world of the served tests with its files sealed, and who may know of them."""

from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select, update

from engine.clock import StoppedClock
from engine.commands.accounts import insert_account
from engine.commands.sealed_files import NOBODY as NO_READER
from engine.masar import Masar
from engine.store.accounts import membership
from engine.store.cases import case_file
from engine.store.incidents import incident
from engine.store.messages import message_wait
from engine.store.work_items import work_item
from engine.text import Text
from tests.web.served.conftest import ACCOUNTS, UNITS
from tests.web.served.world import World, build

OFFICERS = ("officer", "officer.two")
PEOPLE = (*ACCOUNTS, *OFFICERS)
KNOWING = (*OFFICERS, "head", "director")


def sealable(masar: Masar, clock: StoppedClock) -> World:
    """The world, with two data protection officers."""

    def officers(conn: Connection) -> None:
        for login in OFFICERS:
            made = insert_account(conn, login, Text(f"حساب {login}"), "x", "ar", clock())
            conn.execute(insert(membership).values(
                account_id=made, role="data_protection_officer", unit_id=UNITS["ministry"][0]))

    masar.db.run(officers)
    return build(masar, clock)


def seal(world: World, closed: bool) -> None:
    """Seals all files of the world; `closed` ends what is open in them, as at the end of a case."""

    def work(conn: Connection) -> None:
        conn.execute(update(case_file).values(readers=NO_READER))
        if closed:
            conn.execute(update(case_file).values(status="closed"))
            conn.execute(update(work_item).where(work_item.c.status == "open").values(status="cancelled"))
            for table in (message_wait, incident):
                conn.execute(delete(table))

    world.masar.db.run(work)
    world.keep()


def make_late(world: World, by: timedelta = timedelta(days=2)) -> None:
    """The plan of the case, which lies with its manager, is late by so much."""
    now = world.masar.clock()
    late = update(work_item).where(work_item.c.id == int(world.things["plan"]))
    world.masar.db.run(lambda conn: conn.execute(late.values(due_at=now - by, sort_at=now - by)))


def number_of(world: World) -> str:
    """The number of the case."""
    with world.masar.db.read() as conn:
        return str(conn.scalar(select(case_file.c.number).where(case_file.c.id == int(world.things["case"]))))
