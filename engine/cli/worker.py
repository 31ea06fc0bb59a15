"""`masar worker`: due timers, deadlines and calls to the outside."""

import logging
import signal
from contextlib import closing
from threading import Event
from types import FrameType

import click

from engine.logs import log_to
from engine.masar import open_masar
from engine.worker import work_until


@click.command()
def worker() -> None:
    """Do what is due, until told to stop. Any number of workers may run."""
    work()


def work() -> None:
    """Works in this process until SIGTERM or Ctrl-C; what is under way is finished first."""
    log_to(level=logging.WARNING)
    stop = Event()

    def leave(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    with closing(open_masar()) as masar:
        work_until(masar, stop)
