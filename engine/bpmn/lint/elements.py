"""Elements that we do not run, by name: nothing that was drawn is a silent no-op."""

from engine.text import Text

_IN_A_PROCESS = Text(
    "ارسمه في إجراء (process) بمهام وبوابات وأحداث.", "Draw it in a process, with tasks, gateways and events.")
_GLOBAL = Text(
    "ضع العمل مهمة في الإجراء، أو إجراءً في ملف خاص يُستدعى.",
    "Put the work into the process as a task, or into a process of its own that is called.")
_BY_KEY = Text(
    "اكتب مفتاح الربط على الرسالة (zeebe:subscription correlationKey).",
    "State the key on the message (zeebe:subscription correlationKey).")
_ON_THE_EVENT = Text("اكتب تعريف الحدث داخل الحدث نفسه.", "Write the event definition inside the event itself.")
_AS_MESSAGES = Text(
    "صِل المشاركين بأسهم رسائل (messageFlow).", "Join the participants by message flows (messageFlow).")
UNSUPPORTED_OUTSIDE = {
    "choreography": (Text("مخطط التنسيق (choreography)", "The choreography"), _IN_A_PROCESS),
    "globalChoreographyTask": (Text("مهمة تنسيق عامة", "The global choreography task"), _IN_A_PROCESS),
    "globalConversation": (Text("المحادثة العامة", "The global conversation"), _AS_MESSAGES),
    **{
        tag: (Text(f"عنصر المحادثة {tag}", f"The {tag}"), _AS_MESSAGES)
        for tag in ("conversation", "subConversation", "callConversation", "conversationLink",
                    "conversationAssociation")
    },
    **{
        tag: (Text(f"المهمة العامة {tag}", f"The {tag}"), _GLOBAL)
        for tag in ("globalTask", "globalUserTask", "globalManualTask", "globalScriptTask", "globalBusinessRuleTask")
    },
    **{
        tag: (Text(f"الربط بعنصر {tag}", f"Correlation by {tag}"), _BY_KEY)
        for tag in ("correlationProperty", "correlationKey")
    },
    **{
        f"{kind}EventDefinition": (Text("تعريف حدث خارج حدثه", f"A {kind} event defined outside its event"),
                                   _ON_THE_EVENT)
        for kind in ("cancel", "compensate", "conditional", "error", "escalation", "link", "message", "signal",
                     "terminate", "timer")
    },
}
"""What stands beside the processes of a file and would do nothing, by name."""
DRAWN_OUTSIDE = frozenset({
    "process", "collaboration", "message", "error", "escalation", "signal", "category", "dataStore", "itemDefinition",
    "import", "interface", "endPoint", "partnerEntity", "partnerRole", "resource", "relationship", "extension",
    "documentation", "extensionElements",
})
"""What may stand beside the processes: what they refer to, and what merely tells the reader something."""
UNSUPPORTED = {
    "correlationSubscription": (Text("الربط بعنصر correlationSubscription", "Correlation by correlationSubscription"),
                                _BY_KEY),
    "eventDefinitionRef": (Text("إشارة إلى تعريف حدث خارج الحدث", "A reference to an event defined elsewhere"),
                           _ON_THE_EVENT),
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
