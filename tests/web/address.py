"""An application at a local address of its own, for a browser or a program."""

import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from flask import Flask
from werkzeug.serving import make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Address:
    """An application served by a thread between entering and leaving."""

    def __init__(self, app: Flask) -> None:
        self._server = make_server("127.0.0.1", 0, _whole(app), threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self.address = f"http://127.0.0.1:{self._server.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def _whole(app: "WSGIApplication") -> "WSGIApplication":
    """The application with each answer put together and closed before it is sent: werkzeug's server, which is for
    development only, leaves a file open where the browser hangs up while it is sent, and the suite takes that for a
    mistake."""

    def answered(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        parts = app(environ, start_response)
        try:
            return [b"".join(parts)]
        finally:
            if callable(close := getattr(parts, "close", None)):
                close()

    return answered
