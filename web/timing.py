"""One log line per request: which page, how it ended, how long it took; never who, whence or with what."""

import secrets
import time

from flask import Flask, Response, current_app, g, request

from web.logs import note

_QUIET = frozenset({"health.health", "health.live", "health.ready", "health.metrics", "built_file", "static"})


def measure(app: Flask) -> None:
    """Counts every request, and notes those that are not about files."""
    app.before_request(_start)
    app.after_request(_finish)


def _start() -> None:
    g.started, g.request_number = time.perf_counter(), secrets.token_hex(8)


def _finish(response: Response) -> Response:
    page, status = request.endpoint or "none", response.status_code
    started = g.get("started")
    if started is None:
        return response
    took = time.perf_counter() - started
    current_app.extensions["metrics"].tally.add(page, status, took)
    if page not in _QUIET:
        note("request", method=request.method, endpoint=page, status=status, milliseconds=round(took * 1e3, 1))
    return response
