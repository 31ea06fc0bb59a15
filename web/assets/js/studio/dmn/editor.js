// The decision editor: dmn-js, always from left to right, since a mirrored < reverses a rule. Below the table stands
// what a table of decisions has no place for: its words in English.
import DmnModeler from "dmn-js/lib/Modeler";
import { h } from "../dom.js";
import { learn, t } from "../words.js";
import { englishOf } from "./english.js";
import { arabic } from "./words-ar.js";

const ICONS = { drd: "◫", decisionTable: "▦", literalExpression: "ƒ" };

export async function openDecision({ host, text, catalogue, changed }) {
  learn(arabic);
  const desk = new Desk(host, catalogue, changed);
  await desk.open(text);
  return {
    text: async () => (await desk.modeler.saveXML({ format: true })).xml,
    show: (findings) => desk.mark(findings),
    select: (id) => desk.select(id),
    close: () => desk.close(),
    acts: {
      undo: () => desk.history((stack) => stack.canUndo() && stack.undo()),
      redo: () => desk.history((stack) => stack.canRedo() && stack.redo()),
    },
  };
}

class Desk {
  constructor(host, catalogue, changed) {
    Object.assign(this, { host, catalogue, changed, seen: new WeakSet() });
    this.tabs = h("div", { class: "studio-tabs row", role: "group", "aria-label": t("Views") });
    this.island = h("div", { class: "studio-decision", dir: "ltr" });
    this.english = h("section", { class: "studio-english" });
    host.classList.add("dmn");
    host.append(this.tabs, this.island, this.english);
    const additionalModules = [{ translate: ["value", t] }];
    this.modeler = new DmnModeler({
      container: this.island, common: {}, drd: { additionalModules }, decisionTable: { additionalModules },
      literalExpression: { additionalModules }, boxedExpression: { additionalModules },
    });
    this.marks = new CSSStyleSheet(); // the table draws itself anew as it likes: marks on its cells would not last
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.marks];
    this.modeler.on("views.changed", () => this.turn());
  }

  async open(text) {
    try {
      await this.modeler.importXML(text);
    } catch (error) {
      this.close();
      throw error;
    }
    const views = this.modeler.getViews();
    const decisions = views.filter((view) => view.type === "decisionTable" || view.type === "literalExpression");
    const first = decisions.length === 1 ? decisions[0] : views.find((view) => view.type === "drd") ?? views[0];
    if (first && this.modeler.getActiveView()?.element !== first.element) await this.modeler.open(first);
    this.turn();
  }

  close() {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.marks);
    this.modeler.destroy();
  }

  turn() {
    const active = this.modeler.getActiveView();
    const viewer = this.modeler.getActiveViewer();
    if (viewer && !this.seen.has(viewer)) {
      this.seen.add(viewer);
      viewer.on("commandStack.changed", ({ trigger }) => {
        if (trigger === "clear") return;
        this.changed();
        this.words();
      });
    }
    this.island.dataset.view = active?.type ?? "";
    if (active?.type === "drd") this.uncover(viewer.get("canvas"));
    this.tabs.replaceChildren(...this.modeler.getViews().map((view) => h("button", {
      type: "button", class: "button second small", "aria-pressed": String(view.element === active?.element),
      onclick: () => this.modeler.open(view),
    }, `${ICONS[view.type] ?? ""} ${view.type === "drd" ? t("All decisions") : view.name || view.id}`)));
    this.words();
  }

  // The name of the file covers the corner above on the left: the drawing begins beside it.
  uncover(canvas) {
    const { inner, width, height } = canvas.viewbox();
    if (inner.width) canvas.viewbox({ x: inner.x - 420, y: inner.y - 60, width, height });
  }

  // Drawn again only where nobody is writing in it.
  words() {
    if (this.english.contains(document.activeElement)) return;
    const decision = this.modeler.getActiveView()?.element;
    this.english.replaceChildren(...englishOf(decision, this.modeler.getDefinitions(), this.catalogue, this.changed));
  }

  history(act) {
    const viewer = this.modeler.getActiveViewer();
    if (viewer) act(viewer.get("commandStack"));
  }

  mark(findings) {
    const rules = findings.filter(({ element }) => element).map(({ element, severity }) => {
      const id = CSS.escape(element);
      const colour = severity === "error" ? "#ab231c" : "#b26b00";
      return `.studio-decision :is([data-element-id="${id}"], [data-row-id="${id}"] > td, [data-col-id="${id}"]:is(th)) { box-shadow: inset 0 0 0 2px ${colour}; }`;
    });
    this.marks.replaceSync(rules.join("\n"));
  }

  async select(id) {
    const view = this.modeler.getViews().find(({ element }) => holds(element, id) && element.$type === "dmn:Decision");
    if (view && this.modeler.getActiveView()?.element !== view.element) await this.modeler.open(view);
    const id2 = CSS.escape(id);
    const place = this.island.querySelector(`[data-element-id="${id2}"], [data-row-id="${id2}"], [data-col-id="${id2}"]`) ?? this.island;
    place.scrollIntoView({ block: "center", inline: "center" });
    (place.matches("[tabindex], [contenteditable]") ? place : place.querySelector("[contenteditable], [tabindex]"))?.focus();
  }
}

function holds(element, id) {
  if (element.id === id) return true;
  const logic = element.decisionLogic;
  return [logic, ...(logic?.input ?? []), ...(logic?.output ?? []), ...(logic?.rule ?? [])]
    .concat((logic?.rule ?? []).flatMap((rule) => [...(rule.inputEntry ?? []), ...(rule.outputEntry ?? [])]))
    .concat((logic?.input ?? []).map((input) => input.inputExpression))
    .some((one) => one?.id === id);
}
