import { oncePerPart } from "../../base/once-per.js";
import { isFor } from "../../catalogue/index.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, TypeNode } from "../../facts/syntax.js";
import { someNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Handler, Route } from "../../model/routes/route.js";
import { reachedAccess } from "./handlers.js";
import { reachedFunctions } from "./reach.js";
import { isResponse, numberOf, statusOfMade, statusOfSent } from "./sent-responses.js";

/** How deep functions are followed that are handed the answer. */
const deepest = 4;

/** Frameworks in which only calls on the answer send, and what a handler returns goes nowhere. */
const answersByCall = /^(express|koa)$/;

/** Whether a route answers with data: not with an error alone, a status, a redirect, a page, a stream or a file. */
export const sendsBody = oncePerPart((model: ProjectModel, { framework, handler }: Route): boolean => {
  if (!handler) return false;
  const answer = answerOf(model, handler.file, handler.node, 0);
  if (answer === "data") return !answersWithPage(model, handler);
  // `if (!row) return reply.code(404).send(…); return row;` answers with data, too.
  if (answer && !returnsRow(handler.node)) return false;
  // Frameworks that send what the handler returns.
  return !answersByCall.test(framework) && !isHandedAnswer(handler.node) && !isVoid(handler.node.returns) && returnsData(model, handler.file, handler.node);
});

/** What a function sends, itself or through a function that it hands the answer to (`sendPage(res, users)`); undefined if that cannot be told. */
function answerOf(model: ProjectModel, file: string, { body }: FunctionNode, depth: number): "data" | "other" | undefined {
  let sends = false;
  let other = false;
  walkAll(body ?? [], (node) => {
    if (!("kind" in node)) return undefined;
    if (node.kind === "call") {
      const sent = sentByCall(model, file, node) ?? (node.arguments.some(isAnswer) && depth < deepest ? sentBehind(model, file, node, depth) : undefined);
      sends ||= sent === "data";
      other ||= sent === "other";
    }
    if (node.kind === "assign" && node.target.kind === "member" && node.target.property === "body") sends = true;
    // `new Response(stream)` is a file or a stream, unless a text is made of data for it.
    if (node.kind === "new" && node.callee.kind === "name" && /^(Next)?Response$/.test(node.callee.name)) {
      const [payload] = node.arguments;
      if (payload?.kind === "call" && payload.callee.kind === "member" && payload.callee.property === "stringify") sends ||= !isError(statusOfSent(model, file, node));
      else other = true;
    }
    return undefined;
  });
  return sends ? "data" : other ? "other" : undefined;
}

function sentByCall(model: ProjectModel, file: string, node: CallExpression): "data" | "other" | undefined {
  if (node.callee.kind !== "member") return undefined;
  const { property } = node.callee;
  const [payload] = node.arguments;
  // `queue.send(new SendMessageCommand(…))`
  if (model.values.of(file, node.callee.object).some((value) => value.kind === "external" && isFor(value.provenance.package, value.provenance.subpath, "queue", "data-access", "http-client", "mail", "sms", "storage", "payment", "search", "event-bus"))) return undefined;
  if ((/^(json|send|jsonp)$/.test(property) || (property === "response" && isAnswer(node.callee.object)) || (property === "end" && payload?.kind === "call")) && payload) return isText(payload) || isNote(model, file, payload) || model.values.text(file, payload) !== undefined || isFailure(payload) || isFile(model, file, payload) || isError(statusOfSent(model, file, node)) || isOfOtherType(model, file, node) ? "other" : "data";
  if (property === "body" && payload?.kind === "literal" && payload.value === null) return "other";
  return /^(redirect|sendStatus|sendFile|download|pipe|render|stream|streamSSE|html|text|file|end)$/.test(property) ? "other" : undefined;
}

function sentBehind(model: ProjectModel, file: string, { callee }: CallExpression, depth: number): "data" | "other" | undefined {
  const answers = model.values.of(file, callee).flatMap((value) => (value.kind === "function" ? [answerOf(model, value.file, value.node, depth + 1)] : []));
  return answers.includes("data") ? "data" : answers.find((answer) => answer !== undefined);
}

