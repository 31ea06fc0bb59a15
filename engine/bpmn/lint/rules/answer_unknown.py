import re
from collections.abc import Iterator, Mapping

from engine.bpmn.lint.diagram import Diagram, Node, Scope
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
        "إجابات تُقرأ من عنصر لا يسأل نموذجه عنها، ونتائج لا يعطيها قراره.",
        "Answers that are read of an element whose form does not ask for them, and results its decision does not give.",
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
    shared |= {node.said("script", "resultVariable") or "" for node in nodes}
    shared |= {node.loop.get("outputCollection") or "" for node in nodes}
    shared_by_hand = shared | {node.id for node in nodes if holds_answers(node)}
    shared |= {node.said("calledDecision", "resultVariable") or "" for node in nodes}
    for node in (node for node in nodes if node.multi is None):
        forms = forms_of(node) if holds_answers(node) else []
        if len(forms) == 1 and forms[0] in answers and node.id not in given | shared:
            found[node.id] = forms[0], answers[forms[0]]
    return found | _results(nodes, given | shared_by_hand, known)


def _results(
    nodes: list[Node], others: frozenset[str] | set[str], known: Known
) -> dict[str, tuple[str, frozenset[str]]]:
    """The decision and its outputs behind each variable that holds the result of one decision and nothing else."""
    said = [(node.said("calledDecision", "resultVariable") or "", node.said("calledDecision", "decisionId") or "")
            for node in nodes if node.multi is None]
    many = {name for name, decision in said if {other for one, other in said if one == name} != {decision}}
    return {
        name: (decision, known.results[decision]) for name, decision in said
        if name and decision in known.results and name not in many and name not in others}


def _flaw(element: str, what: str, path: str, form: str) -> Flaw:
    return Flaw(
        element,
        Text(
            f"التعبير ({what}) يقرأ «{path[:120]}»، ولا شيء بهذا الاسم في {form[:60]}.",
            f"The expression ({what}) reads “{path[:120]}”, and {form[:60]} has nothing of that name.",
        ),
        Text(
            "صحّح الاسم، أو أضف السؤال إلى النموذج أو المخرج إلى الجدول.",
            "Correct the name, or add the question to the form or the output to the table.",
        ),
    )
