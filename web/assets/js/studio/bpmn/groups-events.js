// What an event waits for: a message with its key, a time, an error with its code.
import { t } from "../words.js";
import { said } from "./model.js";

const TIMERS = [["timeDuration", "After a duration"], ["timeDate", "At a moment"], ["timeCycle", "Again and again"]];

export function eventGroups(subject) {
  const { object, type } = subject;
  const definition = object.eventDefinitions?.[0];
  if (type === "bpmn:ReceiveTask") return [message(subject, object)];
  if (definition?.$type === "bpmn:TimerEventDefinition") return [timer(subject, definition)];
  if (definition?.$type === "bpmn:ErrorEventDefinition") return [failure(subject, definition)];
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

function failure({ element, model, registry }, definition) {
  const code = definition.errorRef?.errorCode ?? "";
  const used = registry.filter((one) => one.businessObject?.eventDefinitions?.some((other) => other !== definition && other.errorRef === definition.errorRef));
  const put = (typed) => {
    const errorCode = typed.trim();
    if (!errorCode) return model.update(element, definition, { errorRef: undefined });
    const found = model.roots("bpmn:Error").find((one) => one.errorCode === errorCode);
    if (found) return model.update(element, definition, { errorRef: found });
    if (definition.errorRef && !used.length) return model.update(element, definition.errorRef, { errorCode, name: errorCode });
    return model.update(element, definition, { errorRef: model.addRoot(element, "bpmn:Error", { name: errorCode, errorCode }) });
  };
  return { key: "error", title: t("Error"), open: true, fields: [
    { key: "error-code", label: t("Code of the error"), dir: "ltr", value: code, write: put, help: t("Where it is caught, empty means any error.") },
  ] };
}

function interrupting({ element, object, type, model }) {
  const definition = object.eventDefinitions?.[0]?.$type;
  if (type !== "bpmn:BoundaryEvent" || !definition || definition === "bpmn:ErrorEventDefinition") return null;
  return { key: "interrupting", title: t("Interrupting"), open: true, fields: [
    { key: "cancelActivity", kind: "tick", label: t("It ends what it sits on"), value: object.cancelActivity !== false,
      write: (cancelActivity) => model.modeling.updateProperties(element, { cancelActivity }) },
  ] };
}
