// The fields of a panel, from their descriptions to labelled inputs. A field says what it holds (`value`) and what to
// do with what is typed (`write`); formulas always run from left to right.
import { h, newId } from "../dom.js";
import { t } from "../words.js";

const PAUSE = 500;

// Waits a moment while somebody types; `flush` writes at once whatever still waits.
export class Typing {
  constructor() {
    this.waiting = new Map();
  }

  watch(input, write) {
    let written = input.value;
    const now = () => {
      clearTimeout(this.waiting.get(act));
      this.waiting.delete(act);
      if (input.value === written) return;
      written = input.value;
      write(input.value);
    };
    const act = now;
    input.addEventListener("input", () => {
      clearTimeout(this.waiting.get(act));
      this.waiting.set(act, setTimeout(now, PAUSE));
    });
    input.addEventListener("change", now);
  }

  flush() {
    for (const act of [...this.waiting.keys()]) act();
  }
}

const DRAWERS = { text, long, formula, choice, ticks, rows, tick, note };

export function draw(field, typing) {
  const drawn = DRAWERS[field.kind ?? "text"](field, typing);
  drawn.dataset.field = field.key;
  return drawn;
}

function frame(field, input, ...more) {
  const id = newId("field");
  input.id = id;
  const help = field.help ? h("small", { id: `${id}-help`, class: "studio-help" }, field.help) : null;
  if (help) input.setAttribute("aria-describedby", help.id);
  return h("div", { class: "studio-field" }, h("label", { for: id }, field.label), input, ...more, help);
}

function suggestions(field, input) {
  if (!field.suggest?.length) return null;
  const list = h("datalist", { id: newId("list") }, ...field.suggest.map((value) => h("option", { value })));
  input.setAttribute("list", list.id);
  return list;
}

function text(field, typing) {
  const input = h("input", { type: "text", value: field.value, dir: field.dir ?? "auto", lang: field.lang, autocomplete: "off", spellcheck: field.dir === "ltr" ? "false" : undefined });
  typing.watch(input, field.write);
  return frame(field, input, suggestions(field, input));
}

function area(field, typing, attributes) {
  const input = h("textarea", { rows: "1", value: field.value, ...attributes });
  typing.watch(input, field.write);
  return frame(field, input);
}

function long(field, typing) {
  return area(field, typing, { dir: "auto", rows: "2" });
}

// Where only a formula can stand, the equals sign comes by itself.
function formula(field, typing) {
  const write = (typed) => {
    const trimmed = typed.trim();
    field.write(trimmed && field.must && !trimmed.startsWith("=") ? `=${trimmed}` : trimmed);
  };
  return area({ ...field, write }, typing, { dir: "ltr", class: "studio-feel", spellcheck: "false", autocapitalize: "off" });
}

// A value that is in no list stays visible: it would otherwise look like nothing.
function choice(field) {
  const options = field.options.some(([value]) => value === field.value) || !field.value
    ? field.options : [...field.options, [field.value, t("{value} (unknown)", { value: field.value })]];
  const input = h("select", {}, ...options.map(([value, words]) => h("option", { value }, words)));
  input.value = field.value;
  input.addEventListener("change", () => field.write(input.value));
  return frame(field, input);
}

function tick(field) {
  const id = newId("field");
  const input = h("input", { type: "checkbox", id, checked: field.value });
  input.addEventListener("change", () => field.write(input.checked));
  return h("div", { class: "studio-field tick" }, input, h("label", { for: id }, field.label), field.help ? h("small", { class: "studio-help" }, field.help) : null);
}

// Several of a list, kept as one text separated by commas. What is no word of the list stays in its place.
function ticks(field) {
  const chosen = field.value.split(",").map((one) => one.trim()).filter(Boolean);
  const unknown = chosen.filter((one) => !field.options.some(([value]) => value === one)).map((one) => [one, t("{value} (unknown)", { value: one })]);
  const boxes = [...field.options, ...unknown].map(([value, words]) => {
    const id = newId("tick");
    return h("div", { class: "tick" }, h("input", { type: "checkbox", id, value, checked: chosen.includes(value) }), h("label", { for: id }, words));
  });
  const group = h("fieldset", { class: "studio-field" }, h("legend", {}, field.label), h("div", { class: "studio-ticks" }, ...boxes), field.help ? h("small", { class: "studio-help" }, field.help) : null);
  group.addEventListener("change", () => {
    const now = [...group.querySelectorAll("input:checked")].map((input) => input.value);
    field.write([...chosen.filter((one) => now.includes(one)), ...now.filter((one) => !chosen.includes(one))].join(","));
  });
  return group;
}

// Pairs of texts, such as mappings: a row more or less at a time; rows without a name are not kept.
function rows(field, typing) {
  const list = h("ul", {});
  const known = field.suggest?.length ? h("datalist", { id: newId("list") }, ...field.suggest.map((value) => h("option", { value }))) : null;
  const holder = h("fieldset", { class: "studio-field studio-rows" }, h("legend", {}, field.label), list, known ?? "");
  const write = () => {
    const now = [...list.children].map((row) => [...row.querySelectorAll("input, textarea")].map((input) => input.value.trim()));
    field.write(now.filter((pair) => pair.some(Boolean)));
  };
  const add = (pair, focus) => {
    const inputs = pair.map((value, index) => {
      const formula = field.formulas?.[index];
      const input = formula
        ? h("textarea", { rows: "1", dir: "ltr", class: "studio-feel", spellcheck: "false", value })
        : h("input", { type: "text", dir: "auto", value, autocomplete: "off" });
      input.setAttribute("aria-label", field.columns[index]);
      input.setAttribute("placeholder", field.columns[index]);
      if (index === 0 && known) input.setAttribute("list", known.id);
      typing.watch(input, write);
      return input;
    });
    const remove = h("button", { type: "button", class: "studio-tool", "aria-label": t("Remove"), title: t("Remove"), onclick: () => { row.remove(); write(); more.focus(); } }, "✕");
    const row = h("li", {}, h("div", {}, ...inputs), remove);
    list.append(row);
    if (focus) inputs[0].focus();
  };
  const more = h("button", { type: "button", class: "button second small", onclick: () => add(["", ""], true) }, field.add ?? t("Add a row"));
  for (const pair of field.value) add(pair, false);
  holder.append(more);
  if (field.help) holder.append(h("small", { class: "studio-help" }, field.help));
  return holder;
}

function note(field) {
  return h("p", { class: "studio-help" }, field.label);
}
