import { oncePer, oncePerPart } from "../base/once-per.js";
import { isFor } from "../catalogue/index.js";
import type { Expression } from "../facts/syntax.js";
import { walk } from "../facts/walk.js";
import { dataAccessOf } from "./data-access.js";
import type { PackageUnit, ProjectModel } from "./project-model.js";

/** Packages that keep values for the length of a request without being for transactions. */
const requestContexts = new Set(["nestjs-request-context", "express-http-context", "@fastify/request-context", "node:async_hooks"]);

/**
 * The data-access packages whose transactions a package of the project keeps in the asynchronous context, so that nobody
 * need pass a handle: by a library that was set up, or by code of its own that opens a transaction and enters a context
 * with it. Packages share what is set up in one that depends on them, or that they depend on.
 */
export const ambientPackages = oncePerPart((model: ProjectModel, unit: PackageUnit): ReadonlySet<string> => {
  const packages = new Set<string>();
  for (const [other, own] of setUpIn(model)) if (other === unit || other.folder === "" || unit.folder === "" || dependsOn(other, unit) || dependsOn(unit, other)) for (const name of own) packages.add(name);
  return packages;
});

const dependsOn = (unit: PackageUnit, other: PackageUnit): boolean => other.name !== undefined && unit.dependencies.has(other.name);

/** What each package sets up itself. */
const setUpIn = oncePer((model: ProjectModel): ReadonlyMap<PackageUnit, ReadonlySet<string>> => {
  const units = new Map<PackageUnit, Set<string>>();
  for (const file of model.files) {
    if (model.layerOf(file).layer === "tests") continue;
    const unit = model.packageOf(file);
    const packages = units.get(unit) ?? new Set<string>();
    units.set(unit, packages);
    const specifiers = model.facts(file).imports.flatMap(({ specifier }) => (specifier === "async_hooks" ? "node:async_hooks" : (specifier ?? [])));
    if (specifiers.some((name) => name.startsWith("typeorm-transactional"))) packages.add("typeorm");
    if (specifiers.includes("@sequelize/core")) packages.add("@sequelize/core").add("sequelize");
    for (const { node } of model.values.index(file).calls) if (node.kind === "call" && node.callee.kind === "member") noteSetUp(node.callee.property, node.arguments, packages);
    // `class PrismaService extends PrismaClient { $tx(work) { return super.$transaction(…); } }`
    if (specifiers.some((name) => isFor(name, "", "ambient-context")) && model.values.index(file).calls.some(({ node }) => node.callee.kind === "member" && node.callee.property === "$transaction")) packages.add("@prisma/client");
    const opens = dataAccessOf(model).of(file).filter(({ role, family }) => family !== "redis" && (role === "transaction" || role === "ambient" || role === "begin"));
    if (opens.length === 0) continue;
    const inContext = specifiers.some((name) => requestContexts.has(name) || isFor(name, "", "ambient-context"));
    if (inContext || opens.some(({ body }) => body.some((part) => entersContext(model, file, part)))) for (const operation of opens) packages.add(operation.package);
  }
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

function noteSetUp(method: string, [first]: readonly Expression[], packages: Set<string>): void {
  if (method === "useCLS") packages.add("sequelize");
  if (method === "set" && first?.kind === "literal" && first.value === "transactionAsyncLocalStorage") packages.add("mongoose");
}
