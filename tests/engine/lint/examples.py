"""For each rule: a diagram that breaks it, and the same mended."""

from tests.engine.lint.drawing import (
    call,
    end,
    flow,
    gateway,
    io,
    job,
    many,
    message,
    message_of,
    node,
    process,
    rule,
    script,
    start,
    timer,
    user,
)

Pair = tuple[bytes, bytes]
STRAIGHT = ("begins>review", "review>over")
ERROR_A = '<bpmn:error id="e1" name="refused" errorCode="refused"/>'


def line(work: str, id: str = "review", **rest: str) -> bytes:
    """Start, one element, end."""
    return process(start(), work, end(), f"begins>{id}", f"{id}>over", **rest)


def boundary(inner: str, host: str = "review", **attributes: str) -> str:
    return node("boundaryEvent", "late", inner=inner, attachedToRef=host, **attributes)


GOOD = line(user())

CHOICE = (start(), user("review", more=io("output last =review")), end(), user("second"), end("end_2"))


def choice(first: str, second: str, default: str = "", kind: str = "exclusive") -> bytes:
    """A gateway between two ways with these conditions."""
    ways = [
        f"way>{target} if {text}" if text else f"way>{target}"
        for target, text in (("over", first), ("second", second))
    ]
    return process(
        *CHOICE, gateway(kind, "way", default), "begins>review", "review>way", *ways, "second>end_2"
    )


def loop(middle: str, id: str) -> bytes:
    """An exclusive loop over one element."""
    return process(
        start(),
        gateway("exclusive", "again"),
        middle,
        gateway("exclusive", "enough", "enough_over"),
        end(),
        "begins>again",
        f"again>{id}",
        f"{id}>enough",
        "enough>over",
        "enough>again if =visits &lt; 3".replace("&lt;", "<"),
    )


def split(first: str, join: str, name: str = "two") -> bytes:
    """Two user tasks between a split and a join."""
    default = "fork_review" if first == "exclusive" else ""
    condition = " if =x" if first == "exclusive" else ""
    return process(
        start(),
        gateway(first, "fork", default),
        user("review"),
        user(name),
        gateway(join, "join"),
        user("after"),
        end(),
        "begins>fork",
        "fork>review",
        f"fork>{name}{condition}",
        "review>join",
        f"{name}>join",
        "join>after",
        "after>over",
        inputs="x",
    )


def sub(inner: str, id: str = "part", **attributes: str) -> str:
    return node("subProcess", id, inner=inner, **attributes)


PLAIN_SUB = sub(
    start("s_begins") + user("s_review") + end("s_over") + flow("s_begins>s_review") + flow("s_review>s_over")
)


def event_gateway(*targets: str, flows: tuple[str, ...]) -> bytes:
    return process(
        start(), gateway("eventBased", "wait"), *targets, end(), "begins>wait", *flows, outside=message()
    )


LATE = node("intermediateCatchEvent", "late", inner=timer("P1D"))
ANSWER = node("intermediateCatchEvent", "answer", inner=message_of())


def long_line(count: int) -> bytes:
    nodes = [script(f"n{i}") for i in range(count)]
    names = ["begins", *(f"n{i}" for i in range(count)), "over"]
    return process(start(), *nodes, end(), *(f"{a}>{b}" for a, b in zip(names, names[1:], strict=False)))


