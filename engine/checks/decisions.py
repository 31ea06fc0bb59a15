"""Decisions: every cell is FEEL, every column has a name, no rule contradicts another, and the tests hold."""

from collections.abc import Iterator
from itertools import chain, islice

from lxml import etree

from engine import dmn
from engine.checks.decision_model import ITEMS, VALUES, DecisionModel, name_of, why_not
from engine.checks.decision_rules import RULES
from engine.dmn import DmnError
from engine.dmn.document import local
from engine.findings import Finding, Severity
from engine.safexml import UnsafeXml, parse_xml
from engine.text import Text

HIT_POLICIES = frozenset({"UNIQUE", "FIRST", "ANY", "PRIORITY", "COLLECT", "RULE ORDER", "OUTPUT ORDER"})
MOST_FINDINGS = 100
MOST_NEEDED = 100

HIT_POLICY_UNKNOWN = (
    "hit-policy",
    Text("سياسة الجدول غير معروفة.", "The hit policy of the table is not known."),
    Text("اختر UNIQUE أو FIRST أو COLLECT.", "Choose UNIQUE, FIRST or COLLECT."),
)
NO_OUTPUT = (
    "no-output",
    Text("جدول بلا مخرجات.", "A table without outputs."),
    Text("أضف عموداً للنتيجة.", "Add a column for the result."),
)
OUTPUT_WITHOUT_NAME = (
    "output-name", Text("مخرج بلا اسم.", "An output without a name."), Text("سمِّ كل مخرج.", "Name every output."),
)
NO_RULES = (
    "no-rules",
    Text("جدول بلا قواعد.", "A table without rules."),
    Text("أضف قاعدة واحدة على الأقل.", "Add at least one rule."),
)


def check_decision(file: str, source: bytes, stem: str) -> list[Finding]:
    """All findings of a decision file. `stem` is its name without ending."""
    try:
        root = parse_xml(source)
    except UnsafeXml as error:
        return [_flaw(file, "", error.rule, error.text, Text("صدّره من المحرر مرة أخرى.", "Export it again."))]
    decisions = _all(root, "decision")
    if local(root) != "definitions" or not decisions:
        return [
            _flaw(
                file,
                "",
                "not-a-decision",
                Text("لا يوجد في الملف قرار DMN.", "The file holds no DMN decision."),
                Text("صدّر الجدول من المحرر بصيغة DMN.", "Export the table from the editor as DMN."),
            )
        ]
    model = DecisionModel(root)
    findings = list(islice(chain(_checks(file, root, decisions, stem), _of_model(file, model)), MOST_FINDINGS))
    if not any(finding.severity == "error" for finding in findings):
        try:
            dmn.load(source)
        except DmnError as error:
            findings.append(
                _flaw(
                    file,
                    str(error.element or "")[:100],
                    "engine-refuses",
                    error.text,
                    Text("صحّح العنصر المذكور.", "Mend the element that is named."),
                )
            )
    return findings


def decisions_in(source: bytes) -> dict[str, frozenset[str]]:
    """The variables that the decisions of a file ask for in their tables, by the id of the decision; empty if it
    cannot be read."""
    try:
        model = DecisionModel(parse_xml(source))
    except UnsafeXml:
        return {}
    decisions = {str(one.get("id")): one for one in _all(model.root, "decision") if one.get("id")}
    made = {str(found.get("name")) for one in decisions.values() for found in (one, *_children(one, "variable"))}
    own = _reads(model)
    needs = {id: [_needed(one) for one in _all(decision, "requiredDecision")] for id, decision in decisions.items()}
    return {id: _with_needed(id, own, needs) - made - set(decisions) for id in decisions}


def results_in(source: bytes) -> dict[str, frozenset[str]]:
    """What the results of the decisions of a file hold, by the id of the decision: of tables with several outputs."""
    try:
        decisions = list(_all(parse_xml(source), "decision"))
    except UnsafeXml:
        return {}
    tables = ((str(one.get("id")), table) for one in decisions for table in _children(one, "decisionTable"))
    named = ((id, frozenset(str(out.get("name")) for out in _children(table, "output"))) for id, table in tables)
    return {id: names for id, names in named if len(names) > 1}


def _reads(model: DecisionModel) -> dict[str, frozenset[str]]:
    """What each decision must be given from outside, by its id."""
    asked: dict[etree._Element, set[str]] = {}
    for one in model.written:
        if one.feel is not None:
            asked.setdefault(one.part, set()).update(one.feel.names - one.bound)
    known = {name_of(part) for part in model.parts if local(part) != "inputData"}
    return {
        str(decision.get("id")): frozenset(asked.get(decision, set()).union(
            name_of(part) for part in model.required(decision) if local(part) == "inputData")) - known - ITEMS
        for decision in _all(model.root, "decision") if decision.get("id")
    }


def _needed(reference: etree._Element) -> str:
    return (reference.get("href") or "").removeprefix("#")


def _with_needed(id: str, own: dict[str, frozenset[str]], needs: dict[str, list[str]]) -> frozenset[str]:
    """What a decision reads by itself and through the decisions that it needs, however deep."""
    seen: set[str] = set()
    waiting = [id]
    while waiting and len(seen) < MOST_NEEDED:
        one = waiting.pop()
        if one in own and one not in seen:
            seen.add(one)
            waiting += needs[one]
    return frozenset[str]().union(*(own[one] for one in seen))


