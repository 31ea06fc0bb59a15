"""The rules of the linter, all of them, in the order in which their findings are told."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from engine.bpmn.lint import (
    calls,
    elements,
    events,
    expressions,
    flows,
    gateways,
    ids,
    loops,
    multi,
    names,
    outward,
    tokens,
    variables,
    vendor,
    work,
)
from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known
from engine.findings import Severity

Check = Callable[[Diagram, Known], Iterator[Flaw]]


class Rule(NamedTuple):
    """A rule: its name in findings, whether it forbids publishing, and the check that finds flaws."""

    name: str
    severity: Severity
    check: Check


RULES: tuple[Rule, ...] = (
    Rule("process-not-runnable", "error", flows.processes),
    Rule("element-unsupported", "error", elements.unsupported),
    Rule("element-unknown", "error", elements.unknown),
    Rule("too-many-elements", "error", flows.too_long),
    Rule("vendor-setting", "error", vendor.foreign),
    Rule("setting-not-read", "error", vendor.unread),
    Rule("version-binding", "error", vendor.versions),
    Rule("vendor-expression", "error", vendor.juel),
    Rule("setting-misplaced", "error", calls.events_with_jobs),
    Rule("id-missing", "error", ids.missing),
    Rule("id-duplicate", "error", ids.duplicate),
    Rule("id-unreadable", "error", ids.unreadable),
    Rule("id-reserved", "error", ids.reserved),
    Rule("variable-name", "error", ids.shadowing),
    Rule("flow-ends", "error", flows.ends),
    Rule("flow-twin", "warning", flows.twins),
    Rule("start-event", "error", flows.starts),
    Rule("implicit-start", "warning", flows.implied_starts),
    Rule("unreachable", "error", flows.unreachable),
    Rule("dead-end", "error", flows.dead_ends),
    Rule("implicit-end", "warning", flows.implicit_ends),
    Rule("endless-loop", "error", flows.endless),
    Rule("runaway-loop", "error", loops.runaway),
    Rule("loop-of-calls", "warning", loops.loop_of_calls),
    Rule("join-stalls", "error", tokens.stalling_joins),
    Rule("runs-twice", "warning", tokens.doubled_paths),
    Rule("condition-missing", "error", gateways.unconditioned),
    Rule("default-missing", "warning", gateways.no_default),
    Rule("default-wrong", "error", gateways.wrong_default),
    Rule("condition-ignored", "error", gateways.ignored_condition),
    Rule("conditions-may-fail", "error", gateways.stalling_conditions),
    Rule("expression-not-feel", "error", expressions.not_feel),
    Rule("expression-syntax", "error", expressions.syntax),
    Rule("event-misplaced", "error", events.misplaced),
    Rule("event-adrift", "error", events.adrift),
    Rule("event-gateway", "error", events.gateway_successors),
    Rule("message-incomplete", "error", events.messages),
    Rule("error-event", "error", events.errors),
    Rule("error-event-twice", "error", events.several_per_host),
    Rule("error-uncaught", "warning", outward.uncaught),
    Rule("escalation-event", "error", outward.escalations),
    Rule("escalation-unheard", "warning", outward.unheard),
    Rule("signal-incomplete", "error", outward.signals),
    Rule("signal-alone", "warning", outward.lonely_signals),
    Rule("condition-event", "error", outward.conditions),
    Rule("link-event", "error", outward.links),
    Rule("timer-unreadable", "error", events.timers),
    Rule("work-without-group", "error", work.no_group),
    Rule("group-unknown", "error", work.unknown_group),
    Rule("group-not-of-lane", "error", work.lane_differs),
    Rule("work-without-form", "error", work.no_form),
    Rule("form-unknown", "error", work.unknown_form),
    Rule("date-unreadable", "error", work.deadlines),
    Rule("priority-unreadable", "error", work.priority),
    Rule("four-eyes-broken", "error", work.four_eyes),
    Rule("answered-twice", "error", work.answered_twice),
    Rule("task-without-kind", "warning", work.kind_of_work),
    Rule("decision-call", "error", calls.decisions),
    Rule("script-not-feel", "error", calls.scripts),
    Rule("job-type", "error", calls.job_types),
    Rule("job-settings", "error", calls.job_settings),
    Rule("call-unknown", "error", calls.processes),
    Rule("call-recursion", "error", calls.recursion),
    Rule("call-inputs-unstated", "warning", calls.unstated_inputs),
    Rule("multi-collection", "error", multi.collections),
    Rule("multi-results-lost", "warning", multi.lost_results),
    Rule("multi-completion", "error", multi.completion),
    Rule("loop-marker", "error", multi.markers),
    Rule("name-tricks", "error", names.tricks),
    Rule("name-missing", "warning", names.nameless),
    Rule("variable-unwritten", "warning", variables.unwritten),
)
