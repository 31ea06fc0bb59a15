"""Moves made in a process of their own, which is killed between two moves and in the middle of one: a case is what was
written down after the last move, and nothing that a process remembers."""

import multiprocessing
import pickle
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from multiprocessing.connection import Connection
from random import Random
from typing import Any

from engine.bpmn import Bundle, Outcome, move
from engine.bpmn.commands import Command
from tests.engine.bpmn.story import bundle

KILLED_BETWEEN, KILLED_WITHIN = 0.03, 0.03


@lru_cache(4)
def _bundle(sources: tuple[bytes, ...]) -> Bundle:
    return bundle(*sources)


def serve(pipe: Connection) -> None:
    """The life of the process: sources, state, command and time in; the outcome, or what was raised, out."""
    with suppress(EOFError):  # whoever asked has ended
        while True:
            sources, state, command, now = pickle.loads(pipe.recv_bytes())
            try:
                out: Any = move(_bundle(sources), state, command, now)
            except Exception as problem:  # told to the one who asked
                out = problem
            pipe.send_bytes(pickle.dumps(out))


class Mover:
    """A process that moves cases. It is killed now and then, as chance (a seed) has it; the move is then made again by
    a new one."""

    def __init__(self, seed: int) -> None:
        self.random, self.kills = Random(seed), 0
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(["tests.campaigns.movers"])
        self._start()

    def _start(self) -> None:
        self.pipe, theirs = self.context.Pipe()
        self.process = self.context.Process(target=serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def _kill(self) -> None:
        self.kills += 1
        self.process.kill()
        self.process.join()
        self.pipe.close()
        self._start()

    def moving(self, sources: Sequence[bytes]) -> "Far":
        """How a story on these diagrams moves."""
        return Far(self, tuple(sources))

    def ask(self, request: bytes) -> Any:
        """One move."""
        if self.random.random() < KILLED_BETWEEN:
            self._kill()
        if self.random.random() < KILLED_WITHIN:
            self.pipe.send_bytes(request)
            self._kill()
        self.pipe.send_bytes(request)
        return pickle.loads(self.pipe.recv_bytes())

    def close(self) -> None:
        """The process ends."""
        with suppress(OSError):
            self.pipe.close()
        self.process.kill()
        self.process.join()


class Far:
    """`engine.bpmn.move`, made elsewhere."""

    def __init__(self, mover: Mover, sources: tuple[bytes, ...]) -> None:
        self.mover, self.sources = mover, sources

    def __call__(self, definitions: Bundle, state: bytes | None, command: Command, now: datetime) -> Outcome:
        del definitions
        out = self.mover.ask(pickle.dumps((self.sources, state, command, now)))
        if isinstance(out, Exception):
            raise out
        assert isinstance(out, Outcome)
        return out
