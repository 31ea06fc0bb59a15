// What the server's linter says, as a list: choosing a line goes to the element.
import { h } from "./dom.js";
import { inWords, t } from "./words.js";

const MARKS = { error: "✕", warning: "!" };

// Where it is and which rule says so: words that people can quote.
function place({ name, element, rule }) {
  return [name && h("bdi", {}, name), " ", element && h("bdi", {}, element), element ? " · " : "", h("bdi", {}, rule)].filter(Boolean);
}

// What a press mends, as the page of the server offers it too: what changes, and what is then still to be decided.
function mending({ element, changes, open }, keeping) {
  const listed = (texts) => h("ul", {}, ...texts.map((text) => h("li", {}, h("bdi", {}, inWords(text)))));
  const hidden = (name, value) => h("input", { type: "hidden", name, value });
  return [
    h("details", { class: "mending" },
      h("summary", {}, t("This can be mended by itself. What would change?")), listed(changes),
      ...(open.length ? [h("p", {}, t("You must then still decide:")), listed(open)] : [])),
    h("form", { method: "post", action: keeping.mends },
      hidden("_csrf", keeping.csrf), hidden("revision", keeping.revision), hidden("element", element),
      h("button", { class: "button second small" }, t("Mend this element"), h("span", { class: "unseen" }, ` ${element}`))),
  ];
}

export class Findings {
  constructor(list, select, keeping) {
    Object.assign(this, { list, select, keeping });
    this.all = document.querySelector("[data-mend]");
    if (list) list.setAttribute("aria-live", "polite");
  }

  show(findings) {
    if (!this.list) return;
    const lines = findings.map((finding) => this.line(finding));
    this.list.replaceChildren(...(lines.length ? lines : [h("li", { class: "studio-none" }, t("Nothing to mend."))]));
    this.list.dataset.count = findings.length;
    if (this.all) this.all.hidden = !findings.some((finding) => finding.mending);
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
    const more = finding.mending ? mending(finding.mending, this.keeping()) : [];
    return h("li", { class: finding.severity, "data-rule": finding.rule, "data-element": finding.element }, inner, ...more);
  }
}
