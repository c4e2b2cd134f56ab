import { callStep, describe, isFor, isHarmless, kindOf, newStep, type Provenance, storeAccess } from "../../catalogue/index.js";
import { areHarmless, membersTaken } from "../../facts/members-taken.js";
import { chainRoot, decoratorName } from "../../facts/names.js";
import type { ClassMember, ClassNode, Expression, Parameter } from "../../facts/syntax.js";
import type { Declaration, LinkedName, ProjectModel } from "../../model/project-model.js";

/** Whether a name stands for data alone: a type, an enumeration, constants, an error class, a validation schema. Nothing it holds runs. */
export function isPlainData(model: ProjectModel, { declaration }: Pick<LinkedName, "declaration">): boolean {
  if (declaration.kind === "default") return declaration.member === undefined && isPlain(defaultExpression(model, declaration.file));
  if (declaration.kind !== "binding") return false;
  const source = model.values.index(declaration.file).sources[declaration.binding];
  if (source?.kind === "enum" || source?.kind === "type") return true;
  if (source?.kind === "value") return (source.path.length === 0 && isConstant(model, declaration, source.value)) || isSchema(model, declaration) || isMadeHarmless(model, declaration);
  if (source?.kind !== "class") return false;
  // A module of Nest says what it is made of, and nobody works with it.
  if (source.class.decorators?.some((decorator) => decoratorName(decorator) === "Module")) return true;
  const base = source.class.extends?.value;
  return (base?.kind === "name" && /(Error|Exception)$/.test(base.name)) || (isRecord(source.class) && !isMadeOfPackage(model, declaration.file, source.class)) || isDerivedRecord(source.class);
}

/** A class that carries fields and does nothing but put them together, as transfer objects do, or holds constants. */
function isRecord(node: ClassNode): boolean {
  if (node.members.length > 0 && node.members.every((member) => member.kind === "property" && member.static && isPlain(member.value))) return true;
  const fields = node.members.some((member) => (member.kind === "property" && !member.static) || (member.kind === "method" && member.name === "constructor" && member.function.parameters.some(({ property }) => property !== undefined)));
  return fields && node.members.every((member) => (member.kind === "property" && member.value?.kind !== "function") || (member.kind === "method" && (member.name === "constructor" ? !member.function.parameters.some(isGivenOther) : isConversion(member))));
}

/** Whether a class is made of one of a package, through classes of the project: it does what that does (`class OrderRepository extends DefaultCrudRepository`). Rows of an ORM are rows. */
function isMadeOfPackage(model: ProjectModel, file: string, { extends: base }: ClassNode, depth = 0): boolean {
  if (base?.value.kind !== "name" || base.value.binding === undefined || depth === 3) return false;
  const declaration = model.declarationOfBinding(file, base.value.binding);
  if (declaration.kind !== "binding") return declaration.kind === "package" && !isFor(declaration.package, declaration.subpath, "data-access");
  const source = model.values.index(declaration.file).sources[declaration.binding];
  return source?.kind === "class" && isMadeOfPackage(model, declaration.file, source.class, depth + 1);
}

/** A parameter of a constructor that keeps an object of a class or interface of somebody's: what a service is given to work with. */
function isGivenOther({ property, type }: Parameter): boolean {
  return property !== undefined && (type === undefined || (type.kind === "reference" && type.binding !== undefined));
}

/** `static fromRow(row)`, `toJSON()`: makes the object of another, or another of it, at once. */
function isConversion(method: Extract<ClassMember, { readonly kind: "method" }>): boolean {
  return method.function.async !== true && (method.static ? /^(from|of|create|to|make|build)([A-Z]|$)/ : /^to[A-Z]/).test(method.name);
}

/** `class Update extends PartialType(Create) {}`: the fields of other records, and nothing of its own that runs. */
function isDerivedRecord(node: ClassNode): boolean {
  const base = node.extends?.value;
  if (!node.members.every((member) => member.kind === "property" && member.value?.kind !== "function")) return false;
  return base?.kind === "call" && base.callee.kind === "name" && /^(PartialType|PickType|OmitType|IntersectionType|createZodDto|ZodDto)$/.test(base.callee.name);
}

/** Whether a name stands for rows or tables: an entity class, a table of an ORM's schema. It describes data and reads or writes none. */
export function isStoredModel(model: ProjectModel, { declaration }: Pick<LinkedName, "declaration">): boolean {
  if (declaration.kind !== "binding") return false;
  const source = model.values.index(declaration.file).sources[declaration.binding];
  if (source?.kind === "class") return source.class.decorators?.some(({ value }) => value.kind === "call" && value.callee.kind === "name" && /^(Entity|Schema|Table|ViewEntity|ChildEntity|ObjectType|Embeddable|modelOptions)$/.test(value.callee.name)) ?? false;
  return model.values.ofDeclaration(declaration).some((value) => value.kind === "external" && kindOf(value.provenance) === "table");
}

/** Whether a file asks a store by a name that it imports: a static method that a class has of an ORM (`User.findAll()`). */
export function asksStoreBy(model: ProjectModel, file: string, binding: number | undefined): boolean {
  return model.values.index(file).calls.some(({ node: { kind, callee } }) => {
    if (kind !== "call" || callee.kind !== "member" || callee.object.kind === "call") return false;
    const root = chainRoot(callee);
    return root.kind === "name" && root.binding !== undefined && root.binding === binding && model.values.of(file, callee).some((value) => value.kind === "external" && storeAccess(value.provenance, "call") !== undefined);
  });
}

