import { groupBy } from "../../base/group-by.js";
import { oncePer } from "../../base/once-per.js";
import { isWithin } from "../../base/paths.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Route } from "../../model/routes/route.js";
import { testReachOf } from "./test-reach.js";

/** A request that a test makes. A part of the path that is not known is `null`. */
interface TestRequest {
  readonly test: string;
  /** Undefined where it is not known. */
  readonly method: string | undefined;
  readonly segments: readonly (string | null)[];
  /** What stands in front of the first segment is not known. */
  readonly open: boolean;
}

interface Requests {
  readonly known: readonly TestRequest[];
  /** Tests that make requests whose path is not known, or through a client with types. */
  readonly unknown: ReadonlySet<string>;
  /** Tests that tell a browser to go to an address that is not known, from where it may come to any page of the application. */
  readonly browsing: ReadonlySet<string>;
}

const methods = /^(get|post|put|patch|delete|del|head|options|all)$/;
/** Clients that name routes by members: `client.users.$get()`, `caller.users.list()`. */
const typedClients = /^(testClient|hc|treaty|edenTreaty|edenFetch|createCaller|createCallerFactory|createRouterClient|initClient|createORPCClient|createTRPCClient)$/;
const unknownPart = "\0";

/** Whether a test requests a route; undefined where that cannot be told. */
export function isRequested(model: ProjectModel, route: Route): boolean | undefined {
  const tests = requestsTo(model, route);
  return tests && tests.length > 0;
}

/** The files that request a route by its method and path, and the tests that call its handler; undefined where that cannot be told. */
export function requestsTo(model: ProjectModel, route: Route): readonly string[] | undefined {
  const reach = testReachOf(model);
  const requests = requestsOf(model);
  // A test may call the handler itself; one that imports the application has not called anything yet.
  const wires = new Set(model.routes.applications.map(({ file }) => file));
  const direct = [route.file, route.handler?.file].flatMap((file) => (file === undefined || wires.has(file) ? [] : reach.importersOf(file)));
  const segments = route.path.split("/").filter(Boolean);
  const loose = route.unmounted === true || route.confidence !== "exact";
  const asking = requests.known.filter((request) => asksFor(request, route, segments, loose) && !isForAnother(model, request, route)).map(({ test }) => test);
  if (direct.length > 0 || asking.length > 0) return [...new Set([...direct, ...asking])].sort();
  const open = [...requests.unknown].some((test) => reach.fromOutside.includes(test) || reach.from(test).has(route.file) || (requests.browsing.has(test) && isWithin(model.packageOf(test).folder, route.file)));
  return open || route.confidence === "unknown" ? undefined : [];
}

function asksFor(request: TestRequest, route: Route, segments: readonly string[], loose: boolean): boolean {
  return sameMethod(request, route) && samePath(request, segments, loose);
}

/** Whether the test runs another application of the repository that has a route like this one, and not this route's. */
function isForAnother(model: ProjectModel, request: TestRequest, route: Route): boolean {
  const run = testReachOf(model).from(request.test);
  if (run.has(route.file)) return false;
  return routesByPath(model).get(`${route.method} ${route.path}`)?.some(({ file }) => file !== route.file && run.has(file)) === true;
}

const routesByPath = oncePer((model: ProjectModel): ReadonlyMap<string, readonly Route[]> => groupBy(model.routes.routes, ({ method, path }) => `${method} ${path}`));

function sameMethod({ method }: TestRequest, route: Route): boolean {
  return method === undefined || route.method === "ALL" || method === route.method || (method === "HEAD" && route.method === "GET");
}

function samePath({ segments, open }: TestRequest, route: readonly string[], loose: boolean): boolean {
  if (matches(segments, route)) return true;
  if (open) for (let skip = 1; skip <= route.length - Math.max(segments.length, 1); skip++) if (matches(segments, route.slice(skip))) return true;
  if (loose) for (let skip = 1; skip <= segments.length - Math.max(route.length, 1); skip++) if (matches(segments.slice(skip), route)) return true;
  return false;
}

function matches(request: readonly (string | null)[], route: readonly string[]): boolean {
  for (const [index, segment] of route.entries()) {
    if (segment.startsWith("*")) return true;
    const given = request[index];
    if (given === undefined) return false;
    if (given !== null && !segment.startsWith(":") && given !== segment) return false;
  }
  return request.length === route.length;
}

