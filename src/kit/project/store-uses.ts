import { oncePerPart } from "../../base/once-per.js";
import { describe, isFor, kindOf, type Provenance, reachesStore, storeAccess } from "../../catalogue/index.js";
import { type Span, within } from "../../base/position.js";
import type { Expression } from "../../facts/syntax.js";
import type { LinkedName, ProjectModel } from "../../model/project-model.js";
import { textArguments } from "./sql-text.js";

/** A place where a file uses a client, model, builder or session of a data-access library, or hands SQL text to a call. */
export interface StoreUse {
  readonly span: Span;
  /** What is used, as written: `this.prisma.user`. */
  readonly receiver: string;
  readonly target: Expression;
  readonly package: string;
  /** Only connects, disconnects, configures, says what a model is and belongs to, or gives a repository of the project's. */
  readonly lifecycle: boolean;
  /** Only gives a connection back: `redis.quit()`. */
  readonly closes: boolean;
  /** Only opens or ends a transaction: `dataSource.transaction(async (manager) => …)`, `await handle.commit()`. */
  readonly opens: boolean;
  /** Asks a class of the project by what it has of an ORM: `User.findAll()`. */
  readonly ofClass: boolean;
  /** The receiver is a name of one function (a transaction handle, a builder, a callback's parameter), not one that the file has. */
  readonly local: boolean;
}

const lifecycle = /^(define|model|discriminator|hasOne|hasMany|belongsTo|belongsToMany|addHook|addScope|(before|after)[A-Z]\w*|\$?(connect|disconnect|on|use|extends)|initialize|destroy|close|end|authenticate|isInitialized|sync|ping|quit|db|withRepository|getCustomRepository)$/;

const closing = /^\$?(disconnect|quit|close|end|destroy)$/;

const opening = /^\$?(transaction|withTransaction|transactional|startUnmanagedTransaction|(?:start|begin|commit|rollback|abort)(?:Transaction)?)$/;

/** What is done with rows once they are there. */
const ofLists = /^(map|filter|slice|splice|forEach|reduce|reduceRight|some|every|flatMap|includes|push|at|findIndex|toSorted|concat)$/;

/** Of these, what gives another list: what is done with that has left the store. */
const givesList = /^(map|filter|slice|flatMap|toSorted)$/;

/** The uses of data access in a file, one for each chain of calls. Found once for each file. */
export const storeUses = oncePerPart((model: ProjectModel, file: string): readonly StoreUse[] => {
  const { values } = model;
  const uses: StoreUse[] = [];
  const chained = new Set<Expression>();
  const decorators = decoratorCalls(model, file);
  const calls = [...values.index(file).calls].sort((left, right) => right.node.span[1] - left.node.span[1] || left.node.span[0] - right.node.span[0]);
  for (const { node } of calls) {
    if (node.kind !== "call" || decorators.has(node)) continue;
    const { callee } = node;
    // Rows are sorted by a function, queries by fields.
    if (callee.kind === "member" && callee.property === "sort" && node.arguments[0]?.kind === "function") continue;
    // What is awaited was asked for by the call before: `db.query(…).catch(…)` is a use, `findUser(id).catch(…)` is none.
    if (callee.kind === "member" && callee.object.kind === "call" && /^(then|catch|finally)$/.test(callee.property)) continue;
    if (callee.kind === "member" && isListOfRows(model, file, callee.object)) continue;
    const target = callee.kind === "member" ? callee.object : callee;
    const known = values.of(file, target);
    const direct = known.find((value) => value.kind === "external" && isUse(value.provenance, callee, isAwaited(model, file, callee)));
    const found = direct ?? (known.some((value) => value.kind === "class" && value.file !== file) ? ofActiveRecord(model, file, callee) : undefined);
    // One function that keeps connections of every kind gives channels of a broker, too.
    if (found?.kind !== "external" || known.some((value) => value.kind === "external" && isFor(value.provenance.package, value.provenance.subpath, "queue"))) continue;
    // `db.select().from(users)` is one use: the outermost call, which is seen first.
    if (target.kind === "call") chained.add(target);
    if (chained.has(node)) continue;
    const method = callee.kind === "member" ? callee.property : "";
    uses.push({
      span: node.span,
      receiver: receiverText(target),
      target,
      package: found.provenance.package,
      lifecycle: isLifecycle(found.provenance, callee),
      closes: closing.test(method),
      opens: opening.test(method) && node.arguments.every(({ kind }) => kind === "function" || kind === "object"),
      ofClass: direct === undefined,
      local: isLocal(model, file, target),
    });
  }
  for (const { span, tag } of [...values.index(file).taggedTemplates].sort((left, right) => left.span[0] - right.span[0])) {
    const found = tag && values.of(file, tag).find((value) => value.kind === "external" && storeAccess(value.provenance, "tag")?.call.role === "statement");
    // A piece of another statement is part of its use.
    if (!tag || found?.kind !== "external" || uses.some((use) => within(span, use.span))) continue;
    const target = tag.kind === "member" ? tag.object : tag;
    uses.push({ span, receiver: receiverText(target), target, package: found.provenance.package, lifecycle: false, closes: false, opens: false, ofClass: false, local: isLocal(model, file, target) });
  }
  for (const { span, call } of textArguments(model, file)) {
    if (uses.some((use) => within(span, use.span))) continue;
    uses.push({ span: call.span, receiver: receiverText(call.callee), target: call.callee, package: "SQL text", lifecycle: false, closes: false, opens: false, ofClass: false, local: isLocal(model, file, call.callee) });
  }
  return uses.sort((left, right) => left.span[0] - right.span[0]);
});

