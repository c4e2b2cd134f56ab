import { within } from "../../base/position.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression } from "../../facts/syntax.js";
import { isFunctionNode, type SyntaxNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/**
 * Whether what an expression makes is handed in, as a test can hand in another: it is the default of a parameter or of a part of one, or goes to
 * a constructor or a factory of the project (`createUserService(users)`) outside of classes, or at load to any function of
 * the project, also through a constant or in an object (`new UserService({ users: new UserRepository() })`).
 */
export function isHandedIn(model: ProjectModel, file: string, node: SyntaxNode): boolean {
  const index = model.values.index(file);
  let [inner, parent] = [node, index.parentOf(node)];
  // `(users = new UserRepository(new Pool())) => …`
  if (isDefault(model, file, node)) return true;
  if (parent !== undefined && isFunctionNode(parent)) return false;
  if (parent !== undefined && "kind" in parent && parent.kind === "binary" && /^(?:\?\?|\|\|)$/.test(parent.operator) && parent.right === node && isOfParameter(model, file, parent.left)) return true;
  if (!("span" in node) || index.classes.some(({ span }) => within(node.span, span))) return false;
  while (parent !== undefined && "kind" in parent && (parent.kind === "object" || parent.kind === "array" || isTakenFrom(model, file, parent, inner))) [inner, parent] = [parent, index.parentOf(parent)];
  if (parent !== undefined && "kind" in parent && (parent.kind === "new" || (parent.kind === "call" && parent.callee !== inner && (isOfProjectAtLoad(model, file, parent) || isFactoryCall(model, file, parent))))) return true;
  const binding = index.sources.findIndex((source) => source?.kind === "value" && source.value === inner && source.path.length === 0);
  return isOnlyHandedIn(model, file, binding);
}

/** Whether an expression is itself the default of a parameter: `(users = new UserRepository()) => …`. */
function isOwnDefault(model: ProjectModel, file: string, node: SyntaxNode): boolean {
  const parent = model.values.index(file).parentOf(node);
  return parent !== undefined && ((isFunctionNode(parent) && parent.parameters.some((parameter) => parameter.default === node)) || ("kind" in parent && isPattern(parent) && isOfSignature(model, file, parent)));
}

/** Whether an expression is the default of a parameter, or what that is made of. */
function isDefault(model: ProjectModel, file: string, node: SyntaxNode): boolean {
  const parent = model.values.index(file).parentOf(node);
  if (parent !== undefined && isFunctionNode(parent)) return parent.parameters.some((parameter) => parameter.default === node);
  if (parent !== undefined && "kind" in parent && isPattern(parent)) return isOfSignature(model, file, parent);
  return parent !== undefined && "kind" in parent && (parent.kind === "new" || (parent.kind === "call" && parent.callee !== node)) && isDefault(model, file, parent);
}

/** Whether a pattern is, or stands in, a parameter: `({ users = new UserRepository() }) => …`. */
function isOfSignature(model: ProjectModel, file: string, node: SyntaxNode): boolean {
  const parent = model.values.index(file).parentOf(node);
  return parent !== undefined && (isFunctionNode(parent) || ("kind" in parent && isPattern(parent) && isOfSignature(model, file, parent)));
}

function isPattern({ kind }: { readonly kind: string }): boolean {
  return kind === "object-pattern" || kind === "array-pattern";
}

/** `deps.users` of `(deps) => deps.users ?? new UserRepository()`. */
function isOfParameter(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "member") return isOfParameter(model, file, node.object);
  return node.kind === "name" && node.binding !== undefined && model.values.index(file).sources[node.binding]?.kind === "parameter";
}

function isOfProjectAtLoad(model: ProjectModel, file: string, call: CallExpression): boolean {
  return model.values.index(file).functionAround(call) === undefined && model.values.of(file, call.callee).some(({ kind }) => kind === "function");
}

/** `users.find`, handed on and not called here. */
function isTakenFrom(model: ProjectModel, file: string, parent: SyntaxNode, inner: SyntaxNode): boolean {
  if (!("kind" in parent) || parent.kind !== "member" || parent.object !== inner) return false;
  const around = model.values.index(file).parentOf(parent);
  return around !== undefined && "kind" in around && around.kind === "call" && around.callee !== parent;
}

/** `createUserService(users)`, and what gives a function that is called at once: `findUser(users.find)(id)`. */
function isFactoryCall(model: ProjectModel, file: string, call: CallExpression): boolean {
  const parent = model.values.index(file).parentOf(call);
  const isCurried = parent !== undefined && "kind" in parent && parent.kind === "call" && parent.callee === call;
  return (isCurried || /^(?:build|create|make|wire)[A-Z]/.test(lastName(call.callee))) && model.values.of(file, call.callee).some(({ kind }) => kind === "function");
}

/** Whether a name of a file is used, and only where what it stands for is handed in. */
export function isOnlyHandedIn(model: ProjectModel, file: string, binding: number | undefined): boolean {
  if (binding === undefined || binding === -1) return false;
  const uses = model.values.usesOf(file, binding);
  return uses.length > 0 && uses.every((use) => isHandedIn(model, file, use));
}

/** `app.register(usersRepository)`: a plugin that puts the application together, as a composition root does. */
export function isOnlyRegistered(model: ProjectModel, file: string, binding: number | undefined): boolean {
  const uses = binding === undefined ? [] : model.values.usesOf(file, binding);
  return uses.length > 0 && uses.every((use) => {
    const parent = model.values.index(file).parentOf(use);
    return parent !== undefined && "kind" in parent && parent.kind === "call" && parent.callee.kind === "member" && parent.callee.property === "register" && parent.arguments[0] === use;
  });
}

/** `new ListUsers(new UsersRepository())`, `listUsers(usersRepository(client).list)(page)`: what a file makes of the name, or the name itself, goes to what works with it, and nothing is asked of it here. */
export function isOnlyWired(model: ProjectModel, file: string, binding: number | undefined): boolean {
  const uses = binding === undefined ? [] : model.values.usesOf(file, binding);
  return uses.length > 0 && uses.every((use) => {
    const parent = model.values.index(file).parentOf(use);
    const isMade = parent !== undefined && "kind" in parent && (parent.kind === "new" || (parent.kind === "call" && isWhereThingsAreMade(model, file, parent))) && parent.callee === use;
    const given = isMade ? parent : use;
    // A parameter with a default of its own is worked with here, whoever else gives one.
    return !isOwnDefault(model, file, given) && isHandedIn(model, file, given);
  });
}

/** At load, or in a function that gives nothing but what it has made: `() => { const client = getClient(); return new UsersController(new UsersRepository(client)); }`. */
function isWhereThingsAreMade(model: ProjectModel, file: string, call: CallExpression): boolean {
  const around = model.values.index(file).functionAround(call);
  if (around === undefined) return true;
  const given = model.values.returned(around.node);
  return given.length > 0 && given.every(({ kind }) => kind === "new");
}
