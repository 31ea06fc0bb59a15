"""Real databases for every test that asks for `db`: SQLite and PostgreSQL, fresh each time."""

import gc
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from playwright.sync_api import Browser

from engine.clock import StoppedClock
from engine.settings import Settings, load_settings
from engine.store.database import Database
from engine.store.keys import KeyStore
from engine.store.master_key import new_master_key, save_master_key
from engine.store.schema import upgrade
from engine.store.vault import Vault, open_vault
from tests import chromium as system_chromium
from tests import postgres

DATABASES = ("sqlite", "postgresql")


class Compiled(BytecodeCache):
    """Templates compiled once for all applications of a process: nearly every test makes its own."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


Flask.jinja_options = {"bytecode_cache": Compiled()}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What stays together in one process comes first: it takes minutes, and nobody should wait for it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


def pytest_collection_finish() -> None:
    """What was loaded and collected stays to the end: nobody needs to look through it again for garbage, which took a
    tenth of the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and an empty key store beside it, to be copied."""
    home = tmp_path_factory.mktemp("template")
    db = Database(f"sqlite:///{home / 'masar.db'}")
    upgrade(db)
    db.close()
    keys = KeyStore(f"sqlite:///{home / 'keys.db'}")
    keys.create()
    keys.close()
    save_master_key(home / "master.key", new_master_key())
    return home


@pytest.fixture(scope="session", autouse=True)
def _no_template_left() -> Iterator[None]:
    yield
    postgres.drop_template()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser; one for all tests of a process, since its library can be started only once in it."""
    with system_chromium.started() as opened:
        yield opened


@pytest.fixture
def sqlite_settings(tmp_path: Path, sqlite_template: Path) -> Settings:
    """Settings of a fresh installation on SQLite."""
    home = tmp_path / "var"
    shutil.copytree(sqlite_template, home)
    return load_settings({"MASAR_HOME": str(home)})


@pytest.fixture(params=DATABASES)
def settings(request: pytest.FixtureRequest, sqlite_settings: Settings) -> Iterator[Settings]:
    """Settings of a fresh installation, on each database in turn; wrapped keys lie in a SQLite file on
    both."""
    if request.param == "sqlite":
        yield sqlite_settings
        return
    url = postgres.new_database()
    yield replace(sqlite_settings, database_url=url)
    postgres.drop_database(url)


@pytest.fixture
def db(settings: Settings) -> Iterator[Database]:
    """A fresh database with all tables."""
    database = Database(settings.database_url)
    yield database
    database.close()


@pytest.fixture
def clock() -> StoppedClock:
    """22 November 2026, 08:00 UTC, until it is advanced."""
    return StoppedClock()


@pytest.fixture
def vault(sqlite_settings: Settings, clock: StoppedClock) -> Iterator[Vault]:
    """The vault of the same installation."""
    opened = open_vault(sqlite_settings, clock)
    yield opened
    opened.close()
