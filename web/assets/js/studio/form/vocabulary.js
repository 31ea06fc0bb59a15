// The properties that our forms carry beside what form-js knows, as docs/forms.md tells them.
const CHOICES = ["select", "radio", "checklist", "taglist"];
const MANY = ["checklist", "taglist"];
const ANSWERED = ["textfield", "textarea", "number", "datetime", "checkbox", "dynamiclist", ...CHOICES];
const TOLD = [...ANSWERED, "expression"];
const SENSITIVITIES = [["", "Not said (counts as protected)"], ["ordinary", "Ordinary"], ["protected", "Protected"], ["identity", "Identity"]];
const WIDGETS = {
  textfield: [["", "One line"], ["name", "A person's name"], ["phone", "Telephone"], ["hijri", "Hijri date"], ["date", "Date"]],
  select: [["", "By the number of options"], ["radios", "Radio buttons"], ["select", "A list to open"]],
  radio: [["", "By the number of options"], ["radios", "Radio buttons"], ["select", "A list to open"]],
};

// Texts that need English wherever the form has them in Arabic.
const WORDS = [
  { key: "label_en", label: "Label in English", shape: "english", on: [...TOLD, "group", "button"] },
  { key: "description_en", label: "Description in English", shape: "english", on: TOLD },
  { key: "text_en", label: "Text in English", shape: "long", on: ["text"] },
  { key: "suffix_en", label: "Unit in English", shape: "english", on: ["number"] },
  { key: "add_label", label: "Words on the button that adds a row", shape: "text", on: ["dynamiclist"] },
  { key: "add_label_en", label: "The same in English", shape: "english", on: ["dynamiclist"] },
  { key: "item_label", label: "What one row is called", shape: "text", on: ["dynamiclist"] },
  { key: "item_label_en", label: "The same in English", shape: "english", on: ["dynamiclist"] },
  { key: "pattern_hint", label: "What to say where the pattern does not match", shape: "text", on: ["textfield", "textarea"] },
  { key: "pattern_hint_en", label: "The same in English", shape: "english", on: ["textfield", "textarea"] },
];

const RULES = [
  { key: "sensitivity", label: "Sensitivity", shape: "choice", options: SENSITIVITIES, on: TOLD, help: "Who may read the answer; what is not said counts as protected." },
  { key: "list", label: "List of options", shape: "list", on: [...CHOICES, "expression"] },
  { key: "list_dynamic", label: "Options that only the moment knows", shape: "code", on: [...CHOICES, "expression"], help: "users.<role>, units or directory.providers" },
  { key: "list_parent", label: "Options depend on the answer to", shape: "field", on: CHOICES },
  { key: "in_field", label: "Only what was chosen in", shape: "field", on: ["select", "radio"] },
  { key: "not_values", label: "Values not offered here", shape: "code", on: CHOICES, help: "Separated by commas." },
  { key: "exclusive_option", label: "Value that excludes all others", shape: "code", on: MANY },
  { key: "widget", label: "Shown as", shape: "widget", on: ["textfield", "select", "radio"] },
  { key: "min_items", label: "At least (choices or rows)", shape: "code", on: [...MANY, "dynamiclist"] },
  { key: "max_items", label: "At most (choices or rows)", shape: "code", on: [...MANY, "dynamiclist"] },
  { key: "append_only", label: "Rows are added and never removed", shape: "yes", on: ["dynamiclist"] },
  { key: "must_be", label: "Must be ticked to go on", shape: "yes", on: ["checkbox"] },
  { key: "not_future", label: "Not after now", shape: "yes", on: ["datetime"] },
  { key: "not_past", label: "Today or later", shape: "yes", on: ["datetime"] },
  { key: "not_after", label: "Not after the date in", shape: "field", on: ["datetime"] },
  { key: "required_if", label: "Required if (FEEL)", shape: "formula", on: ANSWERED },
  { key: "prefill", label: "Held when first opened (FEEL)", shape: "formula", on: ANSWERED },
  { key: "if_empty", label: "Taken where nothing is answered (FEEL)", shape: "formula", on: ANSWERED },
  { key: "decision", label: "Result of the decision", shape: "decision", on: ["expression"] },
  { key: "output", label: "Which output of the decision", shape: "code", on: ["expression"] },
  { key: "facts_of", label: "Facts of the options chosen in", shape: "field", on: ["expression"] },
  { key: "fact", label: "Which fact", shape: "code", on: ["expression"] },
  { key: "shown", label: "Shown on the page", shape: "yes", on: ["expression"] },
];

export const GROUPS = [
  { id: "masar-words", label: "In English", properties: WORDS },
  { id: "masar-rules", label: "Rules of our forms", properties: RULES },
];

export function widgetsOf(type) {
  return WIDGETS[type] ?? [];
}