def _checks(file: str, root: etree._Element, decisions: list[etree._Element], stem: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for element in root.iter("*"):
        own = element.get("id")
        if own and own in seen:
            yield _flaw(
                file,
                own[:100],
                "id-duplicate",
                Text("معرّف مستعمل مرتين.", "An id that is used twice."),
                Text("أعطِ كل عنصر معرّفاً خاصاً.", "Give each element its own id."),
            )
        seen.add(own or "")
    if stem not in {decision.get("id") for decision in decisions}:
        yield _flaw(
            file,
            decisions[0].get("id") or "",
            "decision-file-name",
            Text("لا يحمل أي قرار اسم الملف معرّفاً.", "No decision has the name of the file as its id."),
            Text(f"اجعل معرّف القرار {stem[:60]}.", f"Make the decision's id {stem[:60]}."),
            "warning",
        )
    for decision in decisions:
        for table in _all(decision, "decisionTable"):
            yield from _table(file, decision.get("id") or "", table)


def _table(file: str, decision: str, table: etree._Element) -> Iterator[Finding]:
    policy = table.get("hitPolicy") or "UNIQUE"
    inputs, outputs, rules = (_children(table, tag) for tag in ("input", "output", "rule"))
    for flawed, (rule, message, mend) in (
        (policy not in HIT_POLICIES, HIT_POLICY_UNKNOWN),
        (not outputs, NO_OUTPUT),
        (len(outputs) > 1 and any(not column.get("name") for column in outputs), OUTPUT_WITHOUT_NAME),
        (not rules, NO_RULES),
    ):
        if flawed:
            yield _flaw(file, decision, rule, message, mend)
    for column in inputs:
        yield from _input(file, decision, column)
    for number, one in enumerate(rules, 1):
        yield from _rule(file, f"{decision}[{number}]", one, len(inputs), len(outputs))
    if policy == "UNIQUE":
        yield from _same_rules(file, decision, rules)


def _input(file: str, decision: str, column: etree._Element) -> Iterator[Finding]:
    text = _text(next(iter(_children(column, "inputExpression")), None))
    own = column.get("id") or decision
    if not text:
        yield _flaw(
            file,
            own,
            "input-expression",
            Text("عمود إدخال بلا تعبير.", "An input column without an expression."),
            Text("اكتب اسم المتغير، مثل age_group.", "Write the variable's name, such as age_group."),
        )


def _rule(file: str, place: str, rule: etree._Element, inputs: int, outputs: int) -> Iterator[Finding]:
    tests, results = _children(rule, "inputEntry"), _children(rule, "outputEntry")
    if len(tests) != inputs or len(results) != outputs:
        yield _flaw(
            file,
            place,
            "rule-width",
            Text("عدد خلايا القاعدة لا يوافق الأعمدة.", "The rule's cells do not fit the columns."),
            Text("أعد حفظ الجدول من المحرر.", "Save the table again from the editor."),
        )
    for cell in results:
        if _text(cell) in {"", "-"}:
            yield _flaw(
                file,
                place,
                "output-empty",
                Text("خلية نتيجة فارغة.", "An empty result cell."),
                Text("اكتب القيمة، أو null إن لم تكن.", "Write the value, or null if there is none."),
                "warning",
            )


def _of_model(file: str, model: DecisionModel) -> Iterator[Finding]:
    """What is wrong with its expressions, and what the rules find."""
    for one in model.written:
        text = _text(one.element)
        if one.feel is None and text not in {"", "-"} and local(one.element) not in VALUES:
            yield _unread(file, one.place, text, why_not(model, one.element))
    for rule in RULES:
        for flaw in rule.check(model):
            yield _flaw(file, flaw.element[:120], rule.name, flaw.message, flaw.mend, rule.severity)


def _unread(file: str, place: str, text: str, why: Text) -> Finding:
    return _flaw(
        file,
        place,
        "expression-syntax",
        Text(f"الخلية «{text[:60]}»: {why.ar}", f"The cell “{text[:60]}”: {why.en}"),
        Text("صحّح التعبير في هذا الموضع.", "Correct the expression at that position."),
    )


def _same_rules(file: str, decision: str, rules: list[etree._Element]) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], int] = {}
    for number, rule in enumerate(rules, 1):
        tests = tuple("".join(_text(cell).split()) for cell in _children(rule, "inputEntry"))
        first = seen.setdefault(tests, number)
        if first != number:
            yield _flaw(
                file,
                f"{decision}[{number}]",
                "rules-overlap",
                Text(
                    f"القاعدتان {first} و{number} تنطبقان معاً، والسياسة UNIQUE.",
                    f"Rules {first} and {number} match together under UNIQUE.",
                ),
                Text("احذف إحداهما أو غيّر السياسة.", "Remove one, or change the hit policy."),
            )


def _all(element: etree._Element, tag: str) -> list[etree._Element]:
    return [found for found in element.iter("*") if local(found) == tag]


def _children(element: etree._Element, tag: str) -> list[etree._Element]:
    return [found for found in element if local(found) == tag]


def _text(element: etree._Element | None) -> str:
    found = None if element is None else next(iter(_children(element, "text")), None)
    return (found.text or "").strip() if found is not None else ""


def _flaw(
    file: str, element: str, rule: str, message: Text, mend: Text, severity: Severity = "error"
) -> Finding:
    return Finding(file, element, rule, severity, message, mend)
