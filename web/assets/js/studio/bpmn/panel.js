// The properties of the selected element, in plain labelled fields. It reaches every element without the mouse, and
// can draw on from it, so that nobody needs the canvas to work.
import { h, newId } from "../dom.js";
import { inWords, t } from "../words.js";
import { draw, Typing } from "./fields.js";
import { groupsOf } from "./groups.js";
import { AFTER, alternatives, BORDER, kindOf } from "./kinds.js";
import { byElement } from "./marks.js";
import { Model } from "./model.js";

export class Panel {
  constructor(host, modeler, catalogue) {
    Object.assign(this, { host, modeler, catalogue });
    this.model = new Model(modeler);
    this.typing = new Typing();
    this.folds = new Map();
    this.findings = new Map();
    this.writing = false;
    modeler.on("selection.changed", () => this.render());
    modeler.on("root.set", () => this.render());
    modeler.on("import.done", () => this.render());
    modeler.on("commandStack.changed", () => { if (!this.writing) this.render(); });
    this.render();
  }

  flush() {
    this.typing.flush();
  }

  get element() {
    const chosen = this.modeler.get("selection").get().filter((one) => one.type !== "label" || one.labelTarget);
    const element = chosen[0] ?? this.modeler.get("canvas").getRootElement();
    return element?.labelTarget ?? element;
  }

  told(findings) {
    this.findings = byElement(findings);
    this.host.querySelector(".studio-found")?.replaceWith(this.found(this.element));
  }

  render() {
    this.flush();
    const element = this.element;
    if (!element?.businessObject) return;
    const place = this.place();
    const several = this.modeler.get("selection").get().length > 1;
    const top = [this.chooser(element), this.heading(element), this.found(element)];
    if (several) this.host.replaceChildren(...top, h("p", { class: "studio-help" }, t("Several elements are selected. Choose one to see its properties.")));
    else this.host.replaceChildren(...top, ...this.groups(element), ...this.drawing(element));
    this.restore(place);
  }

  groups(element) {
    return groupsOf(element, { model: this.model, catalogue: this.catalogue, registry: this.modeler.get("elementRegistry") }).map((group) => {
      const drawn = h("details", { class: "studio-group", open: this.folds.get(group.key) ?? group.open ?? false },
        h("summary", {}, group.title), ...group.fields.map((field) => draw(this.guarded(field), this.typing)));
      drawn.addEventListener("toggle", () => this.folds.set(group.key, drawn.open));
      drawn.dataset.group = group.key;
      return drawn;
    });
  }

  // A field's own writing does not draw the panel again under the fingers, unless other fields follow from it.
  guarded(field) {
    return { ...field, write: (value) => {
      this.writing = true;
      try {
        field.write(value);
      } finally {
        this.writing = false;
      }
      if (field.reshapes) this.render();
    } };
  }

  place() {
    const active = document.activeElement;
    const field = this.host.contains(active) ? active.closest("[data-field]") : null;
    if (!field) return null;
    const inputs = [...field.querySelectorAll("input, textarea, select, button")];
    return { key: field.dataset.field, index: inputs.indexOf(active) };
  }

  restore(place) {
    if (!place) return;
    const field = [...this.host.querySelectorAll("[data-field]")].find((one) => one.dataset.field === place.key);
    field?.querySelectorAll("input, textarea, select, button")[place.index]?.focus();
  }

  chooser(element) {
    const id = newId("elements");
    const root = this.modeler.get("canvas").getRootElement();
    const all = this.modeler.get("elementRegistry").filter((one) => one.businessObject && !one.labelTarget && one.parent && !one.waypoints);
    const flows = this.modeler.get("elementRegistry").filter((one) => one.waypoints && one.type === "bpmn:SequenceFlow");
    const option = (one) => h("option", { value: one.id }, title(one));
    const input = h("select", { id }, h("option", { value: root.id }, t("The whole process")),
      h("optgroup", { label: t("Elements") }, ...all.map(option)), h("optgroup", { label: t("Flows") }, ...flows.map(option)));
    input.value = element.id;
    input.addEventListener("change", () => this.go(input.value));
    return h("div", { class: "studio-field", "data-field": "chooser" }, h("label", { for: id }, t("Element")), input);
  }

