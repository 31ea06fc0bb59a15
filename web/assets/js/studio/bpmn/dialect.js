// What a newly drawn element of our dialect brings with it, and what may move along when its kind changes.
import CommandInterceptor from "diagram-js/lib/command/CommandInterceptor";
import { extension } from "./model.js";

const BORN_WITH = {
  "bpmn:UserTask": [["zeebe:UserTask", {}]],
  "bpmn:CallActivity": [["zeebe:CalledElement", { propagateAllParentVariables: false, propagateAllChildVariables: false }]],
};
// Extensions that only these elements read; all others, such as properties and mappings, may go anywhere.
const BELONGS = {
  "zeebe:UserTask": ["bpmn:UserTask"],
  "zeebe:FormDefinition": ["bpmn:UserTask"],
  "zeebe:AssignmentDefinition": ["bpmn:UserTask"],
  "zeebe:TaskSchedule": ["bpmn:UserTask"],
  "zeebe:PriorityDefinition": ["bpmn:UserTask"],
  "zeebe:CalledElement": ["bpmn:CallActivity"],
  "zeebe:CalledDecision": ["bpmn:BusinessRuleTask"],
  "zeebe:Script": ["bpmn:ScriptTask"],
  "zeebe:TaskDefinition": ["bpmn:ServiceTask", "bpmn:SendTask", "bpmn:IntermediateThrowEvent", "bpmn:EndEvent"],
  "zeebe:TaskHeaders": ["bpmn:ServiceTask", "bpmn:SendTask", "bpmn:IntermediateThrowEvent", "bpmn:EndEvent"],
};

class Dialect extends CommandInterceptor {
  constructor(eventBus, bpmnFactory) {
    super(eventBus);
    this.preExecute(["shape.create"], 3000, ({ context }) => bear(context.shape, bpmnFactory));
    eventBus.on("moddleCopy.canCopyProperty", 2000, ({ parent, property }) => {
      const allowed = BELONGS[property?.$type];
      if (!allowed) return undefined;
      let owner = parent;
      while (owner?.$type === "bpmn:ExtensionElements") owner = owner.$parent;
      return !owner || allowed.includes(owner.$type) ? undefined : false;
    });
  }
}
Dialect.$inject = ["eventBus", "bpmnFactory"];

function bear(shape, factory) {
  const object = shape.businessObject;
  for (const [type, values] of BORN_WITH[object?.$type] ?? []) {
    if (shape.labelTarget || extension(object, type.replace("zeebe:", ""))) continue;
    const holder = object.extensionElements ?? factory.create("bpmn:ExtensionElements", { values: [] });
    const made = factory.create(type, values);
    made.$parent = holder;
    holder.$parent = object;
    holder.values = [...(holder.values ?? []), made];
    object.extensionElements = holder;
  }
}

export const dialect = { __init__: ["masarDialect"], masarDialect: ["type", Dialect] };
