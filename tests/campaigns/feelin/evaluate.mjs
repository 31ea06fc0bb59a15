// Evaluates expressions from standard input, one JSON object a line ({text, context}), and prints one answer a line:
// {value} in our codec's words, or {error}.
import readline from "node:readline";
import { evaluate, isFunction, isRange } from "feelin";

const TAGS = { FeelDate: "$d", FeelTime: "$t", FeelDateTime: "$dt", FeelDuration: "$p" };

function plain(value) {
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return Number.isFinite(value) ? value : { $odd: String(value) };
  if (typeof value !== "object" && typeof value !== "function") return value;
  if (isRange(value)) {
    return { $r: [plain(value.start), plain(value.end), value["start included"], value["end included"], null] };
  }
  const tag = TAGS[value.constructor?.name];
  if (tag) return { [tag]: value.iso ?? String(value) };
  if (isFunction(value) || typeof value === "function") return { $odd: "function" };
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { text, context } = JSON.parse(line);
  let answer;
  try {
    answer = { value: plain(evaluate(text, context).value) };
  } catch (error) {
    answer = { error: String(error.message ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
