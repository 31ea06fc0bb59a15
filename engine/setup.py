"""Setting an installation up: tables, keys and the shipped content. Doing it again changes nothing."""

from contextlib import closing

from engine.countries import country_sources
from engine.definitions import Source
from engine.library import publish
from engine.masar import Masar
from engine.readiness import has_rows, refuse_lost_keys
from engine.settings import Settings
from engine.store.database import Database
from engine.store.definitions import bundle
from engine.store.keys import KeyStore
from engine.store.master_key import new_master_key, save_master_key
from engine.store.schema import newest, revision_of, upgrade
from engine.upgrading import refuse_unloadable


def prepare_installation(settings: Settings) -> None:
    """Brings both databases to this version, and makes the master key of a new installation.

    Raises NotServable when there are cases already but not the keys that open them."""
    if settings.is_sqlite:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with closing(Database(settings.database_url)) as db:
        revision = revision_of(db)
        if revision is not None:
            with db.read() as conn:
                refuse_lost_keys(settings, conn)
        if revision != newest():
            refuse_unloadable(db)
            upgrade(db)
    with closing(KeyStore(settings.keys_url)) as keys:
        keys.create()
    if not settings.master_key_file.exists():
        save_master_key(settings.master_key_file, new_master_key())


def publish_shipped(masar: Masar) -> None:
    """Publishes the shipped processes, decisions, forms and lists into an installation that has none."""
    with masar.db.read() as conn:
        if has_rows(conn, bundle):
            return
    sources, now = _shipped(masar.settings), masar.clock()
    masar.db.run(lambda conn: publish(conn, sources, 0, "as shipped", now))


def _shipped(settings: Settings) -> list[Source]:
    return country_sources(settings.processes, settings.forms, settings.country)
