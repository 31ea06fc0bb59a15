from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram, Node
from engine.bpmn.lint.ids import FEEL_NAME, SHORT_LATIN, holds_answers
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.text import Text

RESERVED_VARIABLES = frozenset(
    {
        "case",
        "opened_at",
        "loopcounter",
        "true",
        "false",
        "null",
        "and",
        "or",
        "not",
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "between",
        "instance",
        "of",
        "function",
        "external",
        "item",
    }
)


@rule(
    "error",
    Text(
        "متغيرات تحجب اسماً من أسماء المنصة، أو لا يستطيع تعبير قراءتها.",
        "Variables that would hide a name of the platform, or that no expression could read.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in diagram.nodes:
        for name in _written_names(node):
            if name.lower() in RESERVED_VARIABLES:
                yield Flaw(
                    label(node.element),
                    Text(
                        f"المتغير «{name}» يحجب اسماً من أسماء المنصة أو لغة FEEL.",
                        f"The variable “{name}” hides a name of the platform or of FEEL.",
                    ),
                    Text("سمِّه باسم آخر.", "Give it another name."),
                )
            elif not FEEL_NAME.fullmatch(name):
                yield Flaw(
                    label(node.element),
                    Text(
                        f"اسم المتغير «{name[:60]}» لا تقرؤه تعابير FEEL.",
                        f"FEEL cannot read the variable name “{name[:60]}”.",
                    ),
                    SHORT_LATIN,
                )


def _written_names(node: Node) -> Iterator[str]:
    if holds_answers(node) and FEEL_NAME.fullmatch(node.id):
        yield node.id
    for side in ("input", "output"):
        yield from (target for target, _ in node.mappings(side))
    yield from (holder.get("resultVariable", "") for holder in node.extensions if holder.get("resultVariable"))
    yield from (node.loop[a] for a in ("outputCollection", "inputElement") if node.loop.get(a))
