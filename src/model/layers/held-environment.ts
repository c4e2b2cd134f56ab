import type { FileFacts } from "../../facts/facts.js";
import { chainRoot, lastName } from "../../facts/names.js";
import type { Expression, Statement } from "../../facts/syntax.js";
import { type CodeNode, someNode } from "../../facts/walk.js";

/** Of fewer keys, other constants of the file may be what it is about. */
const fewestKeys = 3;

/** Whether a file does nothing but take keys of the environment and hand them on, wherever it lies: the settings of an application that nobody has called so. */
export function holdsEnvironment({ body }: FileFacts): boolean {
  const held = body.map(heldBy);
  if (held.includes(undefined)) return false;
  const values = held.flatMap((part) => part ?? []);
  const read = values.filter(Boolean).length;
  return read >= fewestKeys && read * 2 > values.length;
}

/** Of each value that a statement keeps or exports, whether it is read from the environment; undefined where the statement does something else. */
function heldBy(statement: Statement): readonly boolean[] | undefined {
  switch (statement.kind) {
    case "variable":
      return statement.declarators.flatMap(({ target, value }): readonly boolean[] => {
        // `const dotenv = require("dotenv")`
        if (value === undefined || (value.kind === "call" && lastName(value.callee) === "require")) return [];
        return target.kind === "object-pattern" && isEnvironment(value) ? target.properties.map(() => true) : valuesOf(value);
      });
    case "expression": {
      const { value } = statement;
      // `dotenv.config()`
      if (value.kind === "call") return /^(?:config|expand|load)$/.test(lastName(value.callee)) || lastName(value.callee) === "require" ? [] : undefined;
      // `module.exports = { … }`, `export default settings`
      return value.kind === "assign" ? valuesOf(value.value) : /^(?:object|name|literal|cast)$/.test(value.kind) ? valuesOf(value) : undefined;
    }
    default:
      return undefined;
  }
}

/** The values of an object that is written out, and of those in it; of what has been kept before none. */
function valuesOf(node: Expression): readonly boolean[] {
  if (node.kind === "cast") return valuesOf(node.value);
  if (node.kind === "name") return [];
  if (node.kind !== "object") return [someNode([node], isEnvironment) && !someNode([node], makesSomething)];
  return node.members.flatMap((member) => (member.kind === "property" ? valuesOf(member.value) : [false]));
}

/** `process.env` */
function isEnvironment(node: CodeNode): boolean {
  return node.kind === "member" && node.property === "env" && node.object.kind === "name" && node.object.name === "process";
}

/** `new Client(process.env.BROKER_URL)` is no setting any more; `Number(process.env.PORT)` and `process.env.ORIGINS?.split(",")` are. */
function makesSomething(node: CodeNode): boolean {
  if (node.kind === "new" || node.kind === "function" || node.kind === "await") return true;
  if (node.kind !== "call") return false;
  const root = chainRoot(node.callee);
  return node.callee.kind === "name" ? !/^(?:Number|parseInt|parseFloat|Boolean|String)$/.test(node.callee.name) : !(root.kind === "name" && /^(?:process|Number|JSON)$/.test(root.name));
}
