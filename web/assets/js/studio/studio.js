// An editor page of the studio: takes the draft from the server, opens the editor of its kind, keeps what is drawn.
import { Findings } from "./findings.js";
import { h } from "./dom.js";
import { Keeping } from "./keeping.js";
import { openPlain } from "./plain.js";
import { loadStyle } from "./styles.js";
import { toolbar } from "./toolbar.js";
import { arabic } from "./words-ar.js";
import { learn, missing, speak, t } from "./words.js";

// One editor comes at a time, with its own style: a page never loads what it does not show.
const EDITORS = {
  bpmn: () => Promise.all([import("./bpmn/editor.js"), loadStyle("bpmn")]).then(([module]) => module.openDiagram),
  dmn: () => Promise.all([import("./dmn/editor.js"), loadStyle("dmn")]).then(([module]) => module.openDecision),
  form: () => Promise.all([import("./form/editor.js"), loadStyle("form")]).then(([module]) => module.openForm),
  list: () => import("./list/editor.js").then((module) => module.openList),
};
const NOTHING = { forms: [], decisions: [], processes: [], lists: [], roles: [], messages: [], call_types: [], properties: [] };

class Studio {
  constructor(island) {
    this.island = island;
    this.kind = island.dataset.editor;
    this.bar = h("div", { class: "studio-bar", role: "toolbar", "aria-label": t("Tools") });
    this.desk = h("div", { class: "studio-desk" });
    this.trouble = h("div", { class: "studio-trouble", role: "alert", hidden: true });
    island.replaceChildren(this.trouble, this.bar, this.desk);
    this.findings = new Findings(document.querySelector("[data-findings]"), (element) => this.editor?.select(element), () => this.keeping);
    this.keeping = new Keeping(island, {
      text: () => this.editor.text(),
      found: (findings) => this.found(findings),
      trouble: (nodes) => this.tell(nodes),
    });
    this.told = [];
  }

  async start() {
    this.desk.append(h("p", { class: "studio-wait", role: "status" }, t("Opening the editor…")));
    const [text, catalogue, open] = await Promise.all([this.keeping.fetch(), this.catalogue(), EDITORS[this.kind]()]);
    this.catalogued = { ...NOTHING, ...catalogue };
    this.open = open;
    await this.show(text);
    this.keeping.check();
    this.island.dataset.ready = "true";
    return this;
  }

  async catalogue() {
    const answer = await fetch(this.island.dataset.catalogue, { headers: { Accept: "application/json" } }).catch(() => null);
    return answer?.ok ? answer.json() : {};
  }

  // The editor of its kind; where it cannot read the file, what is wrong and the plain text: never an empty canvas.
  async show(text) {
    try {
      await this.mount(this.open, text);
      this.tell([]);
    } catch (error) {
      await this.mount(openPlain, text);
      this.tell([
        h("p", {}, h("strong", {}, t("The editor cannot read this file. Here is its text instead."))),
        h("p", { dir: "auto" }, String(error.message || error).slice(0, 600)),
      ]);
    }
  }

  async mount(open, text) {
    this.editor?.close();
    this.editor = null;
    const host = h("div", { class: "studio-editor" });
    this.desk.replaceChildren(host);
    this.editor = await open({
      host, text, kind: this.kind, key: this.island.dataset.key, catalogue: this.catalogued, changed: () => this.keeping.touch(),
    });
    this.editor.show(this.told);
    this.bar.replaceChildren(...toolbar(this.editor, { save: () => this.keeping.save(), turn: () => this.turn() }));
  }

  async turn() {
    const text = await this.editor.text();
    if (this.editor.plain) return this.show(text);
    return this.mount(openPlain, text);
  }

  found(findings) {
    this.told = findings;
    this.findings.show(findings);
    this.editor?.show(findings);
  }

  tell(nodes) {
    this.trouble.replaceChildren(...nodes);
    this.trouble.hidden = nodes.length === 0;
  }
}

async function begin() {
  const island = document.querySelector("[data-editor]");
  speak(island.dataset.locale || document.documentElement.lang);
  learn(arabic);
  const studio = new Studio(island);
  try {
    return await studio.start();
  } catch (error) {
    studio.desk.replaceChildren();
    studio.tell([
      h("p", {}, t("The editor could not be opened. Check your connection and load the page again.")),
      h("p", { dir: "ltr" }, String(error?.message ?? error).slice(0, 300)),
    ]);
    throw error;
  }
}

export { missing };
export const opened = begin();
