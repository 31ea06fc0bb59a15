// The form editor: form-js, with what our forms say beyond it as properties of their own.
import { FormEditor } from "@bpmn-io/form-js-editor";
import { h } from "../dom.js";
import { learn, t } from "../words.js";
import { ours } from "./properties.js";
import { sayInArabic } from "./saying.js";
import { arabic } from "./words-ar.js";

export async function openForm({ host, text, catalogue, changed }) {
  learn(arabic);
  const schema = JSON.parse(text);
  const island = h("div", { class: "studio-form" });
  host.classList.add("form");
  host.append(island);
  const told = { findings: [] };
  const editor = new FormEditor({ container: island, additionalModules: [ours(catalogue, told)] });
  const still = sayInArabic(island);
  try {
    await editor.importSchema(schema);
  } catch (error) {
    close();
    throw error;
  }
  const history = editor.get("commandStack");
  const registry = editor.get("formFieldRegistry");
  const marks = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, marks];
  editor.on("commandStack.changed", ({ trigger } = {}) => { if (trigger !== "clear") changed(); });

  function close() {
    still();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== marks);
    editor.destroy();
  }

  const field = (name) => registry.get(name) ?? registry.getAll().find((one) => one.key === name || one.path === name);
  return {
    text: async () => `${JSON.stringify(editor.saveSchema(), null, 2)}\n`,
    show: (findings) => {
      told.findings = findings;
      marks.replaceSync(findings.map(({ element, severity }) => [field(element), severity]).filter(([one]) => one).map(([one, severity]) =>
        `.studio-form .fjs-element[data-id="${CSS.escape(one.id)}"] { box-shadow: inset 0 0 0 2px ${severity === "error" ? "#ab231c" : "#b26b00"}; }`).join("\n"));
    },
    select: (name) => {
      const one = field(name);
      if (!one) return;
      editor.get("selection").set(one);
      island.querySelector(`[data-id="${CSS.escape(one.id)}"]`)?.scrollIntoView({ block: "center" });
    },
    close,
    acts: {
      undo: () => history.canUndo() && history.undo(),
      redo: () => history.canRedo() && history.redo(),
    },
  };
}
