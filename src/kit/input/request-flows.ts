import { joinPath } from "../../base/paths.js";
import { within } from "../../base/position.js";
import type { RelatedLocation } from "../../base/finding.js";
import { lastName } from "../../facts/names.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import type { OriginStep } from "../../model/origins/origin.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { RequestFlow } from "../../model/origins/request-data.js";
import type { Route, SchemaUse } from "../../model/routes/route.js";
import { isCheckedByRouter } from "./checked-params.js";
import { checksFieldsAlone } from "./field-checks.js";
import { isTypedArgument } from "./graphql-arguments.js";
import { isGuarded } from "./guarded-values.js";
import { isLeftOpen } from "./left-open.js";
import { routesNaming } from "./named-controllers.js";
import { keepsText } from "./nest-conversion.js";
import { nodesAt } from "../nodes-at.js";
import { relatedAt } from "../project-finding.js";
import { keepsKeysAt } from "./schema-fields.js";
import { elementOf, freedomOf, freedomOfClass, type Freedom, isClosedType, schemaOf } from "./schema-freedom.js";
import { isCheckedByKeys, isCheckedByUnknown, isStrippedInPlace, keepsUnknownKeys, leavesAsItCame } from "./stripped-input.js";
import type { TextUse } from "./text-ends.js";
import { isCheckedByNest, isStrippedByNest, isStrippedByServers, keptByNest, type Pipe } from "./validation-pipes.js";

/** The way of request data as places: the calls that handed it on, from the sink back, and where it was read. */
export function flowPlaces(model: ProjectModel, flow: RequestFlow): RelatedLocation[] {
  return [...flow.through.toReversed().map(({ file, span }) => relatedAt(model, file, span, "handed on here")), relatedAt(model, flow.source.file, flow.source.span, `${flow.source.text} is read here`)];
}

/** The request data in an expression that can be any text where it is used; undefined if there are none, or none that `counts`. */
export function freeText(model: ProjectModel, file: string, node: Expression, use: TextUse, counts: (flow: RequestFlow) => boolean = () => true): RequestFlow | undefined {
  const flows = model.requestData.flows(file, node);
  if (flows.length === 0 || !isLeftOpen(model, file, node, { matters: (flow) => isFreeText(model, flow, use), use })) return undefined;
  return flows.find((flow) => isFreeText(model, flow, use) && counts(flow) && !isClosedWhereRead(model, flow, use) && !flow.through.some((call) => isClosedAt(model, call.file, call.argument, use, flow)));
}

/** Whether what was read was made sure of right there: `if (!isFileName(name)) throw …; const found = find(name)`. */
function isClosedWhereRead(model: ProjectModel, { source, path }: RequestFlow, use: TextUse): boolean {
  return nodesAt(model, source.file, source.span).some((read) => {
    const name = read.kind === "name" ? read.name : read.kind === "member" ? read.property : undefined;
    // A look at one field of a body says nothing of the others.
    return name !== undefined && name === (path.at(-1) ?? name) && isGuarded(model, source.file, read, { use });
  });
}

/** Whether two flows begin where the same part of a request is read. */
export function isOfSameSource({ source }: RequestFlow, { source: other }: RequestFlow): boolean {
  return source.file === other.file && source.span[0] === other.span[0];
}

/** Whether what is handed on was made sure of before, where it stands or where it was made: `restore(checked(name))`. */
function isClosedAt(model: ProjectModel, file: string, argument: Expression, use: TextUse, flow: RequestFlow): boolean {
  // `check({ url: parsed.url, tags })`: of the fields that are handed on, those that hold what is asked about.
  const isSame = (other: RequestFlow): boolean => isOfSameSource(other, flow) && other.path.join(".") === flow.path.join(".");
  const parts = argument.kind === "object" ? argument.members.flatMap((member) => (member.kind === "property" && model.requestData.flows(file, member.value).some(isSame) ? [member.value] : [])) : [];
  if (parts.length > 0 && parts.every((part) => isGuarded(model, file, part, { use }) || !isLeftOpen(model, file, part, { use, matters: isSame }))) return true;
  return isGuarded(model, file, argument, { use }) || (model.requestData.flows(file, argument).length > 0 && !isLeftOpen(model, file, argument, { use }));
}

