// The elements that our engine runs, by family: what palette, menus and panel offer. What the linter refuses by name
// is not here.
const message = "bpmn:MessageEventDefinition";
const timer = "bpmn:TimerEventDefinition";
const failure = "bpmn:ErrorEventDefinition";
const signal = "bpmn:SignalEventDefinition";
const escalation = "bpmn:EscalationEventDefinition";
const condition = "bpmn:ConditionalEventDefinition";
const link = "bpmn:LinkEventDefinition";
const terminate = "bpmn:TerminateEventDefinition";

const activity = [
  ["user-task", "Work item", { type: "bpmn:UserTask" }],
  ["service-task", "Service task", { type: "bpmn:ServiceTask" }],
  ["send-task", "Send task", { type: "bpmn:SendTask" }],
  ["receive-task", "Receive task", { type: "bpmn:ReceiveTask" }],
  ["business-rule-task", "Decision", { type: "bpmn:BusinessRuleTask" }, "business-rule"],
  ["script-task", "Script task (FEEL)", { type: "bpmn:ScriptTask" }, "script"],
  ["call-activity", "Called process", { type: "bpmn:CallActivity" }],
  ["subprocess", "Sub-process", { type: "bpmn:SubProcess", isExpanded: true }, "subprocess-expanded"],
  ["collapsed-subprocess", "Collapsed sub-process", { type: "bpmn:SubProcess", isExpanded: false }, "subprocess-collapsed"],
  ["event-subprocess", "Event sub-process", { type: "bpmn:SubProcess", triggeredByEvent: true, isExpanded: true }, "event-subprocess-expanded"],
];
const gateway = [
  ["exclusive-gateway", "Exclusive gateway", { type: "bpmn:ExclusiveGateway" }, "gateway-xor"],
  ["parallel-gateway", "Parallel gateway", { type: "bpmn:ParallelGateway" }, "gateway-parallel"],
  ["inclusive-gateway", "Inclusive gateway", { type: "bpmn:InclusiveGateway" }, "gateway-or"],
  ["event-based-gateway", "Event gateway", { type: "bpmn:EventBasedGateway", instantiate: false, eventGatewayType: "Exclusive" }, "gateway-eventbased"],
];
const start = [["none-start", "Start", { type: "bpmn:StartEvent" }, "start-event-none"]];
const eventStart = [
  ["message-start", "Start by a message", begun(message), "start-event-message"],
  ["timer-start", "Start by a timer", begun(timer), "start-event-timer"],
  ["error-start", "Start by an error", begun(failure), "start-event-error"],
  ["signal-start", "Start by a signal", begun(signal), "start-event-signal"],
  ["escalation-start", "Start by an escalation", begun(escalation), "start-event-escalation"],
  ["condition-start", "Start by a condition", begun(condition), "start-event-condition"],
  ["message-start-beside", "Start by a message, interrupting nothing", begun(message, false), "start-event-non-interrupting-message"],
  ["timer-start-beside", "Start by a timer, interrupting nothing", begun(timer, false), "start-event-non-interrupting-timer"],
  ["signal-start-beside", "Start by a signal, interrupting nothing", begun(signal, false), "start-event-non-interrupting-signal"],
  ["escalation-start-beside", "Start by an escalation, interrupting nothing", begun(escalation, false), "start-event-non-interrupting-escalation"],
  ["condition-start-beside", "Start by a condition, interrupting nothing", begun(condition, false), "start-event-non-interrupting-condition"],
];
const intermediate = [
  ["timer-catch", "Wait for a time", event("IntermediateCatchEvent", timer), "intermediate-event-catch-timer"],
  ["message-catch", "Wait for a message", event("IntermediateCatchEvent", message), "intermediate-event-catch-message"],
  ["signal-catch", "Wait for a signal", event("IntermediateCatchEvent", signal), "intermediate-event-catch-signal"],
  ["condition-catch", "Wait for a condition", event("IntermediateCatchEvent", condition), "intermediate-event-catch-condition"],
  ["link-catch", "Link: go on here", event("IntermediateCatchEvent", link), "intermediate-event-catch-link"],
  ["message-throw", "Send a message", event("IntermediateThrowEvent", message), "intermediate-event-throw-message"],
  ["signal-throw", "Send a signal", event("IntermediateThrowEvent", signal), "intermediate-event-throw-signal"],
  ["escalation-throw", "Escalate", event("IntermediateThrowEvent", escalation), "intermediate-event-throw-escalation"],
  ["link-throw", "Link: go on there", event("IntermediateThrowEvent", link), "intermediate-event-throw-link"],
  ["none-throw", "Milestone", { type: "bpmn:IntermediateThrowEvent" }, "intermediate-event-none"],
];
const boundary = [
  ["timer-boundary", "Time limit on the border", attached(timer), "intermediate-event-catch-timer"],
  ["message-boundary", "Message on the border", attached(message), "intermediate-event-catch-message"],
  ["error-boundary", "Error on the border", attached(failure), "intermediate-event-catch-error"],
  ["signal-boundary", "Signal on the border", attached(signal), "intermediate-event-catch-signal"],
  ["escalation-boundary", "Escalation on the border", attached(escalation), "intermediate-event-catch-escalation"],
  ["condition-boundary", "Condition on the border", attached(condition), "intermediate-event-catch-condition"],
  ["timer-boundary-beside", "Time limit on the border, interrupting nothing", attached(timer, false), "intermediate-event-catch-non-interrupting-timer"],
  ["message-boundary-beside", "Message on the border, interrupting nothing", attached(message, false), "intermediate-event-catch-non-interrupting-message"],
  ["signal-boundary-beside", "Signal on the border, interrupting nothing", attached(signal, false), "intermediate-event-catch-non-interrupting-signal"],
  ["escalation-boundary-beside", "Escalation on the border, interrupting nothing", attached(escalation, false), "intermediate-event-catch-non-interrupting-escalation"],
  ["condition-boundary-beside", "Condition on the border, interrupting nothing", attached(condition, false), "intermediate-event-catch-non-interrupting-condition"],
];
const end = [
  ["none-end", "End", { type: "bpmn:EndEvent" }, "end-event-none"],
  ["message-end", "End and send a message", event("EndEvent", message), "end-event-message"],
  ["signal-end", "End and send a signal", event("EndEvent", signal), "end-event-signal"],
  ["escalation-end", "End and escalate", event("EndEvent", escalation), "end-event-escalation"],
  ["error-end", "End with an error", event("EndEvent", failure), "end-event-error"],
  ["terminate-end", "End everything", event("EndEvent", terminate), "end-event-terminate"],
];

