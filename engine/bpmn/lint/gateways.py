"""Gateways and the conditions of their flows: every decision says when each way is taken."""

from collections.abc import Iterator

from engine.bpmn.lint.diagram import ACTIVITIES, Diagram, Flow, Node
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.text import Text

ALWAYS = frozenset({"=true", "= true"})
DECIDING = frozenset({"exclusiveGateway", "inclusiveGateway"})


def unconditioned(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Flows out of a deciding gateway that have neither a condition nor are its default."""
    del known
    for node in _deciding(diagram):
        for flow in node.outgoing:
            if not flow.condition and flow.id != node.default:
                yield Flaw(
                    label(flow.element),
                    Text(
                        f"سهم من البوابة «{called(node)}» بلا شرط وليس هو الافتراضي.",
                        f"A flow out of “{called(node)}” has no condition and is not its default.",
                    ),
                    Text(
                        'اكتب شرطاً مثل ‎=review.decision = "approve"‎ أو اجعله السهم الافتراضي.',
                        'Write a condition such as =review.result = "approve", or make it the default.',
                    ),
                )


def no_default(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Deciding gateways without a default: where no condition holds, the case stands still (warning)."""
    del known
    for node in _deciding(diagram):
        if node.default is None and not any(flow.condition in ALWAYS for flow in node.outgoing):
            yield Flaw(
                label(node.element),
                Text(
                    f"لا يوجد سهم افتراضي للبوابة «{called(node)}»: إن لم يتحقق أي شرط توقفت الحالة.",
                    f"“{called(node)}” has no default flow: if no condition holds, the case stands still.",
                ),
                Text(
                    "اجعل أحد الأسهم افتراضياً، والأفضل الطريق الأسلم.",
                    "Make one flow the default, best the safest one.",
                ),
            )


def wrong_default(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Defaults that are no flow of their element, or that have a condition, which would be ignored."""
    del known
    for node in diagram.nodes:
        if node.default is None:
            continue
        flow = next((f for f in node.outgoing if f.id == node.default), None)
        if flow is None:
            yield Flaw(
                label(node.element),
                Text(
                    f"السهم الافتراضي «{node.default[:80]}» لا يخرج من «{called(node)}».",
                    f"The default flow “{node.default[:80]}” does not leave “{called(node)}”.",
                ),
                Text(
                    "اختر السهم الافتراضي من أسهم العنصر نفسه.",
                    "Choose the default among the element's own flows.",
                ),
            )
        elif flow.condition:
            yield Flaw(
                label(flow.element),
                Text(
                    "سهم افتراضي عليه شرط، والشرط سيُتجاهل.",
                    "A default flow with a condition, which would be ignored.",
                ),
                Text(
                    "احذف الشرط أو اجعل سهماً آخر افتراضياً.",
                    "Remove the condition, or make another flow the default.",
                ),
            )


def ignored_condition(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Conditions where nobody asks: on flows out of parallel and event gateways and out of events."""
    del known
    for node in diagram.nodes:
        if node.tag not in DECIDING and node.tag not in ACTIVITIES:
            yield from (_ignored(flow, node) for flow in node.outgoing if flow.condition)
        elif node.tag in DECIDING and len(node.outgoing) == 1 and node.outgoing[0].condition:
            yield _lonely(node.outgoing[0], node)


def stalling_conditions(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Activities all of whose flows are conditional: where none holds, the path is lost."""
    del known
    for node in diagram.nodes:
        if (
            node.tag in ACTIVITIES
            and node.outgoing
            and node.default is None
            and all(flow.condition for flow in node.outgoing)
        ):
            yield Flaw(
                label(node.element),
                Text(
                    f"كل الأسهم الخارجة من «{called(node)}» مشروطة: إن لم يتحقق شرط ضاع المسار.",
                    f"Every flow out of “{called(node)}” is conditional: if none holds, the path is lost.",
                ),
                Text(
                    "ضع بعده بوابة حصرية لها سهم افتراضي.",
                    "Put an exclusive gateway with a default flow after it.",
                ),
            )


def _deciding(diagram: Diagram) -> list[Node]:
    return [node for node in diagram.nodes if node.tag in DECIDING and len(node.outgoing) > 1]


def _ignored(flow: Flow, node: Node) -> Flaw:
    return Flaw(
        label(flow.element),
        Text(
            f"شرط على سهم يخرج من «{called(node)}»، وهو عنصر لا يسأل عن شروط: سيُتجاهل.",
            f"A condition on a flow out of “{called(node)}”, which asks for none: it would be ignored.",
        ),
        Text(
            "استخدم بوابة حصرية أو شاملة، أو احذف الشرط.",
            "Use an exclusive or inclusive gateway, or remove the condition.",
        ),
    )


def _lonely(flow: Flow, node: Node) -> Flaw:
    return Flaw(
        label(flow.element),
        Text(
            f"السهم الوحيد الخارج من «{called(node)}» مشروط: إن لم يتحقق الشرط توقفت الحالة.",
            f"The only flow out of “{called(node)}” is conditional: if it fails, the case stands still.",
        ),
        Text("أضف طريقاً آخر أو احذف الشرط.", "Add another way, or remove the condition."),
    )
