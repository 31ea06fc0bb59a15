"""The elements and attributes of BPMN 2.0, and what becomes of each here: it runs, it merely tells the reader something
(with what it stands for said where that is not plain), or it is refused by name."""

RUN, TELLS, REFUSED = "run", "tells", "refused"
OUTSIDE: dict[str, str] = {
    **dict.fromkeys(("process", "message", "error", "escalation", "signal"), RUN),
    **dict.fromkeys(("collaboration", "category", "dataStore", "itemDefinition", "import", "interface", "endPoint",
                     "partnerEntity", "partnerRole", "resource", "relationship", "extension"), TELLS),
    **dict.fromkeys((
        "choreography", "globalChoreographyTask", "globalConversation", "globalTask", "globalUserTask",
        "globalManualTask", "globalScriptTask", "globalBusinessRuleTask", "correlationProperty",
        "cancelEventDefinition", "compensateEventDefinition", "conditionalEventDefinition", "errorEventDefinition",
        "escalationEventDefinition", "linkEventDefinition", "messageEventDefinition", "signalEventDefinition",
        "terminateEventDefinition", "timerEventDefinition"), REFUSED),
}
"""What may stand under `definitions`."""
IN_COLLABORATION: dict[str, str] = {
    **dict.fromkeys(("participant", "messageFlow", "textAnnotation", "association", "group", "participantAssociation",
                     "messageFlowAssociation", "choreographyRef"), TELLS),
    **dict.fromkeys(("conversation", "subConversation", "callConversation", "conversationLink",
                     "conversationAssociation", "correlationKey"), REFUSED),
}
IN_PROCESS: dict[str, str] = {
    **dict.fromkeys(("userTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask", "task",
                     "manualTask", "callActivity", "subProcess", "exclusiveGateway", "parallelGateway",
                     "inclusiveGateway", "eventBasedGateway", "startEvent", "endEvent", "intermediateCatchEvent",
                     "intermediateThrowEvent", "boundaryEvent", "sequenceFlow"), RUN),
    **dict.fromkeys(("documentation", "extensionElements", "laneSet", "dataObject", "dataObjectReference",
                     "dataStoreReference", "textAnnotation", "association", "group", "auditing", "monitoring"), TELLS),
    **dict.fromkeys(("adHocSubProcess", "transaction", "complexGateway", "choreographyTask", "subChoreography",
                     "callChoreography", "event", "implicitThrowEvent", "ioSpecification", "ioBinding", "property",
                     "correlationSubscription", "resourceRole", "performer", "humanPerformer", "potentialOwner",
                     "supports", "supportedInterfaceRef"), REFUSED),
}
IN_TASK: dict[str, str] = {
    **dict.fromkeys(("multiInstanceLoopCharacteristics", "standardLoopCharacteristics"), RUN),
    **dict.fromkeys(("documentation", "extensionElements", "incoming", "outgoing", "auditing", "monitoring"), TELLS),
    **dict.fromkeys(("ioSpecification", "property", "performer", "humanPerformer", "potentialOwner", "resourceRole",
                     "rendering", "script", "loopCardinality"), REFUSED),
}
IN_EVENT: dict[str, str] = {
    **dict.fromkeys(("timerEventDefinition", "messageEventDefinition", "signalEventDefinition",
                     "conditionalEventDefinition"), RUN),
    **dict.fromkeys(("dataInput", "dataOutput", "inputSet", "outputSet", "eventDefinitionRef", "property",
                     "cancelEventDefinition", "compensateEventDefinition"), REFUSED),
}
ATTRIBUTES: dict[tuple[str, str], str] = {
    ("userTask", 'isForCompensation="true"'): REFUSED, ("userTask", 'startQuantity="2"'): REFUSED,
    ("userTask", 'completionQuantity="2"'): REFUSED, ("userTask", 'isForCompensation="false"'): TELLS,
    ("userTask", 'startQuantity="1"'): TELLS, ("userTask", 'implementation="##unspecified"'): TELLS,
    ("receiveTask", 'instantiate="true"'): REFUSED, ("eventBasedGateway", 'instantiate="true"'): REFUSED,
    ("eventBasedGateway", 'eventGatewayType="Parallel"'): REFUSED,
    ("intermediateCatchEvent", 'parallelMultiple="true"'): REFUSED,
    ("multiInstanceLoopCharacteristics", 'behavior="One"'): REFUSED,
    ("multiInstanceLoopCharacteristics", 'behavior="Complex"'): REFUSED,
    ("multiInstanceLoopCharacteristics", 'behavior="All"'): TELLS,
    ("multiInstanceLoopCharacteristics", 'oneBehaviorEventRef="e"'): REFUSED,
    ("multiInstanceLoopCharacteristics", 'noneBehaviorEventRef="e"'): REFUSED,
    ("subProcess", 'triggeredByEvent="maybe"'): REFUSED, ("exclusiveGateway", 'gatewayDirection="Diverging"'): TELLS,
    ("sequenceFlow", 'isImmediate="true"'): TELLS, ("sequenceFlow", 'isImmediate="false"'): TELLS,
    ("process", 'processType="Private"'): TELLS, ("process", 'isClosed="true"'): TELLS,
}
