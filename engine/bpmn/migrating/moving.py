"""Moving a case to other definitions. Pure, and whole or not at all: whatever cannot be moved is told in reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.bpmn.activities import Activity
from engine.bpmn.bundle import Bundle
from engine.bpmn.commands import Migrate
from engine.bpmn.events import Attached, Catch, EventStart
from engine.bpmn.graph import Graph
from engine.bpmn.migrating.landing import Landing
from engine.bpmn.migrating.plan import Place, Plan, plan_of
from engine.bpmn.migrating.reasons import CannotMove, Reason
from engine.bpmn.nodes import EventGateway, Join, Node, is_waiting
from engine.bpmn.outcome import STUMBLED, Outcome, WorkItem
from engine.bpmn.problems import Fault, NotOpen, Runaway
from engine.bpmn.schedule import KEPT, outcome_of, plain
from engine.bpmn.snapshot import dump, load
from engine.bpmn.spiff import Token
from engine.bpmn.timers import moment_at
from engine.bpmn.values import Values


def migrate(before: Bundle, after: Bundle, state: bytes, command: Migrate, now: datetime) -> Outcome:
    """What a case that runs under `before` becomes under `after`. Ids stay, and with them whatever hangs on an open
    work item; so do due dates, timers and assignees, unless the plan says otherwise of an element.

    Raises CannotMove with every reason, NotOpen where the case has ended, BpmnError where the state does not fit
    `before`. Whatever is raised, nothing has happened.
    """
    plan = plan_of(command.plan)
    old = load(before, state, now)
    if old.finished:
        raise NotOpen
    stood = outcome_of(old, state)
    landing = Landing(after, plan, old)
    _drop(landing)
    _rename(landing)
    try:
        landing.put_down()
        _begin_what_is_new(landing)
        for token in landing.landed.values():
            _recompute(landing, token)
        if not landing.reasons:
            _go_on(landing)
    except Runaway:
        landing.refuse("runs-away", old.process, "")
    if landing.reasons:
        raise CannotMove(*landing.reasons)
    return _outcome(landing, stood)


def _drop(landing: Landing) -> None:
    """What the plan says is no longer needed goes, with everything that hangs on it."""
    plan, old = landing.plan, landing.old
    for token in old.tokens():
        element, flow = token.task_spec.element, token.workflow
        place = plan.place_of(element.process, element.id)
        via = token.memo.get("via")
        arrow = plan.flow_of(element.process, via) if via is not None else Place(via)
        if not (place.drop or arrow.drop) or "body" in token.memo or token.id not in flow.tasks:
            continue
        flow.withdraw(token)
        if flow.is_over() and old.flows.get(flow.key) is flow:
            landing.refuse("drop-last", element.process, element.id)


def _rename(landing: Landing) -> None:
    """Variables get the names under which the new version knows them."""
    old = landing.old
    processes = {0: old.process}
    for flow in old.flows.values():
        for token in flow.tokens():
            processes[token.id] = flow.graph.process
            names = landing.plan.of(flow.graph.process).variables
            if names and "got" in token.memo:
                token.memo["got"] = sorted(names.get(name, name) for name in token.memo["got"])
        if flow.host is not None and -flow.host.id in old.scopes:
            processes[-flow.host.id] = flow.graph.process
    for id, scope in old.scopes.all.items():
        process = processes.get(id, "")
        names = landing.plan.of(process).variables if process else {}
        renamed = {names.get(name, name): json for name, json in scope.values.json.items()}
        if len(renamed) != len(scope.values.json):
            landing.refuse("variable-taken", process, "")
        elif names:
            scope.values = Values(renamed)


def _begin_what_is_new(landing: Landing) -> None:
    """Events that the new version has and the old one had not begin to wait; what happened already does not again."""
    for id, token in list(landing.landed.items()):
        node, was = token.task_spec, landing.old.token(id)
        assert was is not None
        if "since" in token.memo and "body" not in token.memo and isinstance(node, Activity):
            known = _images(landing, was.task_spec.boundaries)
            for boundary in node.boundaries:
                if boundary.name not in known:
                    token.workflow.place(boundary, host=id).arrive()
        _join_the_race(landing, token, was)
    for flow in landing.old.flows.values():
        image = landing.new.flows.get(flow.key)
        if image is not None:
            known = _images(landing, [start for start in flow.graph.starts if isinstance(start, EventStart)])
            for start in image.graph.starts:
                if isinstance(start, EventStart) and start.name not in known:
                    image.place(start).arrive()


def _images(landing: Landing, nodes: list[Node]) -> set[str]:
    """What became of events of the old version, by their ids in the new one; those without a place by their own."""
    places = [(node, landing.plan.place_of(node.element.process, node.element.id)) for node in nodes]
    return {place.element or node.element.id for node, place in places}


def _join_the_race(landing: Landing, token: Token, was: Token) -> None:
    """Where several events race, all of them race: one that is new does so too, and one that waited alone now races
    with the others."""
    node, flow = token.task_spec, token.workflow
    if not isinstance(node, Catch) or isinstance(node, Attached) or "wait" not in token.memo:
        return
    gates = _gates(flow.graph, node)
    gate = token.memo.get("gate")
    if not gates:
        if gate is not None:
            landing.refuse("other-gateway", was.task_spec.element.process, was.task_spec.element.id)
        return
    racing = [other for other in flow.tokens() if gate is not None and other.memo.get("gate") == gate]
    together = [one for one in gates if all(_gates(flow.graph, other.task_spec) >= {one} for other in racing)]
    if not together:
        landing.refuse("other-gateway", was.task_spec.element.process, was.task_spec.element.id)
        return
    if gate is None:
        gate = token.memo["gate"] = landing.new.next_id()
        racing = [token]
    known = _images(landing, [arrow.target for one in _gates(was.workflow.graph, was.task_spec) for arrow in one.flows])
    known |= {other.task_spec.name for other in racing}
    for arrow in min(together, key=lambda one: one.name).flows:
        if arrow.target.name not in known:
            flow.place(arrow.target, gate=gate).arrive()


def _gates(graph: Graph, node: Node) -> set[EventGateway]:
    """The event gateways that lead to a node."""
    return {
        one for one in graph.task_specs.values()
        if isinstance(one, EventGateway) and any(arrow.target is node for arrow in one.flows)
    }


def _recompute(landing: Landing, token: Token) -> None:
    """A timer or key as the new version has it, counted from when its activity opened, where the plan says so."""
    node, run = token.task_spec, landing.new
    was = landing.old.token(token.id)
    assert was is not None
    element = was.task_spec.element
    wait = token.memo.get("wait")
    if wait is None or not isinstance(node, Catch) or not landing.plan.place_of(element.process, element.id).recompute:
        return
    env = run.env
    if wait["kind"] == "timer" and "every" not in wait:
        run.env = replace(env, now=env.local(moment_at(token.memo["since"])))
    try:
        token.memo["wait"] = node.arm(token)
    except Fault:
        landing.refuse("would-stop", element.process, element.id)
    finally:
        run.env = env


def _go_on(landing: Landing) -> None:
    """Joins look again whether all have come; those that wait at one which is gone go on."""
    for token in landing.arriving:
        token.arrive()
        was = landing.old.token(token.id)
        assert was is not None
        _join_the_race(landing, token, was)
    for token in landing.new.tokens():
        if isinstance(token.task_spec, Join) and is_waiting(token) and token.id in token.workflow.tasks:
            token.arrive()
    landing.new.settle()


def _outcome(landing: Landing, stood: Outcome) -> Outcome:
    new = landing.new
    new.log = [*landing.old.log, *new.log]
    for token in landing.landed.values():
        token.memo.pop(STUMBLED, None)  # under the new version it may be sent with more success
    outcome = outcome_of(new, dump(new))
    if _keep(landing, stood, outcome):
        outcome = outcome_of(new, dump(new))
    known = {one.id for one in stood.incidents}
    stops = [Reason("would-stop", one.process, one.element) for one in outcome.incidents if one.id not in known]
    if stops:
        raise CannotMove(*stops)
    return outcome


def _keep(landing: Landing, stood: Outcome, outcome: Outcome) -> bool:
    """What the new version would compute otherwise of open work stays as it stood, as long as it computes that. A risk
    that is scored again therefore moves due dates as ever. Returns whether anything is kept so."""
    before = {item.id: item for item in stood.items}
    kept = False
    for item in outcome.items:
        token, was = landing.landed.get(item.id), before.get(item.id)
        if token is None or was is None:
            continue
        if landing.plan.place_of(was.process, was.element).recompute:
            continue
        differs = _differing(was, item)
        if differs:
            token.memo["kept"], kept = differs, True
    return kept


def _differing(was: WorkItem, item: WorkItem) -> dict[str, Any]:
    pairs = {name: [plain(getattr(was, name)), plain(getattr(item, name))] for name in KEPT}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def stays(before: Bundle, after: Bundle, state: bytes, plan: Plan, now: datetime) -> tuple[Reason, ...]:
    """Why a case cannot be moved; empty where it can."""
    try:
        migrate(before, after, state, Migrate(plan.told().document()), now)
    except CannotMove as problem:
        return problem.reasons
    return ()

