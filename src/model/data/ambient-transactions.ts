import { oncePer, oncePerPart } from "../../base/once-per.js";
import { isFor } from "../../catalogue/index.js";
import type { Expression } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import { entersContext, entersForGiven, goesOn, keepsContext } from "./context-entries.js";
import { dataAccessOf } from "./data-access.js";
import type { PackageUnit, ProjectModel } from "../project-model.js";

/**
 * Who opens the transactions of the asynchronous context: functions that are handed to a library or to code of the project, or
 * have a decorator, which the code shows (`shown`); or a middleware and the like, which may run anything (`anything`).
 */
export type AmbientOpener = "shown" | "anything";

/**
 * The data-access packages whose transactions a package of the project keeps in the asynchronous context, so that nobody
 * need pass a handle: by a library that was set up, or by code of its own that opens a transaction and enters a context
 * with it. Packages share what is set up in one that depends on them, or that they depend on.
 */
export const ambientPackages = oncePerPart((model: ProjectModel, unit: PackageUnit): ReadonlyMap<string, AmbientOpener> => {
  const packages = new Map<string, AmbientOpener>();
  for (const [other, own] of setUpIn(model)) if (other === unit || other.folder === "" || unit.folder === "" || dependsOn(other, unit) || dependsOn(unit, other)) for (const [name, opener] of own) note(packages, name, opener);
  return packages;
});

/** What code of the project opens may run anything, whatever a library opens beside it. */
function note(packages: Map<string, AmbientOpener>, name: string, opener: AmbientOpener): void {
  if (packages.get(name) !== "anything") packages.set(name, opener);
}

const dependsOn = (unit: PackageUnit, other: PackageUnit): boolean => other.name !== undefined && unit.dependencies.has(other.name);

/** What each package sets up itself. */
const setUpIn = oncePer((model: ProjectModel): ReadonlyMap<PackageUnit, ReadonlyMap<string, AmbientOpener>> => {
  const units = new Map<PackageUnit, Map<string, AmbientOpener>>();
  const goingOn = new Set<string>();
  for (const file of model.files) {
    if (model.layerOf(file).layer === "tests") continue;
    const unit = model.packageOf(file);
    const packages = units.get(unit) ?? new Map<string, AmbientOpener>();
    units.set(unit, packages);
    const specifiers = model.facts(file).imports.flatMap(({ specifier }) => (specifier === "async_hooks" ? "node:async_hooks" : (specifier ?? [])));
    if (specifiers.some((name) => name.startsWith("typeorm-transactional"))) note(packages, "typeorm", "shown");
    if (specifiers.includes("@sequelize/core")) for (const name of ["@sequelize/core", "sequelize"]) note(packages, name, "shown");
    for (const { node } of model.values.index(file).calls) if (node.kind === "call" && node.callee.kind === "member") noteSetUp(node.callee.property, node.arguments, packages);
    const opens = dataAccessOf(model).of(file).filter(({ role, family }) => family !== "redis" && (role === "transaction" || role === "ambient" || role === "begin"));
    if (opens.length === 0) {
      // `class PrismaService extends PrismaClient { $tx(work) { return super.$transaction(…); } }`
      if (specifiers.some((name) => isFor(name, "", "ambient-context")) && model.values.index(file).calls.some(({ node }) => node.callee.kind === "member" && node.callee.property === "$transaction")) note(packages, "@prisma/client", "anything");
      continue;
    }
    for (const { body, package: name } of opens) if (body.some(goesOn)) goingOn.add(name);
    const inContext = specifiers.some(keepsContext) || opens.some(({ body }) => someNode(body, (part) => part.kind === "call" && entersContext(model, file, part)));
    if (inContext) for (const operation of opens) note(packages, operation.package, entersForGiven(model, file) && !model.transactions.runsUnknown(operation) ? "shown" : "anything");
  }
  for (const packages of units.values()) for (const name of packages.keys()) if (goingOn.has(name)) packages.set(name, "anything");
  return units;
});

function noteSetUp(method: string, [first]: readonly Expression[], packages: Map<string, AmbientOpener>): void {
  if (method === "useCLS") note(packages, "sequelize", "shown");
  if (method === "set" && first?.kind === "literal" && first.value === "transactionAsyncLocalStorage") note(packages, "mongoose", "shown");
}
