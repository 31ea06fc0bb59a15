// The list editor: a table for each list, with the value that answers keep and its words in both languages.
import { h } from "../dom.js";
import { openPlain } from "../plain.js";
import { learn, t } from "../words.js";
import { fresh, isOffered, offer, read, rest, said, say, setRest, write } from "./lines.js";
import { arabic } from "./words-ar.js";

export async function openList({ host, text, changed, ...more }) {
  learn(arabic);
  const lines = read(text);
  if (!lines) {
    host.append(h("p", { class: "studio-help" }, t("This file holds more than lists of options: it is edited as text.")));
    return openPlain({ host, text, changed, ...more });
  }
  const tables = new Tables(host, lines, changed);
  return {
    text: async () => write(tables.lines),
    show: () => {},
    select: (element) => tables.select(element),
    close: () => {},
  };
}

class Tables {
  constructor(host, lines, changed) {
    Object.assign(this, { host, lines, changed });
    host.classList.add("list");
    this.draw();
  }

  draw() {
    const names = this.lines.filter(({ kind }) => kind === "list");
    this.host.replaceChildren(
      h("p", { class: "studio-help" }, t("Answers keep the value: never change or reuse one that was in force. An option that ends is no longer offered; it stays for old answers.")),
      ...names.map((list) => this.table(list)),
    );
  }

  rows(list) {
    const at = this.lines.indexOf(list);
    const next = this.lines.findIndex(({ kind }, index) => index > at && kind === "list");
    return this.lines.slice(at + 1, next < 0 ? undefined : next).filter(({ kind }) => kind === "row");
  }

  table(list) {
    const rows = this.rows(list);
    const headings = [t("Value"), t("Arabic"), t("English"), t("More (name: value)"), t("Offered"), ""];
    const body = h("tbody", {}, ...rows.map((row, index) => this.row(list, row, index)));
    return h("section", { class: "studio-list", "data-list": list.name },
      h("h2", {}, h("bdi", {}, list.name)),
      h("div", { class: "studio-scroll", tabindex: "0", role: "region", "aria-label": list.name },
        h("table", {}, h("thead", {}, h("tr", {}, ...headings.map((words) => (words ? h("th", { scope: "col" }, words) : h("td", {}))))), body)),
      h("button", { type: "button", class: "button second small", onclick: () => this.add(list) }, t("Add an option")));
  }

  row(list, row, index) {
    const name = said(row, "value") || String(index + 1);
    const cell = (key, words, attributes) => h("td", {}, h("input", {
      type: "text", value: said(row, key), "aria-label": `${words}: ${name}`, autocomplete: "off", ...attributes,
      oninput: (event) => { say(row, key, event.target.value); this.changed(); },
    }));
    const more = h("input", { type: "text", dir: "ltr", value: rest(row), "aria-label": `${t("More (name: value)")}: ${name}`, autocomplete: "off", spellcheck: "false",
      oninput: (event) => {
        const understood = setRest(row, event.target.value);
        event.target.setAttribute("aria-invalid", String(!understood));
        if (understood) this.changed();
      } });
    const offered = h("input", { type: "checkbox", checked: isOffered(row), "aria-label": `${t("Offered")}: ${name}`,
      onchange: (event) => { offer(row, event.target.checked); this.changed(); } });
    const tool = (sign, words, act) => h("button", { type: "button", class: "studio-tool", title: words, "aria-label": `${words}: ${name}`, onclick: act }, sign);
    return h("tr", { "data-value": said(row, "value") },
      cell("value", t("Value"), { dir: "ltr", spellcheck: "false" }), cell("ar", t("Arabic"), { dir: "rtl", lang: "ar" }), cell("en", t("English"), { dir: "ltr", lang: "en" }),
      h("td", {}, more), h("td", {}, offered),
      h("td", {}, h("div", { class: "studio-act" }, tool("↑", t("Move up"), () => this.move(list, row, -1)), tool("↓", t("Move down"), () => this.move(list, row, 1)),
        tool("✕", t("Remove"), () => this.remove(row)))));
  }

  add(list) {
    const rows = this.rows(list);
    const last = rows.at(-1) ?? list;
    const made = fresh(rows.at(-1)?.start);
    this.lines.splice(this.lines.indexOf(last) + 1, 0, made);
    this.again();
    const section = this.host.querySelector(`[data-list="${CSS.escape(list.name)}"]`);
    section.querySelector("tbody tr:last-child input").focus();
  }

  move(list, row, by) {
    const rows = this.rows(list);
    const other = rows[rows.indexOf(row) + by];
    if (!other) return;
    const [from, to] = [this.lines.indexOf(row), this.lines.indexOf(other)];
    [this.lines[from], this.lines[to]] = [other, row];
    this.again();
  }

  remove(row) {
    this.lines.splice(this.lines.indexOf(row), 1);
    this.again();
  }

  again() {
    this.draw();
    this.changed();
  }

  select(element) {
    const [list, value] = element.split(/[./:]/);
    const section = this.host.querySelector(`[data-list="${CSS.escape(list)}"]`) ?? this.host;
    const row = [...section.querySelectorAll("tr[data-value]")].find((one) => [value, element].includes(one.dataset.value));
    (row?.querySelector("input") ?? section.querySelector("input"))?.focus();
  }
}
