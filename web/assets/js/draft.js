// Saves what is typed to the server after a pause. Nothing is kept in the browser: computers are shared.

const PAUSE = 2500;
const RETRY = 15000;

export function keepDraft(form) {
  const address = form.dataset.draft;
  const told = form.querySelector("[data-saved]");
  let changed = false;
  let leaving = false;
  let timer = 0;
  let sending = null;

  const say = (words, time = "") => {
    if (told) told.textContent = (words || "").replace("{time}", time);
  };

  async function save() {
    clearTimeout(timer);
    if (!address || !changed || sending) return;
    changed = false;
    const body = new URLSearchParams(new FormData(form));
    try {
      sending = fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
      const answer = await sending;
      if (!answer.ok) throw new Error(String(answer.status));
      say(told?.dataset.saved, new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", numberingSystem: "latn" }));
    } catch {
      changed = true;
      say(told?.dataset.unsaved);
      timer = setTimeout(save, RETRY);
    } finally {
      sending = null;
    }
    if (changed && !timer) timer = setTimeout(save, PAUSE);
  }

  const touch = () => {
    changed = true;
    clearTimeout(timer);
    if (address) timer = setTimeout(save, PAUSE);
  };
  form.addEventListener("input", touch);
  form.addEventListener("change", touch);
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && !leaving) save();
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed && !leaving) event.preventDefault();
  });
  // Back from a page that was left by a submit (the browser's own cache): typing counts again.
  window.addEventListener("pageshow", () => { leaving = false; });
  return { touch, save };
}
