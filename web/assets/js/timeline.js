// "Older entries" brings them below instead of leading to their own page.
export function growTimeline(list) {
  list.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-more]");
    if (!link) return;
    event.preventDefault();
    const answer = await fetch(link.href).catch(() => null);
    if (!answer || !answer.ok) return void (location.href = link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const entries = [...page.querySelectorAll("ol.timeline > li")];
    list.querySelector("ol.timeline").append(...entries);
    const next = page.querySelector("a[data-more]");
    if (next) link.replaceWith(next);
    else link.remove();
    if (entries[0]) {
      entries[0].tabIndex = -1;
      entries[0].focus();
    }
  });
}
