import { parseDocument } from "yaml";
import type { Span } from "../../../../base/position.js";
import { folderOf, joinPath } from "../../../../base/paths.js";
import type { ProjectModel } from "../../../project-model.js";
import { joinRoutePath } from "../../path.js";

/** A function that the gateway calls for a method and path. */
export interface FunctionEvent {
  readonly file: string;
  readonly span: Span;
  readonly method: string;
  /** Undefined where the function answers every path. */
  readonly path: string | undefined;
  readonly handler: string;
  /** Folders that the handler is relative to, the likeliest first. */
  readonly bases: readonly string[];
  /** The gateway's authorizer; `NONE` where a default one is taken away. */
  readonly authorizer: string | undefined;
}

type Data = Readonly<Record<string, unknown>>;

function asData(value: unknown): Data {
  // Keys of a parsed document; every field is checked where it is read.
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Data) : {};
}

function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

interface Parsed {
  readonly data: Data;
  spanOf(...path: readonly string[]): Span;
}

function parse(model: ProjectModel, file: string): Parsed | undefined {
  const text = model.text(file);
  if (text === undefined) return undefined;
  try {
    // Tags of CloudFormation (`!Ref`, `!Sub`) are unknown to YAML and keep their text.
    const document = parseDocument(text, { logLevel: "silent", uniqueKeys: false, prettyErrors: false });
    const data = asData(document.toJS({ maxAliasCount: 100 }));
    return {
      data,
      spanOf(...path) {
        const node: unknown = document.getIn(path, true);
        const range: unknown = asData(node)["range"];
        return Array.isArray(range) && typeof range[0] === "number" && typeof range[1] === "number" ? [range[0], range[1]] : [0, 0];
      },
    };
  } catch {
    return undefined;
  }
}

/** The HTTP events of a serverless.yml; functions in files of their own (`${file(functions.yml)}`) are followed. */
export function readServerless(model: ProjectModel, file: string): readonly FunctionEvent[] {
  const parsed = parse(model, file);
  if (!parsed) return [];
  const given = parsed.data["functions"];
  const lists = Array.isArray(given) ? (given as readonly unknown[]) : [given];
  return lists.flatMap((list) => {
    const other = asText(list);
    if (other !== undefined) return includedFunctions(model, file, other);
    return Object.entries(asData(list)).flatMap(([name, definition]) => functionEvents(model, file, definition, parsed.spanOf("functions", name)));
  });
}

/** `${file(src/functions.yml):users}` */
function includedFunctions(model: ProjectModel, file: string, reference: string): readonly FunctionEvent[] {
  const match = /^\$\{file\(([^)]+)\)(?::([\w.]+))?\}$/.exec(reference.trim());
  const path = match?.[1];
  if (path === undefined) return [];
  const included = joinPath(folderOf(file), path);
  const parsed = parse(model, included);
  if (!parsed) return [];
  const data = (match?.[2] ?? "").split(".").filter(Boolean).reduce<Data>((at, key) => asData(at[key]), parsed.data);
  // Handlers are relative to the folder of the service, whichever file names them.
  return Object.entries(data).flatMap(([name, definition]) => functionEvents(model, included, definition, parsed.spanOf(name), folderOf(file)));
}

function functionEvents(model: ProjectModel, file: string, definition: unknown, span: Span, base = folderOf(file)): readonly FunctionEvent[] {
  const reference = asText(definition);
  if (reference !== undefined) {
    const included = /^\$\{file\(([^)]+)\)(?::(\w+))?\}$/.exec(reference.trim());
    const parsed = included?.[1] === undefined ? undefined : parse(model, joinPath(base, included[1]));
    return parsed ? functionEvents(model, file, included?.[2] === undefined ? parsed.data : parsed.data[included[2]], span, base) : [];
  }
  const data = asData(definition);
  const handler = asText(data["handler"]);
  const events = data["events"];
  if (handler === undefined || !Array.isArray(events)) return [];
  return (events as readonly unknown[]).flatMap((event) => gatewayEvents(asData(event)).map((found) => ({ ...found, file, span, handler, bases: [base] })));
}

