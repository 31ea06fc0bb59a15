// Steps of a case without loading the page anew: what the next step's page says comes into this one, and only the
// marks of the drawing change. Every step stays a link of its own.
export function stepThrough(player) {
  const parts = () => [...player.querySelectorAll("[data-part]")];
  let asked = 0;

  async function go(address, push) {
    const turn = ++asked;
    const answer = await fetch(address).catch(() => null);
    if (turn !== asked) return;
    if (!answer || !answer.ok) return void (location.href = address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== asked) return;
    const next = page.querySelector("[data-replay]");
    if (!next || Boolean(next.querySelector("[data-figure]")) !== Boolean(player.querySelector("[data-figure]"))) {
      return void (location.href = address);
    }
    const focused = document.activeElement?.id;
    const open = new Set([...player.querySelectorAll("details[open] > summary")].map((one) => one.textContent));
    for (const part of parts()) {
      const fresh = next.querySelector(`[data-part="${part.dataset.part}"]`);
      if (fresh) part.replaceWith(document.adoptNode(fresh));
    }
    for (const summary of player.querySelectorAll("details > summary")) {
      if (open.has(summary.textContent)) summary.parentElement.open = true;
    }
    await draw(player, next);
    document.title = page.title;
    player.querySelector("[data-said]").textContent = player.querySelector("[data-title]").textContent;
    if (focused) player.querySelector(`#${CSS.escape(focused)}`)?.focus();
    if (push) history.pushState(null, "", address);
  }

  player.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-step]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(link.href, true);
  });
  player.addEventListener("submit", (event) => {
    event.preventDefault();
    const number = encodeURIComponent(event.target.elements.step.value.trim());
    go(`${event.target.getAttribute("action")}?step=${number}`, true);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select")) return;
    // Forward is where reading goes: to the left in Arabic.
    const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const step = { [forward]: "next", [forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft"]: "previous" }[event.key];
    const link = step && player.querySelector(`a#step-${step}`);
    if (!link) return;
    event.preventDefault();
    go(link.href, true);
  });
  addEventListener("popstate", () => go(location.href, false));
}

async function draw(player, next) {
  const figure = player.querySelector("[data-figure]");
  if (!figure) return;
  const island = figure.querySelector("[data-diagram]");
  const wanted = next.querySelector("[data-diagram]");
  const { markAgain, showDiagram } = await import("./diagram.js");
  if (island.dataset.diagram === wanted.dataset.diagram) {
    markAgain(island, wanted.dataset.active, wanted.dataset.done);
    return;
  }
  const fresh = document.adoptNode(next.querySelector("[data-figure]"));
  figure.replaceWith(fresh);
  await showDiagram(fresh.querySelector("[data-diagram]"));
}
