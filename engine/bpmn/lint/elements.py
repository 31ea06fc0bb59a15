"""Elements that we do not run, by name: nothing that was drawn is a silent no-op."""

from engine.text import Text

UNSUPPORTED = {
    "adHocSubProcess": (
        Text("الإجراء الفرعي الحر (ad-hoc)", "The ad-hoc sub-process"),
        Text(
            "استخدم إجراءً فرعياً عادياً بحلقة، أو عناصر متوازية.",
            "Use a plain sub-process with a loop, or parallel branches.",
        ),
    ),
    "transaction": (
        Text("المعاملة (transaction)", "The transaction"),
        Text(
            "استخدم إجراءً فرعياً عادياً مع حدث خطأ على حدّه.",
            "Use a plain sub-process with an error event on its border.",
        ),
    ),
    "complexGateway": (
        Text("البوابة المعقدة", "The complex gateway"),
        Text(
            "استخدم بوابة شاملة أو متوازية بشروط مكتوبة.",
            "Use an inclusive or parallel gateway with written conditions.",
        ),
    ),
    "compensateEventDefinition": (
        Text("حدث التعويض", "Compensation"),
        Text(
            "ارسم خطوات التراجع مساراً ظاهراً بعد بوابة.",
            "Draw the steps that undo as a visible path behind a gateway.",
        ),
    ),
    "cancelEventDefinition": (
        Text("حدث إلغاء المعاملة", "The cancel event"),
        Text("استخدم حدث خطأ بدلاً منه.", "Use an error event instead."),
    ),
    "ioSpecification": (
        Text("مواصفة المدخلات والمخرجات ioSpecification", "The ioSpecification"),
        Text(
            "استخدم خرائط المدخلات والمخرجات (zeebe:ioMapping).",
            "Use input and output mappings (zeebe:ioMapping).",
        ),
    ),
    "property": (
        Text("خاصية BPMN (bpmn:property)", "The bpmn:property"),
        Text("استخدم الخصائص الإضافية (zeebe:properties).", "Use extension properties (zeebe:properties)."),
    ),
    "dataInputAssociation": (
        Text("نقل البيانات على سهم القراءة", "Copying along an arrow from a data object"),
        Text(
            "أبقِ السهم بلا تعيين؛ المتغيرات تُقرأ بتعابير FEEL.",
            "Keep the arrow without an assignment; FEEL expressions read variables.",
        ),
    ),
    "dataOutputAssociation": (
        Text("نقل البيانات على سهم الكتابة", "Copying along an arrow to a data object"),
        Text(
            "أبقِ السهم بلا تعيين واستخدم خريطة مخرجات.",
            "Keep the arrow without an assignment, and use an output mapping.",
        ),
    ),
    "script": (
        Text("نص برمجي داخل المهمة (bpmn:script)", "A script inside the task (bpmn:script)"),
        Text("استخدم تعبير FEEL (zeebe:script).", "Use a FEEL expression (zeebe:script)."),
    ),
    "loopCardinality": (
        Text("عدد مرات التكرار loopCardinality", "The loopCardinality"),
        Text(
            "اذكر مجموعة في zeebe:loopCharacteristics، مثل =for i in 1..3 return i",
            "State a collection in zeebe:loopCharacteristics, such as =for i in 1..3 return i",
        ),
    ),
    "loopDataInputRef": (
        Text("المجموعة loopDataInputRef", "The loopDataInputRef"),
        Text(
            "اذكر المجموعة في zeebe:loopCharacteristics.",
            "State the collection in zeebe:loopCharacteristics.",
        ),
    ),
    **{
        tag: (
            Text(f"تعيين الأشخاص بعنصر {tag}", f"Assigning people by {tag}"),
            Text(
                "استخدم candidateGroups في zeebe:assignmentDefinition.",
                "Use candidateGroups in zeebe:assignmentDefinition.",
            ),
        )
        for tag in ("performer", "humanPerformer", "potentialOwner", "resourceRole")
    },
}