/** `reply.type("application/pdf").send(…)`, and behind it with hapi (`h.response(…).type("text/event-stream")`): a file or a stream by what the chain says of it. */
function isOfOtherType(model: ProjectModel, file: string, node: CallExpression): boolean {
  for (let inner = node.callee; inner.kind === "member" && inner.object.kind === "call"; inner = inner.object.callee) if (setsOtherType(inner.object)) return true;
  const { parentOf } = model.values.index(file);
  for (let outer = parentOf(node); outer && "kind" in outer && (outer.kind === "member" || outer.kind === "call"); outer = parentOf(outer)) if (outer.kind === "call" && setsOtherType(outer)) return true;
  return false;
}

/** `type("text/csv")`, `header("content-type", "application/pdf")`: anything but JSON as a whole; lines of it (`application/x-ndjson`) are a stream. */
function setsOtherType({ callee, arguments: [first, second] }: CallExpression): boolean {
  if (callee.kind !== "member" || first?.kind !== "literal" || typeof first.value !== "string") return false;
  const given = /^(type|contentType)$/.test(callee.property) ? first : /^(header|set|setHeader)$/.test(callee.property) && /^content-type$/i.test(first.value) ? second : undefined;
  return given?.kind === "literal" && typeof given.value === "string" && !/(?:^|[/+])json(?:$|[; ])/i.test(given.value);
}

/** `createReadStream(path)`, `readFile(path)`, `new StreamableFile(…)`: what is sent as it lies there. */
function isFile(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "await") return isFile(model, file, node.value);
  if (node.kind === "new") return node.callee.kind === "name" && node.callee.name === "StreamableFile";
  return node.kind === "call" && model.values.of(file, node.callee).some((callee) => callee.kind === "external" && /^(node:)?fs(-extra)?(\/promises)?$/.test(callee.provenance.package));
}

/** `next(error)`, `send(error)`: what a framework makes an answer of. */
function isFailure(node: Expression): boolean {
  return node.kind === "name" && /^(e|err|error)$/i.test(node.name);
}

function isError(status: number | undefined): boolean {
  return status !== undefined && status >= 400;
}

/** `@Res() res` of Nest: what the method returns is not sent, unless the answer is only passed through. */
function isHandedAnswer({ parameters }: FunctionNode): boolean {
  return parameters.some(({ decorators }) => decorators?.some(({ value }) => value.kind === "call" && value.callee.kind === "name" && /^Res(ponse)?$/.test(value.callee.name) && value.arguments.length === 0));
}

/**
 * Whether a handler answers a person: with a page, an image, a file or the way to another page, in its own code or in
 * a function that it calls, and nowhere with data.
 */
export const answersWithPage = oncePerPart((model: ProjectModel, handler: Handler): boolean => {
  let shows = false;
  let marked = false;
  let sends = false;
  let sendsAny = false;
  for (const { file, node } of reachedFunctions(model, handler.file, handler.node)) {
    if (file !== handler.file && layerBelow.has(model.layerOf(file).layer ?? "")) continue;
    walkAll(node.body ?? [], (part) => {
      if (!("kind" in part)) return undefined;
      if (part.kind === "new" && part.callee.kind === "name" && part.callee.name === "ImageResponse") shows = true;
      if (part.kind === "new" && part.callee.kind === "name" && part.callee.name === "Response") sends ||= !isMarkup(part.arguments[0]);
      if (part.kind !== "call" || part.callee.kind !== "member") return undefined;
      const { property } = part.callee;
      if (/^(render|view|html|renderToString|sendFile|download|redirect)$/.test(property) || (property === "pipe" && part.arguments.some(isAnswer)) || (/^(send|end)$/.test(property) && isMarkup(part.arguments[0]))) shows = true;
      else if (/^(type|headers?|set|setHeader|writeHead)$/.test(property) && part.arguments.some((given) => isMarkup(given) || isMarkup(typeAmong(given)))) shows = marked = true;
      else if (part.arguments.length > 0 && isAnswer(part.callee.object) && !isError(statusOfSent(model, file, part))) {
        sends ||= /^(json|jsonp|created|ok)$/.test(property);
        sendsAny ||= property === "send";
      }
      return undefined;
    });
  }
  return shows && !sends && (marked || !sendsAny);
});

