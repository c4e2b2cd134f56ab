import type { Span } from "../../../../base/position.js";
import type { ProjectModel } from "../../../project-model.js";
import type { Description } from "../../adapter.js";
import { pathTexts } from "../../../values/path-texts.js";
import { definitionsOf, propertiesOf } from "../../../values/definitions.js";
import { joinRoutePath } from "../../path.js";
import { type RequestPart, requestParts, type SchemaUse } from "../../route.js";
import type { Located } from "../../../values/located.js";

/** One operation of a contract. */
export interface ContractRoute {
  /** Where it stands in the contract: `["users", "create"]`. */
  readonly keys: readonly string[];
  readonly file: string;
  readonly span: Span;
  readonly method: string;
  readonly path: string;
  readonly schemas: ReadonlyMap<RequestPart, Located>;
  readonly responses: Located | undefined;
  /** What it notes for steps to read, that of the routers around it included. */
  readonly metadata: readonly Located[];
}

const partKeys: Readonly<Record<RequestPart, string>> = { body: "body", query: "query", params: "pathParams", headers: "headers" };
const methods = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

/** The operations of `c.router({ … }, { pathPrefix })`, of nested routers, and of a single operation. */
export function contractRoutes(model: ProjectModel, file: string, node: Located["node"], prefix = "", keys: readonly string[] = [], around: readonly Located[] = []): readonly ContractRoute[] {
  if (keys.length > 10) return [];
  return definitionsOf(model, file, node).flatMap((definition) => {
    if (definition.node.kind === "call") {
      const [inner, options] = definition.node.arguments;
      if (!inner || !isContractCall(model, definition)) return [];
      const given = options && propertiesOf(model, definition.file, options);
      const own = given?.get("pathPrefix");
      const metadata = given?.get("metadata");
      return contractRoutes(model, definition.file, inner, joinRoutePath(prefix, (own && pathTexts(model, own.file, own.node)?.[0]?.text) ?? ""), keys, metadata ? [...around, metadata] : around);
    }
    if (definition.node.kind !== "object") return [];
    const properties = propertiesOf(model, definition.file, definition.node);
    const [method, path] = [properties.get("method"), properties.get("path")];
    const verb = method && model.values.text(method.file, method.node);
    if (!path || verb === undefined || !methods.test(verb)) return [...properties].flatMap(([key, value]) => contractRoutes(model, value.file, value.node, prefix, [...keys, key], around));
    const text = pathTexts(model, path.file, path.node)?.[0]?.text ?? ":unknown";
    const schemas = new Map(requestParts.flatMap((part) => (properties.has(partKeys[part]) ? [[part, properties.get(partKeys[part])] as [RequestPart, Located]] : [])));
    return [{ keys, file: definition.file, span: definition.node.span, method: verb, path: joinRoutePath(prefix, text), schemas, responses: properties.get("responses"), metadata: [...around, ...[properties.get("metadata") ?? []].flat()] }];
  });
}

/** The operations of a part of a contract: `contract.posts` has the prefix that the whole contract says, and keys of its own. */
export function contractRoutesAt(model: ProjectModel, file: string, node: Located["node"]): readonly ContractRoute[] {
  const names: string[] = [];
  const bases = [node];
  for (let base = node; base.kind === "member"; base = base.object) {
    names.unshift(base.property);
    bases.unshift(base.object);
  }
  for (const [position, base] of bases.entries()) {
    const taken = names.slice(position);
    const found = contractRoutes(model, file, base).filter(({ keys }) => taken.every((name, place) => keys[place] === name));
    if (found.length > 0) return found.map((route) => ({ ...route, keys: route.keys.slice(taken.length) }));
  }
  return [];
}

function isContractCall(model: ProjectModel, { file, node }: Located): boolean {
  return node.kind === "call" && model.values.of(file, node.callee).some((value) => value.kind === "external" && value.provenance.package === "@ts-rest/core" && /^(router|query|mutation)$/.test(value.provenance.path.at(-1) ?? ""));
}

/** What a contract says; responses are run only where the server is told to. */
export function describeContract(model: ProjectModel, route: ContractRoute, validatesResponses: boolean): Description {
  const use = (part: RequestPart): SchemaUse => {
    const schema = route.schemas.get(part);
    if (schema) return schemaUse(model, schema, "enforced");
    // A parameter without a schema reaches the handler as text.
    return part === "params" && /\/:/.test(route.path) ? { kind: "none", file: route.file, span: route.span, by: "field" } : { kind: "absent" };
  };
  const response: SchemaUse = route.responses ? { kind: validatesResponses ? "enforced" : "declared", file: route.responses.file, span: route.responses.node.span, by: "contract" } : { kind: "none" };
  return { request: { body: use("body"), query: use("query"), params: use("params"), headers: use("headers") }, response };
}

/** `c.type<T>()` and `c.otherResponse()` say something to the compiler alone; `c.noBody()` and null stand for nothing. */
function schemaUse(model: ProjectModel, { file, node }: Located, kind: "enforced"): SchemaUse {
  for (const value of model.values.of(file, node)) {
    if (value.kind === "constant" && value.value === null) return { kind: "absent" };
    if (value.kind !== "external" || value.provenance.package !== "@ts-rest/core") continue;
    const made = value.provenance.path.at(-2);
    if (made === "noBody" || made === "contractNoBody") return { kind: "absent" };
    if (made === "type") return { kind: "type-only", file, span: node.span, by: "c.type" };
  }
  return { kind, file, span: node.span, by: "contract" };
}
