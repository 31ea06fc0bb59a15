"""One call as a worker carries it out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.errors import MasarError


class CallFailed(MasarError):
    """The outside did not take a call; it is tried again later. The message is for the incident, without secrets."""


@dataclass(frozen=True)
class Work:
    """A call taken from the queue. `id` stays the same however often it is tried."""

    id: int
    case_id: int
    unit_id: int
    unit_path: str
    case_number: str
    headers: Mapping[str, str]
    variables: Mapping[str, Any]
