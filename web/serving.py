"""Gunicorn's threads, given to whole requests only: clients that send slowly, or nothing, wait without a thread.

Gunicorn reads a request in the thread that answers it. A handful of connections that stop in the middle of a header
or of a form would take all threads, and nobody could work any more.
"""

import math
import re
import selectors
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

ARRIVES_IN = 30.0  # seconds for a whole request: a filled form over a weak line takes a few
ANSWERED_IN = 60.0  # seconds that a connection may hold a thread, whatever it does
LINGERS_FOR = 2.0  # seconds for requests on their way when the process is told to stop
LONGEST_HEAD = 65_536  # bytes; gunicorn refuses shorter ones with a word of its own
LARGEST_BODY = 1_100_000  # bytes; the application refuses what announces more without reading it
MOST_WAITING = 64_000_000  # bytes of requests that are not whole yet, in one process
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,12})[ \t]*\r\n", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:", re.IGNORECASE)


def whole_length(received: bytes) -> int | None:
    """How many bytes a request is to have before answering it waits for nobody; None until its head says so. What
    can never become a request has arrived already."""
    head, ended, _body = received.partition(b"\r\n\r\n")
    if not ended:
        return 0 if len(received) > LONGEST_HEAD or b"\n\n" in received else None
    length = _LENGTH.search(head + b"\r\n")
    if length is None or _EXPECTS.search(head) or int(length[1]) > LARGEST_BODY:
        return 0
    return len(head) + len(ended) + int(length[1])


@dataclass
class Arriving:
    """A request on its way."""

    content: bytearray = field(default_factory=bytearray)
    wanted: int | None = None

    def take(self, more: bytes) -> bool:
        """Adds what came; whether the request is whole."""
        self.content += more
        if self.wanted is None:
            self.wanted = whole_length(bytes(self.content))
        return self.wanted is not None and len(self.content) >= self.wanted


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """Collects each request in the event loop, then gives it to a thread."""

    def init_process(self) -> None:
        """What has arrived of each request, and until when a connection may hold its thread."""
        self._arriving: dict[Any, Arriving] = {}
        self._until: dict[Any, float] = {}
        self._stops_at = math.inf
        super().init_process()

    def enqueue_req(self, conn: Any) -> None:
        """A connection that is new, or kept alive and readable: a thread takes it once its request is whole."""
        if conn.parser is not None and conn.parser.unreader.buf.getvalue():
            super().enqueue_req(conn)  # the next request came along with the last one
            return
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + ARRIVES_IN
        self._arriving[conn] = Arriving()
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._collect, conn))

    def handle(self, conn: Any) -> Any:
        """Answers a request, in a thread."""
        self._until[conn] = time.monotonic() + ANSWERED_IN
        try:
            return super().handle(conn)
        finally:
            self._until.pop(conn, None)

    def murder_pending(self) -> None:
        """Called about once a second: ends what took too long to arrive or to be answered."""
        if not self.alive:  # browsers open connections ahead: stopping does not wait for what never comes
            self._stops_at = min(self._stops_at, time.monotonic() + LINGERS_FOR)
            for conn in self.pending_conns:
                conn.timeout = min(conn.timeout, self._stops_at)
        super().murder_pending()
        waiting = set(self.pending_conns)
        for conn in [one for one in self._arriving if one not in waiting]:
            del self._arriving[conn]
        now = time.monotonic()
        for conn, until in list(self._until.items()):
            if until < now:
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RDWR)

    def _collect(self, conn: Any, _client: object) -> None:
        arriving = self._arriving[conn]
        try:
            more = conn.sock.recv(65_536)
        except BlockingIOError:
            return
        except OSError:
            more = b""
        whole = bool(more) and arriving.take(more)
        if more and not whole and sum(len(one.content) for one in self._arriving.values()) < MOST_WAITING:
            return
        self.poller.unregister(conn.sock)
        self.pending_conns.remove(conn)
        del self._arriving[conn]
        if whole:
            conn.init()
            conn.parser.unreader.unread(bytes(arriving.content))
            super().enqueue_req(conn)
        else:
            self.nr_conns -= 1
            conn.close()
