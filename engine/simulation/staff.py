"""Who works in the simulated ministry: the people of the demo, and enough of each role that the stories know."""

from collections.abc import Iterable
from random import Random

from sqlalchemy import Connection, insert, select

from engine.access import EXTERNAL
from engine.actor import Actor
from engine.masar import Masar
from engine.queries.accounts import actor_by_id
from engine.scenarios.cast import Cast
from engine.store.accounts import account, membership
from engine.store.units import unit

CENTRES = ("north-centre", "north-river", "south-centre")
MANAGER = "case_manager"
ABOVE = ("north", "south", "ministry")


def hire(masar: Masar, cast: Cast, managers: int) -> None:
    """Adds case managers to the centres, one person for each role of the stories to each directorate, and somebody at
    each provider."""
    roles = sorted({role for person in cast.people.values() for role in person.roles} - EXTERNAL - {MANAGER})

    def work(conn: Connection) -> None:
        units = {row.code: row for row in conn.execute(select(unit.c.id, unit.c.code, unit.c.kind))}
        for n in range(managers):
            _employ(conn, masar, f"sim.manager.{n + 1}", [(MANAGER, units[CENTRES[n % len(CENTRES)]].id)])
        for place in ABOVE:
            for role in roles:
                _employ(conn, masar, f"sim.{role}.{place}", [(role, units[place].id)])
        for code, row in units.items():
            if row.kind == "provider":
                _employ(conn, masar, f"sim.at.{code}", [("provider_user", row.id)])

    masar.db.run(work)


def _employ(conn: Connection, masar: Masar, login: str, roles: Iterable[tuple[str, int]]) -> None:
    values = {"login": login, "name_ar": login, "name_en": login, "is_demo": True, "created_at": masar.clock()}
    made = conn.execute(insert(account).values(values).returning(account.c.id)).scalar_one()
    for role, unit_id in roles:
        conn.execute(insert(membership).values(account_id=made, role=role, unit_id=unit_id))


class Staff:
    """Everybody with an account, read once."""

    def __init__(self, conn: Connection, random: Random) -> None:
        self.random = random
        ids = conn.scalars(select(account.c.id).order_by(account.c.id))
        self.people = [found for id in ids if (found := actor_by_id(conn, id)) is not None]
        self.by_id = {actor.id: actor for actor in self.people}

    def of_roles(self, roles: Iterable[str], unit_path: str = "") -> list[Actor]:
        """Who holds one of these roles in a unit or above it, in random order."""
        wanted = frozenset(roles)
        found = [actor for actor in self.people if any(
            m.role in wanted and unit_path.startswith(m.unit_path) for m in actor.memberships)]
        self.random.shuffle(found)
        return found

    def in_unit(self, unit_id: int) -> list[Actor]:
        """Who works in exactly this unit."""
        return [actor for actor in self.people if any(m.unit_id == unit_id for m in actor.memberships)]
