import { oncePerPart } from "../../base/once-per.js";
import { isFor } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression } from "../../facts/syntax.js";
import { someNode, type SyntaxNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Handler } from "../../model/routes/route.js";
import { reachedAccess } from "../routes/handlers.js";
import { reachedFunctions } from "../routes/reach.js";

/** What hands a request as it is to another server: `proxy.web(req, res)`, `reply.from(url)`, `proxyRequest(event, url)`. */
const proxying = /^(?:web|proxy\w*|\w*[pP]roxy|from)$/;
/** What a request is called. */
const requests = /^_?(?:req|request|ctx|context|c|event|nextRequest)$/i;

/** Whether a handler hands the whole request on to another server, which then asks who calls: by a proxy, or by a request of its own with all headers. */
export const handsRequestOn = oncePerPart((model: ProjectModel, handler: Handler): boolean =>
  reachedFunctions(model, handler.file, handler.node).some(({ file, node }) => {
    const body = node.body ?? [];
    if (someNode(body, (part) => part.kind === "call" && isProxied(part))) return true;
    return someNode(body, (part) => part.kind === "call" && asksServer(model, file, part)) && someNode(body, (part) => isWholeHeaders(model, file, part));
  }),
);

/** Whether a handler does nothing with a request but to hand it to a proxy, so that what it holds is the other server's to check. */
export const onlyHandsOn = oncePerPart((model: ProjectModel, handler: Handler): boolean =>
  someNode(handler.node.body ?? [], (part) => part.kind === "call" && isProxied(part)) && reachedAccess(model, handler.file, handler.node).length === 0,
);

function isProxied({ callee, arguments: given }: CallExpression): boolean {
  const name = lastName(callee);
  const [first, second] = given;
  if (!first || !(proxying.test(name) || isProxy(callee))) return false;
  // `reply.from(url)` of @fastify/reply-from; `Array.from(request)` is something else.
  if (name === "from") return callee.kind === "member" && /^reply$/.test(lastName(callee.object));
  return (name !== "web" || second !== undefined) && given.some((argument) => argument.kind === "name" && requests.test(argument.name));
}

/** `this.proxy.forward("orders", request)`: what is called a proxy is given the request. */
function isProxy(callee: Expression): boolean {
  return callee.kind === "member" && /^(?:\w*Proxy|proxy(?:Service|Client)?)$/.test(lastName(callee.object));
}

/** Functions that make other headers of those that came. */
const copying = /^(?:fromEntries|entries|assign|omit\w*|copy\w*|filter\w*|\w*[hH]eaders)$/;

function asksServer(model: ProjectModel, file: string, { callee }: CallExpression): boolean {
  if (callee.kind === "name" && callee.name === "fetch") return true;
  return model.values.of(file, callee).some((value) => value.kind === "external" && (isFor(value.provenance.package, value.provenance.subpath, "http-client") || (/^node:https?$/.test(value.provenance.package) && value.provenance.path[0] === "request")));
}

/** `headers: req.headers`, `{ ...req.headers }`, `new Headers(request.headers)`, `fetch(url, request.headers)`: all that came with a request, credentials included. */
function isWholeHeaders(model: ProjectModel, file: string, part: SyntaxNode): boolean {
  if (!("kind" in part) || part.kind !== "member" || part.property !== "headers" || !isRequest(part.object)) return false;
  const parent = model.values.index(file).parentOf(part);
  if (!parent || !("kind" in parent)) return false;
  return parent.kind === "object" || parent.kind === "spread" || (parent.kind === "new" && lastName(parent.callee) === "Headers") || (parent.kind === "call" && copying.test(lastName(parent.callee)));
}

function isRequest(node: Expression): boolean {
  return node.kind === "name" ? requests.test(node.name) : node.kind === "member" && /^(?:req|request|raw|node)$/.test(node.property) && isRequest(node.object);
}
