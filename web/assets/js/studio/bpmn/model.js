// Reading and writing what our dialect says of an element: every change is one step that can be undone.

export function extension(object, type) {
  return object?.extensionElements?.values?.find((value) => value.$type === `zeebe:${type}`);
}

export function said(object, type, attribute) {
  return extension(object, type)?.get(attribute) ?? "";
}

export function property(object, name) {
  return extension(object, "Properties")?.get("properties").find((one) => one.name === name)?.value ?? "";
}

const isEmpty = (value) => value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);

export class Model {
  constructor(modeler) {
    this.modeling = modeler.get("modeling");
    this.factory = modeler.get("bpmnFactory");
    this.modeler = modeler;
  }

  create(type, values, parent) {
    const made = this.factory.create(type, values);
    if (parent) made.$parent = parent;
    return made;
  }

  update(element, object, values) {
    this.modeling.updateModdleProperties(element, object, values);
  }

  // Attributes of the extension of that type; it comes when something is said and goes when nothing is left.
  extend(element, object, type, values) {
    const found = extension(object, type);
    const now = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isEmpty(value) ? undefined : value]));
    if (!found) return Object.values(now).some((value) => value !== undefined) ? this.add(element, object, type, now) : undefined;
    const left = found.$descriptor.properties
      .filter(({ name }) => !name.startsWith("$"))
      .some(({ name, ns }) => !isEmpty(ns.localName in now ? now[ns.localName] : found[ns.localName]));
    if (left || Object.keys(found.$attrs ?? {}).length) return this.update(element, found, now);
    return this.remove(element, object, found);
  }

  add(element, object, type, values) {
    const holder = object.extensionElements ?? this.create("bpmn:ExtensionElements", { values: [] }, object);
    const made = this.create(`zeebe:${type}`, values, holder);
    for (const list of Object.values(values).filter(Array.isArray)) for (const one of list) one.$parent = made;
    if (object.extensionElements) return this.update(element, holder, { values: [...holder.values, made] });
    holder.values = [made];
    return this.update(element, object, { extensionElements: holder });
  }

  remove(element, object, gone) {
    const values = object.extensionElements.values.filter((value) => value !== gone);
    if (values.length) this.update(element, object.extensionElements, { values });
    else this.update(element, object, { extensionElements: undefined });
  }

  // A list inside an extension, such as the mappings of one side or the headers, from rows of texts.
  list(element, object, type, name, itemType, [first, second], rows) {
    const old = extension(object, type)?.get(name) ?? [];
    const items = rows.map((row, index) => {
      const same = old[index] && old[index].get(first) === row[0] && old[index].get(second) === row[1];
      return same ? old[index] : this.create(itemType, { ...(old[index]?.$attrs ?? {}), [first]: row[0], [second]: row[1] });
    });
    this.extend(element, object, type, { [name]: items });
    const holder = extension(object, type);
    if (holder) for (const item of items) item.$parent = holder;
  }

  setProperty(element, object, name, value) {
    const all = extension(object, "Properties")?.get("properties") ?? [];
    const rows = all.map((one) => [one.name, one.name === name ? value : one.value]);
    if (!all.some((one) => one.name === name)) rows.push([name, value]);
    this.setProperties(element, object, rows.filter(([key, text]) => key !== name || text));
  }

  setProperties(element, object, rows) {
    this.list(element, object, "Properties", "properties", "zeebe:Property", ["name", "value"], rows);
  }

  // Messages and errors stand beside the processes, for several elements to share.
  roots(type) {
    return this.modeler.getDefinitions().rootElements.filter((one) => one.$type === type);
  }

  addRoot(element, type, values) {
    const definitions = this.modeler.getDefinitions();
    const made = this.create(type, values, definitions);
    this.update(element, definitions, { rootElements: [...definitions.rootElements, made] });
    return made;
  }

  formula(text, parent, type = "bpmn:FormalExpression") {
    return text ? this.create(type, { body: text }, parent) : undefined;
  }
}
