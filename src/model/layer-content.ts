import { baseName } from "../base/paths.js";
import { type Capability, isFor, kindOf, newStep } from "../catalogue/index.js";
import { frontendFolders, frontendFrameworks, frontendPackages, outwardBases } from "../catalogue/lexicon/layers.js";
import type { FileFacts } from "../facts/facts.js";
import type { Expression } from "../facts/syntax.js";
import { indexOf } from "./file-index.js";
import { serverDependencies } from "./packages.js";
import type { LayerVerdict, PackageUnit, ProjectModel } from "./project-model.js";

const dataAccessPackages = /^(@prisma\/client|drizzle-orm|typeorm|kysely|knex|sequelize|sequelize-typescript|@sequelize\/core|mongoose|@typegoose\/typegoose|mongodb|@mikro-orm\/|objection|pg|postgres|slonik|mysql2|better-sqlite3|mssql|@libsql\/client|@nestjs\/(mongoose|typeorm|sequelize)|@adonisjs\/lucid)(\/|$)/;
/** What files that meet the outside import. */
const outward: readonly Capability[] = ["web-framework", "web-server", "queue", "websocket", "graphql", "rpc", "scheduler", "event-bus", "api-docs", "auth"];
/** What adapters of other systems import. */
const outbound: readonly Capability[] = ["data-access", "http-client", "storage", "mail", "sms", "payment", "queue", "cache", "search", "ai"];
const applicationPackages = /^(express|fastify|koa|hono|@hono\/zod-openapi|@hapi\/hapi|@nestjs\/core|elysia|restify)$/;

/** Whether a file takes part in data access: it imports a package for it as a value. */
export function importsDataAccess(facts: FileFacts): boolean {
  return facts.imports.some((fact) => !fact.typeOnly && fact.specifier !== undefined && dataAccessPackages.test(fact.specifier) && (fact.names.length === 0 || fact.names.some((name) => name.use === "value")));
}

/** Whether a file reads or writes a store, however the client got there. */
export function usesStore(model: ProjectModel, file: string): boolean {
  return model.dataAccess.of(file).length > 0 || indexOf(model.facts(file)).taggedTemplates.some(({ tag }) => tag?.kind === "name" && /^sql$/i.test(tag.name));
}

/** Whether loading a file makes a client of a store. */
export function makesClient(model: ProjectModel, file: string): boolean {
  return model.loadEffects(file).some(({ what }) => /^makes a (client|pool|connection)/.test(what)) || (importsDataAccess(model.facts(file)) && model.values.index(file).calls.some(({ node }) => node.kind === "new" && model.values.of(file, node).some((value) => value.kind === "external" && kindOf(value.provenance) === "client")));
}

/** Whether a file makes the application of a web framework. */
export function makesApplication(facts: FileFacts): boolean {
  const made = new Set(facts.imports.flatMap((fact) => (fact.specifier !== undefined && !fact.typeOnly && applicationPackages.test(fact.specifier) ? fact.names.flatMap(({ binding, imported }) => (binding !== undefined && /^(default|\*|Hono|OpenAPIHono|fastify|Fastify|NestFactory|Elysia|createServer|server)$/.test(imported) ? [binding] : [])) : [])));
  return indexOf(facts).calls.some(({ node }) => {
    const { callee } = node;
    if (callee.kind === "member") return callee.object.kind === "name" && callee.object.binding !== undefined && made.has(callee.object.binding) && callee.property === "create";
    return callee.kind === "name" && callee.binding !== undefined && made.has(callee.binding);
  });
}

/** Whether a file meets the outside: it imports a web framework, queue or the like, types included. */
export function isOutward(facts: FileFacts): boolean {
  return importsFor(facts, outward) || facts.imports.some(({ specifier }) => /^(aws-lambda|@middy\/core|@azure\/functions|@google-cloud\/functions-framework)$/.test(specifier ?? ""));
}

/** Whether a file asks other systems for something: it imports a client of HTTP, storage, mail, a queue and the like. */
export function reachesOut(facts: FileFacts): boolean {
  return importsFor(facts, outbound);
}

function importsFor(facts: FileFacts, wanted: readonly Capability[]): boolean {
  return facts.imports.some(({ specifier }) => {
    if (specifier === undefined || specifier.startsWith(".")) return false;
    const name = specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
    return isFor(name, specifier.slice(name.length), ...wanted);
  });
}

/** Decides by what a class extends or implements; `named` says that the file's name follows a convention, which then counts more than an ORM's base class. */
export function byBaseClass(model: ProjectModel, file: string, named: boolean): LayerVerdict | undefined {
  for (const node of model.values.index(file).classes) {
    const bindings = [bindingOf(node.extends?.value), ...(node.implements ?? []).map((type) => (type.kind === "reference" ? type.binding : undefined))];
    for (const binding of bindings) {
      if (binding === undefined) continue;
      const declaration = model.declarationOfBinding(file, binding);
      if (declaration.kind !== "package") continue;
      const [name = ""] = declaration.path;
      const evidence = [`class ${node.name ?? "…"} of ${name}`];
      if (outwardBases[declaration.package]?.test(name)) return { layer: "api", evidence };
      const made = kindOf({ package: declaration.package, subpath: declaration.subpath, path: [...declaration.path, newStep] });
      if (isFor(declaration.package, declaration.subpath, "data-access") && (made === "client" || !named)) return isMapped(model, file) ? undefined : { layer: "repository", evidence };
    }
  }
  return undefined;
}

/** Entities have decorators and folders of their own to go by. */
function isMapped(model: ProjectModel, file: string): boolean {
  return /entit|model|aggregate/i.test(baseName(file)) || model.values.index(file).classes.some((node) => (node.decorators ?? []).length > 0 && node.name !== undefined && /Entity|Model$/.test(node.name));
}

function bindingOf(base: Expression | undefined): number | undefined {
  // `class JwtStrategy extends PassportStrategy(Strategy)`.
  if (base?.kind === "call") return bindingOf(base.callee);
  return base?.kind === "name" ? base.binding : undefined;
}

/** Whether a file is of a user interface: by what it imports, by its folder, or by its package. */
export function isFrontend(model: ProjectModel, file: string, path: string): boolean {
  if (/\.[jt]sx$/.test(file)) return !/\/(email|mail|template)s?\//.test(file);
  if (model.facts(file).imports.some((fact) => fact.specifier !== undefined && !fact.typeOnly && frontendPackages.includes(fact.specifier))) return true;
  const unit = model.packageOf(file);
  if (!frontendFrameworks.some((name) => unit.dependencies.has(name))) return false;
  return !serves(unit) || path.split("/").some((folder) => frontendFolders.includes(folder));
}

/** Whether a package has something to serve or to store. */
function serves({ dependencies }: PackageUnit): boolean {
  return [...dependencies.keys()].some((name) => serverDependencies.includes(name) || isFor(name, "", "web-framework", "web-server", "data-access", "queue"));
}