/** Whether a package, or a namespace of it such as `Prisma`, is only used for its constants, error classes, identifiers and the like. */
export function takesHarmless(model: ProjectModel, file: string, linked: LinkedName): boolean {
  const { declaration, name } = linked;
  if (declaration.kind !== "package" || name.binding === undefined) return false;
  const taken = membersTaken(model.facts(file), name.binding, model.values.index(file).parentOf);
  const outer = declaration.path.filter((step) => step !== "default" && step !== "*");
  return taken !== undefined && areHarmless(taken, (path) => isHarmless({ package: declaration.package, subpath: declaration.subpath, path: [...outer, ...path] }));
}

/** Whether an export of a data-access package is access itself, as opposed to an operator or decorator that access is written with. */
export function givesAccess(provenance: Provenance): boolean {
  const { path } = provenance;
  return path[0] === "default" || path[0] === "*" || [path, [...path, newStep], [...path, callStep]].some((steps) => /^(?:client|storage)$/.test(kindOf({ ...provenance, path: steps }) ?? ""));
}

function defaultExpression(model: ProjectModel, file: string): Expression | undefined {
  const { defaultExport, body } = model.facts(file);
  const statement = defaultExport === undefined ? undefined : body[defaultExport];
  return statement?.kind === "expression" ? statement.value : undefined;
}

function isSchema(model: ProjectModel, declaration: Declaration & { readonly kind: "binding" }): boolean {
  return model.values.ofDeclaration(declaration).some((value) => value.kind === "external" && isFor(value.provenance.package, value.provenance.subpath, "validator") && !isValidated(value.provenance));
}

/** What a package makes that works with nothing: `pgEnum("status", ["draft", "active"])`. */
function isMadeHarmless(model: ProjectModel, declaration: Declaration & { readonly kind: "binding" }): boolean {
  return model.values.ofDeclaration(declaration).some((value) => value.kind === "external" && value.provenance.path.at(-1) === callStep && isHarmless({ ...value.provenance, path: value.provenance.path.slice(0, -1) }));
}

/** What a schema gave back: `schema.parse(process.env)`. */
function isValidated(provenance: Provenance): boolean {
  const { path } = provenance;
  return path.at(-1) === callStep && describe({ ...provenance, path: path.slice(0, -1) })?.validation !== undefined;
}

/** A table of literals or a text, or another literal whose name is written as a constant's. */
function isConstant(model: ProjectModel, { file, binding }: Declaration & { readonly kind: "binding" }, node: Expression | undefined): boolean {
  if (!isPlain(node)) return false;
  const inner = uncast(node);
  const parts = inner?.kind === "object" ? inner.members.length : inner?.kind === "array" ? inner.elements.length : inner?.kind === "call" || (inner?.kind === "literal" && typeof inner.value === "string" && inner.value !== "") ? 1 : 0;
  return parts > 0 || /^[A-Z][A-Z\d_]+$/.test(model.facts(file).bindings[binding]?.name ?? "");
}

/** What `{ … } as const satisfies Names` holds. */
function uncast(node: Expression | undefined): Expression | undefined {
  return node?.kind === "cast" ? uncast(node.value) : node;
}

function isPlain(node: Expression | undefined): boolean {
  switch (node?.kind) {
    case "literal":
      return true;
    case "template":
      return node.tag === undefined && node.values.every(isPlainArgument);
    case "cast":
      return isPlain(node.value);
    case "array":
      return node.elements.every(isPlain);
    case "object":
      // `{ [OPEN]: "open" }`
      return node.members.every((member) => (member.kind === "property" || (member.kind === "computed" && isPlainArgument(member.key))) && isPlain(member.value));
    case "member":
      return isPlainName(node.object);
    // `HOURS * 3600`
    case "binary":
      return [node.left, node.right].every((side) => isPlain(side) || isPlainName(side));
    case "call":
      // `Object.values(Status).filter(isOpen)` makes a list of constants of others.
      if (node.callee.kind === "member" && /^(values|keys|filter|map|concat)$/.test(node.callee.property)) return (node.callee.object.kind === "name" && node.callee.object.name === "Object" && node.arguments.every(isPlainArgument)) || isPlain(node.callee.object);
      // `Object.freeze({ … })`, `Symbol("token")`, `Symbol.for("token")`.
      return ((node.callee.kind === "name" && node.callee.name === "Symbol") || (node.callee.kind === "member" && /^(freeze|for)$/.test(node.callee.property))) && node.arguments.every(isPlain);
    default:
      return node?.kind === "unary" && isPlain(node.value);
  }
}

/** What holds constants by its name, or is plain itself. */
function isPlainArgument(node: Expression): boolean {
  return isPlainName(node) || isPlain(node);
}

/** `Status.Open`: a member of something with the name of a constant or enumeration. */
function isPlainName(node: Expression): boolean {
  return node.kind === "name" && /^[A-Z]/.test(node.name);
}

/** Whether a file only asks of values whether they are of an imported class: `payment instanceof IncomingPayment`. */
export function isOnlyTested(model: ProjectModel, file: string, binding: number | undefined): boolean {
  const uses = binding === undefined ? [] : model.values.usesOf(file, binding);
  return uses.length > 0 && uses.every((use) => {
    const parent = model.values.index(file).parentOf(use);
    return parent !== undefined && "kind" in parent && parent.kind === "binary" && parent.operator === "instanceof" && parent.right === use;
  });
}
