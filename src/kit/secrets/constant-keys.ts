import { repositoryCause } from "../../base/causes.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { encodedConstant } from "./encoded-texts.js";
import { type Declared, declarationOf } from "./declared-constants.js";

/** Tells a constant from others: by where it is declared, and by the member of it that is used. One that several files use is changed once, and so is one that a name holds in another form. */
export function keyOf(model: ProjectModel, file: string, node: Expression, source: Declared | undefined): string {
  const held = encodedConstant(model, file, node);
  if (held) return keyOf(model, file, held, declarationOf(model, file, held));
  // `createCipheriv(algorithm, this.key(), iv)`
  const [made] = !source && node.kind === "call" ? model.values.of(file, node.callee) : [];
  if (made?.kind === "function") return repositoryCause(`${made.file}@${made.node.span[0]}`);
  return source ? repositoryCause(`${source.file}@${source.span[0]}${source.path}`) : `${file}@${node.span[0]}`;
}
