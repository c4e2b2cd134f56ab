import { oncePer, oncePerPart } from "../base/once-per.js";
import { isFor } from "../catalogue/index.js";
import type { Expression } from "../facts/syntax.js";
import { someNode, walk } from "../facts/walk.js";
import { dataAccessOf } from "./data-access.js";
import type { PackageUnit, ProjectModel } from "./project-model.js";

/** Packages that keep values for the length of a request without being for transactions. */
const requestContexts = new Set(["nestjs-request-context", "express-http-context", "@fastify/request-context", "node:async_hooks"]);

/**
 * Who opens the transactions of the asynchronous context: functions that are handed to the library or have its decorator, which
 * the code shows (`library`); or code of the project, a middleware or a decorator of its own, which may run anything (`own`).
 */
export type AmbientOpener = "library" | "own";

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
  if (packages.get(name) !== "own") packages.set(name, opener);
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
    if (specifiers.some((name) => name.startsWith("typeorm-transactional"))) note(packages, "typeorm", "library");
    if (specifiers.includes("@sequelize/core")) for (const name of ["@sequelize/core", "sequelize"]) note(packages, name, "library");
    for (const { node } of model.values.index(file).calls) if (node.kind === "call" && node.callee.kind === "member") noteSetUp(node.callee.property, node.arguments, packages);
    // `class PrismaService extends PrismaClient { $tx(work) { return super.$transaction(…); } }`
    if (specifiers.some((name) => isFor(name, "", "ambient-context")) && model.values.index(file).calls.some(({ node }) => node.callee.kind === "member" && node.callee.property === "$transaction")) note(packages, "@prisma/client", "own");
    const opens = dataAccessOf(model).of(file).filter(({ role, family }) => family !== "redis" && (role === "transaction" || role === "ambient" || role === "begin"));
    if (opens.length === 0) continue;
    for (const { body, package: name } of opens) if (body.some(goesOn)) goingOn.add(name);
    const inContext = specifiers.some((name) => requestContexts.has(name) || isFor(name, "", "ambient-context"));
    if (inContext || opens.some(({ body }) => body.some((part) => entersContext(model, file, part)))) for (const operation of opens) note(packages, operation.package, "own");
  }
  for (const packages of units.values()) for (const name of packages.keys()) if (goingOn.has(name)) packages.set(name, "own");
  return units;
});

/** `storage.run(tx, work)`: the handle is put into an asynchronous context. */
function entersContext(model: ProjectModel, file: string, body: Expression): boolean {
  let enters = false;
  walk(body, (part) => {
    if ("kind" in part && part.kind === "call" && part.callee.kind === "member" && /^(run|enterWith|set)$/.test(part.callee.property))
      enters ||= model.values.of(file, part.callee).some((value) => value.kind === "external" && (requestContexts.has(value.provenance.package) || isFor(value.provenance.package, "", "ambient-context")));
    return !enters;
  });
  return enters;
}

/** `sequelize.transaction(() => next())`, `method.apply(this, args)`: whatever comes behind a middleware, or has a decorator of the project, runs in the transaction. */
function goesOn(body: Expression): boolean {
  return someNode([body], (part) => part.kind === "call" && ((part.callee.kind === "name" && part.callee.name === "next") || (part.callee.kind === "member" && /^(apply|call)$/.test(part.callee.property)) || (part.callee.kind === "member" && part.callee.object.kind === "name" && part.callee.object.name === "next")));
}

function noteSetUp(method: string, [first]: readonly Expression[], packages: Map<string, AmbientOpener>): void {
  if (method === "useCLS") note(packages, "sequelize", "library");
  if (method === "set" && first?.kind === "literal" && first.value === "transactionAsyncLocalStorage") note(packages, "mongoose", "library");
}
