import type { Expression, Pattern, Statement } from "./syntax.js";

/**
 * What a script exports further in: in the branches of an `if`, `if (production) module.exports = require("./production"); else
 * module.exports = …`, or in a function that all of it is wrapped in, `(function () { module.exports = … })()`. The last one counts.
 */
export function innerExport(body: readonly Statement[]): Expression | undefined {
  return body.map(innerExportOf).findLast((value) => value !== undefined);
}

/** The same of one statement. */
export function innerExportOf(statement: Statement): Expression | undefined {
  const chosen = statement.kind === "if" ? exportedIn(statement) : undefined;
  return chosen?.kind === "conditional" ? chosen : lastExportedIn(wrappedIn(statement));
}

/** The body of a function that a script is wrapped in, as scripts were that browsers load, too: `;(function () { … })();` */
function wrappedIn(statement: Statement): readonly Statement[] {
  const call = statement.kind === "expression" ? statement.value : undefined;
  return call?.kind === "call" && call.arguments.length === 0 && call.callee.kind === "function" ? (call.callee.function.body ?? []) : [];
}

/** What a statement gives `module.exports`, in whichever branch of an `if` it does. */
function exportedIn(statement: Statement): Expression | undefined {
  if (statement.kind === "expression" && statement.value.kind === "assign") return isModuleExports(statement.value.target) ? statement.value.value : undefined;
  if (statement.kind === "block") return lastExportedIn(statement.body);
  if (statement.kind !== "if") return undefined;
  const [then, other] = [lastExportedIn(statement.then), lastExportedIn(statement.else ?? [])];
  return then && other ? { kind: "conditional", span: statement.span, test: statement.test, then, else: other } : (then ?? other);
}

function lastExportedIn(body: readonly Statement[]): Expression | undefined {
  return body.map(exportedIn).findLast((value) => value !== undefined);
}

/** `module.exports` */
export function isModuleExports(node: Expression | Pattern): boolean {
  return node.kind === "member" && node.property === "exports" && node.object.kind === "name" && node.object.name === "module";
}
