import type { Expression, FunctionNode, Pattern } from "../../facts/syntax.js";
import { someNode, type SyntaxNode, walk, walkAll } from "../../facts/walk.js";
import type { StoreOperation } from "../../model/data/data-access.js";
import type { ProjectModel } from "../../model/project-model.js";
import { receiverText } from "../project/store-uses.js";

/** Whether two operations belong to one library. Mongoose runs on the driver of MongoDB, and its sessions are the driver's. */
export function sharesLibrary(left: StoreOperation, right: StoreOperation): boolean {
  // The builders of one library may be those of another.
  return left.package === right.package || left.receiver.value.provenance.package === right.receiver.value.provenance.package || (left.family === "mongo" && right.family === "mongo");
}

/** Whether two operations may reach the same database: clients that were made in different places do not, but one that was made of the other, `drizzle(pool)`. */
export function sharesStore(model: ProjectModel, left: StoreOperation, right: StoreOperation): boolean {
  if (!sharesLibrary(left, right)) return isMadeOf(model, left, right) || isMadeOf(model, right, left);
  const [one, other] = [left.receiver.value.site, right.receiver.value.site];
  return !one || !other || one.node === other.node || left.receiver.session !== "client" || right.receiver.session !== "client" || ![one, other].every((site) => model.transactions.makesClient(site));
}

/** Whether the client of one operation was given that of another: `drizzle(pool)`, `new Kysely({ dialect: new PostgresDialect({ pool }) })`. */
function isMadeOf(model: ProjectModel, { receiver: { value: { site } } }: StoreOperation, { receiver: { value: given } }: StoreOperation): boolean {
  if (!site || !given.site) return false;
  return someNode(site.node.arguments, (part) => part.kind === "name" && model.values.of(site.file, part).some((value) => value.kind === "external" && value.site?.node === given.site?.node));
}

/** An operation as a reader would say it: `prisma.user.create`. */
export function operationText({ node }: StoreOperation): string {
  return node.kind === "template" ? (node.tag ? receiverText(node.tag) : "a statement") : receiverText(node.callee);
}

/** The bindings that stand for a handle in a function, and what is made of them: aliases, repositories made with it, options. */
export function carriersOf(model: ProjectModel, file: string, node: FunctionNode, handles: Iterable<number>): ReadonlySet<number> {
  const carriers = new Set(handles);
  walkAll(node.body ?? [], (part) => {
    if (!("kind" in part)) return undefined;
    if (part.kind === "variable") for (const { target, value } of part.declarators) if (value && carries(model, file, value, carriers)) for (const binding of bindingsOf(target)) carriers.add(binding);
    if (part.kind === "assign" && part.target.kind === "name" && part.target.binding !== undefined && carries(model, file, part.value, carriers)) carriers.add(part.target.binding);
    return undefined;
  });
  return carriers;
}

/** The parameters that stand for the client of which a transaction was begun: `db` of `db.transaction(…)`, `pool` of `new Transaction(pool)` and `await pool.connect()`. */
export function clientsOf(model: ProjectModel, file: string, begun: Expression, carriers: ReadonlySet<number>): ReadonlySet<number> {
  const { sources } = model.values.index(file);
  const found = new Set<number>();
  const add = (node: Expression): void => {
    if (node.kind === "await" || node.kind === "cast") add(node.value);
    else if (node.kind === "call" || node.kind === "new") for (const part of [node.callee, ...node.arguments]) add(part);
    else if (node.kind === "member") add(node.object);
    else if (node.kind === "name" && node.binding !== undefined) {
      const source = sources[node.binding];
      if (carriers.has(node.binding) && source?.kind === "value" && source.value) add(source.value);
      else if (!carriers.has(node.binding) && source?.kind === "parameter") found.add(node.binding);
    }
  };
  add(begun);
  return found;
}

/** Whether a piece of code hands on one of the bindings. What was awaited, or read with it, is a result and hands on nothing. */
export function carries(model: ProjectModel, file: string, node: SyntaxNode, bindings: ReadonlySet<number>): boolean {
  let found = false;
  walk(node, (part) => {
    if (!("kind" in part)) return !found;
    if (part.kind === "name" && part.binding !== undefined && bindings.has(part.binding)) found = true;
    if (part.kind === "await") return false;
    const role = part.kind === "call" ? model.dataAccess.at(file, part)?.role : undefined;
    return !found && role !== "read" && role !== "list" && role !== "write" && role !== "statement";
  });
  return found;
}

/** The bindings that a pattern makes. */
export function bindingsOf(pattern: Pattern): readonly number[] {
  switch (pattern.kind) {
    case "binding":
      return [pattern.binding];
    case "object-pattern":
      return [...pattern.properties.flatMap(({ value }) => bindingsOf(value)), ...(pattern.rest ? bindingsOf(pattern.rest) : [])];
    case "array-pattern":
      return [...pattern.elements.flatMap((element) => (element ? bindingsOf(element.value) : [])), ...(pattern.rest ? bindingsOf(pattern.rest) : [])];
    case "target":
      return [];
  }
}

/** The binding of the variable that an expression is kept in, awaited or not, or in the place of another: `(await outer?.transaction()) ?? (await db.transaction())`. */
export function keptIn(parentOf: (node: SyntaxNode) => SyntaxNode | undefined, node: Expression): { readonly bindings: readonly number[]; readonly using: boolean } | undefined {
  let at: SyntaxNode | undefined = node;
  let value: SyntaxNode = node;
  while ((at = parentOf(at)) && "kind" in at && (at.kind === "await" || at.kind === "cast" || at.kind === "conditional" || (at.kind === "binary" && /^(\?\?|\|\|)$/.test(at.operator)))) value = at;
  if (!at || !("kind" in at)) return undefined;
  if (at.kind === "assign" && at.target.kind === "name" && at.target.binding !== undefined) return { bindings: [at.target.binding], using: false };
  if (at.kind !== "variable") return undefined;
  const declarator = at.declarators.find((candidate) => candidate.value === value);
  return declarator && { bindings: bindingsOf(declarator.target), using: at.keyword === "using" };
}