const requestsOf = oncePer((model: ProjectModel): Requests => {
  const known: TestRequest[] = [];
  const unknown = new Set<string>();
  const browsing = new Set<string>();
  const reach = testReachOf(model);
  const files = new Set([...reach.tests, ...model.files.filter((file) => model.layerOf(file).layer === "tests")]);
  for (const file of files) {
    for (const { node } of model.values.index(file).calls) {
      const name = lastName(node.callee);
      if (typedClients.test(name)) unknown.add(file);
      const asked = node.kind === "call" ? askedBy(node) : isRequestObject(node.callee) ? { url: node.arguments[0], method: methodOption(node.arguments[1]) ?? "GET", certain: true } : undefined;
      if (!asked?.url) continue;
      const text = pathText(model, file, asked.url);
      if (text === undefined || text.replaceAll(unknownPart, "") === "") {
        if (asked.certain) unknown.add(file);
        if (asked.browser) browsing.add(file);
        continue;
      }
      const request = toRequest(file, asked.method, text);
      if (request) known.push(request);
    }
  }
  return { known, unknown, browsing };
});

interface Asked {
  readonly url: Expression | undefined;
  readonly method: string | undefined;
  /** It is a request, whatever its argument. */
  readonly certain: boolean;
  /** A browser makes it, and others from the page that it is shown. */
  readonly browser?: true;
}

/** What a call requests: `request(app).get("/x")`, `app.inject({ url })`, `app.request("/x")`, `fetch(url)`, `client.get(url)`. */
function askedBy({ callee, arguments: given }: CallExpression): Asked | undefined {
  const [first, second] = given;
  if (callee.kind === "name") return callee.name === "fetch" || callee.name === "axios" ? options(first, second, true) : undefined;
  if (callee.kind !== "member") return undefined;
  // `app.injectWithLogin("user", { url })`: a helper of the project around `inject`.
  if (/^inject\w*$/.test(callee.property)) return options(given.find((argument) => argument.kind === "object" && property(argument, "url")) ?? first, second, true);
  if (callee.property === "request" || callee.property === "fetch") return options(first, second, false);
  const { object } = callee;
  // A browser that is told where to go, and then clicks.
  if (object.kind === "name" && ((callee.property === "visit" && object.name === "cy") || (callee.property === "goto" && /page$/i.test(object.name)))) return { ...options(first, undefined, true), method: undefined, browser: true };
  if (!methods.test(callee.property)) return undefined;
  const certain = object.kind === "call" && object.callee.kind === "name" && /^(request|supertest|agent)$/.test(object.callee.name);
  return { url: first, method: callee.property === "del" ? "DELETE" : callee.property === "all" ? undefined : callee.property.toUpperCase(), certain };
}

function options(first: Expression | undefined, second: Expression | undefined, certain: boolean): Asked {
  if (first?.kind !== "object") return { url: first, method: second ? methodOption(second) : "GET", certain };
  const url = property(first, "url") ?? property(first, "path");
  return { url, method: methodOption(first) ?? "GET", certain };
}

function methodOption(node: Expression | undefined): string | undefined {
  if (node?.kind !== "object") return undefined;
  const value = property(node, "method");
  return value === undefined ? "GET" : value.kind === "literal" && typeof value.value === "string" ? value.value.toUpperCase() : undefined;
}

function property(node: Extract<Expression, { kind: "object" }>, key: string): Expression | undefined {
  const member = node.members.find((one) => one.kind === "property" && one.key === key);
  return member?.kind === "property" ? member.value : undefined;
}

function isRequestObject(callee: Expression): boolean {
  return callee.kind === "name" && /^(Request|NextRequest)$/.test(callee.name);
}

/** The text of a path with a mark for each part that is not known. */
function pathText(model: ProjectModel, file: string, node: Expression): string | undefined {
  if (node.kind === "template" && !node.tag) return node.texts.map((text, index) => text + (node.values[index] ? (pathText(model, file, node.values[index]) ?? unknownPart) : "")).join("");
  if (node.kind === "binary" && node.operator === "+") return `${pathText(model, file, node.left) ?? unknownPart}${pathText(model, file, node.right) ?? unknownPart}`;
  if (node.kind === "cast" || node.kind === "await") return pathText(model, file, node.value);
  if (node.kind === "name" && node.binding !== undefined) {
    const source = model.values.index(file).sources[node.binding];
    if (source?.kind === "value" && source.path.length === 0 && (source.value?.kind === "template" || source.value?.kind === "binary")) return pathText(model, file, source.value);
  }
  return model.values.text(file, node);
}

function toRequest(test: string, method: string | undefined, text: string): TestRequest | undefined {
  const path = text.replace(/^https?:\/\/[^/\0]*/, "").replace(/[?#].*$/s, "");
  const open = path.startsWith(unknownPart);
  if (!open && !path.startsWith("/")) return undefined;
  const segments = path.split("/").filter(Boolean);
  // The host or a base path: it may stand for any number of segments.
  if (open && (segments[0] ?? "").startsWith(unknownPart)) segments.shift();
  if (open && segments.length === 0) return undefined;
  return { test, method, open, segments: segments.map((segment) => (segment.includes(unknownPart) ? null : segment)) };
}