  go(id) {
    const element = this.modeler.get("elementRegistry").get(id);
    const canvas = this.modeler.get("canvas");
    this.modeler.get("selection").select(element.parent ? element : null);
    if (element.parent) canvas.scrollToElement(element, 80);
  }

  heading(element) {
    const kind = kindOf(element);
    return h("h2", { class: "studio-kind" }, kind ? t(kind.label) : t(element.type.replace("bpmn:", "")));
  }

  found(element) {
    const told = this.findings.get(element.businessObject?.id) ?? [];
    return h("ul", { class: "studio-found", hidden: !told.length }, ...told.map((finding) =>
      h("li", { class: finding.severity }, inWords(finding.message), " ", h("small", {}, inWords(finding.mend)))));
  }

  // Drawing without the mouse: what comes next, what sits on the border, another kind, deleting.
  drawing(element) {
    if (!element.parent || element.waypoints) return element.parent ? [this.removal(element)] : [];
    const acts = [];
    const kinds = alternatives(element);
    if (kinds.length) acts.push(this.act(t("Turn into"), kinds, (kind) => this.modeler.get("bpmnReplace").replaceElement(element, kind.target)));
    if (!/(EndEvent|Participant|Lane|TextAnnotation|Group)$/.test(element.type)) {
      acts.push(this.act(t("Append"), AFTER, (kind) => this.append(element, kind)));
    }
    if (/(Task|Activity|SubProcess)$/.test(element.type)) acts.push(this.act(t("Put on its border"), BORDER, (kind) => this.attach(element, kind)));
    return [h("details", { class: "studio-group", "data-group": "drawing", open: this.folds.get("drawing") ?? false,
      ontoggle: (event) => this.folds.set("drawing", event.target.open) }, h("summary", {}, t("Draw on")), ...acts, this.removal(element))];
  }

  act(words, kinds, act) {
    const id = newId("act");
    const input = h("select", { id }, ...kinds.map((kind) => h("option", { value: kind.id }, t(kind.label))));
    const press = h("button", { type: "button", class: "button second small", "aria-label": `${words}: ${t("Draw")}`, onclick: () => act(kinds.find((kind) => kind.id === input.value)) }, t("Draw"));
    return h("div", { class: "studio-field", "data-field": `act-${words}` }, h("label", { for: id }, words), h("div", { class: "studio-act" }, input, press));
  }

  append(element, kind) {
    const shape = this.modeler.get("elementFactory").createShape(kind.target);
    this.modeler.get("autoPlace").append(element, shape);
  }

  attach(element, kind) {
    const { eventDefinitionType, cancelActivity } = kind.target;
    const shape = this.modeler.get("elementFactory").createShape({ type: "bpmn:BoundaryEvent", eventDefinitionType, cancelActivity });
    const taken = element.attachers?.length ?? 0;
    const at = { x: element.x + element.width - 20 - taken * 42, y: element.y + element.height };
    this.modeler.get("selection").select(this.modeler.get("modeling").createShape(shape, at, element, { attach: true }));
  }

  removal(element) {
    return h("p", {}, h("button", { type: "button", class: "button second small", onclick: () => {
      this.modeler.get("modeling").removeElements([element]);
      this.host.querySelector("select")?.focus();
    } }, t("Delete this element")));
  }
}

function title(element) {
  const object = element.businessObject;
  const kind = kindOf(element);
  const name = object.name || object.text || (element.waypoints ? `${short(object.sourceRef)} → ${short(object.targetRef)}` : object.id);
  return element.waypoints ? name : `${name} · ${kind ? t(kind.label) : t(element.type.replace("bpmn:", ""))}`;
}

function short(object) {
  return object?.name || object?.id || "";
}
