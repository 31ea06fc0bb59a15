"""Whether the record of the studio is whole, and every version that it names is the file that was published."""

import hashlib

from sqlalchemy import select

from engine.masar import Masar
from engine.store import studio_log
from engine.store.definitions import definition
from engine.store.studio_log import studio_log as log
from engine.text import Text


def verify_studio(masar: Masar) -> list[Text]:
    """What is wrong; empty when nothing is. Versions that no analyst published (as shipped, or deployed from the disk)
    are only compared with their own hash."""
    with masar.db.read() as conn:
        problems = studio_log.verify(conn, masar.vault)
        query = select(log.c.kind, log.c.key, log.c.version, log.c.sha256).where(log.c.act == "published")
        recorded = {(row.kind, row.key, row.version): row.sha256 for row in conn.execute(query)}
        rows = conn.execute(select(definition).order_by(definition.c.id).execution_options(yield_per=20))
        for row in rows:
            known = recorded.pop((row.kind, row.key, row.version), row.sha256)
            if hashlib.sha256(row.source).hexdigest() != row.sha256 or known != row.sha256:
                problems.append(_not_as_published(row.kind, row.key, row.version))
    return problems + [_not_as_published(*missing) for missing in recorded]


def _not_as_published(kind: str, key: str, version: int) -> Text:
    return Text(
        f"الإصدار {version} من {key} ({kind}) ليس كما نُشر.",
        f"studio: version {version} of {kind} {key} is not what was published",
    )
