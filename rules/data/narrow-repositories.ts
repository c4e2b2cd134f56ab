import type { RuleFinding } from "../../src/base/finding.js";
import type { Span } from "../../src/base/position.js";
import type { ClassNode, Expression, FunctionNode, ObjectExpression, Parameter, TypeNode } from "../../src/facts/syntax.js";
import { isBackendCode } from "../../src/kit/backend-files.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { exportedFunctions, exportedObjects, functionsIn, isOfRepositories, isShapedElsewhere, makesClient, publicMethods, runsStatement, usesStore } from "../../src/kit/repository-members.js";
import { isNameOfHandle, leakIn, storeKind } from "../../src/kit/repository-types.js";
import { defineRule } from "../../src/kit/rule.js";
import type { ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly methods: number;
  readonly plainTypes: boolean;
  readonly inherited: boolean;
  readonly guessed: boolean;
}

export default defineRule<Options>({
  name: "narrow-repositories",
  section: "data",
  clauses: ["DATA-4"],
  description: "Require repositories to take and return types of the domain, and to stay small",
  presets: { recommended: "warn", strict: ["error", { plainTypes: true, inherited: true, guessed: true }], legacy: "off" },
  messages: {
    takes: "`{{name}}` takes `{{type}}`, so its callers write queries of the library. Take the values it asks about, or a filter of your own.",
    returns: "`{{name}}` returns `{{type}}`, so its callers depend on the library and can run queries of their own. Return a type of the domain.",
    returnsBuilder: "`{{name}}` returns a statement that its callers finish and run, so what reaches the database is decided outside the repository. Run it here and return the rows.",
    takesFilter: "`{{name}}` hands `{{type}}` to its query as the condition, so its callers say what is looked for. Take the values it asks about, or a filter of your own.",
    takesAny: "`{{name}}` takes `any`, so anything can be handed to the store. Name what it takes.",
    returnsAny: "`{{name}}` returns `any`, so nobody sees what it gives. Name the type of the domain.",
    sql: "`{{name}}` runs the SQL that its caller gives it, so SQL is written outside the repository. Give each query a method of its own.",
    exposes: "`{{name}}` is public, so everybody who has the repository can use the store past it. Make it private.",
    wide: "`{{name}}` has {{count}} public methods, more than {{methods}}: it serves too many uses to stay narrow. Split it by what its callers need.",
    inherits: "`{{name}}` extends `{{type}}` and has all its methods, so its callers can run any query. Hold the library's repository in a private field.",
  },
  optionsSchema: {
    methods: { type: "integer", minimum: 1, description: "How many public methods a repository may have." },
    plainTypes: { type: "boolean", description: "Also report types of rows and enumerations that a library makes." },
    inherited: { type: "boolean", description: "Also report repositories that extend a library's repository." },
    guessed: { type: "boolean", description: "Also judge files that nothing but their queries shows to be repositories." },
  },
  defaultOptions: { methods: 12, plainTypes: false, inherited: false, guessed: false },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const file of scope.files) {
        const { layer, guessed } = model.layerOf(file);
        // What a published library offers is chosen by those who install it.
        if (layer !== "repository" || !isBackendCode(model, file) || model.packageOf(file).published) continue;
        for (const node of model.values.index(file).classes) if (!guessed || options.guessed || repositoryName.test(node.name ?? "")) yield* ofClass(model, file, node, options);
        if (guessed && !options.guessed) continue;
        for (const node of exportedFunctions(model, file)) if (runsStatement(model, file, node) && !isOfRepositories(model, node)) yield* ofFunction(model, file, node, node.name ?? "", options);
        for (const [name, node] of exportedObjects(model, file)) yield* ofObject(model, file, name, node, options);
      }
    },
  },
});

/** `UserRepository`, `BaseRepo`, `RepositoryBase`, `OrderDao`; not `RepositoryClient`, who asks for something of that name. */
const repositoryName = /(Repository|Repo|Dao)(Base|Impl|Adapter)?$/i;

/** Of the classes that use a store, those that stand for it; a row that saves itself, and what works on one, has the methods of its subject. */
const storeName = /(Repository|Repo|Dao|Store|Storage|Gateway|Persistence|DataSource|Queries|Adapter)(Base|Impl|Adapter)?$/i;

function* ofClass(model: ProjectModel, file: string, node: ClassNode, options: Options): Iterable<RuleFinding> {
  const name = node.name ?? "This class";
  const members = publicMethods(node);
  const base = node.extends && model.values.of(file, node.extends.value).find((value) => value.kind === "external" && storeKind(value.provenance) !== undefined);
  // Mappers, errors and entities lie beside repositories, and the class that makes the client is below them.
  if (!base && !repositoryName.test(name) && !members.some(({ function: one }) => usesStore(model, file, one))) return;
  if (!repositoryName.test(name) && makesClient(model, file, node)) return;
  if (options.inherited && base?.kind === "external" && node.extends) yield findingAt(model, file, node.extends.value.span, "inherits", { name, type: base.provenance.path.at(-1) ?? "" }, { cause: name });
  yield* exposed(model, file, node, name);
  for (const { name: member, function: one } of members) yield* ofFunction(model, file, one, `${name}.${member}`, options, name);
  if (storeName.test(name) && members.length > options.methods && !isShapedElsewhere(model, file, node)) yield findingAt(model, file, node.nameSpan ?? node.span, "wide", { name, count: String(members.length), methods: String(options.methods) }, { cause: "wide" });
}

