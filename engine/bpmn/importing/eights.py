"""Settings of Camunda 8, in our own namespace, that nothing here reads: what they were is kept and told."""

from lxml import etree

from engine.bpmn.importing.notes import Notes, drop, keep, lost, whole, without
from engine.bpmn.lint.vendor import READ_TAGS
from engine.bpmn.names import FLOW_NODES, ZEEBE, extensions, local

NEEDLESS = ("modelerTemplate", "modelerTemplateVersion", "modelerTemplateIcon")
FORMS = ("formKey", "externalReference")


def mend_settings(node: etree._Element, notes: Notes) -> None:
    """One element of a process: forms by key, people by name, listeners, templates and connectors."""
    if local(node) not in FLOW_NODES | {"process"}:
        return
    for name in NEEDLESS:
        if without(node, f"{ZEEBE}{name}") is not None:
            notes.did(node, f"حُذف {name}: لا حاجة إليه هنا.", f"zeebe:{name} was taken out: it is not needed here.")
    for one in extensions(node):
        if local(one) not in READ_TAGS:
            _unread(node, one, notes)
        elif local(one) == "formDefinition":
            _form(node, one, notes)
        elif local(one) == "taskDefinition" and not (one.get("type") or "").replace("-", "_").isidentifier():
            notes.decide(node, f"موصّل {one.get('type')}: اختر نوع العمل الذي يحل محله (zeebe:taskDefinition).",
                         f"Connector {one.get('type')}: choose the job type in its place (zeebe:taskDefinition).")
        elif local(one) == "assignmentDefinition":
            _people(node, one, notes)
        if (one.get("bindingType") or "latest") != "latest":
            kind, tag = without(one, "bindingType"), without(one, "versionTag")
            notes.did(node, f"حُذف bindingType={kind}: الحالة مربوطة بكل ما بدأت به.",
                      f"bindingType={kind} was taken out: a case is bound to everything it began with.")
            lost(node, ("zeebe:versionTag", tag) if tag else None, notes)


def _unread(node: etree._Element, one: etree._Element, notes: Notes) -> None:
    tag = local(one)
    if tag == "userTaskForm":  # it stays: nothing else holds the whole of it
        notes.decide(node, f"نموذج مكتوب داخل المخطط ({one.get('id')}): احفظه ملف نموذج بهذا الاسم.",
                     f"A form written inside the diagram ({one.get('id')}): save it as a form file of that name.")
        return
    inner = whole(one)
    keep(node, f"zeebe:{tag}", inner)
    notes.decide(node, f"zeebe:{tag} ({inner[:120]}): لا مقابل له؛ ارسم ما كان يفعله خطوة ظاهرة.",
                 f"zeebe:{tag} ({inner[:120]}): nothing here does the same; draw what it did as a visible step.")
    drop(one)


def _form(node: etree._Element, one: etree._Element, notes: Notes) -> None:
    for name in FORMS:
        value = without(one, name)
        if value is None:
            continue
        embedded = value.rpartition(":")[2]
        if name == "formKey" and embedded.replace("-", "_").isidentifier() and one.get("formId") is None:
            one.set("formId", embedded)
            notes.became(node, f"zeebe:formDefinition formKey={value}", f"formId={embedded}")
        else:
            keep(node, f"zeebe:{name}", value)
            notes.decide(node, f"{name}={value}: اختر النموذج (formId).", f"{name}={value}: choose the form (formId).")
    if not one.attrib:
        drop(one)


def _people(node: etree._Element, one: etree._Element, notes: Notes) -> None:
    users = without(one, "candidateUsers")
    if users is not None:
        keep(node, "zeebe:candidateUsers", users)
        notes.decide(node, f"candidateUsers={users}: الأشخاص بأسمائهم لا يُقرؤون؛ اختر دوراً (candidateGroups).",
                     f"candidateUsers={users}: people by name are not read; choose a role (candidateGroups).")
    if not one.attrib:
        drop(one)
