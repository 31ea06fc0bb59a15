// Which properties an element has in our dialect, in groups.
import { inWords, t } from "../words.js";
import { callGroups } from "./groups-calls.js";
import { dataGroups } from "./groups-data.js";
import { eventGroups } from "./groups-events.js";
import { workGroups } from "./groups-work.js";
import { property } from "./model.js";

const OURS = new Set(["name_en"]);

export function groupsOf(element, tools) {
  const owner = processOf(element);
  const subject = { element, object: owner ?? element.businessObject, type: (owner ?? element.businessObject).$type, ...tools };
  return [
    general(subject, owner), ...workGroups(subject), ...callGroups(subject), ...eventGroups(subject),
    ...dataGroups(subject), ...platform(subject),
  ].filter((group) => group && group.fields.length);
}

// A pool stands for its process: what is said of the pool is said of the process in it.
function processOf(element) {
  return element.type === "bpmn:Participant" ? element.businessObject.processRef : null;
}

function general(subject, owner) {
  const { element, object, model, type } = subject;
  const fields = [];
  const named = !["bpmn:Collaboration", "bpmn:TextAnnotation", "bpmn:Group", "bpmn:Association"].includes(type);
  if (type === "bpmn:TextAnnotation") {
    fields.push({ key: "text", kind: "long", label: t("Text"), value: object.text ?? "", write: (text) => model.modeling.updateProperties(element, { text }) });
  }
  if (named) {
    fields.push({ key: "name", kind: "long", label: t("Name in Arabic"), value: object.name ?? "",
      write: (name) => rename(model, element, owner, name.replace(/\s*\n\s*/g, " ")) });
    fields.push({ key: "name_en", label: t("Name in English"), dir: "ltr", lang: "en", value: property(object, "name_en"),
      write: (value) => model.setProperty(element, object, "name_en", value.trim()) });
  }
  fields.push(identity(subject, owner));
  if (type === "bpmn:Process") {
    fields.push({ key: "executable", kind: "tick", label: t("It can be run"), value: object.isExecutable === true,
      write: (isExecutable) => model.update(element, object, { isExecutable }) });
  }
  if (type !== "bpmn:Collaboration") fields.push(documentation(subject));
  return { key: "general", title: t("General"), open: true, fields: fields.filter(Boolean) };
}

function rename(model, element, owner, name) {
  if (owner) model.update(element, owner, { name });
  model.modeling.updateProperties(element, { name });
}

function identity({ element, object, model, registry, type }, owner) {
  const answered = ["bpmn:UserTask", "bpmn:ReceiveTask"].includes(type);
  return { key: "id", label: t("Id"), dir: "ltr", value: object.id,
    help: answered ? t("Its answers are kept under this id. Formulas that read them must change with it.") : undefined,
    write: (typed) => {
      const id = typed.trim();
      if (!/^[A-Za-z_][\w.-]*$/.test(id) || (registry.get(id) && registry.get(id) !== element)) return;
      if (owner) model.update(element, owner, { id });
      else model.modeling.updateProperties(element, { id });
    } };
}

function documentation({ element, object, model }) {
  return { key: "documentation", kind: "long", label: t("Notes for analysts"), value: object.documentation?.[0]?.text ?? "",
    write: (text) => model.update(element, object, {
      documentation: text ? [model.create("bpmn:Documentation", { text }, object)] : [],
    }) };
}

// The properties that the platform reads, with what they do; and whatever else stands there.
function platform(subject) {
  const { element, object, model, catalogue, type } = subject;
  if (["bpmn:Collaboration", "bpmn:TextAnnotation", "bpmn:Group", "bpmn:Association"].includes(type)) return [];
  const known = catalogue.properties.filter(({ key, on }) => !OURS.has(key) && (on ?? []).some((one) => fits(object, one)));
  const fields = known.map((one) => ({
    key: `property-${one.key}`, label: inWords(one.title) || one.key, help: inWords(one.help), value: property(object, one.key), dir: "auto",
    write: (value) => model.setProperty(element, object, one.key, typeof value === "string" ? value.trim() : value),
    ...shaped(one.key, subject),
  }));
  const named = new Set([...OURS, ...known.map(({ key }) => key)]);
  const others = all(object).filter(([key]) => !named.has(key));
  const rest = { key: "property-others", kind: "rows", label: t("Other properties"), columns: [t("Name"), t("Value")], value: others,
    write: (rows) => model.setProperties(element, object, [...all(object).filter(([key]) => named.has(key)), ...rows.filter(([key]) => key && !named.has(key))]) };
  return [{ key: "platform", title: t("What the platform reads"), fields: [...fields, ...(others.length ? [rest] : [])] }];
}

function all(object) {
  const holder = object.extensionElements?.values?.find((value) => value.$type === "zeebe:Properties");
  return (holder?.get("properties") ?? []).map(({ name, value }) => [name ?? "", value ?? ""]);
}

function fits(object, type) {
  const full = type.includes(":") ? type : `bpmn:${type.charAt(0).toUpperCase()}${type.slice(1)}`;
  try {
    return object.$instanceOf(full);
  } catch {
    return false;
  }
}

// Properties whose values come from lists are chosen, not typed.
function shaped(key, { object, registry, catalogue }) {
  if (key === "form") return { kind: "choice", options: [["", t("None")], ...catalogue.forms.map((form) => [form.key, inWords(form.title)])] };
  if (key === "offer_to") return { kind: "ticks", options: catalogue.roles.map((role) => [role.key, inWords(role.name)]) };
  if (key === "not_done_by") {
    const others = registry.filter((one) => one.type === "bpmn:UserTask" && one.businessObject !== object && !one.labelTarget);
    return { kind: "ticks", options: others.map((one) => [one.id, one.businessObject.name || one.id]) };
  }
  return {};
}
