// The words of the editors: English in the code, Arabic from the dictionaries beside each editor. What the third
// parties' editors say goes through the same function, so that nothing on an Arabic page is said in English.
const known = new Map();
let locale = "ar";

export const missing = new Set(); // what nobody has translated yet, for the tests

export function speak(language) {
  locale = language.startsWith("en") ? "en" : "ar";
}

export function learn(words) {
  for (const [english, arabic] of Object.entries(words)) known.set(english, arabic);
}

export function t(text, replacements = {}) {
  const key = String(text ?? "");
  let said = key;
  if (locale === "ar") {
    said = known.get(key);
    if (said === undefined) {
      if (/[a-z]{2}/i.test(key)) missing.add(key);
      said = key;
    }
  }
  return said.replace(/\{([^}]+)\}/g, (whole, name) => replacements[name] ?? whole);
}

// Texts of the server come in the language of the page, or in both.
export function inWords(text) {
  if (text && typeof text === "object") return text[locale] || text.ar || text.en || "";
  return String(text ?? "");
}

export function clock(instant) {
  const time = instant ? new Date(instant) : new Date();
  const shown = Number.isNaN(time.getTime()) ? new Date() : time;
  return shown.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", numberingSystem: "latn" });
}
