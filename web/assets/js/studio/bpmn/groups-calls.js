// What an element calls: a process, a decision, a formula, or the outside by a job.
import { inWords, t } from "../words.js";
import { extension, said } from "./model.js";

const JOBS = ["bpmn:ServiceTask", "bpmn:SendTask"];

export function callGroups(subject) {
  const { object, type } = subject;
  if (type === "bpmn:CallActivity") return [called(subject)];
  if (type === "bpmn:BusinessRuleTask") return [decided(subject)];
  if (type === "bpmn:ScriptTask") return [computed(subject)];
  const thrown = ["bpmn:IntermediateThrowEvent", "bpmn:EndEvent"].includes(type)
    && object.eventDefinitions?.[0]?.$type === "bpmn:MessageEventDefinition";
  return JOBS.includes(type) || thrown ? [job(subject)] : [];
}

function one({ element, object, model }, type, attribute, rest) {
  return { key: attribute, value: said(object, type, attribute), ...rest,
    write: (value) => model.extend(element, object, type, { [attribute]: typeof value === "string" ? value.trim() : value }) };
}

function called(subject) {
  const { object, catalogue } = subject;
  const passes = (attribute, label) => one(subject, "CalledElement", attribute, { kind: "tick", label,
    value: extension(object, "CalledElement")?.get(attribute) !== false });
  return { key: "called", title: t("Called process"), open: true, fields: [
    one(subject, "CalledElement", "processId", { kind: "choice", label: t("Process"),
      options: [["", t("None")], ...catalogue.processes.map(({ id, name }) => [id, inWords(name) || id])] }),
    passes("propagateAllParentVariables", t("It gets all variables (better: state its inputs)")),
    passes("propagateAllChildVariables", t("It gives back all its variables (better: state its outputs)")),
  ] };
}

function decided(subject) {
  const { object, catalogue } = subject;
  const chosen = catalogue.decisions.find(({ id }) => id === said(object, "CalledDecision", "decisionId"));
  const outputs = (chosen?.outputs ?? []).map(inWords).join(", ");
  return { key: "decided", title: t("Decision"), open: true, fields: [
    one(subject, "CalledDecision", "decisionId", { kind: "choice", label: t("Decision table"), reshapes: true,
      help: outputs ? t("It gives: {outputs}", { outputs }) : undefined,
      options: [["", t("None")], ...catalogue.decisions.map(({ id, name }) => [id, `${inWords(name) || id} (${id})`])] }),
    one(subject, "CalledDecision", "resultVariable", { dir: "ltr", label: t("Result variable"), help: t("The result is kept under this name.") }),
  ] };
}

function computed(subject) {
  return { key: "computed", title: t("Formula"), open: true, fields: [
    one(subject, "Script", "expression", { kind: "formula", must: true, label: t("Formula (FEEL)") }),
    one(subject, "Script", "resultVariable", { dir: "ltr", label: t("Result variable"), help: t("The result is kept under this name.") }),
  ] };
}

function job(subject) {
  const { element, object, model, catalogue } = subject;
  const type = said(object, "TaskDefinition", "type");
  const known = catalogue.call_types.find((call) => call.type === type);
  const headers = (extension(object, "TaskHeaders")?.get("values") ?? []).map((header) => [header.key ?? "", header.value ?? ""]);
  const needs = (known?.headers ?? []).map(inWords).join(", ");
  const inputs = (known?.inputs ?? []).map(inWords).join(", ");
  return { key: "job", title: t("Call to the outside"), open: true, fields: [
    one(subject, "TaskDefinition", "type", { kind: "choice", label: t("Kind of call"), reshapes: true,
      help: inputs ? t("It reads the inputs: {inputs}", { inputs }) : undefined,
      options: [["", t("None")], ...catalogue.call_types.map((call) => [call.type, inWords(call.title) || call.type])] }),
    one(subject, "TaskDefinition", "retries", { dir: "ltr", label: t("How often to try") }),
    { key: "headers", kind: "rows", label: t("Settings of the call"), columns: [t("Name"), t("Value")], value: headers,
      help: needs ? t("It knows: {names}", { names: needs }) : undefined, suggest: (known?.headers ?? []).map(inWords),
      write: (rows) => model.list(element, object, "TaskHeaders", "values", "zeebe:Header", ["key", "value"], rows) },
  ] };
}
