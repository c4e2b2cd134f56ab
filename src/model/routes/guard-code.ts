import type { ClassNode, FunctionNode } from "../../facts/syntax.js";
import { someNode, walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../project-model.js";
import { returnedExpressions } from "../modules/returns.js";

/** `return this.songs.isOwner(id, user.id)`, `return hasRole`: what a guard gives back decides, also where another function says it; not that of the guard it extends. */
export function givesVerdict(model: ProjectModel, file: string, node: FunctionNode): boolean {
  return returnedExpressions(node).some((value) => {
    const source = value.kind === "name" && value.binding !== undefined ? model.values.index(file).sources[value.binding] : undefined;
    const given = source?.kind === "value" && source.value && source.path.length === 0 ? source.value : value;
    const made = given.kind === "await" ? given.value : given;
    return /^(call|binary|unary)$/.test(made.kind) && !someNode([made], (part) => part.kind === "super");
  });
}

/** A guard of Passport whose `handleRequest` throws nothing: `handleRequest(error, user) { return user ?? null; }`. */
export function acceptsAnybody({ members }: ClassNode): boolean {
  const own = members.find((member) => member.kind === "method" && member.name === "handleRequest");
  return own?.kind === "method" && own.function.body !== undefined && !someNode(own.function.body, (part) => part.kind === "throw" || part.kind === "super" || (part.kind === "call" && part.callee.kind === "member" && part.callee.object.kind === "this"));
}

/** `await super.canActivate(context)` */
export function asksBase({ body }: FunctionNode): boolean {
  return someNode(body ?? [], (part) => part.kind === "call" && part.callee.kind === "member" && part.callee.object.kind === "super");
}

const contextMembers = new Set(["env", "var", "get", "set", "state", "app", "log"]);

/** Whether a middleware takes anything of the request from what it is given; of one context, what others put there is no part of it. */
export function looksAtRequest({ parameters: [request, ...others], body }: FunctionNode): boolean {
  if (request?.target.kind !== "binding") return request !== undefined;
  const { binding } = request.target;
  let looks = false;
  walkAll(body ?? [], (part) => {
    if (!("kind" in part)) return undefined;
    if (part.kind === "member" && part.object.kind === "name" && part.object.binding === binding && others.length < 2 && contextMembers.has(part.property)) return false;
    if (part.kind === "name" && part.binding === binding) looks = true;
    return undefined;
  });
  return looks;
}
