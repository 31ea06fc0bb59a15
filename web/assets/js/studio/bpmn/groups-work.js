// Work items: who does them, in which form, until when.
import { inWords, t } from "../words.js";
import { said } from "./model.js";

export function workGroups({ element, object, model, catalogue, type }) {
  if (type !== "bpmn:UserTask") return [];
  const field = (extension, attribute, rest) => ({
    key: attribute, value: said(object, extension, attribute),
    write: (value) => model.extend(element, object, extension, { [attribute]: value.trim() }), ...rest,
  });
  const groups = said(object, "AssignmentDefinition", "candidateGroups");
  const asFormula = groups.startsWith("=") || !catalogue.roles.length;
  return [{ key: "work", title: t("Who and until when"), open: true, fields: [
    field("FormDefinition", "formId", { kind: "choice", label: t("Form"),
      options: [["", t("None")], ...catalogue.forms.map((form) => [form.key, inWords(form.title)])] }),
    field("AssignmentDefinition", "candidateGroups", asFormula
      ? { kind: "formula", label: t("Roles (formula)"), help: t("Rights come from here, never from the lane.") }
      : { kind: "ticks", label: t("Roles that may do it"), help: t("Rights come from here, never from the lane."),
        options: catalogue.roles.map((role) => [role.key, inWords(role.name)]) }),
    field("AssignmentDefinition", "assignee", { kind: "formula", label: t("Given to (login or formula)"),
      help: t("Empty: whoever of the roles takes it.") }),
    field("TaskSchedule", "dueDate", { kind: "formula", label: t("Deadline"),
      help: t("A formula such as =due(opened_at, case.limits.plan, case.limits.basis), or a duration such as P3D.") }),
    field("TaskSchedule", "followUpDate", { kind: "formula", label: t("Follow-up date"), help: t("From then on it is shown as due soon.") }),
    field("PriorityDefinition", "priority", { kind: "formula", label: t("Priority"), help: t("A number from 0 to 100, or a formula.") }),
  ] }];
}
