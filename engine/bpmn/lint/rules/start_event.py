from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram, Scope
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "مستويات فيها أكثر من بداية، أو ليس فيها ما تبدأ به.",
        "Scopes with several start events, or with nothing to begin with.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for scope in _with_content(diagram):
        found = scope.starts
        if not scope.begins:
            yield Flaw(
                label(scope.element),
                Text("لا يوجد حدث بداية.", "There is no start event."),
                Text(
                    "أضف حدث بداية واحداً وصِله بأول عنصر.",
                    "Add one start event and connect it to the first element.",
                ),
            )
        for extra in found[1:]:
            yield Flaw(
                label(extra.element),
                Text("أكثر من حدث بداية في مستوى واحد.", "More than one start event on one level."),
                Text(
                    "أبقِ حدث بداية واحداً، وافصل ما عداه في إجراء أو إجراء فرعي حدثي.",
                    "Keep one; draw the others as processes or event sub-processes.",
                ),
            )


def _with_content(diagram: Diagram) -> list[Scope]:
    return [s for s in diagram.scopes if s.nodes or s.parent is not None or s.element.get("isExecutable") == "true"]