const FAMILIES = { activity, gateway, start, eventStart, intermediate, boundary, end };

function event(type, eventDefinitionType) {
  return { type: `bpmn:${type}`, eventDefinitionType };
}

function begun(eventDefinitionType, isInterrupting = true) {
  return { ...event("StartEvent", eventDefinitionType), isInterrupting };
}

function attached(eventDefinitionType, cancelActivity = true) {
  return { ...event("BoundaryEvent", eventDefinitionType), cancelActivity };
}

function named([id, label, target, icon = id]) {
  return { id, label, target, icon: `bpmn-icon-${icon}` };
}

export const kindsOf = Object.fromEntries(Object.entries(FAMILIES).map(([family, kinds]) => [family, kinds.map(named)]));

// What may follow an element, and what may sit on the border of an activity.
export const AFTER = [...kindsOf.activity.filter((kind) => kind.id !== "event-subprocess"), ...kindsOf.gateway, ...kindsOf.intermediate, ...kindsOf.end];
export const BORDER = kindsOf.boundary;

// What an element may be turned into.
export function alternatives(element) {
  const family = familyOf(element);
  return family ? kindsOf[family].filter((kind) => !isKind(element, kind.target)) : [];
}

function familyOf(element) {
  const type = element.type.replace("bpmn:", "");
  if (element.businessObject.triggeredByEvent) return null;
  if (type === "StartEvent") return element.parent?.businessObject.triggeredByEvent ? "eventStart" : "start";
  if (type === "BoundaryEvent") return "boundary";
  if (type === "EndEvent") return "end";
  if (/^Intermediate/.test(type)) return "intermediate";
  if (/Gateway$/.test(type)) return "gateway";
  return /(Task|CallActivity|SubProcess|Transaction)$/.test(type) ? "activity" : null;
}

export function isKind(element, target) {
  const object = element.businessObject;
  return object.$type === target.type
    && object.eventDefinitions?.[0]?.$type === target.eventDefinitionType
    && Boolean(object.triggeredByEvent) === Boolean(target.triggeredByEvent)
    && (target.cancelActivity ?? true) === (object.cancelActivity ?? true)
    && (target.isInterrupting ?? true) === (object.isInterrupting ?? true)
    && (target.type !== "bpmn:SubProcess" || Boolean(element.di?.isExpanded) === Boolean(target.isExpanded));
}

export function kindOf(element) {
  return Object.values(kindsOf).flat().find((kind) => isKind(element, kind.target));
}
