// What the server's linter says, as a list: choosing a line goes to the element.
import { h } from "./dom.js";
import { inWords, t } from "./words.js";

const MARKS = { error: "✕", warning: "!" };

// Where it is and which rule says so: words that people can quote.
function place({ name, element, rule }) {
  return [name && h("bdi", {}, name), " ", element && h("bdi", {}, element), element ? " · " : "", h("bdi", {}, rule)].filter(Boolean);
}

export class Findings {
  constructor(list, select) {
    Object.assign(this, { list, select });
    if (list) list.setAttribute("aria-live", "polite");
  }

  show(findings) {
    if (!this.list) return;
    const lines = findings.map((finding) => this.line(finding));
    this.list.replaceChildren(...(lines.length ? lines : [h("li", { class: "studio-none" }, t("Nothing to mend."))]));
    this.list.dataset.count = findings.length;
    for (const old of document.querySelectorAll("[data-unchecked]")) old.remove(); // what the page said before
  }

  line(finding) {
    const words = [
      h("b", { class: "studio-mark", "aria-hidden": "true" }, MARKS[finding.severity] ?? "i"),
      h("span", {},
        h("span", { class: "unseen" }, finding.severity === "error" ? t("Must be mended:") : t("Note:")), " ",
        inWords(finding.message), " ", h("small", {}, inWords(finding.mend)),
        h("small", { class: "place" }, place(finding))),
    ];
    const inner = finding.element
      ? h("button", { type: "button", onclick: () => this.select(finding.element) }, ...words)
      : h("div", {}, ...words);
    return h("li", { class: finding.severity, "data-rule": finding.rule, "data-element": finding.element }, inner);
  }
}
