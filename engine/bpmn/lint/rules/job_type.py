from collections.abc import Iterator

from engine.bpmn.lint.calls import jobs_of
from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label, listing
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "مهام خدمة وإرسال بلا نوع، أو بنوع ليس في قائمة المهندسين.",
        "Service and send tasks without a type, or with one that the engineers' list does not hold.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    for node in jobs_of(diagram):
        kind = node.said("taskDefinition", "type")
        if kind is None:
            yield Flaw(
                label(node.element),
                Text(f"«{called(node)}» بلا نوع عمل.", f"“{called(node)}” has no job type."),
                Text("اذكر النوع (type)، مثل mail.", "State its type, such as mail."),
            )
        elif known.call_types is not None and kind not in known.call_types:
            yield Flaw(
                label(node.element),
                Text(
                    f"نوع العمل «{kind[:60]}» غير مسموح.",
                    f"The job type “{kind[:60]}” is not allowed.",
                ),
                Text(f"المسموح: {listing(known.call_types)}", f"Allowed: {listing(known.call_types)}"),
            )
    asking = set(jobs_of(diagram))
    for node in diagram.nodes:
        if node not in asking and node.extension("taskDefinition") is not None:
            yield Flaw(
                label(node.element),
                Text(
                    f"«{called(node)}» له نوع عمل، وهو هنا يُتجاهل.",
                    f"“{called(node)}” has a job type, which would be ignored here.",
                ),
                Text("استخدم مهمة خدمة (service task).", "Use a service task."),
            )