/** Whether a flow carries, to where it is used, what can still be any text. What cannot be told counts as checked. */
export function isFreeText(model: ProjectModel, flow: RequestFlow, use: TextUse): boolean {
  const { path } = flow;
  const last = path.at(-1) ?? "";
  // `req.query.size` is a field that the request names; the size of an upload is a number.
  if (/^(toISOString|getTime|toFixed|valueOf)\(\)$/.test(last) || (/^(length|size)$/.test(last) && (path.length > 1 || flow.part === "file"))) return false;
  // The path that was asked for leads to this server again.
  if (use === "redirect" && flow.part === "url" && (flow.steps.length === 0 || last === "origin")) return false;
  // The link that somebody is given sets no headers and no cookies: whoever sends them is sent where they say.
  if (use === "redirect" && (flow.part === "headers" || flow.part === "cookies")) return false;
  // Nor does it call an action of Next with a text; a field of a form may be filled by it.
  if (use === "redirect" && flow.part === "body" && path.length === 0 && flow.reader && model.requestData.isServerAction(flow.source.file, flow.reader)) return false;
  if (isCheckedByRouter(model, flow) || isTypedArgument(model, flow)) return false;
  // What is in an upload is harmless until it is run or parsed; its name is not.
  if (flow.part === "file" && path.some((key) => key === "data" || key === "buffer") && !/^(deserialise|xml|code|template|html)$/.test(use)) return false;
  for (const step of flow.steps) {
    switch (step.kind) {
      case "bound":
        if (!step.validated) return false;
        break;
      case "parse": {
        const freedom = freedomAfter(model, step, path);
        if (freedom !== "free") return false;
        break;
      }
      case "pick":
      case "omit":
      case "spread":
      case "element":
      case "text":
        break;
      case "keys":
        // A schema of GraphQL names the keys of what it takes.
        if (flow.part === "arguments") return false;
        break;
      case "property":
        // An object that is handed over whole is no text; the settings of a request hold its address.
        if (use !== "url" || !/^(url|uri|href|host|hostname|baseURL)$/.test(step.key)) return false;
        break;
      case "replace":
        if (isHarmlessAfter(step, use)) return false;
        break;
      case "call":
        // What a function makes of it that is not read is unknown.
        return false;
    }
  }
  // What no validator is found for that let it through counts as checked.
  if (flow.steps.some((step) => step.kind === "bound" && step.validated) && !isValidatedByRoute(model, flow)) return false;
  const declared = freedomByRoute(model, flow);
  return declared === "free";
}

