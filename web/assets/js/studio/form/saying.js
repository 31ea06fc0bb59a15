// form-js has no place for another language: what its palette and panel say is put into the page's language as it
// appears. What analysts wrote themselves is left alone.
import { t } from "../words.js";

const CHROME = ".fjs-palette-container, .fjs-select-placeholder, .fjs-form-field-expression, .fjs-properties-container, .fjs-context-pad, .fjs-empty-editor, .fjs-form-field-placeholder, .fjs-empty-component, .fjs-repeat-render-footer";
const WRITTEN = ".bio-properties-panel-header-label, .cm-editor, textarea, .fjs-palette-footer, .masar-words, [data-group-id=\"group-custom-values\"] .bio-properties-panel-collapsible-entry-header";
const ATTRIBUTES = ["title", "aria-label", "placeholder", "data-title"];

const PATTERNS = [
  [/^Create an? (\S.*) element$/, "Create a {what} element"],
  [/^Remove (.+)$/, "Remove {what}"],
  [/^Expression for '(.*)'$/, "Computes {what}"],
  [/^List contains (\d+) items?$/, "{what} rows"],
];

export function sayInArabic(island) {
  if (document.documentElement.dir !== "rtl") return () => {};
  const observer = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") sayText(change.target);
      else if (change.type === "attributes") sayAttributes(change.target);
      else for (const node of change.addedNodes) sayAll(node);
    }
  });
  observer.observe(island, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  sayAll(island);
  return () => observer.disconnect();
}

function sayAll(node) {
  if (node.nodeType === Node.TEXT_NODE) return sayText(node);
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let one = walker.currentNode; one; one = walker.nextNode()) {
    if (one.nodeType === Node.TEXT_NODE) sayText(one);
    else sayAttributes(one);
  }
}

function isOurs(element) {
  return element?.closest(CHROME) && !element.closest(WRITTEN);
}

function sayText(node) {
  if (!isOurs(node.parentElement)) return;
  const said = inArabic(node.data);
  if (said !== node.data) node.data = said;
}

function sayAttributes(element) {
  if (!isOurs(element)) return;
  for (const name of ATTRIBUTES) {
    const text = element.getAttribute(name);
    if (!text) continue;
    const said = inArabic(text);
    if (said !== text) element.setAttribute(name, said);
  }
}

function inArabic(text) {
  const trimmed = text.trim();
  if (!/[A-Za-z]{2}/.test(trimmed) || /[\u0600-\u06ff]/.test(trimmed)) return text;
  for (const [pattern, words] of PATTERNS) {
    const found = pattern.exec(trimmed);
    if (found) return t(words, { what: /^[\w.]+$/.test(found[1]) ? found[1] : t(found[1]) });
  }
  const said = t(trimmed);
  return said === trimmed ? text : text.replace(trimmed, said);
}
