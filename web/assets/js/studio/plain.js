// The text of a file as it is, for what an editor cannot open and for whoever prefers it.
import { h, newId } from "./dom.js";
import { t } from "./words.js";

export async function openPlain({ host, text, changed }) {
  const id = newId("text");
  const area = h("textarea", { id, class: "studio-text", dir: "ltr", spellcheck: "false", rows: "30", value: text, oninput: changed });
  host.classList.add("plain");
  host.append(h("label", { for: id }, t("The text of the file")), area);
  return {
    plain: true,
    text: async () => area.value,
    show: () => {},
    select: (element) => find(area, element),
    close: () => {},
  };
}

// Goes to the line that names the element.
function find(area, element) {
  const line = /@(\d+)$/.exec(element);
  const at = line
    ? area.value.split("\n").slice(0, Number(line[1]) - 1).join("\n").length
    : [`"${element}"`, element].map((words) => area.value.indexOf(words)).find((place) => place >= 0) ?? -1;
  if (at < 0) return;
  area.focus();
  area.setSelectionRange(at, at + (line ? 0 : element.length + 2));
  const height = area.scrollHeight / Math.max(area.value.split("\n").length, 1);
  area.scrollTop = Math.max(area.value.slice(0, at).split("\n").length - 4, 0) * height;
}