/** Characters that were taken out, escaped or named as the only ones. */
function isHarmlessAfter({ pattern, replacement }: Extract<OriginStep, { kind: "replace" }>, use: TextUse): boolean {
  if (pattern.includes("[^") || /\\W/.test(pattern)) return true;
  if (use === "regexp") return replacement === undefined || replacement.includes("$&") || replacement.includes("\\");
  if (use === "html") return pattern.includes("<") || pattern.includes("&");
  if (use === "path") return /\\\.|\/|\.\./.test(pattern);
  // RFC 4515: asterisk and parentheses; a text of XPath ends with its quote, which nothing escapes.
  if (use === "ldap") return pattern.includes("*") && pattern.includes("(");
  if (use === "xpath") return /["']/.test(pattern);
  return false;
}

/** What the schema of a parse leaves open where a flow comes out of it. */
function freedomAfter(model: ProjectModel, { file, node }: Extract<OriginStep, { kind: "parse" }>, path: readonly string[]): Freedom {
  if (node.kind === "call" && node.callee.kind === "member" && node.callee.property === "input") return node.arguments[0] ? freedomOf(model, file, node.arguments[0], path) : "unknown";
  const schema = schemaOf(model, file, node);
  return schema ? freedomOf(model, file, schema, path) : "unknown";
}

/** What the route that a flow was read in leaves open: decorators of its parameter, schemas of the registration, validating steps. */
function freedomByRoute(model: ProjectModel, flow: RequestFlow): Freedom {
  const decorated = freedomByDecorator(model, flow);
  if (decorated) return decorated;
  const { part } = flow;
  if (part !== "body" && part !== "query" && part !== "params" && part !== "headers") return "free";
  const found = routesOf(model, flow).map((route) => freedomOfUse(model, route.request[part], flow.path));
  return found.find((freedom) => freedom === "free") ?? found[0] ?? "free";
}

function isValidatedByRoute(model: ProjectModel, flow: RequestFlow): boolean {
  const { part } = flow;
  return (part === "body" || part === "query" || part === "params" || part === "headers") && routesOf(model, flow).some(({ request }) => request[part].kind === "enforced");
}

function freedomOfUse(model: ProjectModel, use: SchemaUse, path: readonly string[]): Freedom {
  // Checks in the handler stand in the flow itself.
  if (use.kind !== "enforced" || isInHandler(use)) return use.kind === "unknown" ? "unknown" : "free";
  const node = use.file !== undefined && use.span ? nodesAt(model, use.file, use.span)[0] : undefined;
  if (!node || use.file === undefined) return "unknown";
  const direct = freedomOf(model, use.file, node, path);
  if (direct !== "unknown" || node.kind !== "call") return direct;
  // `validate(Schema)`, `zValidator("query", Schema)`, `celebrate({ body: Schema })`
  for (const argument of node.arguments) {
    const inner = freedomOf(model, use.file, argument, path);
    if (inner !== "unknown") return inner;
  }
  return "unknown";
}

function isInHandler({ by }: SchemaUse): boolean {
  return by?.endsWith("in the handler") === true;
}

function freedomByDecorator(model: ProjectModel, flow: RequestFlow): Freedom | undefined {
  const { reader, source, path, part } = flow;
  const parameter = parameterOf(flow);
  const decorator = parameter && model.requestData.decoratorOf(source.file, parameter);
  if (!parameter || !decorator) return undefined;
  const named = decorator.arguments[0]?.kind === "literal";
  // A pipe converts or checks what it is given; `() => [Int]` says of what type it is.
  if (decorator.arguments.slice(named ? 1 : 0).some((argument) => argument.kind !== "object" && argument.kind !== "function" && !/DefaultValuePipe$/.test(nameOf(argument)) && (named || /Pipe$/.test(nameOf(argument))))) return "closed";
  if (!parameter.type) return "free";
  if (isClosedType(parameter.type)) return named && reader && parameter.type.kind === "keyword" && parameter.type.name === "number" && keepsText(model, source.file, reader) ? "free" : "closed";
  // GraphQL holds arguments to what they are declared as, lists and the fields of inputs too.
  const isHeld = part === "arguments";
  if (isHeld && isClosedType(elementOf(parameter.type))) return "closed";
  const [value] = model.values.ofType(source.file, parameter.type);
  if (value?.kind === "instance") {
    const freedom = freedomOfClass(model, value.file, value.class, named ? path.slice(1) : path);
    return isHeld && freedom === "unknown" ? "free" : freedom;
  }
  if (value?.kind === "enum") return "closed";
  return "free";
}

function nameOf(node: Expression): string {
  return lastName(node.kind === "new" || node.kind === "call" ? node.callee : node);
}

/** The routes whose handler reads a flow, itself, in a function inside it, or by a controller that the route names. */
function routesOf(model: ProjectModel, { reader, source }: RequestFlow): readonly Route[] {
  const around = new Set<FunctionNode>();
  const { functions } = model.values.index(source.file);
  for (let context = reader && functions.get(reader); context; context = context.parent) around.add(context.node);
  const own = model.routes.routes.filter(({ handler }) => handler !== undefined && around.has(handler.node));
  if (own.length > 0) return own;
  const named = routesNaming(model, source.file, reader);
  return named.length > 0 || !reader ? named : routesHandingOnTo(model, reader, 0);
}

/** Functions between a handler and the one that reads its request. */
const mostHandings = 3;

/** The routes whose handlers hand their request on to a function as it is: `(req, res) => login(req, res)`. */
function routesHandingOnTo(model: ProjectModel, reader: FunctionNode, steps: number): readonly Route[] {
  if (steps >= mostHandings) return [];
  return model.transactions.callersOf(reader).flatMap(({ file, call }) => {
    const { sources, functionAround } = model.values.index(file);
    const caller = functionAround(call)?.node;
    const handsOn = call.arguments.some((argument) => {
      const source = argument.kind === "name" && argument.binding !== undefined ? sources[argument.binding] : undefined;
      return source?.kind === "parameter" && source.function === caller && source.index === 0 && source.path.length === 0;
    });
    if (!caller || !handsOn) return [];
    const own = model.routes.routes.filter(({ handler }) => handler?.node === caller);
    return own.length > 0 ? own : routesHandingOnTo(model, caller, steps + 1);
  });
}

/**
 * Whether a step in front of its handler has seen to what a flow carries: has checked its types (a schema of the route, a
 * class behind a pipe) or also taken off keys that nobody named. What cannot be told counts as done.
 */
export function isSeenToByRoute(model: ProjectModel, flow: RequestFlow, wanted: "checked" | "stripped"): boolean {
  const { part, source } = flow;
  // GraphQL turns arguments away that its schema does not name, and takes whatever a JSON scalar holds.
  if (part === "arguments" && wanted === "stripped") return flow.path.length === 0 || !flow.path.every((key) => model.requestData.isFreeArgument(source.file, key));
  const parameter = parameterOf(flow);
  const decorator = parameter && model.requestData.decoratorOf(source.file, parameter);
  if (parameter && decorator && isTsoa(decorator.package)) return isSeenToByTsoa(model, source.file, parameter, wanted);
  if (decorator?.package === "routing-controllers") return isEnforcedByRoutes(model, flow) && (wanted === "checked" || isStrippedByServers(model));
  if (parameter && decorator && wanted === "checked" && isFieldAsItCame(model, flow, parameter, decorator.arguments)) return false;
  if (parameter && decorator) return wanted === "checked" ? isCheckedByNest(model, source.file, parameter, decorator.arguments) : isStrippedByNest(model, source.file, parameter, decorator.arguments);
  if (part !== "body" && part !== "query" && part !== "params" && part !== "headers") return part === "arguments";
  if (isStrippedInPlace(model, flow) || isCheckedByUnknown(model, flow) || isCheckedByKeys(model, flow)) return true;
  const routes = routesOf(model, flow);
  return routes.length > 0 && routes.every(({ framework, request }) => {
    const use = request[part];
    const node = use.file !== undefined && use.span ? nodesAt(model, use.file, use.span)[0] : undefined;
    if (wanted === "stripped" && use.file !== undefined && node && checksFieldsAlone(model, use.file, node, part)) return false;
    if (use.kind === "unknown") return true;
    if (use.kind !== "enforced" || isInHandler(use)) return false;
    // Validators of Hono leave the request as it came: what they let through is asked of them.
    if (wanted === "stripped" && framework === "hono" && part === "body") return false;
    // What the chains were about is asked of `matchedData`.
    if (wanted === "stripped" && use.by === "express-validator") return false;
    if (wanted === "stripped" && use.file !== undefined && node && (leavesAsItCame(model, use.file, node, part) || keepsKeysAt(model, use.file, node, flow.path))) return false;
    // A JSON schema lets unknown keys through unless it says otherwise.
    if (wanted === "stripped" && framework === "fastify" && use.file !== undefined && node) return !keepsUnknownKeys(model, use.file, node);
    return true;
  });
}

/** Whether the routes that a flow comes by ask a class or schema for its part of the request. What cannot be told counts as done. */
function isEnforcedByRoutes(model: ProjectModel, flow: RequestFlow): boolean {
  const { part } = flow;
  if (part !== "body" && part !== "query" && part !== "params" && part !== "headers") return false;
  const routes = routesOf(model, flow);
  return routes.length > 0 && routes.every(({ request }) => /^(unknown|enforced)$/.test(request[part].kind));
}

/** `@Body("secret") secret: string` where no pipe asks what a field is: an object of the client's comes through. */
function isFieldAsItCame(model: ProjectModel, { source, part, reader }: RequestFlow, { type }: FunctionNode["parameters"][number], [name, ...pipes]: readonly Expression[]): boolean {
  return part === "body" && name?.kind === "literal" && pipes.length === 0 && type?.kind === "keyword" && reader !== undefined && keepsText(model, source.file, reader);
}

/** The parameter that a flow begins at: `@Body() note`, `@Body() { title }`. */
function parameterOf({ reader, source }: RequestFlow): FunctionNode["parameters"][number] | undefined {
  return reader?.parameters.find(({ target, span }) => (target.kind === "binding" && target.name === source.text.split(".")[0]) || within(source.span, span));
}

/** The validation pipe that has checked what a flow carries and left on it the keys that nobody declared. */
export function keepingPipeOf(model: ProjectModel, flow: RequestFlow): Pipe | undefined {
  const parameter = parameterOf(flow);
  const decorator = parameter && model.requestData.decoratorOf(flow.source.file, parameter);
  if (!parameter || !decorator || isTsoa(decorator.package)) return undefined;
  return keptByNest(model, flow.source.file, parameter, decorator.arguments);
}

/** Whether the validator of a flow's route has a schema that lets keys through which it does not name: `zValidator("json", Note.passthrough())`. */
export function keepsKeysInRoute(model: ProjectModel, flow: RequestFlow): boolean {
  const { part } = flow;
  if (part !== "body" && part !== "query" && part !== "params" && part !== "headers") return false;
  return routesOf(model, flow).some(({ request }) => {
    const { kind, file, span } = request[part];
    const node = kind === "enforced" && file !== undefined && span ? nodesAt(model, file, span)[0] : undefined;
    return file !== undefined && node?.kind === "call" && node.arguments.some((argument) => model.requestData.unknownKeys(file, argument) === "keep" || keepsKeysAt(model, file, argument, flow.path));
  });
}

function isTsoa(name: string): boolean {
  return name === "tsoa" || name.startsWith("@tsoa/");
}

/** The routes that tsoa writes check each parameter by its type; `noImplicitAdditionalProperties` of its settings says what becomes of other keys. */
function isSeenToByTsoa(model: ProjectModel, file: string, { type }: FunctionNode["parameters"][number], wanted: "checked" | "stripped"): boolean {
  if (!type || (type.kind === "keyword" && /^(any|unknown|object)$/.test(type.name)) || (type.kind === "reference" && type.name === "Record")) return false;
  return wanted === "checked" || /"noImplicitAdditionalProperties"\s*:\s*"(throw-on-extras|silently-remove-extras)"/.test(model.text(joinPath(model.packageOf(file).folder, "tsoa.json")) ?? "");
}
