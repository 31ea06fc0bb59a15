// A file of option lists, line by line: what is edited is written anew, every other line stays as it was.
const LIST = /^([A-Za-z_]\w*):\s*$/;
const ROW = /^(\s*- )\{(.*)\}\s*$/;
const PLAIN = /^\s*(#.*)?$/;
const OWN = ["value", "ar", "en", "active"];

// The lines, or null where the file holds more than lists of options: then only its text can be edited.
export function read(text) {
  const lines = text.split("\n").map(lineOf);
  const named = lines.findIndex(({ kind }) => kind === "list");
  const stray = lines.some(({ kind }, index) => kind === "other" || (kind === "row" && (named < 0 || index < named)));
  return stray || named < 0 ? null : lines;
}

function lineOf(text) {
  const list = LIST.exec(text);
  if (list) return { kind: "list", name: list[1], text };
  const row = ROW.exec(text);
  const pairs = row && pairsOf(row[2]);
  if (pairs) return { kind: "row", text, start: row[1], pairs };
  return { kind: PLAIN.test(text) ? "plain" : "other", text };
}

export function write(lines) {
  return lines.map((line) => (line.edited ? written(line) : line.text)).join("\n");
}

export function fresh(start = "  - ") {
  return { kind: "row", edited: true, start, pairs: [["value", "''"], ["ar", "''"], ["en", "''"]] };
}

export function said(row, name) {
  const raw = row.pairs.find(([key]) => key === name)?.[1] ?? "";
  if (/^'.*'$/s.test(raw)) return raw.slice(1, -1).replaceAll("''", "'");
  if (/^".*"$/s.test(raw)) {
    try {
      return JSON.parse(raw);
    } catch {
      return raw;
    }
  }
  return raw;
}

export function say(row, name, value) {
  put(row, name, quoted(value));
}

export function isOffered(row) {
  return said(row, "active") !== "false";
}

export function offer(row, offered) {
  row.edited = true;
  row.pairs = row.pairs.filter(([key]) => key !== "active");
  if (!offered) row.pairs.push(["active", "false"]);
}

// What a line says beyond the three words, as it is written.
export function rest(row) {
  return row.pairs.filter(([key]) => !OWN.includes(key)).map(([key, raw]) => `${key}: ${raw}`).join(", ");
}

// Takes what was typed; says whether it could be read.
export function setRest(row, text) {
  const pairs = text.trim() ? pairsOf(text) : [];
  if (!pairs || pairs.some(([key]) => OWN.includes(key))) return false;
  row.edited = true;
  row.pairs = [...row.pairs.filter(([key]) => OWN.includes(key)), ...pairs];
  return true;
}

function put(row, name, raw) {
  row.edited = true;
  const found = row.pairs.find(([key]) => key === name);
  if (found) found[1] = raw;
  else row.pairs.push([name, raw]);
}

function quoted(value) {
  return `'${value.replace(/\s*\n\s*/g, " ").replaceAll("'", "''")}'`;
}

function written({ start, pairs }) {
  return `${start}{${pairs.map(([key, raw]) => `${key}: ${raw}`).join(", ")}}`;
}

// "a: 'b', c: [d, e]" as pairs of a name and its text; null where it is anything else.
function pairsOf(text) {
  const pairs = [];
  for (const piece of pieces(text) ?? [""]) {
    const found = /^\s*(\w+):\s+(\S.*?)\s*$/s.exec(piece);
    if (!found || pairs.some(([key]) => key === found[1])) return null;
    pairs.push([found[1], found[2]]);
  }
  return pairs;
}

// Cuts at the commas outside of quotes and brackets.
function pieces(text) {
  const found = [];
  let quote = "";
  let depth = 0;
  let piece = "";
  for (const sign of text) {
    if (quote) quote = sign === quote ? "" : quote;
    else if (sign === "'" || sign === '"') quote = sign;
    else if ("[{".includes(sign)) depth += 1;
    else if ("]}".includes(sign)) depth -= 1;
    if (sign === "," && !quote && !depth) {
      found.push(piece);
      piece = "";
    } else piece += sign;
  }
  return quote || depth || text.includes("#") ? null : [...found, piece];
}
