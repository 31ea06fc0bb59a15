"""Taking the next stretch of a round that workers make, for one worker alone."""

from datetime import timedelta

from engine.masar import Masar
from engine.store import rounds


def take_round(masar: Masar, name: str, lease: timedelta) -> int | None:
    """Takes the next stretch if it is time; returns where it begins, None when it is not time. Where nothing is due
    nothing is written. A worker that dies leaves it to others after `lease`."""
    now = masar.clock()
    with masar.db.read() as conn:
        if not rounds.is_due(conn, name, now):
            return None
    return masar.db.run(lambda conn: rounds.take(conn, name, now, now + lease))
