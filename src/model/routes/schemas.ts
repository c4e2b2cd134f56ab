import { oncePer } from "../../base/once-per.js";
import { propertyOf } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../project-model.js";
import type { RawRoute } from "./adapter.js";
import { takesAnything } from "./loose-schemas.js";
import { type RequestRead, requestReads } from "./reads.js";
import { type Handler, type RequestPart, requestParts, type Route, type SchemaUse, type Step } from "./route.js";
import type { Located } from "../values/located.js";
import { stepSchemas } from "./step-schemas.js";

/** Objects that are spread into each other are followed so far. */
const mostSpreads = 4;

type Request = Route["request"];

const absent: SchemaUse = { kind: "absent" };
const unknown: SchemaUse = { kind: "unknown" };
const fastifyKeys: Readonly<Record<RequestPart, readonly string[]>> = { body: ["body"], query: ["querystring", "query"], params: ["params"], headers: ["headers"] };

/** How each part of a route's request is described. */
export function requestOf(model: ProjectModel, raw: RawRoute, steps: readonly Step[], handler: Handler | undefined): Request {
  const declared = declaredParts(model, raw);
  const inSteps = stepSchemas(model, raw, handler);
  const validation = steps.filter((step) => step.role === "validation");
  const reads = handler ? requestReads(model, handler.file, handler.node, raw.framework) : undefined;
  return everyPart((part) => {
    const schema = declared.get(part) ?? inSteps.get(part);
    // What nothing enforces may be put through by the handler itself.
    if (schema?.kind === "declared" && reads && handler) {
      const described = ofReads(handler, reads.filter((read) => read.part === part));
      return described.kind === "enforced" && described.span ? described : schema;
    }
    if (schema) return schema;
    const step = validation.find((candidate) => candidate.parts?.includes(part) ?? (!inSteps.covers(candidate) && inSteps.mayCheck(candidate, part)));
    if (step?.parts) return { kind: step.enforced === false ? "none" : "enforced", file: step.file, span: step.span, by: step.enforced === false ? "whole" : step.name };
    if (!reads || !handler) return unknown;
    const own = reads.filter((read) => read.part === part);
    if (own.length === 0) return absent;
    const described = ofReads(handler, own);
    if (described.kind === "enforced") return described;
    // Which parts a step checks cannot always be told.
    if (step) return { kind: "unknown", file: step.file, span: step.span, by: step.name };
    // What a step before the handler does that cannot be judged may be a check.
    // What never looks at the request checks no part of it.
    return steps.some(({ role, origin, parts }) => role === "unknown" && origin !== "global" && parts?.length !== 0) ? unknown : described;
  });
}

/** What a handler's reads of one part come to: the least checked one counts, unless the whole part is checked. */
export function ofReads({ file }: Pick<Handler, "file">, reads: readonly RequestRead[]): SchemaUse {
  const whole = reads.find((read) => read.field === undefined && read.check === "enforced");
  if (whole) return { kind: "enforced", file, span: whole.span, by: "a check in the handler" };
  const open = reads.filter((read) => read.check !== "enforced");
  const [first] = open;
  if (!first) return { kind: "enforced", file, by: "checks in the handler" };
  const unread = open.find((read) => read.check === "unread");
  if (unread) return { kind: "declared", file, span: unread.span, by: "a check whose verdict nothing reads" };
  const read = open.find((candidate) => candidate.field === undefined) ?? open.find((candidate) => !candidate.converted) ?? first;
  // Fields of the query and of params are texts whatever type they are given.
  if (read.type !== undefined && (read.field === undefined || read.part === "body")) return { kind: "type-only", file, span: read.span, by: read.type };
  return { kind: "none", file, span: read.span, by: read.field === undefined ? "whole" : read.converted ? "converted" : "field" };
}

/** How a route's response is described. */
export function responseOf(model: ProjectModel, raw: RawRoute, handler: Handler | undefined): SchemaUse {
  if (raw.schemas?.response) return raw.schemas.response;
  const schema = raw.options && optionIn(model, raw, "schema");
  const response = schema && objectProperty(model, schema.file, schema.node, "response");
  if (response && !takesAnything(model, response.file, response.node) && !describesErrorsAlone(model, response)) return { kind: "enforced", file: response.file, span: response.node.span, by: "response schema" };
  if (!handler) return unknown;
  // `createRoute` of @hono/zod-openapi types and documents its responses, and checks none; so do operations that a step is given.
  const responses = (raw.options && optionIn(model, raw, "responses")) ?? raw.chain.map(({ file, node }) => documentedBy(model, file, node)).find((found) => found !== undefined);
  return responses ? { kind: "declared", file: responses.file, span: responses.node.span, by: "responses of the route" } : { kind: "none" };
}

