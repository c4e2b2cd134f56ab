import type { Sink } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** What text is used for; each has its own ways to be made harmless. */
export type TextUse = Sink["kind"] | "sql";

/** Names that are followed to what they were given. */
const deepest = 6;
/** Functions that give back the text they are given, dots, slashes and all. */
const keeping = /^(String|toString|trim|toLowerCase|toUpperCase|decodeURIComponent|decodeURI|unescape|get|getAll|param|query|header)$/;

/** Whether a look at how a text begins or ends, or at what is in it, `name.startsWith("public/")`, says enough of it where it is used. */
export function saysEnough(model: ProjectModel, file: string, call: CallExpression, use: TextUse | undefined): boolean {
  const { callee } = call;
  // `if (text.indexOf(mark) !== 0) return text; eval(text)`
  if (use === "code" && callee.kind === "member" && callee.property === "indexOf") return false;
  if (use === undefined || callee.kind !== "member" || !/^((starts|ends)With|includes)$/.test(callee.property)) return true;
  const [argument] = call.arguments;
  const text = argument && model.values.text(file, argument);
  // `to.includes("example.com")` says where that stands of no address; `name.includes("..")` looks for what is not allowed.
  if (callee.property === "includes") return text === undefined || (use !== "url" && use !== "redirect") || !/^[\w-]+(\.[\w-]+)+$/.test(text);
  const begins = callee.property === "startsWith";
  switch (use) {
    case "url":
    case "redirect":
      // An address of the settings.
      if (text === undefined) return true;
      return begins ? settles(text, use) : /^\.|^https?:/.test(text) && isHost(callee.object);
    case "path":
      // `..` leads out of any folder that a path begins with.
      return begins && isResolved(model, file, callee.object);
    case "sql":
    case "shell":
    case "code":
      return false;
    default:
      return true;
  }
}

/** Whether an address that begins so leads to one host: `https://` says nothing of it, `https://example.com` is that of `example.com.attacker.net` too, and `/` that of `//attacker.net`. */
function settles(text: string, use: "url" | "redirect"): boolean {
  return !/^https?(:(\/\/[^/?#]*)?)?$/i.test(text) && (use === "url" || text !== "/");
}

function isHost(node: Expression): boolean {
  return node.kind === "member" ? /^(host|hostname|origin)$/.test(node.property) : node.kind === "name" && /host|domain|origin/i.test(node.name);
}

/** Whether a path was made whole before it is looked at: `path.resolve(root, name)`. Where it comes from out of sight it may have been. */
function isResolved(model: ProjectModel, file: string, node: Expression, depth = 0): boolean {
  if (depth > deepest) return true;
  const inner = (part: Expression): boolean => isResolved(model, file, part, depth + 1);
  switch (node.kind) {
    case "name": {
      const source = node.binding === undefined ? undefined : model.values.index(file).sources[node.binding];
      if (source?.kind !== "value") return true;
      return source.value === undefined || source.path.length > 0 ? model.requestData.flows(file, node).length === 0 : inner(source.value);
    }
    case "await":
    case "cast":
      return inner(node.value);
    case "binary":
      return [node.left, node.right].filter(({ kind }) => kind !== "literal").every(inner);
    case "template":
      return node.values.every(inner);
    case "call":
      if (!keeping.test(lastName(node.callee))) return true;
      return [...node.arguments, ...(node.callee.kind === "member" ? [node.callee.object] : [])].filter(({ kind }) => kind !== "literal").every(inner);
    default:
      return model.requestData.flows(file, node).length === 0;
  }
}
