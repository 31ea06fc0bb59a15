// The diagram editor: bpmn-js on a canvas that always runs from left to right, and our panel beside it.
import BpmnModeler from "bpmn-js/lib/Modeler";
import zeebe from "zeebe-bpmn-moddle/resources/zeebe.json";
import { h } from "../dom.js";
import { learn, t } from "../words.js";
import { dialect } from "./dialect.js";
import { kindsOf } from "./kinds.js";
import { limits } from "./limits.js";
import { mark } from "./marks.js";
import { Panel } from "./panel.js";
import { arabic } from "./words-ar.js";

export async function openDiagram({ host, text, catalogue, changed }) {
  learn(arabic);
  const canvasHost = h("div", { class: "studio-canvas", dir: "ltr" });
  const panelHost = h("section", { class: "studio-panel", "aria-label": t("Properties") });
  host.classList.add("bpmn");
  host.append(canvasHost, panelHost);
  const modeler = new BpmnModeler({
    container: canvasHost,
    moddleExtensions: { zeebe },
    additionalModules: [limits, dialect, { translate: ["value", t] }],
  });
  try {
    await modeler.importXML(text);
  } catch (error) {
    modeler.destroy();
    throw error;
  }
  name(canvasHost);
  const panel = new Panel(panelHost, modeler, catalogue);
  const canvas = modeler.get("canvas");
  const history = modeler.get("commandStack");
  show(canvas);
  modeler.on("commandStack.changed", ({ trigger }) => { if (trigger !== "clear") changed(); });
  return {
    text: async () => {
      panel.flush();
      return (await modeler.saveXML({ format: true })).xml;
    },
    show: (findings) => {
      mark(modeler, findings);
      panel.told(findings);
    },
    select: (id) => select(modeler, id),
    close: () => modeler.destroy(),
    offered: kindsOf,
    acts: {
      undo: () => history.canUndo() && history.undo(),
      redo: () => history.canRedo() && history.redo(),
      closer: () => canvas.zoom(canvas.zoom() * 1.3),
      away: () => canvas.zoom(canvas.zoom() / 1.3),
      whole: () => whole(canvas),
    },
  };
}

const READABLE = 0.7;

function whole(canvas) {
  canvas.zoom("fit-viewport", "auto");
}

const PALETTE = 80; // pixels that the palette covers

// The whole drawing beside the palette where its words can still be read, else its beginning.
function show(canvas) {
  whole(canvas);
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(Math.max(Math.min((outer.width - PALETTE - 30) / inner.width, (outer.height - 40) / inner.height), READABLE), 1);
  const width = outer.width / scale;
  const height = outer.height / scale;
  const spare = Math.max(width - PALETTE / scale - inner.width, 0) / 2;
  const top = inner.height <= height ? inner.y - (height - inner.height) / 2 : inner.y - 30;
  canvas.viewbox({ x: inner.x - PALETTE / scale - spare, y: top, width, height });
}

function name(host) {
  const drawing = host.querySelector(".djs-container > svg");
  drawing.setAttribute("role", "application");
  drawing.setAttribute("aria-label", t("The drawing. The list of elements in the properties reaches each of them by keyboard."));
}

function select(modeler, id) {
  const element = modeler.get("elementRegistry").get(id);
  if (!element) return;
  const canvas = modeler.get("canvas");
  const root = canvas.findRoot(element);
  if (root && root !== canvas.getRootElement()) canvas.setRootElement(root);
  modeler.get("selection").select(element.parent ? element : null);
  if (element.parent) canvas.scrollToElement(element, 80);
}
