import { baseName } from "../../base/paths.js";
import { within } from "../../base/position.js";
import { type Capability, isFor, kindOf, reachesStore } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, ClassNode, Expression, NewExpression } from "../../facts/syntax.js";
import { someNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isPlainData, isStoredModel } from "./plain-data.js";
import { storeUses } from "../project/store-uses.js";

/**
 * What a call makes, or fetches from where one is kept for all, that its function could be given: a client, a queue, a repository.
 *
 * @param adapters whether the client that an adapter of another system is about counts.
 */
export function madeDependency(model: ProjectModel, file: string, node: CallExpression | NewExpression, adapters: boolean): string | undefined {
  for (const value of model.values.of(file, node)) {
    if (value.kind === "external" && value.site?.node === node && !isMember(model, file, node)) {
      const kind = kindOf(value.provenance);
      if (!adapters && isFor(value.provenance.package, value.provenance.subpath, ...others) && (worksAlone(model, file) || isCalledAfter(model, file, node, value.provenance.package))) continue;
      if ((kind === "client" || (kind === "queue" && node.kind === "new")) && (adapters || !isForOneCall(model, file, node))) return kind;
    }
    if (value.kind === "instance" && (node.kind === "new" || isFetched(model, file, node)) && value.file !== file && !isStandIn(value.class) && isRepository(model, value.file, value.class) && !(node.kind === "new" && isBoundToHandle(model, file, node))) return "repository";
  }
  return undefined;
}

/** `const db = postgres({ host: tenant.host })`: which system a function connects to depends on what it is given, so nobody can hand the client in before. */
function isForOneCall(model: ProjectModel, file: string, node: CallExpression | NewExpression): boolean {
  const { sources, functionAround } = model.values.index(file);
  const around = functionAround(node);
  if (around === undefined || around.member?.name === "constructor" || !sources.some((source) => source?.kind === "value" && source.value === node)) return false;
  const isGiven = (binding: number | undefined, depth: number): boolean => {
    const source = binding === undefined ? undefined : sources[binding];
    if (source?.kind === "parameter") return source.function === around.node;
    return depth > 0 && source?.kind === "value" && source.value !== undefined && functionAround(source.value) === around && comesOfGiven([source.value], depth - 1);
  };
  const comesOfGiven = (parts: readonly Expression[], depth: number): boolean => someNode(parts, (part) => part.kind === "name" && isGiven(part.binding, depth));
  return comesOfGiven(node.arguments, 2);
}

/** `UserRepository.getInstance()`, `getCustomRepository(UserRepository)`: what a class or an ORM keeps for all. */
function isFetched(model: ProjectModel, file: string, { callee }: CallExpression): boolean {
  // `require("../database")` is an import.
  if (callee.kind === "name" && callee.name === "require") return false;
  return model.values.of(file, callee.kind === "member" ? callee.object : callee).some(({ kind }) => kind === "class" || kind === "external");
}

/** What packages are for that reach other systems than a database. */
const others: readonly Capability[] = ["storage", "cache", "queue", "mail", "sms", "payment", "search", "ai", "http-client"];

/** Whether a file works with nobody else who does: an adapter of another system makes the client that it is about, and a test puts another in the place of the adapter. */
function worksAlone(model: ProjectModel, file: string): boolean {
  return !model.edgesFrom(file).some(({ kind, target }) => (kind === "runtime" || kind === "metadata") && target.kind === "file" && /^(service|repository)$/.test(model.layerOf(target.file).layer ?? ""));
}

/** `QueueManager` makes its queues, as `StripeService` makes the client of Stripe: who works through it is given it. */
function isCalledAfter(model: ProjectModel, file: string, { span, callee }: CallExpression | NewExpression, from: string): boolean {
  const subjects = [lastName(callee).replace(/(?:Client|Api|SDK)$/, ""), from.replace(/^.*\//, "").replace(/^io|[-_.](?:js|node|sdk|client)$/g, "")].map((name) => name.toLowerCase().replace(/[-_.]/g, "")).filter(({ length }) => length > 2);
  const around = model.values.index(file).classes.filter((node) => within(span, node.span)).map(({ name = "" }) => name);
  return [...around, baseName(file)].some((name) => subjects.some((subject) => name.toLowerCase().replace(/[-_.]/g, "").includes(subject)));
}

/** `new FakeUserRepository()`: what is made for tests stands in the place of another already. */
function isStandIn({ name = "" }: ClassNode): boolean {
  return /^(Fake|Mock|Stub|Dummy|InMemory)(?=[A-Z])/.test(name);
}

/** `new OrderRepository(tx)` works in the transaction that is open here, or around each call of this function, so nobody can hand it in before. */
function isBoundToHandle(model: ProjectModel, file: string, node: NewExpression): boolean {
  if (node.arguments.some((argument) => model.values.of(file, argument).some((value) => value.kind === "external" && kindOf(value.provenance) === "handle"))) return true;
  const around = model.values.index(file).functionAround(node)?.node;
  const isGiven = (argument: Expression): boolean => argument.kind === "name" && argument.binding !== undefined && model.values.index(file).sources[argument.binding]?.kind === "parameter";
  return around !== undefined && node.arguments.some(isGiven) && model.transactions.isCovered(file, around);
}

/** A method of a client that hands the client on (`em.remove(…)`) makes none, nor does what the object was given (`this.orders.getEntityManager()`). */
function isMember(model: ProjectModel, file: string, node: CallExpression | NewExpression): boolean {
  if (node.kind !== "call" || node.callee.kind !== "member") return false;
  const { object } = node.callee;
  return (object.kind === "member" && object.object.kind === "this") || model.values.of(file, object).some((value) => value.kind === "external" && reachesStore(value.provenance));
}

/** A class of the repository layer that holds access; an entity or error of that layer, and a builder of one query, is made wherever it is needed. */
export function isRepository(model: ProjectModel, file: string, node: ClassNode): boolean {
  // A transaction is begun anew each time: `new Transaction(this.client)`.
  if (/(?:Builder|Transaction|UnitOfWork)$/.test(node.name ?? "") || model.layerOf(file).layer !== "repository" || (!/(Repository|Repo|Dao|DAO)$/.test(node.name ?? "") && storeUses(model, file).length === 0)) return false;
  const declaration = node.binding === undefined ? undefined : ({ kind: "binding", file, binding: node.binding } as const);
  return declaration === undefined || (!isPlainData(model, { declaration }) && !isStoredModel(model, { declaration }));
}
