"""Settings of what is done without people: services, decisions, scripts, called processes."""

from lxml import etree

from engine.bpmn.importing.juel import translated
from engine.bpmn.importing.notes import Notes, as_feel, children, drop, keep, ours, said_by, take, without
from engine.bpmn.names import BPMN, ZEEBE, extension, local

CODE = ("class", "delegateExpression", "expression")


def mend_service(node: etree._Element, notes: Notes) -> None:
    """A service or send task, or an event that sends a message: which code it ran is a person's to replace."""
    topic, kind = take(node, "topic"), take(node, "type")
    for definition in node.findall(f"{BPMN}messageEventDefinition"):
        topic, kind = topic or take(definition, "topic"), kind or take(definition, "type")
        for name in CODE:
            _code(node, take(definition, name), notes)
    if topic is not None and extension(node, "taskDefinition") is None:
        before, value = topic
        ours(node, "taskDefinition").set("type", value)
        notes.became(node, f"{before}={value}", f"zeebe:taskDefinition type={value}")
    elif kind is not None:
        _code(node, kind, notes)
    for name in CODE:
        _code(node, take(node, name), notes)
    for name in ("resultVariable", "resultVariableName"):
        _code(node, take(node, name), notes)
    for field in children(node, "field"):
        text = "".join(map(str, field.itertext())).strip() or field.get("stringValue") or field.get("expression") or ""
        _code(node, (f"field:{field.get('name')}", text), notes)
        drop(field)


def _code(node: etree._Element, found: tuple[str, str] | None, notes: Notes) -> None:
    if found is None:
        return
    before, value = found
    keep(node, before, value)
    notes.decide(node, f"{before}={value}: اختر نوع العمل الذي يحل محله (zeebe:taskDefinition).",
                 f"{before}={value}: choose the job type that takes its place (zeebe:taskDefinition).")


def mend_rule(node: etree._Element, notes: Notes) -> None:
    """A business rule task."""
    found, result = take(node, "decisionRef"), take(node, "resultVariable")
    for name in ("decisionRefBinding", "decisionRefVersion", "decisionRefTenantId"):
        take(node, name)
    shape = take(node, "mapDecisionResult")
    if found is None:
        mend_service(node, notes)
        return
    before, value = found
    if "${" in value or "#{" in value:
        keep(node, before, value)
        notes.decide(node, f"{before}={value}: سمِّ القرار صراحة.", f"{before}={value}: name the decision outright.")
        return
    definition = ours(node, "calledDecision")
    definition.set("decisionId", value)
    definition.set("resultVariable", result[1] if result else value)
    notes.became(node, f"{before}={value}", f"zeebe:calledDecision decisionId={value}")
    if result is None or (shape is not None and shape[1] not in ("singleEntry", "singleResult")):
        notes.decide(node, f"تأكد ممن يقرأ نتيجة القرار {value}: شكلها كما يعطيه الجدول.",
                     f"See who reads the result of {value}: it has the shape that the table gives.")


def mend_script(node: etree._Element, notes: Notes) -> None:
    """A script task: FEEL stays FEEL, simple JUEL becomes it, programs are a person's to replace."""
    language, result = (node.get("scriptFormat") or "").lower(), take(node, "resultVariable")
    script = node.find(f"{BPMN}script")
    resource = take(node, "resource")
    if extension(node, "script") is not None and script is None:
        return
    text = (script.text or "").strip() if script is not None else ""
    feel = f"={text.removeprefix('=')}" if language == "feel" else None
    if language == "juel" or text.startswith("${"):
        feel = translated(text)
    if feel is None or resource is not None or result is None:
        notes.decide(node, f"نص برمجي ({language or '?'}): اكتبه تعبير FEEL (zeebe:script).",
                     f"A script ({language or '?'}): write it as a FEEL expression (zeebe:script).")
        return
    if script is not None:
        drop(script)
    without(node, "scriptFormat")
    ours(node, "script").attrib.update({"expression": feel, "resultVariable": result[1]})
    notes.became(node, f"script {text[:80]}", f"zeebe:script {feel}")


def mend_call(node: etree._Element, notes: Notes) -> None:
    """A call activity."""
    called = without(node, "calledElement")
    for name in ("calledElementBinding", "calledElementVersion", "calledElementTenantId", "calledElementType"):
        take(node, name)
    everything = {"in": False, "out": False}
    for side, ours_side in (("in", "input"), ("out", "output")):
        for one in children(node, side):
            everything[side] |= one.get("variables") == "all"
            _passed(node, one, ours_side, notes)
            drop(one)
    if called is None or extension(node, "calledElement") is not None:
        return
    if not called or "${" in called or "#{" in called:
        keep(node, "bpmn:calledElement", called)
        notes.decide(node, f"calledElement={called}: سمِّ الإجراء المستدعى.",
                     f"calledElement={called}: name the process that is called.")
        return
    ours(node, "calledElement").attrib.update({
        "processId": called, "propagateAllParentVariables": str(everything["in"]).lower(),
        "propagateAllChildVariables": str(everything["out"]).lower()})
    notes.became(node, f"calledElement={called}", f"zeebe:calledElement processId={called}")


def _passed(node: etree._Element, one: etree._Element, side: str, notes: Notes) -> None:
    source, expression, target = one.get("source"), one.get("sourceExpression"), one.get("target")
    if one.get("businessKey") is not None:
        notes.did(node, "حُذف businessKey: للحالة رقمها.", "businessKey was taken out: a case has its number.")
        return
    if one.get("variables") == "all":
        return
    feel = f"={source}" if source else as_feel(expression or "")
    if not target or not feel or not feel.startswith("="):
        keep(node, f"camunda:{local(one)}", said_by(one))
        notes.decide(node, f"تمرير {target or source or '?'}: اكتبه في zeebe:ioMapping.",
                     f"Passing {target or source or '?'}: write it in zeebe:ioMapping.")
        return
    etree.SubElement(ours(node, "ioMapping"), f"{ZEEBE}{side}", source=feel, target=target)
    notes.became(node, f"{side} {source or expression} → {target}", f"zeebe:{side} {target} {feel}")
