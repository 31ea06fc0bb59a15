"""What anybody may do without signing in: report, by the same command as everybody else."""

import secrets
from collections.abc import Mapping

from engine.actor import PUBLIC
from engine.commands.reports import Receipt, submit_report
from engine.commands.throttling import admit
from engine.masar import Masar

MOST_REPORTS = 20
"""From one place within five to ten minutes. Whole quarters of a city stand behind one address of a mobile network."""
_SHORTEST_TOKEN = 16


def submit_public_report(masar: Masar, raw: Mapping[str, list[str]], token: str, address: str) -> Receipt:
    """Takes a report in from somebody unknown. `address` is only for the brake and is not kept. Raises Throttled,
    Invalid (fields). All of the public share one name: without a token of ours every submit is a new one, so that
    nobody comes to another's receipt by the same words."""
    admit(masar, "report", address, MOST_REPORTS)
    token = token[:100] if len(token) >= _SHORTEST_TOKEN else secrets.token_urlsafe(16)
    return submit_report(masar, PUBLIC, raw, token)
