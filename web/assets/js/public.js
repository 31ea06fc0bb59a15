// Comforts of the public pages; each of them works without.
import { keepForm } from "./form.js";

// The quick exit: blank at once, and this page leaves the history. Escape, twice, does the same.
function leave(target) {
  document.body.hidden = true;
  document.title = "";
  location.replace(target);
}

const exit = document.querySelector("[data-leave]");
if (exit) {
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    leave(exit.href);
  });
  let last = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - last < 1500) leave(exit.href);
    last = event.timeStamp;
  });
}

const form = document.querySelector("form[data-answers]");
if (form) {
  keepForm(form, { touch() {} });
  for (const button of form.querySelectorAll("[data-refresh]")) button.hidden = true;
}

document.querySelector(".mistakes")?.focus();
