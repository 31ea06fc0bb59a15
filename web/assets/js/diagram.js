// The process as it was drawn, with what is done and what is going on. A picture beside the list of stages, which
// says the same in words.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

export async function showDiagram(island) {
  const { diagram, style, active, done, english } = island.dataset;
  const failed = () => { island.hidden = true; };
  const [answer] = await Promise.all([fetch(diagram).catch(() => null), loadStyle(style)]);
  if (!answer || !answer.ok) return failed();
  const viewer = new NavigatedViewer({ container: island });
  try {
    await viewer.importXML(await answer.text());
  } catch {
    return failed();
  }
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  mark(canvas, registry, done, "done");
  mark(canvas, registry, active, "active");
  if (english !== undefined) nameInEnglish(viewer);
  fit(canvas);
  island.querySelector("svg[data-element-id]")?.setAttribute("aria-hidden", "true");
}

function mark(canvas, registry, ids, name) {
  for (const id of (ids || "").split(" ").filter(Boolean)) {
    if (registry.get(id)) canvas.addMarker(id, name);
  }
}

function fit(canvas) {
  canvas.zoom("fit-viewport", "auto");
  const { x, y, width, height, inner } = canvas.viewbox();
  const space = Math.max(inner.width, inner.height) * 0.04;
  if (inner.width > width || inner.height > height) return;
  canvas.viewbox({ x: x - space, y: y - space, width: width + 2 * space, height: height + 2 * space });
}

// Analysts name elements in Arabic and put the English name into the property name_en.
function nameInEnglish(viewer) {
  const factory = viewer.get("graphicsFactory");
  viewer.get("elementRegistry").forEach((element, graphics) => {
    const object = element.businessObject;
    const values = object?.extensionElements?.values ?? [];
    const properties = values.flatMap((value) => value.$type === "zeebe:properties" ? value.$children ?? [] : []);
    const found = properties.find((property) => property.name === "name_en");
    if (!found) return;
    object.name = found.value;
    factory.update(element.waypoints ? "connection" : "shape", element, graphics);
  });
}

function loadStyle(address) {
  if (document.querySelector(`link[href="${address}"]`)) return Promise.resolve();
  return new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
}
