import { oncePer } from "../../base/once-per.js";
import { type Capability, isFor, isHarmless } from "../../catalogue/index.js";
import { commandPackages } from "../../catalogue/lexicon/layers.js";
import type { FileFacts, ImportedName, ImportFact } from "../../facts/facts.js";
import { areHarmless, membersTaken } from "../../facts/members-taken.js";
import { indexOf } from "../modules/file-index.js";
import { packageName } from "../modules/resolve.js";

export function importsFor(facts: FileFacts, wanted: readonly Capability[]): boolean {
  return facts.imports.some(({ specifier }) => {
    const found = specifier === undefined ? undefined : packageIn(specifier);
    return found !== undefined && isFor(found[0], found[1], ...wanted);
  });
}

/** The packages, with subpaths, of which a file uses more than types, and what it uses. */
export function valueImports(facts: FileFacts): readonly (readonly [name: string, subpath: string, names: readonly string[]])[] {
  return facts.imports.flatMap((fact) => {
    const found = packageOfValues(fact);
    return found ? [[...found, fact.names.filter(({ use }) => use === "value").map(({ imported }) => imported)] as const] : [];
  });
}

type PackagePath = readonly [name: string, subpath: string];

function packageOfValues({ specifier, typeOnly, names }: ImportFact): PackagePath | undefined {
  return specifier === undefined || typeOnly || (names.length > 0 && !names.some(({ use }) => use === "value")) ? undefined : packageIn(specifier);
}

export function packageIn(specifier: string): PackagePath | undefined {
  if (specifier.startsWith(".")) return undefined;
  const name = packageName(specifier);
  return [name, specifier.slice(name.length)];
}

/** Whether a file takes part in data access: it imports a package that is for nothing else as a value, and takes more of it than its error classes and constants. */
export const importsDataAccess = oncePer((facts: FileFacts) =>
  facts.imports.some((fact) => {
    const found = packageOfValues(fact);
    if (!found || !isFor(...found, "data-access") || isFor(...found, "cache", "storage", "search", "auth", "queue")) return false;
    const names = fact.names.filter(({ use }) => use === "value");
    return names.length === 0 || names.some((name) => !takesHarmless(facts, found, name));
  }),
);

/** `Prisma.PrismaClientKnownRequestError` of `Prisma`. */
function takesHarmless(facts: FileFacts, [name, subpath]: PackagePath, { imported, binding }: ImportedName): boolean {
  if (isHarmless({ package: name, subpath, path: [imported] })) return true;
  const taken = binding === undefined ? undefined : membersTaken(facts, binding, indexOf(facts).parentOf);
  return taken !== undefined && areHarmless(taken, (path) => isHarmless({ package: name, subpath, path: imported === "default" || imported === "*" ? path : [imported, ...path] }));
}

/** What adapters of other systems import. */
const outbound: readonly Capability[] = ["data-access", "http-client", "storage", "mail", "sms", "payment", "queue", "cache", "search", "ai"];

/** Whether a file asks other systems for something: it imports a client of HTTP, storage, mail, a queue and the like. */
export function reachesOut(facts: FileFacts): boolean {
  return importsFor(facts, outbound);
}

/** Whether a file imports a package that validates. */
export function validates(facts: FileFacts): boolean {
  return importsFor(facts, ["validator"]);
}

/** Whether a file offers what it does to others over a protocol for tools. */
export function offersTools(facts: FileFacts): boolean {
  return importsFor(facts, ["rpc"]);
}

/** Whether a file describes for a document of the API what requests and answers hold. */
export function describesApi({ imports }: FileFacts): boolean {
  return imports.some(({ specifier, names }) => (/^@nestjs\/swagger(\/|$)/.test(specifier ?? "") && names.some(({ imported }) => /^Api/.test(imported))) || (/^(@nestjs\/graphql|type-graphql)$/.test(specifier ?? "") && names.some(({ imported }) => /^(ObjectType|InputType|ArgsType|InterfaceType|registerEnumType|createUnionType)$/.test(imported))));
}

/** Whether a file asks a GraphQL API of somebody else, or writes down what it is asked. */
export function asksGraphql(facts: FileFacts): boolean {
  return facts.imports.some(({ specifier }) => /^(graphql-request|@apollo\/client|@urql\/core|urql)(\/|$)/.test(specifier ?? ""));
}

/** Whether a file is of a program that is called from a command line. */
export function isCommand(facts: FileFacts): boolean {
  return facts.imports.some(({ specifier }) => specifier !== undefined && commandPackages.includes(specifier));
}
