"""For each rule about work, calls, data and names: a diagram that breaks it, and the same mended."""

from tests.engine.lint.drawing import (
    call,
    end,
    io,
    job,
    many,
    node,
    process,
    rule,
    script,
    start,
    user,
)
from tests.engine.lint.shapes import (
    GOOD,
    STRAIGHT,
    Pair,
    line,
    loop,
)

WORK: dict[str, Pair] = {
    "work-without-group": (line(user(groups="")), GOOD),
    "group-unknown": (line(user(groups="managers")), GOOD),
    "group-not-of-lane": (
        process(
            '<bpmn:laneSet id="ls"><bpmn:lane id="lane_case_supervisor"><bpmn:flowNodeRef>review</bpmn:flowNodeRef>'
            "</bpmn:lane></bpmn:laneSet>",
            start(),
            user(),
            end(),
            *STRAIGHT,
        ),
        process(
            '<bpmn:laneSet id="ls"><bpmn:lane id="lane_case_manager"><bpmn:flowNodeRef>review</bpmn:flowNodeRef>'
            "</bpmn:lane></bpmn:laneSet>",
            start(),
            user(),
            end(),
            *STRAIGHT,
        ),
    ),
    "work-without-form": (line(user(form="")), GOOD),
    "form-unknown": (line(user(form="ghost")), GOOD),
    "date-unreadable": (
        line(user(more='<zeebe:taskSchedule dueDate="tomorrow"/>')),
        line(user(more='<zeebe:taskSchedule dueDate="=opened_at + duration(&quot;P1D&quot;)"/>')),
    ),
    "priority-unreadable": (
        line(user(more='<zeebe:priorityDefinition priority="high"/>')),
        line(user(more='<zeebe:priorityDefinition priority="80"/>')),
    ),
    "four-eyes-broken": (
        line(user(properties='<zeebe:property name="not_done_by" value="ghost"/>')),
        line(user(properties='<zeebe:property name="not_done_by" value="other_work"/>')),
    ),
    "answered-twice": (
        loop(user(), "review"),
        loop(user(more=io("output visits =review.visits")), "review"),
    ),
    "task-without-kind": (line(node("manualTask", "review")), GOOD),
    "decision-call": (line(rule("review", "D99_ghost")), line(rule("review"))),
    "script-not-feel": (line(script("review", "visits + 1")), line(script("review", "=1 + 1"))),
    "job-type": (line(job("review", "delete-everything")), line(job("review"))),
    "job-settings": (
        line(job("review", headers="destination=https://evil.example template=t")),
        line(job("review")),
    ),
    "call-unknown": (line(call("review", "ghost")), line(call("review"))),
    "call-recursion": (line(call("review", "stage")), line(call("review"))),
    "call-inputs-unstated": (line(call("review", all_in="true")), line(call("review"))),
    "multi-collection": (
        line(user(inner=many("", "results", "=review"))),
        line(user(inner=many("=[1, 2]", "results", "=review"))),
    ),
    "multi-results-lost": (
        line(user(more=io("output a =review"), inner=many("=[1, 2]"))),
        line(user(more=io("output a =review"), inner=many("=[1, 2]", "results", "=a"))),
    ),
    "multi-completion": (
        line(user(inner=many("=[1]", "r", "=review", "<bpmn:completionCondition>r.ok</bpmn:completionCondition>"))),
        line(
            user(
                inner=many(
                    "=[1]",
                    "r",
                    "=review",
                    "<bpmn:completionCondition>=count(r) = 1</bpmn:completionCondition>",
                )
            )
        ),
    ),
    "name-tricks": (line(user(name="قبول\u202eلوبق")), GOOD),
    "name-missing": (line(user(name="Review")), GOOD),
    "variable-unwritten": (
        process(start(), script("count", "=vists + 1"), end(), "begins>count", "count>over", inputs="visits"),
        process(start(), script("count", "=visits + 1"), end(), "begins>count", "count>over", inputs="visits"),
    ),
}
