import { oncePerPart } from "../../base/once-per.js";
import { lastName } from "../../facts/names.js";
import type { Decorator, Expression } from "../../facts/syntax.js";
import { someNode, walkAll } from "../../facts/walk.js";
import type { PackageUnit, ProjectModel } from "../project-model.js";

/** Scalars that take any value, as graphql-scalars, graphql-type-json and most schemas name them. */
const anything = "(?:GraphQL)?(?:JSON|JSONObject|Json|JsonObject|Any|AnyObject|Mixed|Object)";
const inSchema = new RegExp(String.raw`\b(\w+)\s*:\s*\[*${anything}\b`, "g");
/** A text without a tag is a schema where it defines what is asked of one. */
const isSchema = /\b(?:extend\s+)?(?:type\s+(?:Query|Mutation)|input\s+\w+)\s*\{/;
const inCode = new RegExp(`^(?!Object$)${anything}$`);

/** Whether an argument of resolvers in a file has a scalar type that takes any value: then GraphQL has checked nothing of it. */
export function isFreeArgument(model: ProjectModel, file: string, name: string): boolean {
  return freeNames(model, model.packageOf(file)).has(name);
}

/** The names of arguments and input fields of a package that have such a type, in schemas written as text and in decorators. */
const freeNames = oncePerPart((model: ProjectModel, unit: PackageUnit): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const file of model.filesOf(unit)) {
    const index = model.values.index(file);
    const tagged = index.taggedTemplates.flatMap(({ tag, texts }) => (tag && /^(gql|graphql)$/.test(lastName(tag)) ? [texts.join(" ")] : []));
    for (const text of [...tagged, ...schemaTexts(model, file)]) for (const [, name] of text.matchAll(inSchema)) names.add(name ?? "");
    for (const node of index.classes)
      for (const member of node.members) {
        if (member.kind === "static-block") continue;
        if (member.decorators?.some(givesAnything)) names.add(member.name);
        if (member.kind === "method") for (const { target, decorators = [] } of member.function.parameters) if (target.kind === "binding" && decorators.some(givesAnything)) for (const name of [target.name, ...decorators.flatMap(firstText)]) names.add(name);
      }
  }
  return names;
});

/** Texts without a tag that are a schema: `export const typeDefs = "type Query { … }"`, `createSchema({ typeDefs: "…" })`. */
function schemaTexts(model: ProjectModel, file: string): readonly string[] {
  const found: string[] = [];
  if (isSchema.test(model.text(file) ?? ""))
    walkAll(model.facts(file).body, (node) => {
      if ("kind" in node && node.kind === "literal" && typeof node.value === "string" && isSchema.test(node.value)) found.push(node.value);
      return undefined;
    });
  return found;
}

/** `@Field(() => GraphQLJSON)`, `@Args("filter", { type: () => GraphQLJSON })` */
function givesAnything({ value }: Decorator): boolean {
  return value.kind === "call" && /^(Field|InputField|Args?)$/.test(lastName(value.callee)) && someNode(value.arguments, (node) => node.kind === "name" && inCode.test(node.name));
}

function firstText({ value }: Decorator): readonly string[] {
  const first: Expression | undefined = value.kind === "call" ? value.arguments[0] : undefined;
  return first?.kind === "literal" && typeof first.value === "string" ? [first.value] : [];
}
