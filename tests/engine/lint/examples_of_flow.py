"""For each rule about the flow: a diagram that breaks it, and the same mended."""

from tests.engine.lint.drawing import (
    end,
    flow,
    gateway,
    io,
    job,
    message,
    node,
    process,
    script,
    start,
    timer,
    user,
)
from tests.engine.lint.shapes import (
    ANSWER,
    CHOICE,
    ERROR_A,
    GOOD,
    LATE,
    PLAIN_SUB,
    STRAIGHT,
    Pair,
    boundary,
    choice,
    event_gateway,
    line,
    long_line,
    loop,
    split,
)

FLOWS: dict[str, Pair] = {
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
}
