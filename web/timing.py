"""One log line per request: which page, how it ended, how long it took; never who, whence or with what."""

import time

from flask import Flask, Response, g, request

from web.logs import note

_QUIET = frozenset({"health.health", "built_file", "static"})


def measure(app: Flask) -> None:
    """Notes every request that is not about files."""
    app.before_request(_start)
    app.after_request(_finish)


def _start() -> None:
    g.started = time.perf_counter()


def _finish(response: Response) -> Response:
    if request.endpoint not in _QUIET:
        started = g.get("started")
        took = None if started is None else round((time.perf_counter() - started) * 1e3, 1)
        page, status = request.endpoint or "none", response.status_code
        note("request", method=request.method, endpoint=page, status=status, milliseconds=took)
    return response
