"""Logs: one JSON object a line, without names, addresses, answers or query strings."""

import json
import logging
import traceback
from types import TracebackType
from typing import TextIO

LOG = logging.getLogger("masar.web")
_PLAIN = ("event", "incident", "endpoint", "method", "status", "milliseconds", "error", "frames")


class JsonLines(logging.Formatter):
    """Writes the named particulars of a record; messages of other libraries pass as text."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, object] = {"at": self.formatTime(record), "level": record.levelname.lower()}
        particulars = {name: value for name in _PLAIN if (value := getattr(record, name, None)) is not None}
        line |= particulars or {"event": "message", "logger": record.name, "message": record.getMessage()}
        return json.dumps(line, ensure_ascii=False)


def log_to(stream: TextIO) -> None:
    """Sends all logs of this process to a stream as JSON lines."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def note(event: str, **particulars: object) -> None:
    """Writes down something that happened."""
    LOG.info(event, extra={"event": event, **particulars})


def note_failure(incident: str, endpoint: str, error: BaseException) -> None:
    """Writes down an unexpected error: where, never what it says, because messages quote people's data."""
    particulars = {
        "event": "failure", "incident": incident, "endpoint": endpoint,
        "error": " < ".join(type(each).__name__ for each in _chain(error)),
        "frames": [place for each in _chain(error) for place in _places(each.__traceback__)],
    }
    LOG.error("failure", extra=particulars)


def _chain(error: BaseException) -> list[BaseException]:
    """The error and what caused it."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain and len(chain) < 5:
        chain.append(link)
        link = link.__cause__ or link.__context__
    return chain


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno}:{frame.name}" for frame in traceback.extract_tb(trace)[-12:]]
