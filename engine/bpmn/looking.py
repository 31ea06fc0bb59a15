"""Looking at a stored state without moving it: what a token sees, and where tokens stand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.bpmn.bundle import Bundle
from engine.bpmn.outcome import STUMBLED
from engine.bpmn.scopes import ROOT, Scope, Scopes
from engine.bpmn.timers import moment_at
from engine.bpmn.values import Values

STOPPED = frozenset({"incident", STUMBLED})


def visible(state: bytes, token: int) -> Mapping[str, Any]:
    """The variables that an open work item or wait sees (those of the case where it is no longer open), and as
    `case` those of the case itself, which forms may read as due dates do."""
    document = json.loads(state)
    scopes = Scopes({row[0]: Scope(row[1], Values(row[2])) for row in document["scopes"]})
    return {**scopes.visible(_scope_of(document, scopes, token)), "case": dict(scopes[ROOT].values)}


def live_elements(bundle: Bundle, state: bytes) -> list[tuple[str, str]]:
    """Process and element of everything that is under way, the activities around it included."""
    return list(dict.fromkeys((process, element) for process, element, _ in tokens_of(bundle, state)))


def tokens_of(bundle: Bundle, state: bytes) -> list[tuple[str, str, int]]:
    """Every token with the process and the element that it stands on, the outermost first."""
    return _tokens(bundle, json.loads(state))


def parked(state: bytes) -> frozenset[int]:
    """The tokens that stopped where they are until somebody says to try again, or that could not take what was sent."""
    document = json.loads(state or b'{"flows": []}')
    tokens = [(token, memo) for _host, rows in document["flows"] for token, _node, _letter, memo in rows]
    return frozenset(id for id, memo in (*tokens, *document.get("outbox", ())) if memo.keys() & STOPPED)


def first_due(state: bytes, token: int, due: datetime) -> datetime:
    """When an open work item, now due at `due`, was due before anybody gave more time for it."""
    for _host, rows in json.loads(state)["flows"]:
        for id, _node, _letter, memo in rows:
            if id == token and "extended" in memo:
                before, later = map(moment_at, memo["extended"])
                return before if later == due else due
    return due


@dataclass(frozen=True)
class Held:
    """The variables of one scope: of the whole case (`element` None), of what the activity `element` of `process`
    called, or of that activity alone."""

    process: str
    element: str | None
    values: Mapping[str, Any]


def scopes_of(bundle: Bundle, state: bytes) -> list[Held]:
    """Every scope that holds variables, the case itself first."""
    document = json.loads(state)
    places = {token: (process, element) for process, element, token in _tokens(bundle, document)}
    found = []
    for id, _parent, values, *_ in document["scopes"]:
        process, element = places.get(abs(id), (str(document["process"]), None))
        if values and (id == ROOT or element is not None):
            found.append(Held(process, element, dict(Values(values))))
    return sorted(found, key=lambda one: one.element is not None)


def _tokens(bundle: Bundle, document: Mapping[str, Any]) -> list[tuple[str, str, int]]:
    processes = {0: str(document["process"])}
    found: list[tuple[str, str, int]] = []
    for host, rows in document["flows"]:
        process = processes.get(host, processes[0])
        for token, node, _letter, _memo in rows:
            element = bundle.processes[process].elements.get(node)
            processes[token] = element.calls if element and element.calls else process
            if element:
                found.append((process, node, token))
    return found


def _scope_of(document: Mapping[str, Any], scopes: Scopes, token: int) -> int:
    if token in scopes:
        return token
    for host, rows in document["flows"]:
        if any(row[0] == token for row in rows):
            return next((scope for scope in (-host, host) if host and scope in scopes), ROOT)
    return ROOT