EXAMPLES: dict[str, Pair] = {
    "process-not-runnable": (GOOD.replace(b'isExecutable="true"', b""), GOOD),
    "element-unsupported": (line(node("adHocSubProcess", "review")), GOOD),
    "element-unknown": (line(node("choreographyTask", "review") + user()), GOOD),
    "too-many-elements": (long_line(301), long_line(20)),
    "vendor-setting": (line(user(camunda__assignee="demo")), line(user())),
    "setting-not-read": (line(user(more="<zeebe:executionListeners/>")), GOOD),
    "version-binding": (
        GOOD.replace(b'formId="review"', b'formId="review" bindingType="versionTag"'),
        GOOD.replace(b'formId="review"', b'formId="review" bindingType="latest"'),
    ),
    "vendor-expression": (
        choice("${approved}", "", "way_second"),
        choice("=review.approved", "", "way_second"),
    ),
    "setting-misplaced": (
        line(
            node(
                "scriptTask",
                "review",
                '<zeebe:script expression="=1" resultVariable="a"/><zeebe:formDefinition formId="review"/>',
            )
        ),
        line(script("review")),
    ),
    "id-missing": (GOOD.replace(b'id="over"', b""), GOOD),
    "id-duplicate": (GOOD.replace(b'id="over"', b'id="begins"'), GOOD),
    "id-unreadable": (line(user("re-view"), "re-view"), line(user("re_view"), "re_view")),
    "id-reserved": (process(start("Start"), user(), end(), "Start>review", "review>over"), GOOD),
    "variable-name": (line(script("review", result="case")), line(script("review", result="visits"))),
    "flow-ends": (process(start(), user(), end(), *STRAIGHT, "review>ghost"), GOOD),
    "flow-twin": (
        process(start(), user(), end(), *STRAIGHT, flow("review>over").replace("review_over", "again")),
        GOOD,
    ),
    "start-event": (
        process(start(), start("begins_2"), user(), end(), *STRAIGHT, "begins_2>review"),
        GOOD,
    ),
    "unreachable": (process(start(), user(), end(), user("alone"), end("o2"), *STRAIGHT, "alone>o2"), GOOD),
    "dead-end": (
        process(start(), user(), gateway("exclusive", "way"), "begins>review", "review>way"),
        GOOD,
    ),
    "implicit-end": (process(start(), user(), "begins>review"), GOOD),
    "endless-loop": (
        process(
            start(),
            user("review", more=io("output a =review")),
            gateway("exclusive", "g"),
            end(),
            "begins>g",
            "g>review",
            "review>g",
        ),
        loop(user("review", more=io("output visits =review.visits")), "review"),
    ),
    "runaway-loop": (
        loop(script("count", "=visits + 1"), "count"),
        loop(user("review", more=io("output visits =review.visits")), "review"),
    ),
    "loop-of-calls": (
        loop(job("send"), "send"),
        loop(user("review", more=io("output visits =review.visits")), "review"),
    ),
    "join-stalls": (split("exclusive", "parallel"), split("parallel", "parallel")),
    "runs-twice": (split("parallel", "exclusive"), split("exclusive", "exclusive")),
    "condition-missing": (choice("=review.ok", ""), choice("=review.ok", "=not(review.ok)", "")),
    "default-missing": (choice("=review.ok", "=not(review.ok)"), choice("=review.ok", "", "way_second")),
    "default-wrong": (
        choice("=review.ok", "=review.no", "begins_review"),
        choice("=review.ok", "", "way_second"),
    ),
    "condition-ignored": (
        process(
            *CHOICE,
            gateway("parallel", "way"),
            "begins>review",
            "review>way",
            "way>over if =review.ok",
            "way>second",
            "second>end_2",
        ),
        choice("=review.ok", "", "way_second"),
    ),
    "conditions-may-fail": (
        process(start(), user(), end(), "begins>review", "review>over if =review.ok"),
        GOOD,
    ),
    "expression-not-feel": (choice("review.ok", "", "way_second"), choice("=review.ok", "", "way_second")),
    "expression-syntax": (
        choice("=review.ok ==", "", "way_second"),
        choice("=review.ok = true", "", "way_second"),
    ),
    "event-misplaced": (process(start(inner=timer("PT1H")), user(), end(), *STRAIGHT), GOOD),
    "event-adrift": (
        process(start(), user(), end(), boundary(timer("P1D"), "ghost"), end("o2"), *STRAIGHT, "late>o2"),
        process(start(), user(), end(), boundary(timer("P1D")), end("o2"), *STRAIGHT, "late>o2"),
    ),
    "event-gateway": (
        event_gateway(LATE, user(), flows=("wait>late", "wait>review", "late>over", "review>over")),
        event_gateway(LATE, ANSWER, flows=("wait>late", "wait>answer", "late>over", "answer>over")),
    ),
    "message-incomplete": (
        line(node("receiveTask", "review", messageRef="m1"), outside=message(key="")),
        line(node("receiveTask", "review", messageRef="m1"), outside=message()),
    ),
    "error-event": (
        process(start(), user(), end(inner="<bpmn:errorEventDefinition/>"), *STRAIGHT),
        process(
            start(),
            user(),
            end(inner='<bpmn:errorEventDefinition errorRef="e1"/>'),
            *STRAIGHT,
            outside=ERROR_A,
        ),
    ),
    "error-event-twice": (
        process(
            start(),
            PLAIN_SUB,
            end(),
            boundary("<bpmn:errorEventDefinition/>", "part"),
            boundary("<bpmn:errorEventDefinition/>", "part").replace('"late"', '"late_2"'),
            end("o2"),
            end("o3"),
            "begins>part",
            "part>over",
            "late>o2",
            "late_2>o3",
        ),
        process(
            start(),
            PLAIN_SUB,
            end(),
            boundary("<bpmn:errorEventDefinition/>", "part"),
            end("o2"),
            "begins>part",
            "part>over",
            "late>o2",
        ),
    ),
    "timer-unreadable": (
        line(node("intermediateCatchEvent", "review", inner=timer("two days"))),
        line(node("intermediateCatchEvent", "review", inner=timer("P2D"))),
    ),
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
        line(
            user(
                inner=many(
                    "=[1]", "r", "=review", "<bpmn:completionCondition>r.ok</bpmn:completionCondition>"
                )
            )
        ),
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
        process(
            start(), script("count", "=visits + 1"), end(), "begins>count", "count>over", inputs="visits"
        ),
    ),
}
