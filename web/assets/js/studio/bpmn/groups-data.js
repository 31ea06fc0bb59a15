// What goes in and out: conditions of flows, mappings, repetition over a list.
import { t } from "../words.js";
import { extension, said } from "./model.js";

const MAPPED = /(UserTask|ServiceTask|SendTask|ReceiveTask|BusinessRuleTask|ScriptTask|CallActivity|SubProcess|Event)$/;

export function dataGroups(subject) {
  const { type } = subject;
  if (type === "bpmn:SequenceFlow") return [flow(subject)].filter(Boolean);
  return [repeated(subject), again(subject), MAPPED.test(type) ? mappings(subject) : null].filter(Boolean);
}

function flow({ element, object, model }) {
  const source = object.sourceRef;
  if (!/(Exclusive|Inclusive)Gateway$|Task$|Activity$|SubProcess$/.test(source?.$type ?? "")) return null;
  const isDefault = source.default === object;
  const fields = isDefault ? [] : [{ key: "condition", kind: "formula", must: true, label: t("Condition"), value: object.conditionExpression?.body ?? "",
    help: t("A formula that must be true to go this way, such as =reception.age_years < 18."),
    write: (body) => model.modeling.updateProperties(element, { conditionExpression: model.formula(body, object) }) }];
  fields.push({ key: "default", kind: "tick", label: t("The way if no condition is true"), value: isDefault, reshapes: true,
    write: (yes) => model.modeling.updateProperties(element.source, { default: yes ? object : undefined }) });
  return { key: "flow", title: t("Condition"), open: true, fields };
}

function mappings({ element, object, model, type }) {
  // A text that already stood there without the sign of a formula stands for itself and stays so.
  const standing = new Set(["inputParameters", "outputParameters"].flatMap((name) => (extension(object, "IoMapping")?.get(name) ?? []).map(({ source }) => source)));
  const side = (name, itemType, label, help) => ({
    key: name, kind: "rows", label, help, columns: [t("Variable"), t("Formula (FEEL)")], formulas: [false, true],
    value: (extension(object, "IoMapping")?.get(name) ?? []).map((one) => [one.target ?? "", one.source ?? ""]),
    write: (rows) => model.list(element, object, "IoMapping", name, itemType, ["target", "source"], rows.map(([target, source]) => [target, marked(source, standing)])),
  });
  const inputs = side("inputParameters", "zeebe:Input", t("Inputs"), t("What it reads, under which name."));
  const outputs = side("outputParameters", "zeebe:Output", t("Outputs"), t("What is kept of its result. Nothing stated: all of it, under its id."));
  const start = type === "bpmn:StartEvent" || type === "bpmn:BoundaryEvent" || type === "bpmn:IntermediateCatchEvent";
  return { key: "mappings", title: t("Inputs and outputs"), fields: start ? [outputs] : [inputs, outputs] };
}

function repeated({ element, object, model }) {
  const loop = object.loopCharacteristics;
  if (loop?.$type !== "bpmn:MultiInstanceLoopCharacteristics") return null;
  const one = (attribute, rest) => ({ key: attribute, value: said(loop, "LoopCharacteristics", attribute), ...rest,
    write: (value) => model.extend(element, loop, "LoopCharacteristics", { [attribute]: value.trim() }) });
  return { key: "repeated", title: t("For each of a list"), open: true, fields: [
    { key: "sequential", kind: "choice", label: t("Order"), value: loop.isSequential ? "yes" : "no",
      options: [["no", t("All at once")], ["yes", t("One after another")]],
      write: (value) => model.update(element, loop, { isSequential: value === "yes" }) },
    one("inputCollection", { kind: "formula", must: true, label: t("List"), help: t("A formula that gives the list, such as =actions.") }),
    one("inputElement", { dir: "ltr", label: t("Name of each item") }),
    one("outputCollection", { dir: "ltr", label: t("Name of the list of results") }),
    one("outputElement", { kind: "formula", must: true, label: t("What is kept of each") }),
    { key: "enough", kind: "formula", must: true, label: t("Enough when"), value: loop.completionCondition?.body ?? "",
      help: t("Optional: ends early once this formula is true."),
      write: (body) => model.update(element, loop, { completionCondition: model.formula(body, loop) }) },
  ] };
}

function marked(source, known) {
  return source && !source.startsWith("=") && !known.has(source) ? `=${source}` : source;
}

function again({ element, object, model }) {
  const loop = object.loopCharacteristics;
  if (loop?.$type !== "bpmn:StandardLoopCharacteristics") return null;
  return { key: "again", title: t("Done again"), open: true, fields: [
    { key: "loop-condition", kind: "formula", must: true, label: t("Again while"), value: loop.loopCondition?.body ?? "",
      help: t("A formula, such as =answer.again = true. Empty: as often as allowed."),
      write: (body) => model.update(element, loop, { loopCondition: model.formula(body, loop) }) },
    { key: "loop-maximum", label: t("At most (times)"), dir: "ltr", value: String(loop.loopMaximum ?? ""),
      write: (typed) => model.update(element, loop, { loopMaximum: /^[0-9]+$/.test(typed.trim()) ? Number(typed) : undefined }) },
    { key: "test-before", kind: "tick", label: t("Ask before the first time too"), value: loop.testBefore === true,
      write: (testBefore) => model.update(element, loop, { testBefore }) },
  ] };
}
