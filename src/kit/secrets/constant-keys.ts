import { repositoryCause } from "../../base/causes.js";
import type { CallExpression, Expression, MemberExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { encodedText } from "./encoded-texts.js";
import { type Declared, declarationOf } from "./secret-sinks.js";

/** Tells a constant from others: by where it is declared, and by the member of it that is used. One that several files use is changed once, and so is one that a name holds in another form. */
export function keyOf(model: ProjectModel, file: string, node: Expression, source: Declared | undefined): string {
  const held = encodedConstant(model, file, node);
  if (held) return keyOf(model, file, held, declarationOf(model, file, held));
  // `createCipheriv(algorithm, this.key(), iv)`
  const [made] = !source && node.kind === "call" ? model.values.of(file, node.callee) : [];
  if (made?.kind === "function") return repositoryCause(`${made.file}@${made.node.span[0]}`);
  return source ? repositoryCause(`${source.file}@${source.span[0]}${source.path}`) : `${file}@${node.span[0]}`;
}

/** The text or the name that a name of the file holds in another form: `const key = createSecretKey(Buffer.from(WORD));` */
function encodedConstant(model: ProjectModel, file: string, node: Expression): Expression | undefined {
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  const value = source?.kind === "value" && source.path.length === 0 ? source.value : undefined;
  const held = value && encodedText(isPart(value) ? value.callee.object : value);
  return held !== value && (held?.kind === "literal" || held?.kind === "secret" || held?.kind === "name" || held?.kind === "member") ? held : undefined;
}

/** `hash.digest().subarray(0, 6)` */
function isPart(node: Expression): node is CallExpression & { callee: MemberExpression } {
  return node.kind === "call" && node.callee.kind === "member" && /^(?:subarray|slice)$/.test(node.callee.property);
}
