"""Setting an installation up: tables, keys and the shipped content. Doing it again changes nothing."""

from sqlalchemy import select

from engine.definitions import sources_in
from engine.library import publish
from engine.masar import Masar
from engine.settings import Settings
from engine.store.database import Database
from engine.store.definitions import bundle
from engine.store.keys import KeyStore
from engine.store.master_key import new_master_key, save_master_key
from engine.store.schema import newest, revision_of, upgrade


def prepare_installation(settings: Settings) -> None:
    """Makes the master key where there is none, and brings both databases to this version."""
    if not settings.master_key_file.exists():
        save_master_key(settings.master_key_file, new_master_key())
    db = Database(settings.database_url)
    try:
        if revision_of(db) != newest():
            upgrade(db)
            keys = KeyStore(settings.keys_url)
            keys.create()
            keys.close()
    finally:
        db.close()


def publish_shipped(masar: Masar) -> None:
    """Publishes the shipped processes, decisions, forms and lists into an installation that has none."""
    with masar.db.read() as conn:
        if conn.scalar(select(bundle.c.id).limit(1)) is not None:
            return
    sources, now = sources_in(masar.settings.processes, masar.settings.forms), masar.clock()
    masar.db.run(lambda conn: publish(conn, sources, 0, "as shipped", now))
