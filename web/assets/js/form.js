// Fields that depend on others: the server decides what shows. After a change the same form is asked for again
// and only the fields that came or went are exchanged, so that what is being typed stays untouched.

const PAUSE = 250;

export function keepForm(form, draft) {
  let timer = 0;
  let round = 0;

  async function refresh() {
    const mine = ++round;
    const body = new URLSearchParams(new FormData(form));
    body.set("_refresh", "1");
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    if (!answer || !answer.ok || mine !== round) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("form[data-answers] .sections");
    if (!fresh) return;
    exchange(form.querySelector(".sections"), fresh);
    tellShown(form, page);
  }

  form.addEventListener("change", (event) => {
    if (!event.target.closest("[data-asks]")) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  });

  // Adding and removing a row are submit buttons; here they exchange the rows in place.
  form.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-row]");
    if (!button) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    body.set(button.name, button.value);
    const field = button.closest("[data-field]").dataset.field;
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    if (!answer || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(`[data-field="${CSS.escape(field)}"]`);
    const old = form.querySelector(`[data-field="${CSS.escape(field)}"]`);
    if (!fresh || !old) return;
    old.replaceWith(fresh);
    tellShown(form, page);
    const first = fresh.querySelector(".entry:last-of-type input, .entry:last-of-type select, .entry:last-of-type textarea, button[data-row]");
    first?.focus();
    draft.touch();
  });
}

// The form says which questions were on the page when it is sent (engine/forms/reshaping.py).
function tellShown(form, page) {
  const old = form.querySelector('input[name="_shown"]');
  const fresh = page.querySelector('form[data-answers] input[name="_shown"]');
  if (old && fresh) old.value = fresh.value;
}

export function exchange(old, fresh) {
  const key = (node) => node.dataset?.field ?? node.dataset?.section;
  const kept = new Map([...old.children].filter(key).map((node) => [key(node), node]));
  let place = null;
  for (const node of [...fresh.children]) {
    const known = key(node) && kept.get(key(node));
    const next = known ?? node;
    if (known) {
      kept.delete(key(node));
      const within = (part) => part.querySelector(":scope > .fields");
      if (within(known) && within(node)) exchange(within(known), within(node));
      else if (node.dataset.told !== undefined) known.replaceChildren(...node.childNodes);
    } else if (!key(node)) {
      continue;
    }
    const after = place ? place.nextSibling : old.firstChild;
    if (after !== next) old.insertBefore(next, skipPlain(after, key));
    place = next;
  }
  for (const node of kept.values()) node.remove();
}

function skipPlain(node, key) {
  while (node && !(node.nodeType === 1 && key(node))) node = node.nextSibling;
  return node;
}
