"""Logs: one JSON object a line on standard error, without names, addresses, answers or query strings."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

_PARTICULARS = ("event", "request", "incident", "endpoint", "method", "status", "milliseconds", "error", "frames")


class JsonLines(logging.Formatter):
    """Writes the named particulars of a record; messages of other packages pass as text, on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, object] = {"at": at, "level": record.levelname.lower()}
        particulars = {name: value for name in _PARTICULARS if (value := getattr(record, name, None)) is not None}
        line |= particulars or self.of_others(record)
        return json.dumps(line, ensure_ascii=False)

    def of_others(self, record: logging.LogRecord) -> dict[str, object]:
        """What is written of a record that is not one of our events. Tracebacks are left out: they quote data."""
        return {"event": "message", "logger": record.name, "message": record.getMessage()}


def log_to(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Sends all logs of this process to a stream (standard error) as JSON lines."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
