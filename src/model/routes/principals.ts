import { isPutThere, isRequest, lastName } from "../../facts/names.js";
import type { CallExpression, Expression } from "../../facts/syntax.js";
import type { Values } from "../values/values.js";

/** What says who asks, as far as its name and where it comes from tell: `session?.user`, `user` of `await currentUser()`; not a user that was looked up. */
export function isPrincipal(values: Values, file: string, node: Expression, depth = 0): boolean {
  if (node.kind === "member") return isPrincipal(values, file, node.object, depth) || (/^(user|session)$/.test(node.property) && (isRequest(node.object) || isAskedFor(node.object)));
  if (node.kind === "call") return isPutThere(node) || (node.callee.kind === "member" && isPrincipal(values, file, node.callee.object, depth));
  if (node.kind === "binary" && (node.operator === "??" || node.operator === "||")) return isPrincipal(values, file, node.left, depth);
  const source = node.kind === "name" && node.binding !== undefined ? values.index(file).sources[node.binding] : undefined;
  if (node.kind !== "name" || source?.kind !== "value" || !source.value || depth > 2) return false;
  let from = source.value;
  while (from.kind === "await" || from.kind === "cast") from = from.value;
  let whole: Expression = from;
  while (whole.kind === "member") whole = whole.object;
  if (isPutThere(whole)) return true;
  if (!/^(session|user(Id)?|currentUser(Id)?|viewer|principal|(is|has|can)[A-Z]\w*)$/.test(node.name)) return false;
  if (/^(is|has|can)[A-Z]/.test(node.name)) return from.kind !== "name" && isPrincipal(values, file, from, depth + 1);
  return from.kind === "call" ? asksWhoCalls(from) : isPrincipal(values, file, from, depth + 1) || (source.path.length > 0 && isRequest(from));
}

/** `(await supabase.auth.getUser()).data`: what was asked for who calls. */
function isAskedFor(node: Expression): boolean {
  if (node.kind === "member") return /^(data|result|body)$/.test(node.property) && isAskedFor(node.object);
  return node.kind === "await" && node.value.kind === "call" && asksWhoCalls(node.value);
}

/** `auth()`, `getServerSession(options)`, `supabase.auth.getUser()`, `getUser(request)`; not `users.findById(id)`. */
function asksWhoCalls({ callee, arguments: given }: CallExpression): boolean {
  const name = lastName(callee);
  if (/^(find|select|query|first|load)|ById$/.test(name)) return false;
  if (/auth|session|current|viewer|principal|identity|whoami/i.test(name) || (callee.kind === "member" && /^(auth|session)$/i.test(lastName(callee.object)))) return true;
  return /^(get|require|fetch)User\w*$/.test(name) && given.every((argument) => isRequest(argument) || argument.kind === "call");
}
