// Our groups in the panel of the form editor. Each property is a text in `properties`, as Camunda's editor keeps it.
import { h } from "preact";
import { inWords, t } from "../words.js";
import { GROUPS, widgetsOf } from "./vocabulary.js";

const OF_FORM_JS = new Set(["html", "iframe", "filepicker", "table", "image", "documentPreview"]);

function set(field, editField, key, value) {
  const properties = { ...(field.properties ?? {}) };
  if (value) properties[key] = value;
  else delete properties[key];
  editField(field, ["properties"], Object.keys(properties).length ? properties : undefined);
}

function Row({ id, label, help, children }) {
  return h("div", { class: "bio-properties-panel-entry masar-words", "data-entry-id": id },
    h("div", { class: "studio-field" }, h("label", { for: `masar-${id}` }, label), children, help && h("small", { class: "studio-help" }, help)));
}

// One component for all: made anew for each property it would lose what is being typed.
function Entry({ field, editField, property, catalogue, registry, id }) {
  const { key, label, shape, help } = property;
  const value = field.properties?.[key] ?? "";
  const write = (text) => set(field, editField, key, text);
  const frame = (input) => h(Row, { id, label: t(label), help: help && t(help) }, input);
  const name = `masar-${id}`;
  if (shape === "yes") {
    return h("div", { class: "bio-properties-panel-entry masar-words", "data-entry-id": id }, h("div", { class: "tick" },
      h("input", { type: "checkbox", id: name, checked: value === "true", onChange: (event) => write(event.target.checked ? "true" : "") }),
      h("label", { for: name }, t(label))));
  }
  const options = optionsOf(shape, { field, property, catalogue, registry });
  if (options) {
    const all = !value || options.some(([known]) => known === value) ? options : [...options, [value, t("{value} (unknown)", { value })]];
    return frame(h("select", { id: name, value, onChange: (event) => write(event.target.value) }, all.map(([known, words]) => h("option", { value: known }, words))));
  }
  const attributes = { id: name, value, dir: shape === "text" || shape === "long" ? "auto" : "ltr", onInput: (event) => write(event.target.value) };
  if (shape === "formula" || shape === "long") return frame(h("textarea", { ...attributes, rows: shape === "long" ? 4 : 1, spellcheck: false, class: shape === "formula" ? "studio-feel" : "" }));
  return frame(h("input", { type: "text", ...attributes, lang: shape === "english" ? "en" : undefined, autocomplete: "off" }));
}

function optionsOf(shape, { field, property, catalogue, registry }) {
  const none = ["", t("None")];
  if (shape === "choice") return property.options.map(([value, words]) => [value, t(words)]);
  if (shape === "widget") return widgetsOf(field.type).map(([value, words]) => [value, t(words)]);
  if (shape === "list") return [none, ...catalogue.lists.map(({ key, title }) => [key, `${inWords(title)} (${key})`])];
  if (shape === "decision") return [none, ...catalogue.decisions.map(({ id, name }) => [id, `${inWords(name)} (${id})`])];
  if (shape === "field") {
    return [none, ...registry.getAll().filter((one) => one.key && one !== field).map((one) => [one.key, `${one.label || one.key} (${one.key})`])];
  }
  return null;
}

function Told({ field, told, id }) {
  const own = told.findings.filter(({ element }) => [field.key, field.id].includes(element));
  return h("ul", { class: "studio-found masar-words", id: `masar-${id}` }, own.map((finding) =>
    h("li", { class: finding.severity }, inWords(finding.message), " ", h("small", {}, inWords(finding.mend)))));
}

export function ours(catalogue, told) {
  class Provider {
    constructor(propertiesPanel, formFieldRegistry, formFields) {
      this.registry = formFieldRegistry;
      propertiesPanel.registerProvider(this, 500);
      for (const { config } of Object.values(formFields._formFields)) nameIt(config);
    }

    getGroups(field, editField) {
      return (groups) => {
        if (!field || field.type === "default") return groups;
        const made = GROUPS.map(({ id, label, properties }) => ({
          id, label: t(label),
          entries: properties.filter(({ on }) => on.includes(field.type)).map((property) => ({
            id: property.key, component: Entry, field, editField, property, catalogue, registry: this.registry,
            isEdited: () => Boolean(field.properties?.[property.key]),
          })),
        })).filter(({ entries }) => entries.length);
        if (told.findings.some(({ element }) => [field.key, field.id].includes(element))) {
          made.unshift({ id: "masar-told", label: t("Findings"), shouldOpen: true, entries: [{ id: "told", component: Told, field, told, isEdited: () => false }] });
        }
        return [groups[0], ...made, ...groups.slice(1)].filter(Boolean);
      };
    }
  }
  Provider.$inject = ["propertiesPanel", "formFieldRegistry", "formFields"];
  return { __init__: ["masarProperties"], masarProperties: ["type", Provider] };
}

// The names of the kinds, in the palette and on new fields.
function nameIt(config) {
  if (!config || OF_FORM_JS.has(config.type)) return;
  if (config.name) config.name = t(config.name);
  if (config.label) config.label = t(config.label);
}