/** Whether a name that a file imports is a client or table, and the file queries: the use is what no-sql-outside-repository or missing-layer reports. */
export function isQueriedWith(model: ProjectModel, file: string, { declaration }: Pick<LinkedName, "declaration">): boolean {
  if (declaration.kind !== "binding" && declaration.kind !== "default") return false;
  const reaches = model.values.ofDeclaration(declaration).some((value) => value.kind === "external" && (reachesStore(value.provenance) || kindOf(value.provenance) === "table"));
  return reaches && storeUses(model, file).length > 0;
}

/** The uses of databases in a file: boxes of files (S3 and its kin, also those that a hosted backend has beside its rows and its users), caches, locks and channels (Redis) hold no rows, and no repository is wanted for them. */
export function databaseUses(model: ProjectModel, file: string): readonly StoreUse[] {
  return storeUses(model, file).filter((use) => !isFor(use.package, "", "cache") && !(isFor(use.package, "", "storage") && !(isFor(use.package, "", "auth") && !/\.storage\b/.test(use.receiver))));
}

/** Whether a file works with a cache, files, mail, a queue and the like, and with no database: helpers of every layer may ask it, since no rows are read by it. */
export const keepsNoRows = oncePerPart((model: ProjectModel, file: string): boolean => {
  const packages = model.edgesFrom(file).flatMap(({ target }) => (target.kind === "package" ? [target] : []));
  const isOfRows = ({ package: name, subpath }: (typeof packages)[number]): boolean => isFor(name, subpath, "data-access") && !isFor(name, subpath, "cache", "storage");
  return packages.some(({ package: name, subpath }) => isFor(name, subpath, "cache", "storage", "mail", "queue", "search")) && !packages.some(isOfRows) && databaseUses(model, file).length === 0;
});

/** Whether a file makes a client or opens a connection to a database. */
export function makesClient(model: ProjectModel, file: string): boolean {
  return model.values.index(file).calls.some(({ node }) => model.values.of(file, node).some((value) => value.kind === "external" && value.site?.node === node && kindOf(value.provenance) === "client"));
}

/** `@Transactional()` and its kin say something of a class or method; they are no use of a store in its code. */
export function decoratorCalls(model: ProjectModel, file: string): ReadonlySet<Expression> {
  return new Set(
    model.values.index(file).classes.flatMap((node) =>
      [...(node.decorators ?? []), ...node.members.flatMap((member) => (member.kind === "static-block" ? [] : [...(member.decorators ?? []), ...(member.kind === "method" ? member.function.parameters.flatMap((parameter) => parameter.decorators ?? []) : [])]))].map(({ value }) => value),
    ),
  );
}

