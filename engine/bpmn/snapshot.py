"""The state document of a case: live tokens, scopes, a counter. Canonical JSON of our own schema, FEEL types kept.

{"schema": 1, "process": id, "counter": n,
 "flows": [[host token or 0, [[token, node, "w|r|s", memo], …]], …],   # outermost first; none when finished
 "scopes": [[id, parent, values, {wall, items, results}?], …],
 "outbox": [[call, {name, process, element, since, values, incident?}], …]}      # only where a signal is to be told
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.bpmn.containers import Container
from engine.bpmn.flow import Flow
from engine.bpmn.problems import BpmnError, Runaway
from engine.bpmn.run import Run
from engine.bpmn.scopes import ROOT, Scope, Scopes
from engine.bpmn.spiff import READY, STARTED, WAITING, Token
from engine.bpmn.values import Values
from engine.text import Text

if TYPE_CHECKING:
    from engine.bpmn.bundle import Bundle

SCHEMA = 1
MOST_BYTES = 16_000_000
_write = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False).encode
LETTER_OF = {WAITING: "w", READY: "r", STARTED: "s"}
STATE_OF = {letter: state for state, letter in LETTER_OF.items()}


def dump(run: Run) -> bytes:
    """The state of a case that has come to rest. Raises Runaway where it has grown too large to go on with."""
    document = {
        "schema": SCHEMA, "process": run.process, "counter": run.counter,
        "flows": [[one.key, [_row(token) for token in one.tokens()]] for one in sorted(run.flows.values(), key=_place)],
        "scopes": [_scope_row(id, scope) for id, scope in sorted(run.scopes.all.items())],
    }
    if run.outbox:
        document["outbox"] = [[id, said] for id, said in sorted(run.outbox.items())]
    written = _write(document).encode("utf-8", "replace")
    if len(written) > MOST_BYTES:
        megabytes = MOST_BYTES // 1_000_000
        raise Runaway(Text(
            f"بيانات الملف أكبر من {megabytes} ميغابايت، فلم يُحفظ شيء من هذه الخطوة.",
            f"The case has grown beyond {megabytes} MB; nothing of this move was kept."))
    return written


def _place(flow: Flow) -> tuple[int, int]:
    """By their ids, each after the one around it (younger than what it holds, where that was moved into it)."""
    youngest, around = flow.key, flow
    while around.host is not None:
        around = around.host.workflow
        youngest = max(youngest, around.key)
    return youngest, flow.depth


def _row(token: Token) -> list[Any]:
    return [token.id, token.task_spec.name, LETTER_OF[token._state], token.memo]


def _scope_row(id: int, scope: Scope) -> list[Any]:
    more: dict[str, Any] = {}
    if scope.wall:
        more["wall"] = True
    if scope.items is not None:
        more["items"] = scope.items
    if scope.results is not None:
        more["results"] = scope.results
    return [id, scope.parent, scope.values.json, more] if more else [id, scope.parent, scope.values.json]


def load(bundle: Bundle, state: bytes, now: datetime) -> Run:
    """A case as it came to rest. Raises BpmnError where a token stands on what the definitions do not have."""
    document = json.loads(state)
    if document.get("schema") != SCHEMA:
        raise BpmnError(Text("صيغة حالة غير معروفة.", "The state is of a schema that is not known."))
    scopes = {row[0]: _scope(row) for row in document["scopes"]}
    run = Run(bundle, now, document["process"], int(document["counter"]), Scopes(scopes))
    run.outbox = dict(document.get("outbox", ()))
    for key, rows in document["flows"]:
        flow = _flow(run, key)
        for id, node, letter, memo in rows:
            if node not in flow.graph.task_specs:
                raise BpmnError(Text(
                    f"العنصر «{node}» غير موجود في هذا الإصدار.", f"This version has no element “{node}”."), node)
            Token(flow, flow.graph.task_specs[node], None, STATE_OF[letter], id).memo.update(memo)
    return run


def _scope(row: list[Any]) -> Scope:
    more = row[3] if len(row) > 3 else {}
    return Scope(row[1], Values(row[2]), bool(more.get("wall")), more.get("items"), more.get("results"))


def _flow(run: Run, key: int) -> Flow:
    if key == 0:
        if run.process not in run.bundle.processes:
            raise BpmnError(Text(
                f"لا يوجد إجراء «{run.process}».", f"There is no process “{run.process}”."), run.process)
        run.flows[0] = Flow(run, run.bundle.processes[run.process].graph, None, ROOT)
        return run.flows[0]
    host = run.token(key)
    if host is None or not isinstance(host.task_spec, Container):
        raise BpmnError(Text("الحالة المحفوظة لا تناسب المخطط.", "The stored state does not fit the diagram."))
    run.flows[key] = Flow(run, host.task_spec.graph(host), host, host.task_spec.inner_scope(host))
    return run.flows[key]
