"""Everything that the engines of other makers read on the elements of a diagram: attributes and extensions, by where
they stand."""

CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
FLOWABLE = "http://flowable.org/bpmn"
ACTIVITIES = ("userTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask", "callActivity",
              "subProcess", "manualTask")
RUNNING = "asyncBefore asyncAfter exclusive jobPriority async"
ATTRIBUTES: dict[str, dict[str, str]] = {
    CAMUNDA: {
        "process": "historyTimeToLive isStartableInTasklist versionTag candidateStarterGroups candidateStarterUsers "
                   "jobPriority taskPriority",
        "startEvent": f"{RUNNING} initiator formKey formRef formRefBinding formRefVersion formHandlerClass",
        "userTask": f"{RUNNING} assignee candidateUsers candidateGroups dueDate followUpDate priority formKey formRef "
                    "formRefBinding formRefVersion formHandlerClass",
        "serviceTask": f"{RUNNING} class delegateExpression expression resultVariable type topic taskPriority",
        "sendTask": f"{RUNNING} class delegateExpression expression resultVariable type topic taskPriority",
        "businessRuleTask": f"{RUNNING} class delegateExpression expression resultVariable type topic decisionRef "
                            "decisionRefBinding decisionRefVersion decisionRefVersionTag decisionRefTenantId "
                            "mapDecisionResult",
        "scriptTask": f"{RUNNING} resource resultVariable",
        "callActivity": f"{RUNNING} calledElementBinding calledElementVersion calledElementVersionTag "
                        "calledElementTenantId caseRef caseBinding caseVersion caseTenantId variableMappingClass "
                        "variableMappingDelegateExpression",
        "multiInstanceLoopCharacteristics": "collection elementVariable asyncBefore exclusive",
        "errorEventDefinition": "errorCodeVariable errorMessageVariable",
        "escalationEventDefinition": "escalationCodeVariable",
        "conditionalEventDefinition": "variableName variableEvents",
        "messageEventDefinition": "class delegateExpression expression resultVariable type topic taskPriority",
        "conditionExpression": "resource", "exclusiveGateway": RUNNING, "error": "errorMessage",
    },
    FLOWABLE: {
        "process": "candidateStarterUsers enableEagerExecutionTreeFetching isEagerExecutionFetch",
        "userTask": "skipExpression businessCalendarName category owner formFieldValidation taskIdVariableName "
                    "sameDeployment",
        "serviceTask": "skipExpression triggerable useLocalScopeForResultVariable storeResultVariableAsTransient "
                       "extensionId operationRef",
        "scriptTask": "autoStoreVariables skipExpression",
        "callActivity": "businessKey inheritBusinessKey inheritVariables sameDeployment fallbackToDefaultTenant "
                        "processInstanceName processInstanceIdVariableName completeAsync calledElementType",
        "multiInstanceLoopCharacteristics": "elementIndexVariable noWaitStatesAsyncLeave collection elementVariable",
    },
}
EXTENSIONS: dict[str, dict[str, list[str]]] = {
    CAMUNDA: {
        "userTask": [
            '<v:formData businessKey="KEPT1"><v:formField id="KEPT2" label="KEPT3" type="KEPT4" defaultValue="KEPT5">'
            '<v:validation><v:constraint name="KEPT6" config="KEPT7"/></v:validation><v:value id="KEPT8" name="KEPT9"/>'
            "</v:formField></v:formData>",
            '<v:taskListener event="KEPT1" class="KEPT2"><v:field name="KEPT3"><v:string>KEPT4</v:string></v:field>'
            "</v:taskListener>",
            '<v:taskListener event="KEPT1"><v:script scriptFormat="KEPT2">KEPT3</v:script></v:taskListener>',
        ],
        "serviceTask": [
            '<v:connector><v:connectorId>KEPT1</v:connectorId><v:inputOutput><v:inputParameter name="KEPT2">KEPT3'
            "</v:inputParameter></v:inputOutput></v:connector>", '<v:field name="KEPT1" stringValue="KEPT2"/>',
            '<v:field name="KEPT1"><v:expression>KEPT2</v:expression></v:field>',
            '<v:errorEventDefinition id="KEPT1" errorRef="KEPT2" expression="KEPT3"/>',
            "<v:failedJobRetryTimeCycle>R3/PT1M</v:failedJobRetryTimeCycle>",
            '<v:inputOutput><v:inputParameter name="KEPT1"><v:map><v:entry key="KEPT2">KEPT3</v:entry></v:map>'
            '</v:inputParameter><v:outputParameter name="KEPT4"><v:script scriptFormat="KEPT5">KEPT6</v:script>'
            '</v:outputParameter><v:inputParameter name="KEPT7"><v:list><v:value>KEPT8</v:value></v:list>'
            '</v:inputParameter><v:inputParameter name="KEPT9">${KEPT10.run()}</v:inputParameter></v:inputOutput>',
            '<v:executionListener event="KEPT1" delegateExpression="KEPT2"/>',
            '<v:properties><v:property name="KEPT1" value="KEPT2"/></v:properties>',
        ],
        "callActivity": [
            '<v:in source="KEPT1" target="KEPT2" local="true"/>',
            '<v:in sourceExpression="${KEPT1.f()}" target="KEPT2"/>',
            '<v:in businessKey="KEPT1"/>', '<v:out source="KEPT1" target="KEPT2"/>',
            '<v:in variables="all"/><v:out variables="all"/>',
        ],
        "process": ['<v:potentialStarter><v:resourceAssignmentExpression>KEPT1</v:resourceAssignmentExpression>'
                    "</v:potentialStarter>", '<v:executionListener event="KEPT1" class="KEPT2"/>'],
    },
    FLOWABLE: {
        "userTask": ['<v:formProperty id="KEPT1" name="KEPT2" type="KEPT3"><v:value id="KEPT4"/></v:formProperty>'],
        "serviceTask": ['<v:eventInParameter source="KEPT1" target="KEPT2"/>',
                        "<v:eventType><![CDATA[KEPT1]]></v:eventType>",
                        '<v:mapException errorCode="KEPT1">KEPT2</v:mapException>'],
    },
}
ZEEBE: dict[str, list[str]] = {
    "userTask": [
        '<z:formDefinition formKey="KEPT1.x y"/>', '<z:formDefinition externalReference="KEPT1"/>',
        '<z:assignmentDefinition candidateUsers="KEPT1"/>', '<z:taskListeners><z:taskListener eventType="KEPT1" '
        'type="KEPT2" retries="KEPT3"/></z:taskListeners>',
        '<z:formDefinition formId="KEPT1" bindingType="versionTag" versionTag="KEPT2"/>',
    ],
    "serviceTask": [
        '<z:executionListeners><z:executionListener eventType="KEPT1" type="KEPT2"/></z:executionListeners>',
        '<z:linkedResources><z:linkedResource resourceId="KEPT1" linkName="KEPT2"/></z:linkedResources>',
    ],
    "businessRuleTask": ['<z:calledDecision decisionId="KEPT1" resultVariable="KEPT2" bindingType="deployment"/>'],
    "callActivity": ['<z:calledElement processId="KEPT1" bindingType="versionTag" versionTag="KEPT2"/>'],
}