/** Whether a call only opens, closes or sets up what is called: by its name, or as the catalogue says of it (`createConnection(url)`). */
function isLifecycle(provenance: Provenance, callee: Expression): boolean {
  if (callee.kind === "member" && lifecycle.test(callee.property)) return true;
  const { path } = provenance;
  const called = storeAccess({ ...provenance, path: callee.kind === "member" ? [...path, callee.property] : path }, "call");
  return called?.call.role === "connect" || called?.call.role === "disconnect";
}

/** `User.findAll()`: what a class of another file has of a model of an ORM; a model that sets itself up (`User.init()`) asks nobody. */
function ofActiveRecord(model: ProjectModel, file: string, callee: Expression): ReturnType<ProjectModel["values"]["of"]>[number] | undefined {
  return callee.kind === "member" ? model.values.of(file, callee).find((value) => value.kind === "external" && storeAccess(value.provenance, "call") !== undefined) : undefined;
}

function isLocal(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "member") return isLocal(model, file, node.object);
  if (node.kind === "call") return isLocal(model, file, node.callee);
  if (node.kind === "await" || node.kind === "cast") return isLocal(model, file, node.value);
  if (node.kind !== "name") return node.kind !== "this";
  if (node.binding === undefined || /^(req|request|ctx|c|context|fastify|app|server|instance)$/.test(node.name)) return false;
  const index = model.values.index(file);
  const source = index.sources[node.binding];
  if (source?.kind === "value") return source.value !== undefined && index.functionAround(source.value) !== undefined;
  return source?.kind === "parameter" || source?.kind === "element";
}

/** `rows.map(…)`, and a name for it. */
function isListOfRows(model: ProjectModel, file: string, node: Expression): boolean {
  const source = node.kind === "name" && node.binding !== undefined ? model.values.index(file).sources[node.binding] : undefined;
  const value = source?.kind === "value" && source.path.length === 0 ? source.value : node;
  return value?.kind === "call" && value.callee.kind === "member" && givesList.test(value.callee.property);
}

/** Whether a method is called on what an `await` gave. */
function isAwaited(model: ProjectModel, file: string, callee: Expression): boolean {
  if (callee.kind !== "member") return false;
  const { object } = callee;
  const source = object.kind === "name" && object.binding !== undefined ? model.values.index(file).sources[object.binding] : undefined;
  return object.kind === "await" || (source?.kind === "value" && source.value?.kind === "await");
}

/** Whether calling `callee` on a value uses a store. Rows that a statement gave are awaited: only what a statement can do counts. */
function isUse(provenance: Provenance, callee: Expression, ofAwaited: boolean): boolean {
  if (callee.kind !== "member") return storeAccess(provenance, "call") !== undefined;
  // Text of a statement reaches no store until it is run: sql`…`.execute(db).
  if (callee.object.kind === "template") return storeAccess({ ...provenance, path: [...provenance.path, callee.property] }, "call")?.call.role === "execute";
  if (!reachesStore(provenance) || ofLists.test(callee.property)) return false;
  const kind = kindOf(provenance);
  if (ofAwaited && kind === "statement") return false;
  const method = describe({ ...provenance, path: [...provenance.path, callee.property] });
  if (kind !== "statement" && kind !== "document" && kind !== "cursor") {
    // What a repository of the project's makes for it to keep (`orders.create(fields)`) is at hand.
    if (describe(provenance)?.maybe === true) return method !== undefined && method.store?.role !== "build";
    return true;
  }
  // `row.get({ plain: true })`, `row.set("name", name)`: what a row holds is at hand.
  return method !== undefined && (kind !== "document" || (method.store ? method.store.role !== "build" : method.call !== undefined));
}

/** An expression as a reader would say it, calls without their arguments. */
export function receiverText(node: Expression): string {
  switch (node.kind) {
    case "name":
      return node.name;
    case "this":
      return "this";
    case "member":
      return `${receiverText(node.object)}.${node.property}`;
    case "call":
      return `${receiverText(node.callee)}()`;
    case "template":
      return node.tag ? receiverText(node.tag) : "…";
    case "await":
    case "cast":
      return receiverText(node.value);
    default:
      return "…";
  }
}
