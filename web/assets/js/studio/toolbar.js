// The buttons above an editor: what it can do, and saving.
import { h } from "./dom.js";
import { t } from "./words.js";

const SIGNS = { undo: "↶", redo: "↷", closer: "+", away: "−", whole: "⛶" };

export function toolbar(editor, { save, turn }) {
  const names = { undo: t("Undo"), redo: t("Redo"), closer: t("Closer"), away: t("Further away"), whole: t("The whole drawing") };
  const acts = Object.entries(editor.acts ?? {}).map(([name, act]) =>
    h("button", { type: "button", class: "studio-tool", title: names[name], "aria-label": names[name], onclick: act }, SIGNS[name]));
  return [
    ...acts,
    ...(editor.more ?? []),
    h("span", { class: "studio-gap" }),
    h("button", { type: "button", class: "button second small", onclick: turn }, editor.plain ? t("Back to the editor") : t("As text")),
    h("button", { type: "button", class: "button small", onclick: save }, t("Save now")),
  ];
}
