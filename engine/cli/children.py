"""Processes that serve together: forked from one that has loaded the code already, stopped together."""

import multiprocessing
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess
from types import FrameType

import click

_FORK = multiprocessing.get_context("fork")
_ASK_AGAIN_AFTER = 2.0  # seconds
_STOPPING = (signal.SIGTERM, signal.SIGINT)


def watch(works: Mapping[str, Callable[[], None]]) -> int:
    """Runs each of these in a process until one ends or we are told to stop, then stops all; returns the exit code."""
    for number in _STOPPING:  # a shell may have us ignore Ctrl-C
        signal.signal(number, _leave)
    children: list[ForkProcess] = []
    code, ended = 0, list[object]()
    try:
        for name, work in works.items():
            children.append(_started(name, work))
        ended += wait([child.sentinel for child in children])
        code = 1
    except KeyboardInterrupt:
        pass
    for number in _STOPPING:
        signal.signal(number, signal.SIG_IGN)
    _tell_of([child for child in children if child.sentinel in ended])
    for child in children:
        child.terminate()
    for child in children:
        _end(child)
    return code


def _end(child: ForkProcess) -> None:
    """Waits for a process that was told to stop, and tells it again: an interrupt can be lost where Python swallows it
    (in a destructor), and a process that never heard it would hold up everybody for ever."""
    child.join(_ASK_AGAIN_AFTER)
    while child.is_alive():
        child.terminate()
        child.join(_ASK_AGAIN_AFTER)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _started(name: str, work: Callable[[], None]) -> ForkProcess:
    def run() -> None:
        with suppress(KeyboardInterrupt):  # told to stop before it could listen for it
            work()

    child = _FORK.Process(target=run, name=name)
    child.start()
    return child


def _tell_of(ended: list[ForkProcess]) -> None:
    for child in ended:
        child.join()
        code = child.exitcode or 0
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        click.echo(f"The {child.name} has stopped by itself ({how}); stopping everything.", err=True)
