"""All tables in one place, and bringing a database to them by its migrations."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData

from engine.store import (
    absences,
    accounts,
    answer_links,
    case_migrations,
    cases,
    definition_drafts,
    definitions,
    drafts,
    duty,
    events,
    incidents,
    inspections,
    jobs,
    messages,
    numbers,
    owed_messages,
    people,
    practitioners,
    proposals,
    provider_records,
    providers,
    reads,
    register_log,
    rounds,
    sealed_files,
    seals,
    service_gaps,
    sign_in_codes,
    studio_log,
    submissions,
    timers,
    tokens,
    units,
    visits,
    work_items,
    worker_passes,
)
from engine.store.database import Database
from engine.store.metadata import metadata

NOUNS = (
    absences,
    accounts,
    answer_links,
    case_migrations,
    cases,
    definition_drafts,
    definitions,
    drafts,
    duty,
    events,
    incidents,
    inspections,
    jobs,
    messages,
    numbers,
    owed_messages,
    people,
    practitioners,
    proposals,
    provider_records,
    providers,
    reads,
    register_log,
    rounds,
    sealed_files,
    seals,
    service_gaps,
    sign_in_codes,
    studio_log,
    submissions,
    timers,
    tokens,
    units,
    visits,
    work_items,
    worker_passes,
)
"""Every module that declares tables; importing them is what fills the metadata."""


def all_tables() -> MetaData:
    """The tables that this version of Masar stands on."""
    return metadata


def upgrade(db: Database, revision: str = "head") -> None:
    """Brings a database, empty or older, to this version (or to the one a backup was made at)."""
    config = _config()
    config.attributes["database"] = db
    command.upgrade(config, revision)


def downgrade(db: Database, revision: str) -> None:
    """Takes a database back to an older revision; "base" is empty."""
    config = _config()
    config.attributes["database"] = db
    command.downgrade(config, revision)


def newest() -> str:
    """The revision that this version of Masar stands on."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def upgrade_is_due(db: Database) -> bool:
    """Whether a database is older than this version of Masar."""
    return revision_of(db) != newest()


def revision_of(db: Database) -> str | None:
    """The revision a database is at; None when it is empty."""
    with db.read() as conn:
        return revision_in(conn)


def revision_in(conn: Connection) -> str | None:
    """The same, within a transaction."""
    return MigrationContext.configure(conn).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config
