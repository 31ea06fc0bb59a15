// Palette, menus and pad offer what our engine runs, in our words. What others drew is kept; the linter judges it.
import { t } from "../words.js";
import { alternatives } from "./kinds.js";

const LAST = 100; // after every other provider
const IN_PALETTE = new Set([
  "hand-tool", "lasso-tool", "space-tool", "global-connect-tool", "tool-separator", "create.start-event",
  "create.intermediate-event", "create.end-event", "create.exclusive-gateway", "create.task",
  "create.subprocess-expanded", "create.participant-expanded",
]);
const FLOWS = new Set(["replace-with-sequence-flow", "replace-with-default-flow", "replace-with-conditional-flow"]);
const SWITCHES = new Set(["toggle-parallel-mi", "toggle-sequential-mi", "toggle-loop", "toggle-non-interrupting"]);
const NOT_APPENDED = ["append.compensation-activity"];

const keep = (entries, fits) => Object.fromEntries(Object.entries(entries).filter(([id]) => fits(id)));

function Limits(palette, popupMenu, contextPad, create, elementFactory, autoPlace, bpmnReplace) {
  const item = () => elementFactory.createShape({ type: "bpmn:UserTask" }); // never a task that nobody sees
  const fresh = (event) => create.start(event, item());

  palette.registerProvider(LAST, { getPaletteEntries: () => (entries) => ({
    ...keep(entries, (id) => IN_PALETTE.has(id)),
    "create.task": { ...entries["create.task"], className: "bpmn-icon-user-task", title: t("Create work item"), action: { dragstart: fresh, click: fresh } },
  }) });

  popupMenu.registerProvider("bpmn-replace", LAST, {
    getPopupMenuEntries: (element) => (entries) => ({
      ...keep(entries, (id) => FLOWS.has(id)),
      ...Object.fromEntries(alternatives(element).map(({ id, label, icon, target }) => [id, {
        label: t(label), className: icon, action: () => bpmnReplace.replaceElement(element, target),
      }])),
    }),
    getPopupMenuHeaderEntries: () => (entries) => keep(entries, (id) => SWITCHES.has(id)),
  });

  contextPad.registerProvider(LAST, { getContextPadEntries: () => (entries) => {
    const offered = keep(entries, (id) => !NOT_APPENDED.includes(id));
    if (!offered["append.append-task"]) return offered;
    const append = {
      click: (event, element) => autoPlace.append(element, item()),
      dragstart: (event, element) => create.start(event, item(), { source: element }),
    };
    const entry = { ...offered["append.append-task"], className: "bpmn-icon-user-task", title: t("Append work item"), action: append };
    return { ...offered, "append.append-task": entry };
  } });
}
Limits.$inject = ["palette", "popupMenu", "contextPad", "create", "elementFactory", "autoPlace", "bpmnReplace"];

export const limits = { __init__: ["masarLimits"], masarLimits: ["type", Limits] };
