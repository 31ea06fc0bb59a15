"""One's own absences, and who could stand in for somebody."""

from dataclasses import dataclass

from sqlalchemy import Connection

from engine.access import AUDITORS, CONTENT_FREE, EXTERNAL, may
from engine.actor import Actor
from engine.errors import NotAllowed
from engine.masar import Masar
from engine.queries.accounts import AccountRow, accounts_with_role
from engine.queries.loads import Away, away_line
from engine.store import absences


@dataclass(frozen=True)
class AbsencePage:
    """The absences of a person that are not over, and the people who could stand in."""

    absences: tuple[Away, ...]
    deputies: tuple[AccountRow, ...]


def own_absences(masar: Masar, actor: Actor) -> AbsencePage:
    """The page of one's own absences. Raises NotAllowed."""
    if not may(actor, "be_away"):
        raise NotAllowed
    now = masar.clock()
    with masar.db.read() as conn:
        rows = absences.now_or_later(conn, [actor.id], now)
        return AbsencePage(tuple(away_line(row, now) for row in rows), deputies_of(conn, actor))


def deputies_of(conn: Connection, person: Actor) -> tuple[AccountRow, ...]:
    """Active accounts that share a role with a person, in the same unit or above it."""
    idle = EXTERNAL | CONTENT_FREE | AUDITORS
    found = {
        row.id: row
        for m in person.memberships
        if m.role not in idle
        for row in accounts_with_role(conn, frozenset({m.role}), m.unit_path)
        if row.id != person.id
    }
    return tuple(sorted(found.values(), key=lambda row: row.name.ar))