/** The type of what is answered, among headers that are set together: `{ "Content-Type": "text/html" }`. */
function typeAmong(headers: Expression): Expression | undefined {
  return headers.kind === "object" ? headers.members.flatMap((member) => (member.kind === "property" && member.key.toLowerCase() === "content-type" ? [member.value] : [])).at(0) : undefined;
}

/** Whether a handler never looks at the request: what it answers is the same for everybody, whatever the path names. */
export function ignoresRequest({ node: { parameters: [request], body } }: Handler): boolean {
  if (request === undefined) return true;
  const { target } = request;
  return target.kind === "binding" && !someNode(body ?? [], (part) => part.kind === "name" && part.binding === target.binding);
}

/** Whether a handler says one thing to everybody, and does nothing else: `response.status(200).json({ name: "sample" })`. */
export function saysTheSame({ node: { body } }: Handler): boolean {
  const [only, ...others] = body ?? [];
  const answer = only?.kind === "return" || only?.kind === "expression" ? only.value : undefined;
  const [given, ...more] = answer?.kind === "call" && answer.callee.kind === "member" && isAnswer(answer.callee.object) ? answer.arguments : [];
  return others.length === 0 && more.length === 0 && given?.kind === "object" && given.members.length > 0 && given.members.every((member) => member.kind === "property" && member.value.kind === "literal");
}

/** Whether a handler sends everybody to one other place, and does nothing else: `(_req, res) => res.redirect(accountPage)`. */
function onlyRedirects(handler: Handler): boolean {
  const [only, ...others] = handler.node.body ?? [];
  const sent = only?.kind === "return" || only?.kind === "expression" ? only.value : undefined;
  if (others.length > 0 || sent?.kind !== "call" || sent.callee.kind !== "member" || sent.callee.property !== "redirect" || !isAnswer(sent.callee.object)) return false;
  return ignoresRequest(handler) && !someNode(sent.arguments, (part) => part.kind === "call" || part.kind === "await");
}

/** Whether a handler says no to everybody: `response.sendStatus(405)`, or throws, and nothing else. */
export function refusesAll({ node: { body } }: Handler): boolean {
  const [only, ...others] = body ?? [];
  if (only?.kind === "throw" && others.length === 0) return true;
  const answer = only?.kind === "return" || only?.kind === "expression" ? only.value : undefined;
  // `next(new NotFound())`
  if (answer?.kind === "call" && others.length === 0 && answer.callee.kind === "name" && answer.callee.name === "next" && answer.arguments[0]?.kind === "new") return true;
  return answer?.kind === "call" && others.length === 0 && someNode([answer], (part) => part.kind === "literal" && typeof part.value === "number" && /^(403|404|405|410|501)$/.test(String(part.value)));
}

/** A page, an image or a way to another page that is read and shows nothing of a store. */
export const isPlainPage = oncePerPart(
  (model: ProjectModel, { method, path, handler }: Route): boolean => handler !== undefined && ((method === "ALL" && onlyRedirects(handler)) || ((method === "GET" || method === "HEAD") && (answersWithPage(model, handler) || /^\/\*\w*\??$/.test(path)) && reachedAccess(model, handler.file, handler.node).length === 0)),
);

/** Layers whose code does not answer requests. */
const layerBelow: ReadonlySet<string> = new Set(["service", "repository", "domain"]);

/** `res`, `reply.raw`, `ctx.response.status(200)`, `NextResponse`: what answers, or a part of it, not what another server answered. */
export function isAnswer(node: Expression): boolean {
  if (node.kind === "call") return node.callee.kind === "member" && isAnswer(node.callee.object);
  return node.kind === "member" ? isAnswer(node.object) : isResponse(node);
}

