"""What the pages write down: events and failures, with the number of the request and never its content."""

import logging
import traceback
from types import TracebackType

from flask import g, has_request_context

LOG = logging.getLogger("masar.web")


def note(event: str, **particulars: object) -> None:
    """Writes down something that happened."""
    LOG.info(event, extra={"event": event, "request": request_number(), **particulars})


def request_number() -> str | None:
    """The number that all lines about one request share, drawn when it came in; None outside a request."""
    return g.get("request_number") if has_request_context() else None


def note_failure(incident: str, endpoint: str, error: BaseException) -> None:
    """Writes down an unexpected error: where, never what it says, because messages quote people's data."""
    particulars = {
        "event": "failure", "request": request_number(), "incident": incident, "endpoint": endpoint,
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
