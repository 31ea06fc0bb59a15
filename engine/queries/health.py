"""Whether a process is ready: the database answers, and what cases run on is loaded."""

from sqlalchemy import text

from engine.errors import NotFound, Unavailable
from engine.masar import Masar
from engine.readiness import has_rows
from engine.store.definitions import bundle
from engine.store.revision import newest_revision, stamped_revision


def is_reachable(masar: Masar) -> bool:
    """True while the database answers a question."""
    try:
        with masar.db.read() as conn:
            return bool(conn.execute(text("SELECT 1")).scalar() == 1)
    except Unavailable:
        return False


def is_servable(masar: Masar) -> bool:
    """True while the tables are at the version of this code and there is something that cases can begin with."""
    try:
        with masar.db.read() as conn:
            return stamped_revision(conn) == newest_revision() and has_rows(conn, bundle)
    except Unavailable:
        return False


def load_definitions(masar: Masar) -> None:
    """Loads the definitions that new cases begin with into this process; where there are none yet, later."""
    try:
        with masar.db.read() as conn:
            masar.library.latest(conn)
    except (NotFound, Unavailable):
        return
