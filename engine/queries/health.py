"""Whether the database answers."""

from sqlalchemy import text

from engine.errors import Unavailable
from engine.masar import Masar


def is_reachable(masar: Masar) -> bool:
    """True while the database answers a question."""
    try:
        with masar.db.read() as conn:
            return bool(conn.execute(text("SELECT 1")).scalar() == 1)
    except Unavailable:
        return False