/** A repository that is an object: written out, or made by a function that is given the client. */
function* ofObject(model: ProjectModel, file: string, name: string, node: ObjectExpression, options: Options): Iterable<RuleFinding> {
  const members = functionsIn(node);
  if (!members.some(({ function: one }) => usesStore(model, file, one))) return;
  for (const { name: member, function: one } of members) yield* ofFunction(model, file, one, `${name}.${member}`, options, name);
  if (members.length > options.methods) yield findingAt(model, file, node.span, "wide", { name, count: String(members.length), methods: String(options.methods) }, { cause: "wide" });
}

/** Properties and getters that are public and hold a client, model or builder. */
function* exposed(model: ProjectModel, file: string, node: ClassNode, owner: string): Iterable<RuleFinding> {
  const report = function* (name: string, type: TypeNode | undefined, span: Span, given?: Expression): Iterable<RuleFinding> {
    const values = type ? model.values.ofType(file, type) : given ? model.values.of(file, given) : [];
    if (values.some((value) => value.kind === "external" && storeKind(value.provenance) !== undefined)) yield findingAt(model, file, span, "exposes", { name: `${owner}.${name}` }, { cause: `${owner} exposes` });
  };
  for (const member of node.members) {
    if (member.kind === "method" && member.name === "constructor")
      for (const { property, target, type, span } of member.function.parameters) if (property === "public" && target.kind === "binding") yield* report(target.name, type, span);
    if (member.kind === "method" && member.function.form === "getter" && member.access === undefined && !member.static) yield* report(member.name, member.function.returns, member.nameSpan);
    // Decorated fields are filled by frameworks and entities.
    if (member.kind === "property" && member.access === undefined && !member.static && !member.name.startsWith("#") && !member.decorators?.length) yield* report(member.name, member.type, member.nameSpan, member.value);
  }
}

/** What the signature of a method shows, at its types; one finding for each place. */
function* ofFunction(model: ProjectModel, file: string, node: FunctionNode, name: string, options: Options, owner = name): Iterable<RuleFinding> {
  const types = { plain: options.plainTypes };
  // Functions that stand by themselves in a file make up its repository.
  const cause = (kind: string): string => (owner === name ? `functions ${kind}` : owner);
  const { flows } = model.transactions.summaryOf(file, node);
  const text = new Set(flows.flatMap(({ to, path, steps, parameter }) => (to.kind === "text" && path.length === 0 && steps.length === 0 ? [parameter] : [])));
  const filters = new Set(flows.flatMap(({ to, path, steps, parameter }) => (to.kind === "filter" && path.length === 0 && steps.length === 0 ? [parameter] : [])));
  for (const [index, parameter] of node.parameters.entries()) {
    const { type } = parameter;
    if (text.has(index) && isText(type)) yield findingAt(model, file, parameter.span, "sql", { name }, { cause: cause("sql") });
    if (!type) continue;
    if (filters.has(index) && isAnyObject(type)) yield findingAt(model, file, type.span, "takesFilter", { name, type: model.text(file)?.slice(...type.span) ?? "object" }, { cause: cause("takes") });
    const leak = isHandle(parameter) ? undefined : leakIn(model, file, type, { ...types, handles: false, clients: owner !== name });
    // What only goes through to somebody else's function reaches no statement.
    if (leak && (!leak.any || flows.some((flow) => flow.parameter === index))) yield findingAt(model, file, leak.span, leak.any ? "takesAny" : "takes", { name, type: leak.name }, { cause: cause("takes") });
  }
  const leak = node.returns && leakIn(model, file, node.returns, { ...types, handles: true, clients: true });
  if (leak) yield findingAt(model, file, leak.span, leak.any ? "returnsAny" : "returns", { name, type: leak.name }, { cause: cause("returns") });
  else if (!node.returns && !node.async) {
    const builder = model.transactions.contentOf(file, node).operations.find(({ completion, execution, executed, continued, family, role }) => completion === "returned" && !executed && !continued && family === "sql" && (role === "start" || (execution === "explicit" && (role === "list" || role === "write"))));
    if (builder) yield findingAt(model, file, builder.span, "returnsBuilder", { name }, { cause: cause("returns") });
  }
}

/** `object`, `Record<string, unknown>`: an object with any keys. */
function isAnyObject(type: TypeNode): boolean {
  if (type.kind === "keyword") return type.name === "object";
  const [key, value] = type.kind === "reference" && type.name === "Record" ? (type.arguments ?? []) : [];
  return key?.kind === "keyword" && key.name === "string" && value?.kind === "keyword" && (value.name === "any" || value.name === "unknown");
}

function isText(type: TypeNode | undefined): boolean {
  return type === undefined || (type.kind === "keyword" && type.name === "string");
}

function isHandle({ target, optional, default: fallback }: Parameter): boolean {
  return target.kind === "binding" && isNameOfHandle(target.name, optional === true || fallback !== undefined);
}
