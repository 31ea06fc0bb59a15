"""Verification of one case from its page: everything is looked at anew, and that somebody looked is recorded."""

from engine.actor import Actor
from engine.commands.work import as_key
from engine.masar import Masar
from engine.queries.replayed import Verification
from engine.queries.replaying import audited_summary
from engine.replay import verify_case
from engine.store import reads

SECTION = "verification"


def verify_for(masar: Masar, actor: Actor, case_id: str) -> Verification:
    """Verifies a case for somebody who may audit it. Raises NotFound, NotAllowed."""
    summary = audited_summary(masar, actor, case_id)
    key = as_key(case_id)
    verdict, now = verify_case(masar, key), masar.clock()
    masar.db.run(lambda conn: reads.record(conn, masar.vault, key, actor.id, SECTION, now))
    return Verification(summary, verdict.events, verdict.checks, verdict.unproven, now)
