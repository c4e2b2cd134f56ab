import { oncePerPart } from "../../base/once-per.js";
import { capabilitiesOf } from "../../catalogue/index.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { FunctionNode } from "../../facts/syntax.js";
import { isFunctionNode, type SyntaxNode } from "../../facts/walk.js";
import type { PackageUnit, ProjectModel } from "../project-model.js";
import type { Located } from "./located.js";
import type { Value } from "./value.js";
import type { Values } from "./values.js";

/** Calls that take the `context` of a GraphQL server among their options, whichever package they are of. */
const takesContext = /apollo|yoga|mercurius|graphql|^(startStandaloneServer|expressMiddleware|koaMiddleware|startServerAnd\w+|createHandler|createServer|register|forRoot)$/i;
/** What resolvers call the object that they are a field of. */
const parentName = /^_*(?:(?:parent|root|obj|object|source|rootValue)_*)?$/i;

/** A field of `{ Query: { … }, Mutation: { … } }`, or `resolve` beside the `type` of a field that is defined in code. */
export function isResolver(model: ProjectModel, file: string, node: FunctionNode): boolean {
  const index = model.values.index(file);
  let inner: SyntaxNode | undefined = index.parentOf(node);
  const object = inner && index.parentOf(inner);
  inner = object && index.parentOf(object);
  if (!object || !inner || isFunctionNode(inner) || !("kind" in inner) || !("kind" in object)) return false;
  if (object.kind === "object" && model.packageOf(file).dependencies.has("graphql")) {
    const resolve = propertyOf(object, "resolve");
    if (resolve?.kind === "function" && resolve.function === node && propertyOf(object, "type")) return true;
  }
  if (inner.kind === "object") return inner.members.some((member) => member.kind === "property" && member.value === object && /^(Query|Mutation|Subscription)$/.test(member.key));
  return inner.kind === "variable" && inner.declarators.some(({ target, value }) => value === object && target.kind === "binding" && /^(Query|Mutation)$/.test(target.name));
}

/** What the server of a package gives a resolver as its third argument, where no type says so: what its `context` function makes. */
export function resolverContext(values: Values, file: string, node: FunctionNode): readonly Value[] {
  const { model } = values;
  const unit = model.packageOf(file);
  const [parent] = node.parameters;
  if (![...unit.dependencies.keys()].some((name) => capabilitiesOf(name).includes("graphql")) || !parent) return [];
  const looksLike = node.parameters.length < 5 && parent.target.kind === "binding" && parentName.test(parent.target.name);
  if (!looksLike && !isResolver(model, file, node)) return [];
  return contextsOf(model, unit).flatMap(({ file: at, node: given }) =>
    values.of(at, given).flatMap((value) => (value.kind === "function" ? values.ofReturn(value.file, value.node) : value.kind === "object" ? [value] : [])),
  );
}

/** The `context` options of a package's GraphQL servers. */
const contextsOf = oncePerPart((model: ProjectModel, unit: PackageUnit): readonly Located[] =>
  model.filesOf(unit).flatMap((file) =>
    model.values.index(file).calls.flatMap(({ node }) => {
      if (!takesContext.test(lastName(node.callee))) return [];
      return node.arguments.flatMap((argument) => (argument.kind === "object" ? (propertyOf(argument, "context") ?? []) : [])).map((given) => ({ file, node: given }));
    }),
  ),
);
