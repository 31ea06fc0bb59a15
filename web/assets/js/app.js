// Everything here is a comfort: each page works by its links and forms alone.
import { keepDraft } from "./draft.js";
import { keepForm } from "./form.js";
import { growTimeline } from "./timeline.js";

const form = document.querySelector("form[data-answers]");
if (form) {
  const draft = keepDraft(form);
  keepForm(form, draft);
}

const more = document.querySelector("[data-older]");
if (more) growTimeline(more);

for (const island of document.querySelectorAll("[data-diagram]")) {
  // The viewer is large: it comes only when somebody looks at a diagram.
  new IntersectionObserver(async (entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    const { showDiagram } = await import("./diagram.js");
    showDiagram(island);
  }).observe(island);
}

const player = document.querySelector("[data-replay]");
if (player) import("./replay.js").then(({ stepThrough }) => stepThrough(player));

const thrifty = navigator.connection?.saveData || /2g|3g/.test(navigator.connection?.effectiveType ?? "");
for (const fold of document.querySelectorAll("[data-open-when-wide]")) {
  if (!thrifty && matchMedia("(width >= 1000px)").matches) fold.open = true;
}

const summary = document.querySelector(".mistakes");
if (summary) summary.focus();

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.person[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.person[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
