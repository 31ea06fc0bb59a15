"""`masar up`, and `masar` alone: everything on this machine, with the demo ministry, until Ctrl-C."""

import signal
import subprocess
import sys
from contextlib import closing
from types import FrameType

import click

from engine.cli.serve import GUNICORN
from engine.demo.ministry import is_empty
from engine.demo.seeding import seed_demo
from engine.masar import open_masar
from engine.settings import Settings, load_settings
from engine.setup import prepare_installation, publish_shipped

WORKER = (sys.executable, "-m", "engine.cli.main", "worker")


@click.command()
@click.option("--no-demo", is_flag=True, help="Set up without the demo ministry.")
def up(no_demo: bool) -> None:
    """Set up what is missing (tables, keys, shipped content, demo), then run web and worker."""
    settings = load_settings()
    told = set_up(settings, demo=not no_demo)
    processes = [subprocess.Popen(GUNICORN), subprocess.Popen(WORKER)]
    click.echo(f"\n  http://{settings.host}:{settings.port}\n{told}", err=False)
    sys.exit(watch(processes))


def set_up(settings: Settings, demo: bool) -> str:
    """Brings an installation to where it can be served; returns what to tell the person who started it."""
    prepare_installation(settings)
    logins = settings.home / "demo-logins.txt"
    with closing(open_masar(settings)) as masar:
        publish_shipped(masar)
        if demo and is_empty(masar):
            logins.write_text(seed_demo(masar), "utf-8")
            logins.chmod(0o600)
    return logins.read_text("utf-8") if demo and logins.exists() else ""


def watch(processes: list[subprocess.Popen[bytes]]) -> int:
    """Waits until one process ends or we are told to stop, then stops all; returns the exit code."""

    def leave(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, leave)
    code = 0
    try:
        while all(process.poll() is None for process in processes):
            try:
                processes[0].wait(timeout=1)
            except subprocess.TimeoutExpired:
                continue
        code = 1
    except KeyboardInterrupt:
        pass
    for process in processes:
        process.terminate()
    for process in processes:
        process.wait()
    return code