/** `response: { 404: Problem }`: whatever a route answers when all went well is not described. */
export function describesErrorsAlone(model: ProjectModel, { file, node }: Located): boolean {
  const [described, ...others] = model.values.of(file, node);
  return described?.kind === "object" && others.length === 0 && described.node.members.length > 0 && described.node.members.every((member) => member.kind === "property" && /^[45](?:\d\d|xx)$/i.test(member.key));
}

/** Schemas that stand in the options of a registration, as Fastify and @hono/zod-openapi have them. */
function declaredParts(model: ProjectModel, raw: RawRoute): ReadonlyMap<RequestPart, SchemaUse> {
  const found = new Map<RequestPart, SchemaUse>();
  if (raw.schemas) {
    for (const part of requestParts) {
      const own = raw.schemas.request[part];
      if (own) found.set(part, own);
    }
    return found;
  }
  const request = raw.options && optionIn(model, raw, "request");
  for (const part of request ? requestParts : []) {
    const own = request && objectProperty(model, request.file, request.node, part);
    if (own && !takesAnything(model, own.file, own.node)) found.set(part, { kind: "enforced", file: own.file, span: own.node.span, by: "schema of the route" });
  }
  const schema = raw.options && optionIn(model, raw, "schema");
  if (!schema) return found;
  const compiled = hasValidatorCompiler(model);
  for (const part of requestParts)
    for (const key of fastifyKeys[part]) {
      const own = objectProperty(model, schema.file, schema.node, key);
      if (!own && isFilledLater(model, schema)) found.set(part, unknown);
      if (!own || takesAnything(model, own.file, own.node)) continue;
      // Ajv does not know Zod: without a compiler of its own nothing checks such a schema.
      const foreign = model.values.of(own.file, own.node).some((value) => value.kind === "external" && /^(zod|valibot|yup|arktype)/.test(value.provenance.package));
      found.set(part, { kind: foreign && !compiled ? "declared" : "enforced", file: own.file, span: own.node.span, by: "schema of the route" });
    }
  return found;
}

/** `const schema = {}; if (route.body) schema.body = route.body;`: what is in it is not told where it is made. */
function isFilledLater(model: ProjectModel, { file, node }: Located): boolean {
  return model.values.of(file, node).some((value) => value.kind === "object" && value.node.members.length === 0);
}

/** Whether the project gives Fastify a compiler; a type provider alone is a type. */
const hasValidatorCompiler = oncePer((model: ProjectModel) =>
  model.files.some((file) => model.values.index(file).calls.some(({ node }) => node.callee.kind === "member" && node.callee.property === "setValidatorCompiler") || model.facts(file).imports.some(({ names, specifier }) => specifier === "fastify-zod-openapi" || names.some(({ imported }) => imported === "validatorCompiler"))),
);

/** The responses that `describeRoute({ responses })`, `guard({ response })` and their kin are given. */
function documentedBy(model: ProjectModel, file: string, node: Expression): Located | undefined {
  return node.kind === "call" ? node.arguments.flatMap((argument) => ["responses", "response"].map((key) => objectProperty(model, file, argument, key))).find((found) => found !== undefined) : undefined;
}

function optionIn(model: ProjectModel, { options }: RawRoute, key: string): Located | undefined {
  return options && objectProperty(model, options.file, options.node, key);
}

function objectProperty(model: ProjectModel, file: string, node: Expression, key: string, depth = 0): Located | undefined {
  for (const value of model.values.of(file, node)) {
    if (value.kind !== "object") continue;
    const own = propertyOf(value.node, key);
    if (own) return { file: value.file, node: own };
    // `schema: { ...listSchema, tags: ["files"] }`
    for (const member of depth < mostSpreads ? value.node.members : []) {
      const spread = member.kind === "spread" ? objectProperty(model, value.file, member.value, key, depth + 1) : undefined;
      if (spread) return spread;
    }
  }
  return undefined;
}

/** A request of which every part is described by `make`. */
export function everyPart(make: (part: RequestPart) => SchemaUse): Request {
  return { body: make("body"), query: make("query"), params: make("params"), headers: make("headers") };
}
