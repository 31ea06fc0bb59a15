// Findings on the drawing: a mark with its text on every element that something must be said of.
import { h } from "../dom.js";
import { inWords, t } from "../words.js";

const KIND = "masar-finding";

export function mark(modeler, findings) {
  const overlays = modeler.get("overlays");
  const canvas = modeler.get("canvas");
  const registry = modeler.get("elementRegistry");
  overlays.remove({ type: KIND });
  registry.forEach((element) => {
    for (const name of ["has-error", "has-warning"]) if (canvas.hasMarker(element, name)) canvas.removeMarker(element, name);
  });
  for (const [id, told] of byElement(findings)) {
    const element = registry.get(id);
    if (!element || !element.parent) continue; // the process itself has no shape: the list says it
    const grave = told.some((finding) => finding.severity === "error");
    canvas.addMarker(element, grave ? "has-error" : "has-warning");
    overlays.add(element, KIND, { position: place(element), html: sign(told, grave) });
  }
}

export function byElement(findings) {
  const found = new Map();
  for (const finding of findings) found.set(finding.element, [...(found.get(finding.element) ?? []), finding]);
  return found;
}

function place(element) {
  if (!element.waypoints) return { top: -11, left: -11 };
  const middle = element.waypoints[Math.floor((element.waypoints.length - 1) / 2)];
  const next = element.waypoints[Math.floor((element.waypoints.length - 1) / 2) + 1];
  const left = Math.min(...element.waypoints.map(({ x }) => x));
  const top = Math.min(...element.waypoints.map(({ y }) => y));
  return { left: (middle.x + next.x) / 2 - left - 10, top: (middle.y + next.y) / 2 - top - 10 };
}

function sign(told, grave) {
  return h("div", { class: `studio-sign ${grave ? "error" : "warning"}`, dir: document.documentElement.dir },
    h("b", { "aria-hidden": "true" }, grave ? "✕" : "!"),
    h("ul", { "aria-label": t("Findings") }, ...told.map((finding) => h("li", {}, inWords(finding.message), h("small", {}, inWords(finding.mend))))));
}
