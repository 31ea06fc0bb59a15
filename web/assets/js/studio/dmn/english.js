// The English words of a decision: its name, its columns, why each rule stands there; and the list of a column's values.
import { h, newId } from "../dom.js";
import { inWords, t } from "../words.js";

const NAMESPACE = "urn:masar:dmn";

export function englishOf(decision, definitions, catalogue, changed) {
  if (decision?.$type !== "dmn:Decision") return [];
  const prefix = prefixOf(definitions);
  const field = (object, attribute, label, options) => {
    const id = newId("word");
    const name = `${prefix}:${attribute}`;
    const value = object.$attrs[name] ?? "";
    const input = options
      ? h("select", { id }, ...options.map(([key, words]) => h("option", { value: key }, words)))
      : h("input", { id, type: "text", dir: "ltr", lang: "en", value, autocomplete: "off" });
    if (options && value && !options.some(([key]) => key === value)) input.append(h("option", { value }, value));
    input.value = value;
    input.addEventListener(options ? "change" : "input", () => {
      declare(definitions, prefix);
      if (input.value) object.$attrs[name] = input.value;
      else delete object.$attrs[name];
      changed();
    });
    return h("div", { class: "studio-field" }, h("label", { for: id }, label), input);
  };
  const logic = decision.decisionLogic;
  const lists = [["", t("None")], ...catalogue.lists.map(({ key, title }) => [key, inWords(title)])];
  const column = (words, object) => h("div", { class: "studio-pair" },
    field(object, "name_en", t("{what} in English", { what: words })), field(object, "list", t("Its values are of the list"), lists));
  const columns = [...(logic?.input ?? []), ...(logic?.output ?? [])].map((one) => column(one.label || one.name || one.id, one));
  const rules = (logic?.rule ?? []).map((rule, index) => field(rule, "note_en", t("Why rule {number} holds, in English", { number: index + 1 })));
  return [
    fold(t("The words of this decision in English"), [field(decision, "name_en", t("Name in English")), ...columns], true),
    ...(rules.length ? [fold(t("Why each rule holds, in English"), rules, false)] : []),
  ];
}

function fold(title, fields, open) {
  return h("details", { class: "studio-group", open }, h("summary", {}, title), h("div", { class: "studio-pairs" }, ...fields));
}

function prefixOf(definitions) {
  const found = Object.entries(definitions.$attrs).find(([name, value]) => name.startsWith("xmlns:") && value === NAMESPACE);
  return found ? found[0].slice("xmlns:".length) : "masar";
}

function declare(definitions, prefix) {
  definitions.$attrs[`xmlns:${prefix}`] ??= NAMESPACE;
}
