"""Changing the draft of a plan: by what was chosen on its page, or by a file."""

from collections.abc import Mapping

from engine.access import may
from engine.actor import Actor
from engine.bpmn.migrating import chosen
from engine.commands.migrating import Migration
from engine.commands.migration_job import load
from engine.commands.migration_plans import save
from engine.errors import Invalid, NotAllowed, NotFound
from engine.masar import Masar
from engine.migration_file import read_plan
from engine.store import case_migrations
from engine.text import Text

OTHER = Text("هذه الخطة لإصدارين آخرين.", "This plan stands between two other versions.")


def choose(masar: Masar, actor: Actor, migration_id: int, answers: Mapping[str, str], revision: int) -> None:
    """Keeps what was chosen from the options of the page of a revision. Raises NotAllowed, NotFound, Conflict."""
    migration = _loaded(masar, actor, migration_id)
    plan = chosen(migration.old.bpmn, migration.new.bpmn, migration.plan, answers)
    save(masar, actor, migration_id, plan, revision)


def take_file(masar: Masar, actor: Actor, migration_id: int, content: bytes, revision: int) -> None:
    """Puts the plan of a file in place of the draft. Raises Invalid, NotAllowed, NotFound, Conflict."""
    migration = _loaded(masar, actor, migration_id)
    found = read_plan(content)
    if (found.old, found.new) != (migration.old.sha256, migration.new.sha256):
        raise Invalid(OTHER)
    save(masar, actor, migration_id, found.plan, revision)


def _loaded(masar: Masar, actor: Actor, migration_id: int) -> Migration:
    if not may(actor, "plan_migrations"):
        raise NotAllowed
    with masar.db.read() as conn:
        row = case_migrations.get(conn, migration_id)
    if row is None:
        raise NotFound
    return load(masar, row)
