"""What an event of a move holds: the command, everything it led to, and the hash of the state it left.

Particulars are facts, never sentences: pages find the words. Everything that came from outside the pure move
(clock, answers, decision results, due dates) stands here, so that the move can be made again and compared.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from engine.bpmn import Log, Outcome, WorkItem, commands
from engine.feel.codec import dumps, loads

COMMANDS: Mapping[str, type[Any]] = {
    "start": commands.Start, "reopen": commands.Reopen, "complete": commands.Complete, "fire": commands.Fire,
    "signal": commands.Signal,
    "finish_call": commands.FinishCall, "fail_call": commands.FailCall, "stumble": commands.Stumble,
    "retry": commands.Retry, "amend": commands.Amend, "extend": commands.Extend, "cancel": commands.Cancel,
    "migrate": commands.Migrate,
}
_NAMES = {kind: name for name, kind in COMMANDS.items()}


def command_document(command: commands.Command) -> dict[str, Any]:
    """A command as an event keeps it."""
    return {"do": _NAMES[type(command)], **{f.name: getattr(command, f.name) for f in fields(command)}}


def command_from(document: Mapping[str, Any]) -> commands.Command:
    """The command that an event kept."""
    values = dict(document)
    command: commands.Command = COMMANDS[values.pop("do")](**values)
    return command


def move_payload(
    command: commands.Command, outcome: Outcome, before: Mapping[str, Any], after: Mapping[str, Any],
    opened: Sequence[WorkItem], particulars: Mapping[str, Any],
) -> bytes:
    """The payload of an event that moved a case.

    `before` and `after` are the plain facts (stage, risk, manager, unit, status…) around the move; what differs is
    kept. `particulars` name the element and the form's hash.
    """
    changes = {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}
    document = {
        **particulars,
        "command": command_document(command),
        "changes": changes,
        "opened": [_opened(item) for item in opened],
        "log": [_logged(entry) for entry in outcome.log if entry.kind not in QUIET],
        "state": state_hash(outcome.state),
    }
    return dumps(document).encode()


def state_hash(state: bytes) -> str:
    """The identity of a state document."""
    return hashlib.sha256(state).hexdigest()


def document_of(payload: bytes) -> dict[str, Any]:
    """The particulars of an event."""
    document = loads(payload.decode())
    return document if isinstance(document, dict) else {}


def event_payload(**particulars: Any) -> bytes:
    """The payload of an event that moved nothing."""
    return dumps(particulars).encode()


# Entering a node says nothing that its completion or the work it opened does not say.
QUIET = frozenset({"entered"})


def _opened(item: WorkItem) -> dict[str, Any]:
    return {
        "id": item.id, "process": item.process, "element": item.element, "groups": list(item.groups),
        "assignee": item.assignee, "due": item.due,
    }


def _logged(entry: Log) -> list[Any]:
    detail = dict(entry.detail) if entry.kind in ("decided", "incident", "thrown", "fired") else None
    row = [entry.kind, entry.process, entry.element, entry.token]
    return [*row, detail] if detail else row
