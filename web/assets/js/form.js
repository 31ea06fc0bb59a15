// Fields that depend on others: the server decides what shows. After a change the same form is asked for again
// and only the fields that came or went are exchanged, so that what is being typed stays untouched.

const PAUSE = 250;

export function keepForm(form, draft) {
  let timer = 0;
  let round = 0;

  // `data-asking` stands on the form while questions may still come or go.
  async function refresh() {
    const mine = ++round;
    timer = 0;
    await ask(mine);
    if (mine === round && !timer) delete form.dataset.asking;
  }

  async function ask(mine) {
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
    form.dataset.asking = "";
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
    const field = `[data-field="${CSS.escape(button.closest("[data-field]").dataset.field)}"]`;
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    draft.touch();
    if (!answer || !answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector(field);
    const old = form.querySelector(field);
    if (!fresh || !old) return;
    exchangeRows(old, fresh, button);
    tellShown(form, page);
  });
}

// On a slow line people type on while the answer is under way: what stands in the boxes now goes into the new rows,
// one row up where a row before it was removed, and the box they type in stays theirs.
function exchangeRows(old, fresh, button) {
  const path = old.dataset.field;
  const removed = Number(/^_remove\..*\.(\d+)$/.exec(button.name)?.[1] ?? Infinity);
  const renamed = (name) => {
    const [index, ...rest] = name.slice(path.length + 1).split(".");
    if (Number(index) === removed) return null;
    return [path, Number(index) > removed ? index - 1 : index, ...rest].join(".");
  };
  const twin = (box) => [...fresh.querySelectorAll("input, select, textarea")].find(
    (one) => one.name === renamed(box.name) && (!["radio", "checkbox"].includes(box.type) || one.value === box.value));
  const typing = old.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
  const active = typing ? twin(document.activeElement) : null;
  for (const box of old.querySelectorAll("input, select, textarea")) {
    const same = box.name && twin(box);
    if (same && ["radio", "checkbox"].includes(box.type)) same.checked = box.checked;
    else if (same) same.value = box.value;
  }
  const elsewhere = !old.contains(document.activeElement) && document.activeElement !== document.body;
  old.replaceWith(fresh);
  const first = ".entry:last-of-type :is(input, select, textarea), button[data-row]";
  if (!elsewhere) (active ?? fresh.querySelector(first))?.focus();
}

// The form says which questions were on the page when it is sent (engine/forms/reshaping.py).
function tellShown(form, page) {
  const old = form.querySelector('input[name="_shown"]');
  const fresh = page.querySelector('form[data-answers] input[name="_shown"]');
  if (old && fresh) old.value = fresh.value;
}

// A node that stays is never moved: moving it would take the focus, and on a phone the keyboard, from under the fingers.
export function exchange(old, fresh) {
  const key = (node) => node.dataset?.field ?? node.dataset?.section;
  const keyed = (parent) => [...parent.children].filter(key);
  const wanted = new Set(keyed(fresh).map(key));
  for (const node of keyed(old)) if (!wanted.has(key(node))) node.remove();
  const kept = new Map(keyed(old).map((node) => [key(node), node]));
  let place = null;
  for (const node of keyed(fresh)) {
    const known = kept.get(key(node));
    if (known) refill(known, node);
    else if (place) place.after(node);
    else old.insertBefore(node, keyed(old)[0] ?? null);
    place = known ?? node;
  }
}

function refill(known, node) {
  const within = (part) => [...part.querySelectorAll(":scope > .fields, :scope > .entries > .entry > .fields")];
  const [olds, news] = [within(known), within(node)];
  if (node.dataset.told !== undefined) known.replaceChildren(...node.childNodes);
  else if (olds.length === news.length) olds.forEach((old, index) => exchange(old, news[index]));
}
