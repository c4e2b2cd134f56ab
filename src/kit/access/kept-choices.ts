import { oncePerPart } from "../../base/once-per.js";
import { capabilitiesOf } from "../../catalogue/index.js";
import type { CallExpression, Expression, NewExpression } from "../../facts/syntax.js";
import { type CodeNode, someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Route } from "../../model/routes/route.js";
import { isAnswer, sendsBody } from "../routes/answers.js";
import { callsIn, reachedFunctions } from "../routes/reach.js";

/** Methods of texts, lists and dates that change nothing elsewhere; no store has them. */
const plainMethods = /^(includes|startsWith|endsWith|split|join|map|slice|trim|toLowerCase|toUpperCase|replace|replaceAll|concat|toString|toISOString|test|indexOf|isArray|padStart|padEnd)$/;
const answering = /^(status|code|json|jsonp|send|sendStatus|type|header|set|setHeader|cookie|clearCookie|append|vary|end|text)$/;
const plainGlobals = /^(JSON|Math|Object|Array|Date|String|Number|Boolean|parseInt|parseFloat|isNaN|encodeURIComponent|decodeURIComponent|console)$/;
const plainClasses = /^(Date|URL|Map|Set|RegExp|Headers|(Next)?Response)$|(Error|Exception)$/;

/** Whether a route gives nothing away and does nothing but leave a cookie with who calls: a choice of language, a consent. */
export const keepsChoice = oncePerPart((model: ProjectModel, route: Route): boolean => {
  const { handler } = route;
  if (!handler || sendsBody(model, route) || !someNode(handler.node.body ?? [], leavesCookie)) return false;
  return reachedFunctions(model, handler.file, handler.node).every(({ file, node }) => !someNode(node.body ?? [], (part) => (part.kind === "template" && part.tag !== undefined) || part.kind === "import") && callsIn(node).every((call) => isPlain(model, file, call)));
});

/** `res.cookie("locale", locale)`, `res.setHeader("Set-Cookie", text)` */
function leavesCookie(part: CodeNode): boolean {
  return (part.kind === "literal" && typeof part.value === "string" && /^set-cookie$/i.test(part.value)) || (part.kind === "call" && part.callee.kind === "member" && isAnswer(part.callee.object) && /^(cookie|setCookie)$/.test(part.callee.property));
}

function isPlain(model: ProjectModel, file: string, { kind, callee }: CallExpression | NewExpression): boolean {
  if (kind === "new") return callee.kind === "name" && plainClasses.test(callee.name);
  const values = model.values.of(file, callee);
  if (values.length > 0 && values.every((value) => value.kind === "function")) return true;
  if (callee.kind === "member" && isAnswer(callee.object)) return answering.test(callee.property);
  if (values.some((value) => value.kind === "external" && value.provenance.package !== "global" && !capabilitiesOf(value.provenance.package, value.provenance.subpath).includes("utility"))) return false;
  return (callee.kind === "member" && plainMethods.test(callee.property)) || plainGlobals.test(rootOf(callee));
}

function rootOf(node: Expression): string {
  if (node.kind === "member") return rootOf(node.object);
  return node.kind === "name" && node.binding === undefined ? node.name : "";
}
