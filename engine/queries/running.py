"""How many cases and reports run on a version of a definition. Numbers only: nothing of any case."""

import json
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from engine.store.cases import case_file
from engine.store.definitions import bundle


def running_by_definition(conn: Connection, definition_ids: Sequence[int]) -> Counter[int]:
    """Open cases and reports by the stored version that they are bound to."""
    wanted = set(definition_ids)
    bundles = {row.id: wanted & set(json.loads(row.content)) for row in conn.execute(select(bundle))}
    query = select(case_file.c.bundle_id, func.count()).where(case_file.c.closed_at.is_(None))
    found: Counter[int] = Counter()
    for bundle_id, count in conn.execute(query.group_by(case_file.c.bundle_id)):
        for definition_id in bundles[bundle_id]:
            found[definition_id] += count
    return found