/** `"<h1>…"`, `text/html`. */
function isMarkup(node: Expression | undefined): boolean {
  const text = node?.kind === "literal" && typeof node.value === "string" ? node.value : node?.kind === "template" ? node.texts[0] : undefined;
  return text !== undefined && (/^\s*</.test(text) || text.startsWith("text/html"));
}

/** `void`, `Promise<void>`. */
function isVoid(type: TypeNode | undefined): boolean {
  if (type?.kind === "keyword") return type.name === "void";
  return type?.kind === "reference" && type.name === "Promise" && isVoid(type.arguments?.[0]);
}

/** A text, what is called one, and a note that is the same for everybody: `{ ok: true }`. */
function isText(node: Expression): boolean {
  if (node.kind === "object") return node.members.every((member) => member.kind === "property" && isText(member.value));
  return node.kind === "literal" || node.kind === "template" || /(html|svg|xml|csv|text|buffer|stream)$/i.test(lastName(node));
}

/** The same behind a name and a function of the project: `const done = await notes.remove(id); return c.json(done);`. */
function isNote(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind !== "name" && node.kind !== "call" && node.kind !== "await") return false;
  const values = model.values.of(file, node);
  return values.length > 0 && values.every((value) => value.kind === "object" && value.node.members.length > 0 && isText(value.node));
}

/** Whether a function returns data: not nothing, a status, a file or an error alone. */
function returnsData(model: ProjectModel, file: string, node: FunctionNode, depth = 0): boolean {
  return model.values.returned(node).some((value) => isData(model, file, value, depth));
}

function isData(model: ProjectModel, file: string, node: Expression, depth: number): boolean {
  if (node.kind === "await" || node.kind === "cast") return isData(model, file, node.value, depth);
  if (node.kind === "literal" || (node.kind === "name" && node.name === "undefined") || isSending(node) || isFile(model, file, node)) return false;
  // `{ statusCode: 404, body }` is an answer of Lambda.
  const code = node.kind === "object" ? propertyOf(node, "statusCode") : undefined;
  const body = code && node.kind === "object" ? propertyOf(node, "body") : undefined;
  if (code) return body !== undefined && isData(model, file, body, depth) && !isError(numberOf(model, file, code));
  return node.kind === "call" ? isDataOfCall(model, file, node, depth) : true;
}

/** `status(204)`, `noContent()`, `sendRedirect(event, path)`, `readFile(path)` and functions of the project that return nothing answer without data. */
function isDataOfCall(model: ProjectModel, file: string, node: CallExpression, depth: number): boolean {
  const [first, second] = node.arguments;
  const name = lastName(node.callee);
  if (/^(?:send)?(?:noContent|(?:permanent)?redirect)$|^(?:send(?:Stream|WebResponse|Proxy)|proxyRequest)$/i.test(name)) return false;
  const status = /^(status|error)$/.test(name) && first ? numberOf(model, file, first) : statusOfMade(model, file, node);
  if (status !== undefined && (isError(status) || status === 204 || (!second && node.callee.kind === "name"))) return false;
  const callees = model.values.of(file, node.callee);
  const own = callees.filter((callee) => callee.kind === "function");
  return own.length === 0 || own.length < callees.length || depth >= deepest || own.some((callee) => callee.node.body === undefined || callee.node.generator === true || returnsData(model, callee.file, callee.node, depth + 1));
}

/** Whether the last statement of a handler returns an object that is written there or a name: data, whatever it sends before. */
function returnsRow({ body }: FunctionNode): boolean {
  const last = body?.at(-1);
  if (last?.kind !== "return" || !last.value) return false;
  return (last.value.kind === "object" && !isSending(last.value)) || (last.value.kind === "name" && last.value.name !== "undefined" && !isAnswer(last.value));
}

/** `return reply.notFound()`, `return sendFile(res)`, `return { onMessage() {} }`: the answer is given elsewhere, or by what others call. */
function isSending(node: Expression): boolean {
  if (node.kind === "object") return node.members.some((member) => member.kind === "property" && member.value.kind === "function");
  if (node.kind === "await") return isSending(node.value);
  return node.kind === "call" && ((node.callee.kind === "member" && isAnswer(node.callee.object)) || node.arguments.some(isAnswer));
}
