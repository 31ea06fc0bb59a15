"""Whether a process is ready: the database answers, and what cases run on is loaded."""

from sqlalchemy import text

from engine.errors import NotFound, Unavailable
from engine.masar import Masar


def is_reachable(masar: Masar) -> bool:
    """True while the database answers a question."""
    try:
        with masar.db.read() as conn:
            return bool(conn.execute(text("SELECT 1")).scalar() == 1)
    except Unavailable:
        return False


def load_definitions(masar: Masar) -> None:
    """Loads the definitions that new cases begin with into this process; where there are none yet, later."""
    try:
        with masar.db.read() as conn:
            masar.library.latest(conn)
    except (NotFound, Unavailable):
        return
