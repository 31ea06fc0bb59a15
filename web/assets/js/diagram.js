// The process as it was drawn, with what is done and what is going on. A picture beside the list of stages, which
// says the same in words.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const drawn = new WeakMap();

// Other marks on a drawing that is there already; the view moves only where what is going on would not be seen.
export function markAgain(island, active, done) {
  Object.assign(island.dataset, { active, done });
  const found = drawn.get(island);
  if (!found) return; // it is still on its way, and will read the marks when it comes
  const { canvas, registry } = found;
  for (const element of registry.filter((one) => canvas.hasMarker(one.id, "done") || canvas.hasMarker(one.id, "active"))) {
    canvas.removeMarker(element.id, "done");
    canvas.removeMarker(element.id, "active");
  }
  mark(canvas, registry, done, "done");
  mark(canvas, registry, active, "active");
  if (!isSeen(canvas, registry, active)) show(canvas, registry, active || done);
}

function isSeen(canvas, registry, ids) {
  const { x, y, width, height } = canvas.viewbox();
  const within = (one) => one.x >= x && one.y >= y && one.x + one.width <= x + width && one.y + one.height <= y + height;
  return (ids || "").split(" ").map((id) => registry.get(id)).filter(Boolean).some(within);
}

export async function showDiagram(island) {
  const { diagram, style, english } = island.dataset;
  const failed = () => { island.hidden = true; };
  const [answer] = await Promise.all([fetch(diagram).catch(() => null), loadStyle(style)]);
  if (!answer || !answer.ok) return failed();
  const viewer = new NavigatedViewer({
    container: island,
    // What opens a folded part keeps its size, and is there only where its words can be read.
    overlays: { defaults: { show: { minZoom: READABLE }, scale: false } },
    additionalModules: [{ translate: ["value", translated] }],
  });
  try {
    await viewer.importXML(await answer.text());
  } catch {
    return failed();
  }
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  drawn.set(island, { canvas, registry });
  markAgain(island, island.dataset.active, island.dataset.done);
  show(canvas, registry, island.dataset.active || island.dataset.done);
  if (english !== undefined) nameInEnglish(viewer);
  handle(canvas, island.parentElement.querySelector(".zoom"));
  describe(island);
}

// The one sentence that the drawing itself says, to whoever points at a folded part.
function translated(template, words = {}) {
  const said = document.documentElement.lang === "ar" && template === "Open {element}" ? "افتح {element}" : template;
  return said.replace(/{(\w+)}/g, (_, name) => words[name] ?? "");
}

// One picture with a name: the drawing takes no stop of the keyboard, the path of stages says the same in words.
function describe(island) {
  const drawing = island.querySelector(".djs-container svg");
  if (!drawing) return;
  drawing.removeAttribute("tabindex");
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", island.getAttribute("aria-label"));
}

function mark(canvas, registry, ids, name) {
  for (const id of (ids || "").split(" ").filter(Boolean)) {
    if (registry.get(id)) canvas.addMarker(id, name);
  }
}

const READABLE = 0.85;

// The whole drawing where its words stay readable; else as near as they need, at what is going on or where it begins.
function show(canvas, registry, ids) {
  fit(canvas);
  const place = (ids || "").split(" ").map((id) => registry.get(id)).find(Boolean)
    ?? registry.find((one) => one.type === "bpmn:StartEvent");
  if (canvas.zoom() >= READABLE || !place) return;
  canvas.zoom(READABLE);
  const { inner, width, height } = canvas.viewbox();
  const within = (middle, size, start, whole) =>
    size >= whole ? start + (whole - size) / 2 : Math.min(Math.max(middle - size / 2, start - 20), start + whole + 20 - size);
  canvas.viewbox({
    x: within(place.x + place.width / 2, width, inner.x, inner.width),
    y: within(place.y + place.height / 2, height, inner.y, inner.height), width, height,
  });
}

function handle(canvas, buttons) {
  if (!buttons) return;
  buttons.hidden = false;
  const acts = {
    closer: () => canvas.zoom(canvas.zoom() * 1.3), away: () => canvas.zoom(canvas.zoom() / 1.3), whole: () => fit(canvas),
  };
  buttons.addEventListener("click", (event) => acts[event.target.closest("[data-zoom]")?.dataset.zoom]?.());
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
    object[object.$type === "bpmn:TextAnnotation" ? "text" : "name"] = found.value;
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
