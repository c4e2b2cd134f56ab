import type { RuleFinding } from "../../base/finding.js";
import { isFor, isHarmless } from "../../catalogue/index.js";
import type { Edge, LinkedName, ProjectModel } from "../../model/project-model.js";
import { findingAt, relatedAt } from "../project-finding.js";
import { isBarrelOf } from "../project/index-files.js";
import { databaseUses, storeUses } from "../project/store-uses.js";
import { isOnlyRegistered, isOnlyWired } from "./handed-dependencies.js";
import { isOrdinaryFunction } from "./ordinary-functions.js";
import { isClientClass } from "./persistence.js";
import { isCache, isOfPipeline, isQueueConnection } from "./pipeline-stores.js";
import { asksStoreBy, givesAccess, isOnlyTested, isPlainData, isStoredModel, takesHarmless } from "./plain-data.js";
import { takenNames } from "./taken-names.js";

/** An import of the api that brings data access in; a secondary one is only written with it: an operator, a decorator, a type that injection needs. */
export interface Access {
  readonly finding: RuleFinding;
  readonly secondary: boolean;
  /** The name that it binds, and the file of the repository layer that declares it. */
  readonly binding: number | undefined;
  readonly target: string | undefined;
  /** It is a function, which may give a client or model. */
  readonly gives: boolean;
}

/** What a file imports of data-access packages (`package`, of the cause that is called so) and of the repository layer (`repository`); with `types`, types and other names that reach nothing are allowed. */
export function storeImports(model: ProjectModel, file: string, types: boolean): readonly Access[] {
  // What an index hands on of its own folder is no use of it.
  return model.edgesFrom(file).flatMap((edge) => (types && isBarrelOf(edge) ? [] : [...checkEdge(model, edge, types)]));
}

/** All modules of repositories that a file imports are mended together. */
const repositories = "repositories";

function* checkEdge(model: ProjectModel, edge: Edge, types: boolean): Iterable<Access> {
  const report = (messageId: string, cause: string, data: Readonly<Record<string, string>>): Access => ({ finding: findingAt(model, edge.from, edge.fact.specifierSpan, messageId, data, { cause }), secondary: false, binding: undefined, target: data["target"], gives: true });
  const { target } = edge;
  if (edge.names.length === 0) {
    if (edge.kind !== "runtime") return;
    if (target.kind === "package" && isFor(target.package, target.subpath, "data-access")) yield report("package", target.package, { name: "it", package: target.package });
    if (target.kind === "file" && model.layerOf(target.file).layer === "repository") yield report("repository", repositories, { name: "it", target: target.file, via: "" });
    return;
  }
  for (const linked of takenNames(model, edge)) {
    const found = checkName(model, edge, linked, types);
    if (found) yield found;
  }
}

function checkName(model: ProjectModel, edge: Edge, linked: LinkedName, types: boolean): Access | undefined {
  const { declaration, name, kind, via } = linked;
  if ((kind === "type-only" || kind === "elided") && types) return undefined;
  if (declaration.kind === "package") {
    if (!isFor(declaration.package, declaration.subpath, "data-access")) return undefined;
    const provenance = { package: declaration.package, subpath: declaration.subpath, path: declaration.path };
    // A decorator's metadata keeps the import of a type, which is a type all the same.
    if (types && kind === "metadata" && !givesAccess(provenance)) return undefined;
    if (types && (isQueueConnection(model, edge.from, declaration.package) || (isFor(declaration.package, "", "cache") && isOfPipeline(model, edge.from)))) return undefined;
    // The users of a hosted backend are asked who somebody is; its rows are not.
    if (types && isFor(declaration.package, "", "auth") && isOfPipeline(model, edge.from) && databaseUses(model, edge.from).every(({ receiver }) => /\.auth\b/.test(receiver))) return undefined;
    // `S3` and `SQS` of a package that has a store among other services.
    if (types && isFor(declaration.package, declaration.subpath, "storage") && !givesAccess(provenance)) return undefined;
    if (types && (isHarmless(provenance) || takesHarmless(model, edge.from, linked))) return undefined;
    return { finding: findingAt(model, edge.from, edge.fact.specifierSpan, "package", { name: `\`${name.local}\``, package: declaration.package + declaration.subpath }, { cause: declaration.package }), secondary: kind === "metadata" || !givesAccess(provenance), binding: name.binding, target: undefined, gives: true };
  }
  if (declaration.kind === "unresolved" || model.layerOf(declaration.file).layer !== "repository") return undefined;
  if (types && (isOfNoStore(model, edge.from, linked) || (kind === "metadata" && isClientClass(model, linked)) || isCache(model, declaration))) return undefined;
  const related = declaration.kind === "binding" ? [relatedAt(model, declaration.file, model.facts(declaration.file).bindings[declaration.binding]?.span ?? [0, 0], `${name.imported} is declared here`)] : [];
  const data = { name: `\`${name.local}\``, target: declaration.file, via: via.length === 0 ? "" : `, by way of ${via.join(" → ")}` };
  return { finding: findingAt(model, edge.from, edge.fact.specifierSpan, "repository", data, { cause: repositories, related }), secondary: false, binding: name.binding, target: declaration.file, gives: model.values.ofDeclaration(declaration).some((value) => value.kind === "function") };
}

/** Whether a name that a file imports reaches no store there: data, rows nobody asks for, a function of its own, or what is only tested for or handed on. */
function isOfNoStore(model: ProjectModel, file: string, linked: LinkedName): boolean {
  const { binding } = linked.name;
  const isData = isPlainData(model, linked) || isStoredModel(model, linked);
  if (isData && !(storeUses(model, file).length === 0 && asksStoreBy(model, file, binding))) return true;
  return isOrdinaryFunction(model, linked) || isOnlyTested(model, file, binding) || isOnlyRegistered(model, file, binding) || isOnlyWired(model, file, binding);
}
