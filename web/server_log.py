"""What gunicorn itself has to say, as JSON lines like everything else, and without the address of anybody."""

import logging

from gunicorn.glogging import Logger

from engine.logs import JsonLines


class ServerLines(JsonLines):
    """Gunicorn's messages about requests quote addresses, headers and query strings: only the kind of it is kept."""

    def of_others(self, record: logging.LogRecord) -> dict[str, object]:
        """The message, unless it is about a request."""
        if "request" not in str(record.msg).lower():
            return {"event": "server", "message": record.getMessage()}
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        return {"event": "bad_request", **({"error": error} if error else {})}


class ServerLog(Logger):  # type: ignore[misc]  # gunicorn has no types
    """The logger that web/gunicorn_conf.py names."""

    def _set_handler(self, log: logging.Logger, output: str | None, fmt: object, stream: object = None) -> None:
        del fmt
        super()._set_handler(log, output, ServerLines(), stream)
