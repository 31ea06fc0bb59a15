import re
from collections.abc import Iterator, Mapping

from engine.bpmn.lint.diagram import Diagram, Scope
from engine.bpmn.lint.expressions import written
from engine.bpmn.lint.ids import holds_answers
from engine.bpmn.lint.known import Flaw, Known
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.variables import forms_of, inputs_of, nodes_in
from engine.text import Text

TEXTS = re.compile(r'"(?:[^"\\]|\\.)*"')
PATHS = re.compile(r"(?<![\w.])(\w+)\s*\.\s*(\w+)")


@rule(
    "warning",
    Text(
        "إجابات تُقرأ من عنصر لا يسأل نموذجه عنها.",
        "Answers that are read of an element whose form does not ask for them.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    if known.answers is None:
        return
    for process in diagram.processes:
        asked = _asked(process, known, known.answers)
        for found in written(Diagram(diagram.root, [process])) if asked else ():
            for name, answer in sorted(set(PATHS.findall(TEXTS.sub('""', found.feel or "")))):
                if name in asked and answer not in asked[name][1]:
                    yield _flaw(found.element, found.what, f"{name}.{answer}", asked[name][0])


def _asked(
    process: Scope, known: Known, answers: Mapping[str, frozenset[str]]
) -> dict[str, tuple[str, frozenset[str]]]:
    """The form and the answers behind each variable that holds the answers of one work item and nothing else."""
    given, found = inputs_of(process, known) or frozenset(), dict[str, tuple[str, frozenset[str]]]()
    nodes = nodes_in(process)
    shared = {
        target for node in nodes for side in ("input", "output") for target, source in node.mappings(side)
        if source.strip() != f"={node.id}" or target != node.id}
    shared |= {node.said(tag, "resultVariable") or "" for node in nodes for tag in ("script", "calledDecision")}
    shared |= {node.loop.get("outputCollection") or "" for node in nodes}
    for node in (node for node in nodes if holds_answers(node)):
        forms = forms_of(node)
        if len(forms) == 1 and forms[0] in answers and node.id not in given | shared and node.multi is None:
            found[node.id] = forms[0], answers[forms[0]]
    return found


def _flaw(element: str, what: str, path: str, form: str) -> Flaw:
    return Flaw(
        element,
        Text(
            f"التعبير ({what}) يقرأ «{path[:120]}»، ولا يسأل النموذج {form[:60]} عن ذلك.",
            f"The expression ({what}) reads “{path[:120]}”, and the form {form[:60]} has no such question.",
        ),
        Text(
            "صحّح اسم الحقل، أو أضف السؤال إلى النموذج.",
            "Correct the name of the field, or add the question to the form.",
        ),
    )
