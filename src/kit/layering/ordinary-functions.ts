import { within } from "../../base/position.js";
import { isFor } from "../../catalogue/index.js";
import type { ClassNode } from "../../facts/syntax.js";
import type { LinkedName, ProjectModel } from "../../model/project-model.js";
import { storeUses } from "../project/store-uses.js";

/** Files are followed to those that they import this far. */
const deepest = 2;

/** A class with so many methods, of which one in so many asks a store, does other work. */
const severalMethods = 6;
const oneIn = 3;

/**
 * A function or a large class of a file that is of the repository layer only for a package that it imports, which may as well
 * be a service's; and a function of a model's file, or of a file beside repositories, that asks the store nothing.
 */
export function isOrdinaryFunction(model: ProjectModel, { declaration }: LinkedName): boolean {
  if ((declaration.kind === "binding" || declaration.kind === "namespace") && isOfHelpers(model, declaration.file)) return true;
  if (declaration.kind !== "binding") return false;
  const { file, binding } = declaration;
  const [evidence = ""] = model.layerOf(file).evidence;
  const ofContent = evidence === "imports a data-access package";
  // `repository/schema.js` beside the repository checks what is stored, and stores nothing.
  if (!ofContent && !/^folder models?\//.test(evidence) && !(/^folder repo/.test(evidence) && !reachesStores(model, file))) return false;
  return model.values.ofDeclaration({ kind: "binding", file, binding }).some((value) => {
    if (value.kind === "class") return ofContent && asksSeldom(model, file, value.node);
    if (value.kind !== "function") return false;
    const { async, span } = value.node;
    return ofContent ? async : !async && !storeUses(model, file).some((use) => within(use.span, span));
  });
}

function asksSeldom(model: ProjectModel, file: string, { members }: ClassNode): boolean {
  const methods = members.filter((member) => member.kind === "method" && member.function.form !== "constructor");
  const asking = methods.filter((method) => storeUses(model, file).some((use) => within(use.span, method.span)));
  return methods.length >= severalMethods && asking.length * oneIn <= methods.length;
}

/** A file beside the client that reaches no store itself: keys are put together, texts encrypted, other systems asked. What is called a repository is one. */
function isOfHelpers(model: ProjectModel, file: string): boolean {
  return /^folder (?!repo)/.test(model.layerOf(file).evidence[0] ?? "") && !reachesStores(model, file);
}

/** Whether a file uses a database, or other files of the repository layer that do. */
function reachesStores(model: ProjectModel, file: string, depth = 0): boolean {
  if (storeUses(model, file).length > 0) return true;
  return model.edgesFrom(file).some(({ target, kind }) => {
    if (kind !== "runtime") return false;
    if (target.kind === "package") return isFor(target.package, target.subpath, "data-access");
    return target.kind === "file" && model.layerOf(target.file).layer === "repository" && (depth >= deepest || reachesStores(model, target.file, depth + 1));
  });
}
