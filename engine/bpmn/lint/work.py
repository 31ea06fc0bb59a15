"""Work items: who may do them, in which form, until when, and where their answers go."""

from collections.abc import Iterator

from engine.bpmn.lint.diagram import BPMN, Diagram, Node, properties_of
from engine.bpmn.lint.events import is_duration, static_time
from engine.bpmn.lint.ids import holds_answers
from engine.bpmn.lint.known import Flaw, Known, called, label, listing
from engine.bpmn.lint.loops import in_a_loop
from engine.text import Text

CHOOSE_GROUP = Text(
    "اذكر دوراً أو أكثر في candidateGroups، مثل case_manager.",
    "State one or more roles in candidateGroups, such as case_manager.",
)


def _items(diagram: Diagram) -> list[Node]:
    return [node for node in diagram.nodes if node.tag == "userTask"]


def _words(text: str | None) -> list[str]:
    return [word.strip() for word in (text or "").split(",") if word.strip()]


def static_groups(node: Node) -> list[str]:
    """The groups that a node names outright, not by an expression."""
    text = node.said("assignmentDefinition", "candidateGroups") or ""
    return [] if text.startswith("=") else _words(text)


def no_group(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Work items that no group may do: nobody would ever find them."""
    del known
    for node in _items(diagram):
        if not node.said("assignmentDefinition", "candidateGroups"):
            yield Flaw(
                label(node.element),
                Text(
                    f"المهمة «{called(node)}» بلا مجموعة: لن تظهر في صندوق أحد.",
                    f"The work item “{called(node)}” has no group: it would be in nobody's worklist.",
                ),
                CHOOSE_GROUP,
            )


def unknown_group(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Groups that are no role of the ministry, on work items and on offers."""
    if known.groups is None:
        return
    for node in diagram.nodes:
        for group in static_groups(node) + _words(node.properties.get("offer_to")):
            if group not in known.groups and not group.startswith("="):
                yield Flaw(
                    label(node.element),
                    Text(
                        f"المجموعة «{group[:60]}» ليست من الأدوار المعروفة.",
                        f"The group “{group[:60]}” is not a known role.",
                    ),
                    Text(
                        f"اختر من: {listing(known.groups, 40)}", f"Choose among: {listing(known.groups, 40)}"
                    ),
                )


def lane_differs(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Work items drawn in the lane of one role and given to another."""
    lanes = _lane_groups(diagram, known)
    for node in _items(diagram):
        group, own = lanes.get(node.id), static_groups(node)
        if group and own and group not in own:
            yield Flaw(
                label(node.element),
                Text(
                    f"«{called(node)}» في مسار «{group}» لكنها لمجموعة «{listing(own)}».",
                    f"“{called(node)}” lies in the lane of “{group}” but belongs to “{listing(own)}”.",
                ),
                Text(
                    "انقلها إلى مسار دورها أو صحّح المجموعة.",
                    "Move it to the lane of its role, or correct the group.",
                ),
            )


def _lane_groups(diagram: Diagram, known: Known) -> dict[str, str]:
    """The role of the lane that each node lies in: the lane's property `group`, or its id."""
    found: dict[str, str] = {}
    for lane in diagram.root.iter(f"{BPMN}lane"):
        group = properties_of(lane).get("group") or (lane.get("id") or "").removeprefix("lane_")
        if known.groups is not None and group in known.groups:
            found.update({(ref.text or "").strip(): group for ref in lane.findall(f"{BPMN}flowNodeRef")})
    return found


def no_form(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Work items without a form: nothing could be answered."""
    del known
    for node in _items(diagram):
        if not node.said("formDefinition", "formId"):
            yield Flaw(
                label(node.element),
                Text(
                    f"المهمة «{called(node)}» بلا نموذج.",
                    f"The work item “{called(node)}” has no form.",
                ),
                Text(
                    "اختر نموذجاً (formId) من مجلد النماذج.", "Choose a form (formId) from the forms folder."
                ),
            )


def unknown_form(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Forms that do not exist."""
    if known.forms is None:
        return
    for node in diagram.nodes:
        for form in (node.said("formDefinition", "formId"), node.properties.get("form")):
            if form and form not in known.forms:
                yield Flaw(
                    label(node.element),
                    Text(
                        f"النموذج «{form[:60]}» غير موجود.",
                        f"The form “{form[:60]}” does not exist.",
                    ),
                    Text(
                        "صحّح المعرّف أو أضف النموذج إلى مجلد النماذج.",
                        "Correct the id, or add the form to the folder.",
                    ),
                )


def deadlines(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Due and follow-up dates that are neither FEEL nor an ISO 8601 date or duration."""
    del known
    for node in diagram.nodes:
        for attribute in ("dueDate", "followUpDate"):
            text = node.said("taskSchedule", attribute) or ""
            if (
                text
                and not text.startswith("=")
                and not static_time("timeDate", text)
                and not is_duration(text)
            ):
                yield Flaw(
                    label(node.element),
                    Text(
                        f"الموعد «{text[:60]}» لا يُقرأ.",
                        f"The date “{text[:60]}” cannot be read.",
                    ),
                    Text(
                        "اكتب تعبير FEEL مثل ‎=due(opened_at, case.limits.plan, case.limits.basis)‎",
                        "Write FEEL, such as =due(opened_at, case.limits.plan, case.limits.basis)",
                    ),
                )


def priority(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Priorities that are neither FEEL nor a number from 0 to 100."""
    del known
    for node in diagram.nodes:
        text = node.said("priorityDefinition", "priority") or ""
        if (
            text
            and not text.startswith("=")
            and not (text.isascii() and text.isdigit() and int(text[:9]) <= 100)
        ):
            yield Flaw(
                label(node.element),
                Text(
                    f"الأولوية «{text[:30]}» ليست عدداً من 0 إلى 100.",
                    f"The priority “{text[:30]}” is no number from 0 to 100.",
                ),
                Text("اكتب عدداً أو تعبير FEEL.", "Write a number, or FEEL."),
            )


def four_eyes(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """`not_done_by` that names no work item: the rule of four eyes would silently not hold."""
    people = {node.id for node in diagram.nodes if holds_answers(node)}
    for process in (known.processes or {}).values():
        people |= {node.id for scope in process.walk() for node in scope.nodes if holds_answers(node)}
    for node in diagram.nodes:
        for other in _words(node.properties.get("not_done_by")):
            if other not in people or other == node.id:
                yield Flaw(
                    label(node.element),
                    Text(
                        f"«لا يقوم بها من أنجز»: العنصر «{other[:60]}» ليس مهمة معروفة، فلن تسري القاعدة.",
                        f"not_done_by: “{other[:60]}” is no known work item, so the rule would not hold.",
                    ),
                    Text("اكتب معرّف مهمة موجودة.", "Write the id of an existing work item."),
                )


def answered_twice(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Work items that can be answered again, so that the second answers would replace the first unnoticed."""
    del known
    for scope in diagram.scopes:
        repeated = in_a_loop(scope)
        for node in scope.nodes:
            collected = node.multi is not None and node.loop.get("outputCollection")
            again = node in repeated or node.multi is not None or _inside_repeated(node)
            if holds_answers(node) and again and not collected and not node.mappings("output"):
                yield Flaw(
                    label(node.element),
                    Text(
                        f"يمكن أن تُجاب «{called(node)}» أكثر من مرة، ولم يُذكر أين تُحفظ الإجابات.",
                        f"“{called(node)}” can be answered again, and nothing says where its answers go.",
                    ),
                    Text(
                        "أضف خريطة مخرجات (zeebe:output)، مثل last_visit من ‎=visit‎",
                        "Add an output mapping (zeebe:output), such as last_visit from =visit",
                    ),
                )


def _inside_repeated(node: Node) -> bool:
    """Whether its container can run again in the same variables (items of a multi-instance are walls)."""
    host = node.scope.parent
    return host is not None and host.multi is None and host in in_a_loop(host.scope)


def kind_of_work(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Plain and manual tasks: the engine walks through them, nobody is asked (warning)."""
    del known
    for node in diagram.nodes:
        if node.tag in {"task", "manualTask"}:
            yield Flaw(
                label(node.element),
                Text(
                    f"«{called(node)}» مهمة بلا نوع: يمر بها المحرك ولا تظهر لأحد.",
                    f"“{called(node)}” is a {node.tag}: the engine walks through it, nobody sees it.",
                ),
                Text(
                    "اجعلها مهمة مستخدم (user task) إن كان على شخص إنجازها.",
                    "Make it a user task if a person must do it.",
                ),
            )
