"""`masar up`, and `masar` alone: everything on this machine, with the demo ministry, until Ctrl-C."""

import subprocess
import sys

import click

from engine.cli.children import watch
from engine.cli.port import refuse_taken_port
from engine.cli.serve import serve_pages
from engine.cli.welcome import welcome
from engine.cli.worker import work
from engine.readiness import is_ready
from engine.settings import Settings, load_settings


@click.command()
@click.option("--no-demo", is_flag=True, help="Set up without the demo ministry.")
def up(no_demo: bool) -> None:
    """Set up what is missing (tables, keys, shipped content, demo), then run web and worker."""
    settings = load_settings()
    refuse_taken_port(settings.host, settings.port)
    make_ready(settings, demo=not no_demo)
    click.echo(welcome(settings))
    sys.exit(watch({"web server": serve_pages, "worker": work}))


def make_ready(settings: Settings, demo: bool) -> None:
    """Sets up what is missing, in a process of its own: serving needs neither migrations nor the demo in memory."""
    if is_ready(settings, demo):
        return
    click.echo("Setting up keys, tables and content …", err=True)
    command = [sys.executable, "-m", "engine.cli.main", "set-up", *([] if demo else ["--no-demo"])]
    code = subprocess.run(command).returncode
    if code:
        sys.exit(code)
