import { oncePerPart } from "../../base/once-per.js";
import { kindOf } from "../../catalogue/index.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { Expression, FunctionNode, ObjectExpression } from "../../facts/syntax.js";
import { someNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { RequestFlow } from "../../model/origins/request-data.js";
import { anyFreeText } from "./request-sinks.js";
import { receiverText } from "../project/store-uses.js";
import { routesHandledIn } from "../routes/routes.js";

type MemberExpression = Extract<Expression, { kind: "member" }>;

/** What is assigned to the body or the type of an answer: `` ctx.body = `<h1>${ctx.query.name}</h1>` ``. */
interface Assignment {
  readonly target: MemberExpression;
  readonly value: Expression;
}

/** Request data in HTML that is the body of an answer, and what the answer is called. */
export function answeredHtml(model: ProjectModel, file: string): readonly { readonly answer: string; readonly value: Expression; readonly flow: RequestFlow }[] {
  const assigned = assignments(model, file).flatMap((assignment) => (assignment.target.property === "body" && isContext(model, file, assignment.target.object) && isHtml(model, file, assignment) ? [{ answer: receiverText(assignment.target), value: assignment.value }] : []));
  return [...assigned, ...madeAnswers(model, file), ...returnedPages(model, file)].flatMap(({ answer, value }) => {
    const flow = anyFreeText(model, file, value, "html");
    return flow ? [{ answer, value, flow }] : [];
  });
}

/** Answers that are values and say that they are HTML: `new Response(page, { headers })`, and the object that a serverless function returns. */
const madeAnswers = oncePerPart((model: ProjectModel, file: string): readonly { readonly answer: string; readonly value: Expression }[] => {
  const found: { readonly answer: string; readonly value: Expression }[] = [];
  if (model.text(file)?.includes("text/html") !== true) return found;
  const isHtmlByHeaders = (options: ObjectExpression): boolean => {
    const headers = propertyOf(options, "headers");
    return headers?.kind === "object" && headers.members.some((member) => member.kind === "property" && /^content-type$/i.test(member.key) && /html/.test(model.values.text(file, member.value) ?? ""));
  };
  walkAll(model.facts(file).body, (node) => {
    if (!("kind" in node)) return true;
    if (node.kind === "new" && /^(Next)?Response$/.test(lastName(node.callee))) {
      const [body, options] = node.arguments;
      if (body && options?.kind === "object" && isHtmlByHeaders(options)) found.push({ answer: lastName(node.callee), value: body });
    }
    const body = node.kind === "object" && propertyOf(node, "statusCode") ? propertyOf(node, "body") : undefined;
    if (node.kind === "object" && body && isHtmlByHeaders(node)) found.push({ answer: "body", value: body });
    return true;
  });
  return found;
});

/** Frameworks that send a text which a handler returns as HTML. */
const sendsPages = /^(h3|nitro|nestjs)$/;

/** Pages that handlers return as they are, `return `<h1>${name}</h1>`;`, where nothing says another type. */
const returnedPages = oncePerPart((model: ProjectModel, file: string): readonly { readonly answer: string; readonly value: Expression }[] =>
  routesHandledIn(model, file).flatMap(({ framework, handler }) => {
    if (!sendsPages.test(framework) || !handler || namesOtherType(model, file, handler.node)) return [];
    return model.values.returned(handler.node).flatMap((value) => (beginsPage(model, file, value) ? [{ answer: handler.name, value }] : []));
  }),
);

/** `setHeader(event, "content-type", "text/plain")`, `@Header("Content-Type", "text/csv")` */
function namesOtherType(model: ProjectModel, file: string, node: FunctionNode): boolean {
  const { member } = model.values.index(file).functions.get(node) ?? {};
  return someNode([...(node.body ?? []), ...(member?.decorators ?? []).map(({ value }) => value)], (part) => part.kind === "literal" && typeof part.value === "string" && /^(?:text\/(?!html)|application\/(?!xhtml)|image\/)/.test(part.value));
}

function beginsPage(model: ProjectModel, file: string, value: Expression): boolean {
  const [first] = model.dataAccess.partsOf(file, value);
  return first?.kind === "text" && /^\s*<(?:!doctype|[a-z])/i.test(first.text);
}

const assignments = oncePerPart((model: ProjectModel, file: string): readonly Assignment[] => {
  const found: Assignment[] = [];
  if (![...model.packageOf(file).dependencies.keys()].some((name) => /^(@koa\/|koa(-|$))/.test(name))) return found;
  walkAll(model.facts(file).body, (node) => {
    if ("kind" in node && node.kind === "assign" && node.target.kind === "member" && /^(body|type)$/.test(node.target.property)) found.push({ target: node.target, value: node.value });
    return true;
  });
  return found;
});

/** `ctx` of a handler, and its response. */
function isContext(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "member") return node.property === "response" && isContext(model, file, node.object);
  if (node.kind !== "name" || node.binding === undefined || model.values.index(file).sources[node.binding]?.kind !== "parameter") return false;
  return /^(ctx|context)$/.test(node.name) || model.values.of(file, node).some((value) => value.kind === "external" && kindOf(value.provenance) === "context");
}

/** Koa takes text for HTML that begins with `<`, unless its function says another type. */
function isHtml(model: ProjectModel, file: string, { value, target }: Assignment): boolean {
  const index = model.values.index(file);
  const around = index.functionAround(target)?.node;
  const types = assignments(model, file).flatMap((other) => (other.target.property === "type" && index.functionAround(other.target)?.node === around ? [model.values.text(file, other.value) ?? ""] : []));
  if (types.length > 0) return types.some((type) => /html/.test(type));
  const [first] = model.dataAccess.partsOf(file, value);
  return first?.kind === "text" && /^\s*</.test(first.text);
}
