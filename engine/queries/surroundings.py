"""What expressions may know beside their variables, as an installation has published it: its calendar and its lists,
read without the diagrams, decisions and forms."""

import json

from sqlalchemy import Connection, select

from engine.definitions import Source
from engine.store.definitions import bundle, definition
from engine.store.revision import stamped_revision

SURROUNDINGS = ("calendar", "list")


def published_surroundings(conn: Connection) -> list[Source]:
    """The newest calendar and lists; none in an installation that has published nothing."""
    if stamped_revision(conn) is None:
        return []
    content = conn.scalar(select(bundle.c.content).order_by(bundle.c.id.desc()).limit(1))
    asked = select(definition.c.kind, definition.c.key, definition.c.source).where(
        definition.c.id.in_(json.loads(content or "[]")), definition.c.kind.in_(SURROUNDINGS))
    return [Source(*row) for row in conn.execute(asked)]
