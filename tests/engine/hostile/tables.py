"""Decisions that are large, go round in circles, or ask for other files."""

from collections.abc import Iterator

from tests.engine.hostile.case import Case, cases
from tests.engine.hostile.markup import LAUGHS, Found
from tests.engine.lint.drawing import escape

HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">'


def model(body: str) -> bytes:
    """A DMN file."""
    return f"{HEAD}{body}</definitions>".encode()


def literal(text: str, id: str = "d1", more: str = "") -> str:
    """A decision that is one expression."""
    return (
        f'<decision id="{id}" name="{id}">{more}<literalExpression><text>{escape(text)}</text></literalExpression>'
        "</decision>"
    )


def needs(*ids: str) -> str:
    """What a decision requires."""
    return "".join(f'<informationRequirement><requiredDecision href="#{id}"/></informationRequirement>' for id in ids)


def table(inputs: int, rules: int, cell: str = "&lt; 5", result: str = "1", policy: str = "COLLECT") -> bytes:
    """A decision table."""
    columns = "".join(f"<input><inputExpression><text>x{i}</text></inputExpression></input>" for i in range(inputs))
    cells = f"<inputEntry><text>{cell}</text></inputEntry>" * inputs
    rows = f"<rule>{cells}<outputEntry><text>{result}</text></outputEntry></rule>" * rules
    return model(
        f'<decision id="d1" name="d1"><decisionTable hitPolicy="{policy}">{columns}<output name="y"/>{rows}'
        "</decisionTable></decision>"
    )


def knowledge(name: str, calls: str) -> str:
    """A function of the model that calls another one."""
    return (
        f'<businessKnowledgeModel id="{name}" name="{name}"><encapsulatedLogic><formalParameter name="n"/>'
        f"<literalExpression><text>{calls}(n + 1) + {calls}(n + 2)</text></literalExpression></encapsulatedLogic>"
        f'<knowledgeRequirement><requiredKnowledge href="#{calls}"/></knowledgeRequirement></businessKnowledgeModel>'
    )


def boxes(levels: int) -> bytes:
    """Contexts within contexts."""
    inner = "<literalExpression><text>1</text></literalExpression>"
    for level in range(levels):
        inner = f'<context><contextEntry><variable name="v{level}"/>{inner}</contextEntry></context>'
    return model(f'<decision id="d1" name="d1">{inner}</decision>')


FOUND: Found = {
    "laughing_decision": (
        "entities that unfold to gigabytes",
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l9;</x>'.encode(),
    ),
    "no_table": ("a model without a decision", model("")),
    "no_output": ("a table that answers nothing", model('<decision id="d1"><decisionTable/></decision>')),
    "cell_of_python": ("Python in the cells", table(1, 1, '__import__("os")', "open('/etc/passwd')")),
    "output_of_java": (
        "a function of Java as an answer",
        table(
            1,
            1,
            "-",
            escape('function(a) external {java: {class: "java.lang.Runtime", "method signature": "exec(String)"}}')
            + "(1)))",
        ),
    ),
    "requires_itself": ("a decision that requires itself", model(literal("d1", more=needs("d1")))),
    "requires_in_a_circle": (
        "three decisions that require each other",
        model(literal("b", "a", needs("b")) + literal("c", "b", needs("c")) + literal("a", "c", needs("a"))),
    ),
    "ten_thousand_rules": ("ten thousand rules of fifty inputs", lambda: table(50, 10_000)),
    "huge_cell": ("a cell of a megabyte", lambda: table(1, 1, "1," * 500_000 + "1")),
    "long_cells": ("cells as long as an expression may be", lambda: table(1, 150, "1," * 4_900 + "1")),
    "boxes_too_deep": ("contexts deeper than XML may go", lambda: boxes(500)),
    "import_of_a_file": (
        "has a file of the server imported",
        model(
            '<import name="x" namespace="urn:x" locationURI="file:///etc/passwd" '
            'importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>' + literal("x.y +")
        ),
    ),
    "import_of_an_address": (
        "has a model imported from the network",
        model(
            '<import name="x" namespace="urn:x" locationURI="http://127.0.0.1:9/x.dmn" '
            'importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>' + literal("x.y +")
        ),
    ),
    "ids_twice": ("one id for two decisions", model(literal("1") + literal("2"))),
    "language_of_others": (
        "an expression in Groovy",
        model(
            '<decision id="d1" name="d1"><literalExpression expressionLanguage="groovy"><text>"id".execute()</text>'
            "</literalExpression></decision>"
        ),
    ),
    "requires_nobody": ("requires what does not exist", model(literal("x", more=needs("ghost")))),
    "not_xml": ("a table of commas", b"hit,policy\n1,2"),
}
SOUND: Found = {
    "knowledge_in_a_circle": (
        "two functions that call each other for ever",
        model(
            knowledge("f", "g") + knowledge("g", "f") + '<decision id="knowledge_in_a_circle" name="k">'
            '<knowledgeRequirement><requiredKnowledge href="#f"/></knowledgeRequirement><literalExpression><text>f(1)'
            "</text></literalExpression></decision>"
        ),
    ),
    "requires_a_thousand_deep": (
        "a thousand decisions one after another",
        lambda: model(
            "".join(literal(f"a{i + 1}", f"a{i}", needs(f"a{i + 1}")) for i in range(1_000)) + literal("1", "a1000")
        ),
    ),
    "a_thousand_rules": ("as many rules as a file holds", lambda: table(2, 2_000)),
    "five_hundred_inputs": ("five hundred columns", lambda: table(500, 8)),
    "boxes_in_boxes": ("contexts within contexts", lambda: boxes(45)),
    "counts_for_ever": (
        "an expression that counts to ten to the eighteen",
        model(literal("count(for x in 1..1000000000, y in 1..1000000000 return x)", "counts_for_ever")),
    ),
}
"""May be published; they are stopped when they run, if they need to be."""


def all_cases() -> Iterator[Case]:
    """All of them."""
    yield from cases("dmn", FOUND)
    yield from cases("dmn", SOUND, sound=True)