/** The `http` and `httpApi` events of one function, as text (`GET /users`) or as fields. */
export function gatewayEvents(event: Data): readonly Pick<FunctionEvent, "method" | "path" | "authorizer">[] {
  return ["http", "httpApi"].flatMap((kind) => {
    const given = event[kind];
    if (given === undefined || given === null) return [];
    const text = asText(given);
    if (text !== undefined) return [gatewayRoute(text)];
    const data = asData(given);
    const path = asText(data["path"]);
    const method = asText(data["method"]) ?? "ANY";
    if (path === undefined) return [];
    return [{ ...(path === "*" ? gatewayRoute("*") : gatewayRoute(`${method} ${path}`)), authorizer: authorizerOf(data["authorizer"]) ?? (data["private"] === true ? "api key" : undefined) }];
  });
}

/** The method and path of `GET /users/{id}`; undefined paths are all paths. */
export function gatewayRoute(text: string): Pick<FunctionEvent, "method" | "path" | "authorizer"> {
  if (text.trim() === "*") return { method: "ALL", path: undefined, authorizer: undefined };
  const [method = "ANY", path = "/"] = text.trim().split(/\s+/);
  return { method: /^(any|\*)$/i.test(method) ? "ALL" : method.toUpperCase(), path: /^\/?\{\w+\+\}$/.test(path) ? undefined : gatewayPath(path), authorizer: undefined };
}

/** `/users/{id}` and `/files/{proxy+}` in the notation of the table. */
function gatewayPath(path: string): string {
  return joinRoutePath(path.replace(/\{(\w+)\+\}/g, "*$1").replace(/\{(\w+)\}/g, ":$1"));
}

function authorizerOf(value: unknown): string | undefined {
  const text = asText(value);
  if (text !== undefined) return text;
  const data = asData(value);
  return asText(data["name"]) ?? asText(data["type"]) ?? asText(data["arn"]) ?? (Object.keys(data).length > 0 ? "authorizer" : undefined);
}

/** The HTTP events of the functions of a SAM template, with the default authorizer of their API. */
export function readSam(model: ProjectModel, file: string): readonly FunctionEvent[] {
  const parsed = parse(model, file);
  if (!parsed || !("Resources" in parsed.data)) return [];
  const resources = asData(parsed.data["Resources"]);
  const globals = asData(parsed.data["Globals"]);
  const shared = asData(globals["Function"]);
  return Object.entries(resources).flatMap(([name, resource]) => {
    const { Type: type, Properties: given, Metadata: metadata } = asData(resource);
    if (type !== "AWS::Serverless::Function") return [];
    const properties = { ...shared, ...asData(given) };
    const handler = asText(properties["Handler"]);
    if (handler === undefined) return [];
    const code = asText(properties["CodeUri"]) ?? "";
    const entry = asData(asData(metadata)["BuildProperties"])["EntryPoints"];
    const [entryPoint] = Array.isArray(entry) ? (entry as readonly unknown[]) : [];
    const bases = [joinPath(folderOf(file), code.replace(/^\.\//, "").replace(/\/$/, "")), folderOf(file)];
    const own = asText(entryPoint);
    // esbuild names the output after the entry point; the source is where that says.
    const source = own === undefined ? handler : `${own.replace(/\.[cm]?[jt]s$/, "")}.${handler.slice(handler.lastIndexOf(".") + 1)}`;
    return Object.values(asData(properties["Events"])).flatMap((event) => {
      const { Type: kind, Properties: options } = asData(event);
      if (kind !== "Api" && kind !== "HttpApi") return [];
      const data = asData(options);
      const path = asText(data["Path"]);
      const auth = asData(data["Auth"]);
      const fallback = defaultAuthorizer(resources, globals, kind, data);
      const authorizer = asText(auth["Authorizer"]) ?? (auth["ApiKeyRequired"] === true ? "api key" : fallback);
      return [{ ...(path === undefined ? gatewayRoute("*") : gatewayRoute(`${asText(data["Method"]) ?? "ANY"} ${path}`)), authorizer, file, span: parsed.spanOf("Resources", name), handler: source, bases }];
    });
  });
}

function defaultAuthorizer(resources: Data, globals: Data, kind: string, event: Data): string | undefined {
  const ofApi = (auth: unknown): string | undefined => asText(asData(auth)["DefaultAuthorizer"]);
  const reference = event["RestApiId"] ?? event["ApiId"];
  const name = asText(reference) ?? asText(asData(reference)["Ref"]);
  const named = name === undefined ? undefined : ofApi(asData(asData(resources[name])["Properties"])["Auth"]);
  return named ?? ofApi(asData(globals[kind])["Auth"]);
}
