// Keeps what is drawn: on the server after a pause, until then in memory and nowhere else, since computers are shared.
// Nothing is ever dropped: what could not be saved is tried again, and a draft that somebody else changed meanwhile
// is only replaced where the person says so.
import { h } from "./dom.js";
import { clock, inWords, t } from "./words.js";

const PAUSE_CHECK = 800;
const PAUSE_SAVE = 2500;
const RETRY = 15000;

export class Keeping {
  constructor(island, { text, found, trouble }) {
    Object.assign(this, { island, text, found, trouble });
    this.told = document.querySelector("[data-saved]");
    this.revision = island.dataset.revision ?? "0";
    this.csrf = island.dataset.csrf;
    this.mends = island.dataset.save.replace(/draft$/, "mend");
    this.edits = 0;
    this.saved = 0;
    this.stopped = false;
    this.timers = {};
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") this.save(); });
    window.addEventListener("beforeunload", (event) => { if (this.isDirty) event.preventDefault(); });
    window.addEventListener("online", () => this.save());
    window.addEventListener("focus", () => { if (this.failed) this.save(); });
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.code === "KeyS") {
        event.preventDefault();
        this.save();
      }
    });
    this.guardForms();
  }

  // A form or link of the page (publish, try) that is used while something is unsaved saves first.
  guardForms() {
    document.addEventListener("click", async (event) => {
      const link = event.target.closest?.("a[href]");
      const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
      if (!link || !plain || link.target || link.origin !== location.origin || link.hash || link.download || this.island.contains(link)) return;
      if (!this.isDirty || this.stopped) return;
      event.preventDefault();
      await this.save();
      if (!this.isDirty) location.assign(link.href);
    });
    document.addEventListener("submit", async (event) => {
      if (!this.isDirty || event.defaultPrevented || this.island.contains(event.target)) return;
      event.preventDefault();
      const { target, submitter } = event;
      await this.save();
      if (!this.isDirty) target.requestSubmit(submitter);
    });
  }

  get isDirty() {
    return this.edits > this.saved;
  }

  async fetch() {
    const answer = await fetch(this.island.dataset.source, { cache: "no-store" });
    if (!answer.ok || answer.redirected) throw new Error(t("The draft could not be read ({status}).", { status: answer.status }));
    this.revision = answer.headers.get("X-Revision") ?? this.revision;
    return answer.text();
  }

  touch() {
    this.edits += 1;
    this.later("check", PAUSE_CHECK, () => this.check());
    if (!this.stopped) this.later("save", PAUSE_SAVE, () => this.save());
    if (!this.failed) this.say("unsaved");
  }

  later(name, pause, act) {
    clearTimeout(this.timers[name]);
    this.timers[name] = setTimeout(act, pause);
  }

  // One question at a time: on a slow line they would pile up.
  async check() {
    clearTimeout(this.timers.check);
    if (this.checking) return this.later("check", PAUSE_CHECK, () => this.check());
    const edits = this.edits;
    this.checking = true;
    try {
      const answer = await this.post(this.island.dataset.check, await this.text());
      if (answer.ok && edits === this.edits) this.found((await answer.json()).findings ?? []);
    } catch { /* the line is down: saving tells so */ } finally {
      this.checking = false;
    }
    return undefined;
  }

  post(address, body, more = {}) {
    return fetch(address, {
      method: "POST", body, redirect: "manual",
      headers: { "Content-Type": "text/plain; charset=utf-8", Accept: "application/json", "X-CSRF": this.csrf, ...more },
    });
  }

  async save() {
    if (this.sending) await this.sending;
    if (!this.isDirty || this.stopped) return;
    clearTimeout(this.timers.save);
    const edits = this.edits;
    this.sending = this.text().then((body) => this.send(edits, body))
      .catch((error) => this.fail(error instanceof TypeError ? t("No connection to the server.") : String(error.message)));
    await this.sending;
    this.sending = null;
    if (this.isDirty && !this.stopped) this.later("save", this.failed ? RETRY : PAUSE_SAVE, () => this.save());
  }

  async send(edits, body) {
    let answer = await this.post(this.island.dataset.save, body, { "X-Revision": this.revision });
    if (isTurnedAway(answer) && (await this.renewed())) {
      answer = await this.post(this.island.dataset.save, body, { "X-Revision": this.revision });
    }
    if (answer.ok) return this.done(edits, await answer.json());
    if (answer.status === 409) return this.conflict(await answer.json().catch(() => ({})));
    if (isTurnedAway(answer)) return this.signedOut();
    const said = await answer.json().catch(() => ({}));
    return this.fail(inWords(said.message) || t("The server refused it ({status}).", { status: answer.status }));
  }

  done(edits, { revision, saved_at: savedAt, findings }) {
    this.saved = edits;
    this.revision = String(revision);
    for (const field of document.querySelectorAll("input[name=revision]")) field.value = this.revision;
    this.failed = false;
    this.trouble([]);
    this.say(this.isDirty ? "unsaved" : "saved", savedAt);
    if (findings && edits === this.edits) {
      clearTimeout(this.timers.check);
      this.found(findings);
    }
  }

  // After signing in again, perhaps in another tab, the page has a new token.
  async renewed() {
    const answer = await fetch(location.href, { redirect: "manual", cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector("[data-editor]")?.dataset.csrf;
    if (!token || token === this.csrf) return false;
    this.csrf = token;
    return true;
  }

  say(state, instant, who = "") {
    if (!this.told) return;
    const words = this.told.dataset[`${state}Text`] ?? "";
    this.told.dataset.state = state;
    this.told.textContent = words.replace("{time}", clock(instant)).replace("{who}", who);
  }

  fail(why) {
    this.failed = true;
    this.say("unsaved");
    this.trouble([
      h("p", {}, h("strong", {}, t("Not saved yet.")), " ", why),
      h("p", {}, t("What you drew is kept in this window and is tried again by itself. Do not close it."), " ",
        h("button", { type: "button", class: "button second small", onclick: () => this.save() }, t("Try now"))),
    ]);
  }

  signedOut() {
    this.failed = true;
    this.say("unsaved");
    this.trouble([
      h("p", {}, h("strong", {}, t("Your session has ended; nothing that you drew is lost.")), " ",
        t("Sign in in another tab and come back: it is then saved by itself.")),
      h("p", {}, h("a", { href: "/", target: "_blank", rel: "noopener" }, t("Sign in in another tab")), " ",
        h("button", { type: "button", class: "button second small", onclick: () => this.save() }, t("Try now"))),
    ]);
  }

  conflict({ who, when, message }) {
    this.stopped = true;
    this.failed = true;
    this.say("conflict", when, inWords(who));
    const told = inWords(message) || t("{who} saved this draft at {when}.", { who: inWords(who), when: clock(when) });
    const press = (words, act) => h("button", { type: "button", class: "button second small", onclick: act }, words);
    this.trouble([
      h("p", {}, h("strong", {}, t("Somebody else changed this draft meanwhile.")), " ", told),
      h("p", { class: "row" },
        h("a", { href: location.href, target: "_blank", rel: "noopener" }, t("See theirs in another tab")),
        press(t("Keep mine as a file"), () => this.download()),
        press(t("Put mine in place of theirs"), () => this.override())),
    ]);
  }

  async override() {
    try {
      await this.fetch();
    } catch {
      return this.fail(t("No connection to the server."));
    }
    this.stopped = false;
    this.failed = false;
    this.edits += 1;
    return this.save();
  }

  async download() {
    const url = URL.createObjectURL(new Blob([await this.text()], { type: "application/octet-stream" }));
    const ending = { dmn: "dmn", form: "form", list: "yaml" }[this.island.dataset.editor] ?? "bpmn";
    h("a", { href: url, download: `${this.island.dataset.key}.${ending}` }).click();
    URL.revokeObjectURL(url);
  }
}

// Sent to the sign-in page, or refused because the session or its token is gone.
function isTurnedAway(answer) {
  return answer.type === "opaqueredirect" || answer.redirected || [400, 401, 403].includes(answer.status);
}
