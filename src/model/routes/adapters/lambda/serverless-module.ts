import { folderOf } from "../../../../base/paths.js";
import type { ProjectModel } from "../../../project-model.js";
import { definitionsOf, exportDefinitions, propertiesOf } from "../../../values/definitions.js";
import type { UnresolvedRoute } from "../../route.js";
import type { Located } from "../../../values/located.js";
import { type FunctionEvent, gatewayEvents } from "./infrastructure.js";

/** The HTTP events of a serverless.ts: an object whose functions may stand in other modules beside their handlers. */
export function serverlessModuleEvents(model: ProjectModel, file: string, unresolved: UnresolvedRoute[]): readonly FunctionEvent[] {
  const roots = ["export=", "default"].map((name) => exportDefinitions(model, file, name)).find((found) => found.length > 0) ?? [];
  return roots.flatMap((root) => {
    const functions = propertiesOf(model, root.file, root.node).get("functions");
    if (!functions) return [];
    return [...propertiesOf(model, functions.file, functions.node).values()].flatMap((located) => definitionsOf(model, located.file, located.node).flatMap((definition) => eventsOf(model, file, definition, unresolved)));
  });
}

function eventsOf(model: ProjectModel, root: string, definition: Located, unresolved: UnresolvedRoute[]): readonly FunctionEvent[] {
  const properties = propertiesOf(model, definition.file, definition.node);
  const [handler, events] = [properties.get("handler"), properties.get("events")];
  const text = handler && handlerText(model, handler);
  if (!events) return [];
  const made = definitionsOf(model, events.file, events.node).some((list) => list.node.kind !== "array" || list.node.elements.some((element) => element.kind !== "object" && element.kind !== "name"));
  if (text === undefined || made) {
    unresolved.push({ file: definition.file, span: definition.node.span, reason: text === undefined ? "the handler of this function is made by code" : "the events of this function are made by code" });
    return [];
  }
  return definitionsOf(model, events.file, events.node).flatMap((list) =>
    list.node.kind === "array"
      ? list.node.elements.flatMap((element) => gatewayEvents(plain(model, { file: list.file, node: element })).map((event) => ({ ...event, file: definition.file, span: definition.node.span, handler: text, bases: [folderOf(definition.file), folderOf(root)] })))
      : [],
  );
}

/** `src/users.create`; of `${handlerPath(__dirname)}/handler.main` what stands behind the folder. */
function handlerText(model: ProjectModel, { file, node }: Located): string | undefined {
  const text = model.values.text(file, node);
  if (text !== undefined) return text;
  return node.kind === "template" && !node.tag && node.values.length === 1 ? node.texts[1]?.replace(/^\//, "") : undefined;
}

/** An object literal of constants as data. */
function plain(model: ProjectModel, located: Located, depth = 0): Readonly<Record<string, unknown>> {
  if (depth > 6) return {};
  return Object.fromEntries(
    [...propertiesOf(model, located.file, located.node)].map(([key, value]) => {
      const [constant] = model.values.of(value.file, value.node);
      if (constant?.kind === "constant") return [key, constant.value];
      return [key, constant?.kind === "object" ? plain(model, { file: constant.file, node: constant.node }, depth + 1) : value.node.kind === "template" ? "unknown" : {}];
    }),
  );
}
