"""Other languages, and orders to the machine, in every place of a diagram where an expression may stand."""

from collections.abc import Callable, Iterator
from functools import partial

from tests.engine.hostile.case import Case
from tests.engine.lint.drawing import (
    boundary_event,
    call,
    end,
    escape,
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

CANARY = "MASAR_CANARY"
"""A variable of the environment that names a file; whoever runs any of these makes the file."""
TOUCH = f'touch "${CANARY}"'
PAYLOADS: dict[str, str] = {
    "python": f"__import__('os').system('{TOUCH}')",
    "python_behind_sign": f"=__import__('os').system('{TOUCH}')",
    "python_walk": "=().__class__.__base__.__subclasses__()[0].__init__.__globals__",
    "python_lambda": f"=(lambda: exec(\"import os; os.system('{TOUCH}')\"))()",
    "jinja": "{{ cycler.__init__.__globals__.os.system('" + TOUCH + "') }}",
    "shell": f"`{TOUCH}`; $({TOUCH}) | sh",
    "juel": '${execution.setVariable("x", T(java.lang.Runtime).getRuntime().exec("' + TOUCH + '"))}',
    "juel_hash": '#{runtimeService.deleteProcessInstance("1", "x")}',
    "feel_of_java": '={f: function(a) external {java: {class: "java.lang.Runtime", '
    '"method signature": "exec(String)"}}, '
    f'r: f("{TOUCH}")}}.r',
    "format": "={a.__class__.__mro__} %n%n%s {0.__globals__}",
    "sql": "='; DROP TABLE event; --",
    "feel_forever": "=count(for x in 1..999999999, y in 1..999999999 return x)",
}


def between(*parts: str) -> bytes:
    """A task named `t`, between start and end."""
    return process(start(), *parts, end(), "begins>t", "t>over")


def _timed(kind: str) -> Callable[[str], bytes]:
    return lambda text: between(node("intermediateCatchEvent", "t", inner=timer(text, kind)))


def _condition(text: str) -> bytes:
    return process(
        start(), gateway("exclusive", "t", "t_over"), end(), end("o2"), "begins>t", "t>over", f"t>o2 if {text}"
    )


def _schedule(name: str) -> Callable[[str], bytes]:
    return lambda text: between(user("t", more=f'<zeebe:taskSchedule {name}="{escape(text)}"/>'))


def _assigned(name: str) -> Callable[[str], bytes]:
    return lambda text: between(user("t", more=f'<zeebe:assignmentDefinition {name}="{escape(text)}"/>', groups=""))


def _cycle(text: str) -> bytes:
    border = boundary_event("late", "t", timer(text, "timeCycle"), cancelActivity="false")
    return process(start(), user("t"), border, end(), end("o2"), "begins>t", "t>over", "late>o2")


def _enough(text: str) -> bytes:
    condition = f"<bpmn:completionCondition>{escape(text)}</bpmn:completionCondition>"
    return between(user("t", inner=many("=[1, 2]", inner=condition)))


PLACES: dict[str, Callable[[str], bytes]] = {
    "condition": _condition,
    "script": lambda text: between(script("t", text)),
    "input_mapping": lambda text: between(user("t", more=io(f"input a {text}"))),
    "output_mapping": lambda text: between(user("t", more=io(f"output a {text}"))),
    "duration": _timed("timeDuration"),
    "date": _timed("timeDate"),
    "cycle": _cycle,
    "correlation_key": lambda text: process(
        start(),
        node("intermediateCatchEvent", "t", inner=message_of()),
        end(),
        "begins>t",
        "t>over",
        outside=message(key=text),
    ),
    "collection": lambda text: between(user("t", inner=many(text))),
    "element_of_results": lambda text: between(user("t", inner=many("=[1]", "all", text))),
    "completion_condition": _enough,
    "groups": lambda text: between(user("t", groups=text)),
    "assignee": _assigned("assignee"),
    "candidate_users": _assigned("candidateUsers"),
    "due_date": _schedule("dueDate"),
    "follow_up_date": _schedule("followUpDate"),
    "priority": lambda text: between(user("t", more=f'<zeebe:priorityDefinition priority="{escape(text)}"/>')),
    "form": lambda text: between(user("t", form=escape(text))),
    "called_decision": lambda text: between(rule("t", escape(text))),
    "called_process": lambda text: between(call("t", escape(text))),
    "type_of_job": lambda text: between(job("t", escape(text))),
    "header_of_job": lambda text: between(
        job("t", more=f'<zeebe:taskHeaders><zeebe:header key="to" value="{escape(text)}"/></zeebe:taskHeaders>')
    ),
    "foreign_script": lambda text: between(
        '<bpmn:scriptTask id="t" name="x" scriptFormat="python">'
        f"<bpmn:script>{escape(text)}</bpmn:script></bpmn:scriptTask>"
    ),
    "foreign_listener": lambda text: between(
        user(
            "t",
            more=(f'<camunda:executionListener event="start" expression="{escape(text)}" class="java.lang.Runtime"/>'),
        )
    ),
    "name": lambda text: between(user("t", name=escape(text))),
}


def all_cases() -> Iterator[Case]:
    """Every place once, with the languages in turn."""
    for number, (place, draw) in enumerate(PLACES.items()):
        language = list(PAYLOADS)[number % len(PAYLOADS)]
        text = PAYLOADS[language]
        yield Case(
            f"{language}_as_{place}.bpmn",
            f"has {language.replace('_', ' ')} run as the {place.replace('_', ' ')}",
            partial(draw, text),
            place == "header_of_job",
        )
