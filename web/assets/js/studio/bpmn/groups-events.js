// What an event waits for: a message with its key, a time, an error with its code.
import { t } from "../words.js";
import { said } from "./model.js";

const TIMERS = [["timeDuration", "After a duration"], ["timeDate", "At a moment"], ["timeCycle", "Again and again"]];

export function eventGroups(subject) {
  const { object, type } = subject;
  const definition = object.eventDefinitions?.[0];
  if (type === "bpmn:ReceiveTask") return [message(subject, object)];
  if (definition?.$type === "bpmn:TimerEventDefinition") return [timer(subject, definition), interrupting(subject)].filter(Boolean);
  if (definition?.$type === "bpmn:ErrorEventDefinition") {
    return [coded(subject, definition, { key: "error", reference: "errorRef", type: "bpmn:Error", code: "errorCode",
      title: t("Error"), label: t("Code of the error"), help: t("Where it is caught, empty means any error.") })];
  }
  const other = { "bpmn:SignalEventDefinition": signal, "bpmn:EscalationEventDefinition": escalation, "bpmn:ConditionalEventDefinition": condition, "bpmn:LinkEventDefinition": link }[definition?.$type];
  if (other) return [other(subject, definition), interrupting(subject)].filter(Boolean);
  const waits = definition?.$type === "bpmn:MessageEventDefinition" && !["bpmn:IntermediateThrowEvent", "bpmn:EndEvent"].includes(type);
  return [waits && message(subject, definition), interrupting(subject)].filter(Boolean);
}

function message({ element, model, catalogue }, holder) {
  const all = model.roots("bpmn:Message");
  const chosen = holder.messageRef;
  const names = [...new Set([...catalogue.messages, ...all.map(({ name }) => name)].filter(Boolean))];
  const pick = (name) => {
    const trimmed = name.trim();
    if (!trimmed) return model.update(element, holder, { messageRef: undefined });
    const found = all.find((one) => one.name === trimmed);
    return model.update(element, holder, { messageRef: found ?? model.addRoot(element, "bpmn:Message", { name: trimmed }) });
  };
  return { key: "message", title: t("Message"), open: true, fields: [
    { key: "message-name", label: t("Name of the message"), dir: "ltr", value: chosen?.name ?? "", suggest: names, reshapes: true, write: pick,
      help: t("Choose a known name, or write a new one.") },
    ...(chosen ? [{ key: "correlation", kind: "formula", must: true, label: t("Correlation key"),
      value: said(chosen, "Subscription", "correlationKey"),
      help: t("It must equal the key that the message comes with, such as =case_number. It holds wherever this message is waited for."),
      write: (correlationKey) => model.extend(element, chosen, "Subscription", { correlationKey }) }] : []),
  ] };
}

function timer({ element, model }, definition) {
  const kind = TIMERS.map(([name]) => name).find((name) => definition[name]) ?? "timeDuration";
  const text = definition[kind]?.body ?? "";
  const put = (name, body) => model.update(element, definition, {
    timeDate: undefined, timeDuration: undefined, timeCycle: undefined, [name]: model.formula(body, definition),
  });
  let chosen = kind;
  return { key: "timer", title: t("Timer"), open: true, fields: [
    { key: "timer-kind", kind: "choice", label: t("When"), value: kind, options: TIMERS.map(([name, words]) => [name, t(words)]),
      write: (name) => { chosen = name; if (text) put(name, definition[kind]?.body ?? text); } },
    { key: "timer-value", kind: "formula", label: t("Time"), value: text, write: (body) => put(chosen, body),
      help: t("A duration such as PT48H, a cycle such as R3/P1D, or a formula such as =case.limits.plan.") },
  ] };
}

function escalation(subject, definition) {
  return coded(subject, definition, { key: "escalation", reference: "escalationRef", type: "bpmn:Escalation", code: "escalationCode",
    title: t("Escalation"), label: t("Code of the escalation"), help: t("Where it is caught, empty means any escalation.") });
}

// Errors and escalations stand beside the processes, told apart by their codes.
function coded({ element, model, registry }, definition, { key, reference, type, code, title, label, help }) {
  const shared = () => registry.filter((one) => one.businessObject?.eventDefinitions?.some((other) => other !== definition && other[reference] === definition[reference])).length;
  const put = (typed) => {
    const value = typed.trim();
    if (!value) return model.update(element, definition, { [reference]: undefined });
    const found = model.roots(type).find((one) => one[code] === value);
    if (found) return model.update(element, definition, { [reference]: found });
    if (definition[reference] && !shared()) return model.update(element, definition[reference], { [code]: value, name: value });
    return model.update(element, definition, { [reference]: model.addRoot(element, type, { name: value, [code]: value }) });
  };
  const known = model.roots(type).map((one) => one[code]).filter(Boolean);
  return { key, title, open: true, fields: [{ key: `${key}-code`, label, help, dir: "ltr", value: definition[reference]?.[code] ?? "", suggest: known, write: put }] };
}

function signal({ element, model }, definition) {
  const all = model.roots("bpmn:Signal");
  return { key: "signal", title: t("Signal"), open: true, fields: [{
    key: "signal-name", label: t("Name of the signal"), dir: "ltr", value: definition.signalRef?.name ?? "",
    suggest: all.map(({ name }) => name).filter(Boolean), help: t("Whoever waits for this name hears it."),
    write: (typed) => {
      const name = typed.trim();
      const found = all.find((one) => one.name === name) ?? (name ? model.addRoot(element, "bpmn:Signal", { name }) : undefined);
      model.update(element, definition, { signalRef: found });
    },
  }] };
}

function condition({ element, model }, definition) {
  return { key: "conditional", title: t("Condition"), open: true, fields: [{
    key: "condition", kind: "formula", must: true, label: t("Condition"), value: definition.condition?.body ?? "",
    help: t('A formula that becomes true, such as =risk_level = "high".'),
    write: (body) => model.update(element, definition, { condition: model.formula(body, definition) }),
  }] };
}

function link({ element, model }, definition) {
  return { key: "link", title: t("Link"), open: true, fields: [{
    key: "link-name", label: t("Name of the link"), value: definition.name ?? "", help: t("The same name on both ends."),
    write: (typed) => model.update(element, definition, { name: typed.trim() }),
  }] };
}

function interrupting({ element, object, type, model }) {
  const attribute = { "bpmn:BoundaryEvent": "cancelActivity", "bpmn:StartEvent": "isInterrupting" }[type];
  if (!attribute || !object.eventDefinitions?.length) return null;
  return { key: "interrupting", title: t("Interrupting"), open: true, fields: [
    { key: attribute, kind: "tick", label: attribute === "cancelActivity" ? t("It ends what it sits on") : t("It ends what goes on around it"), value: object[attribute] !== false,
      write: (value) => model.modeling.updateProperties(element, { [attribute]: value }) },
  ] };
}
