"""How a case stands before a move, and the verb that a command puts in the middle of the path."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.bpmn import WorkItem, commands
from engine.definitions import Definitions
from engine.facts import Facts
from engine.store.cases import CaseFile
from engine.store.projection import Stored

TOKEN_BITS = 22
"""A key that leaves the system is the case's id and the engine's own id of the token: `case_id << 22 | token`."""


def key_of(case_id: int, token: int) -> int:
    """The 64-bit key of a work item, wait, call or incident."""
    return case_id << TOKEN_BITS | token


def case_of(key: int) -> int:
    """The case that a key belongs to."""
    return key >> TOKEN_BITS


def token_of(key: int) -> int:
    """The engine's own id behind a key."""
    return key & ((1 << TOKEN_BITS) - 1)


@dataclass(frozen=True)
class Standing:
    """A case as it was read, with the definitions it is bound to and the rows of what is open."""

    case: CaseFile
    facts: Facts
    definitions: Definitions
    stored: Mapping[tuple[str, int], Stored] = field(default_factory=dict)

    def row_of(self, item: WorkItem) -> Stored | None:
        """The row of a work item that was open before the move."""
        return self.stored.get(("work_item", key_of(self.case.id, item.id)))

    def stage_of(self, process: str) -> str:
        """The stage that a process belongs to; empty where it says none."""
        found = self.definitions.bpmn.processes.get(process)
        return found.properties.get("stage", "") if found else ""


def _nothing(_conn: Connection) -> None:
    """No rows beside those of the move."""


@dataclass(frozen=True)
class Verb:
    """What moves the case: the command for the engine and the fact it will be remembered as.

    `writes` are further rows of the same transaction. `performed` is the element that the actor completed, `closes`
    the work item and `token` the hash of the submit that did it.
    """

    kind: str
    command: commands.Command
    particulars: Mapping[str, Any] = field(default_factory=dict)
    happened_at: datetime | None = None
    on_behalf_of: int | None = None
    performed: str | None = None
    closes: int | None = None
    token: str | None = None
    onto: Definitions | None = None
    """The definitions under which the case goes on from here."""
    writes: Callable[[Connection], None] = _nothing
