"""The engineers' list of destinations: where mail and webhooks may go, and which fields may leave.

A diagram names a destination by its key and nothing else; what is not listed here cannot be reached.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from engine.calls.work import CallFailed, Work
from engine.text import Text


@dataclass(frozen=True)
class Destination:
    """A mail address or the address of a webhook. `fields` may leave; `secret` signs webhooks."""

    key: str
    kind: str
    to: str
    fields: frozenset[str]
    subject: str = ""
    secret: str = ""


def destination_of(path: Path | None, work: Work, kind: str) -> Destination:
    """The destination that a call names; raises CallFailed where the list has none of that kind."""
    key = work.headers.get("destination", "")
    try:
        found = read_destinations(path).get(key) if path else None
    except (OSError, ValueError, AttributeError, yaml.YAMLError) as error:
        why = type(error).__name__
        raise CallFailed(Text(
            f"لا تُقرأ قائمة الجهات التي يضعها المهندسون ({why}).",
            f"The engineers' list of destinations cannot be read ({why}).")) from error
    if found is None or found.kind != kind:
        raise CallFailed(Text(
            f"لا جهة «{key}» من نوع {kind} في قائمة المهندسين.",
            f"There is no {kind} destination “{key}” in the engineers' list."))
    return found


def leaving(destination: Destination, work: Work) -> dict[str, Any]:
    """The fields of a call that may leave to a destination; the rest stays here whatever the diagram says."""
    given = work.variables.get("fields")
    fields = given if isinstance(given, Mapping) else work.variables
    return {name: fields[name] for name in sorted(destination.fields & set(fields))}


@lru_cache(maxsize=8)
def read_destinations(path: Path) -> Mapping[str, Destination]:
    """All destinations of a list, read once per process; raises ValueError naming what is wrong."""
    content = yaml.safe_load(path.read_text("utf-8")) or {}
    found = {}
    for key, line in (content.get("destinations") or {}).items():
        kind, to = str(line.get("kind", "")), str(line.get("to", ""))
        if kind not in ("mail", "webhook") or not to:
            raise ValueError(f"destination {key}: needs kind (mail or webhook) and to")
        if kind == "webhook" and urlsplit(to).scheme not in ("http", "https"):
            raise ValueError(f"destination {key}: a webhook goes to an http or https address")
        if kind == "webhook" and not line.get("secret"):
            raise ValueError(f"destination {key}: a webhook needs a secret, by which the receiver knows us")
        found[str(key)] = Destination(
            str(key), kind, to, frozenset(map(str, line.get("fields") or ())), str(line.get("subject", "")),
            str(line.get("secret", "")),
        )
    return found
