"""Draws small diagrams for the linter's tests."""

from engine.bpmn.lint import Diagram, Known, lint, read_diagram
from engine.bpmn.lint.known import Asked
from engine.bpmn.reading import parse_diagram
from engine.findings import Finding

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'id="definitions_1" targetNamespace="urn:masar">'
)
FORMS: dict[str, tuple[Asked, ...]] = {
    "review": (),
    "visit": (Asked("visitor", frozenset({"plan"}), frozenset({"last"}), frozenset({"unit"})),),
}
ANSWERS = {"visit": frozenset({"seen", "danger"})}
RESULTS = {"D06_timeframes": frozenset({"plan", "visit"})}
DECISIONS = {"D06_timeframes": frozenset({"level"})}
GROUPS = frozenset({"case_manager", "case_supervisor", "hotline_officer", "provider_user"})
CALL_TYPES = frozenset({"mail", "open_case", "publish_message", "webhook"})
DESTINATIONS = frozenset({"police", "hospital"})


def process(*parts: str, id: str = "stage", outside: str = "", inputs: str = "", name_en: str = "Stage") -> bytes:
    """A file with one process. Parts without a leading "<" are flows, such as "a>b" or "a>b if =x"."""
    stated = f'<zeebe:property name="inputs" value="{inputs}"/>' if inputs else ""
    head = extension(f"<zeebe:properties>{english(name_en)}{stated}</zeebe:properties>")
    body = "".join(part if part.startswith("<") else flow(part) for part in parts)
    return (
        f'{HEAD}{outside}<bpmn:process id="{id}" name="مرحلة" isExecutable="true">{head}{body}</bpmn:process>'
        "</bpmn:definitions>"
    ).encode()


def flow(words: str) -> str:
    """ "a>b", "a>b if =x = 1": a sequence flow named a_b."""
    ends, _, condition = words.partition(" if ")
    source, target = ends.split(">")
    inner = f"<bpmn:conditionExpression>{escape(condition)}</bpmn:conditionExpression>" if condition else ""
    return (
        f'<bpmn:sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}'
        "</bpmn:sequenceFlow>"
    )


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def english(name: str = "Name") -> str:
    return f'<zeebe:property name="name_en" value="{name}"/>'


def extension(inner: str) -> str:
    return f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>"


def node(
    tag: str,
    id: str,
    zeebe: str = "",
    inner: str = "",
    name: str = "عنصر",
    properties: str = "",
    **attributes: str,
) -> str:
    """A flow node with an Arabic and an English name."""
    given = "".join(f' {key.replace("__", ":")}="{escape(value)}"' for key, value in attributes.items())
    head = extension(f"{zeebe}<zeebe:properties>{english()}{properties}</zeebe:properties>")
    return f'<bpmn:{tag} id="{id}" name="{name}"{given}>{head}{inner}</bpmn:{tag}>'


def user(
    id: str = "review",
    groups: str = "case_manager",
    form: str = "review",
    more: str = "",
    inner: str = "",
    **rest: str,
) -> str:
    """A user task."""
    zeebe = "<zeebe:userTask/>"
    zeebe += f'<zeebe:formDefinition formId="{form}"/>' if form else ""
    zeebe += f'<zeebe:assignmentDefinition candidateGroups="{escape(groups)}"/>' if groups else ""
    return node("userTask", id, zeebe + more, inner, **rest)


def io(*pairs: str) -> str:
    """ "input a =b", "output a =b" as a mapping."""
    inner = ""
    for pair in pairs:
        side, target, source = pair.split(" ", 2)
        inner += f'<zeebe:{side} source="{escape(source)}" target="{target}"/>'
    return f"<zeebe:ioMapping>{inner}</zeebe:ioMapping>"


def start(id: str = "begins", inner: str = "", **attributes: str) -> str:
    return node("startEvent", id, inner=inner, **attributes)


def end(id: str = "over", inner: str = "") -> str:
    return node("endEvent", id, inner=inner)


def gateway(kind: str, id: str, default: str = "") -> str:
    return node(f"{kind}Gateway", id, **({"default": default} if default else {}))


def timer(text: str, kind: str = "timeDuration") -> str:
    return f"<bpmn:timerEventDefinition><bpmn:{kind}>{escape(text)}</bpmn:{kind}></bpmn:timerEventDefinition>"


def message_of(id: str = "m1") -> str:
    return f'<bpmn:messageEventDefinition messageRef="{id}"/>'


def message(id: str = "m1", name: str = "answer", key: str = "=case_number") -> str:
    inner = extension(f'<zeebe:subscription correlationKey="{escape(key)}"/>') if key else ""
    return f'<bpmn:message id="{id}" name="{name}">{inner}</bpmn:message>'


def many(collection: str = "=plan.items", output: str = "", result: str = "", inner: str = "") -> str:
    attributes = f'inputCollection="{escape(collection)}" inputElement="one"' if collection else ""
    attributes += f' outputCollection="{output}"' if output else ""
    attributes += f' outputElement="{escape(result)}"' if result else ""
    body = extension(f"<zeebe:loopCharacteristics {attributes}/>")
    return f"<bpmn:multiInstanceLoopCharacteristics>{body}{inner}</bpmn:multiInstanceLoopCharacteristics>"


def job(
    id: str = "send",
    kind: str = "mail",
    headers: str = "destination=police template=alarm",
    more: str = "",
    tag: str = "serviceTask",
) -> str:
    """A service or send task; headers as "key=value key=value"."""
    inner = "".join(
        f'<zeebe:header key="{key}" value="{value}"/>' for key, _, value in (h.partition("=") for h in headers.split())
    )
    zeebe = f'<zeebe:taskDefinition type="{kind}"/>' if kind else ""
    return node(tag, id, f"{zeebe}<zeebe:taskHeaders>{inner}</zeebe:taskHeaders>{more}")


def script(id: str = "count", expression: str = "=1", result: str = "visits") -> str:
    return node("scriptTask", id, f'<zeebe:script expression="{escape(expression)}" resultVariable="{result}"/>')


def call(id: str = "inner", target: str = "other", all_in: str = "false", more: str = "") -> str:
    return node(
        "callActivity",
        id,
        f'<zeebe:calledElement processId="{target}" propagateAllParentVariables="{all_in}"/>{more}',
    )


def rule(id: str = "decide", decision: str = "D06_timeframes", result: str = "limits") -> str:
    return node("businessRuleTask", id, f'<zeebe:calledDecision decisionId="{decision}" resultVariable="{result}"/>')


OTHER = process(start(), user("other_work"), end(), "begins>other_work", "other_work>over", id="other", inputs="person")
"""A process to call."""


def read(source: bytes) -> Diagram:
    return read_diagram(parse_diagram(source))


def known_with(*sources: bytes) -> Known:
    """Surroundings in which some diagrams exist."""
    processes = {one.id: one for source in sources for one in read(source).processes}
    return Known(processes, DECISIONS, FORMS, ANSWERS, RESULTS, GROUPS, DESTINATIONS, CALL_TYPES)


def findings(source: bytes, *others: bytes) -> list[Finding]:
    """What the linter says of a diagram among others."""
    return lint(read(source), "stage.bpmn", known_with(OTHER, source, *others))


def broken_rules(source: bytes, *others: bytes) -> set[str]:
    return {finding.rule for finding in findings(source, *others)}


def boundary_event(id: str, host: str, inner: str, **attributes: str) -> str:
    """An event on the border of another element."""
    return node("boundaryEvent", id, inner=inner, attachedToRef=host, **attributes)
