"""What diagrams may ask of the outside, one module per type, listed in one table.

A call is done after the commit, at least once; its id is the idempotency key. Types that are not in the table
never reach a running case: the linter refuses them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from engine.bpmn.run import BROADCAST
from engine.calls.cases import (
    do_broadcast_signal,
    do_hand_over_case,
    do_open_case,
    do_publish_message,
    do_reopen_case,
    do_seal_file,
)
from engine.calls.complaints import (
    do_find_concerned,
    do_note_inspection,
    do_open_inspection,
    do_open_report,
    do_stop_provider,
)
from engine.calls.gaps import do_note_service_gap
from engine.calls.mail import do_mail
from engine.calls.webhook import do_webhook
from engine.calls.work import Work
from engine.masar import Masar

CALL_TYPES: Mapping[str, Callable[[Masar, Work], Mapping[str, Any]]] = {
    "open_case": do_open_case,
    "reopen_case": do_reopen_case,
    "hand_over_case": do_hand_over_case,
    "seal_file": do_seal_file,
    "note_service_gap": do_note_service_gap,
    "find_concerned": do_find_concerned,
    "open_report": do_open_report,
    "open_inspection": do_open_inspection,
    "note_inspection": do_note_inspection,
    "stop_provider": do_stop_provider,
    "publish_message": do_publish_message,
    "mail": do_mail,
    "webhook": do_webhook,
    BROADCAST: do_broadcast_signal,
}
"""The last is the engine's own: a diagram asks for it by throwing a signal, never by naming it."""

__all__ = ["CALL_TYPES", "Work"]
