import type { RuleFinding } from "../../src/base/finding.js";
import { groupBy } from "../../src/base/group-by.js";
import { moduleName } from "../../src/base/paths.js";
import type { ClassNode, FunctionNode, ObjectExpression } from "../../src/facts/syntax.js";
import { wordTable } from "../../src/base/word-table.js";
import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { exposedStores } from "../../src/kit/repositories/exposed-stores.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { exportedFunctions, exportedObjects, functionsIn, isConnection, isOfRepositories, isShapedElsewhere, makesClient, publicMethods, runsStatement, usesStore } from "../../src/kit/repositories/repository-members.js";
import { type Shown, shownBy } from "../../src/kit/repositories/repository-signatures.js";
import { isActiveRow, storeKind } from "../../src/kit/repositories/repository-types.js";
import { defineRule } from "../../src/kit/rule.js";
import type { PackageUnit, ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly methods: number;
  readonly plainTypes: boolean;
  readonly inherited: boolean;
  readonly guessed: boolean;
  readonly everyFile: boolean;
}

/** What many files may have in common, by the message of one finding: what is told of all of them. */
const sums: Readonly<Record<string, string>> = wordTable({ takes: "spread", returns: "spread", takesAny: "untyped", returnsAny: "untyped", wide: "allWide" });

export default defineRule<Options>({
  name: "narrow-repositories",
  section: "data",
  clauses: ["DATA-4"],
  description: "Require repositories to take and return types of the domain, and to stay small",
  presets: { recommended: "warn", strict: ["error", { plainTypes: true, inherited: true, guessed: true, everyFile: true }], legacy: "off" },
  messages: {
    takes: "`{{name}}` takes `{{type}}`, so its callers have to know the library to make one. Take the values it asks about, or a type of your own.",
    returns: "`{{name}}` returns `{{type}}`, so its callers depend on the library and can run queries of their own. Return a type of the domain.",
    returnsBuilder: "`{{name}}` returns a statement that its callers finish and run, so what reaches the database is decided outside the repository. Run it here and return the rows.",
    takesFilter: "`{{name}}` hands `{{type}}` to its query as the condition, so its callers say what is looked for. Take the values it asks about, or a filter of your own.",
    takesAny: "`{{name}}` takes `any`, so anything can be handed to the store. Name what it takes.",
    returnsAny: "`{{name}}` returns `any`, so nobody sees what it gives. Name the type of the domain.",
    sql: "`{{name}}` runs the SQL that its caller gives it, so SQL is written outside the repository. Give each query a method of its own.",
    exposes: "`{{name}}` is public, so everybody who has the repository can use the store past it. Make it private.",
    wide: "`{{name}}` has {{methodCount}} public methods, more than {{methods}}: it serves too many uses to stay narrow. Split it by what its callers need.",
    spread: "{{count}} files hold repositories that take or return types of the library, here first `{{type}}` of `{{name}}`, so that their callers depend on it. Take and return types of the domain.",
    untyped: "{{count}} files hold repositories that take or return `any`, here first `{{name}}`, so that nobody sees what goes in and what comes out. Name the types of the domain.",
    allWide: "{{count}} files hold repositories with more than {{methods}} public methods, here first `{{name}}` with {{methodCount}}: they serve too many uses to stay narrow. Split them by what their callers need.",
    inherits: "`{{name}}` extends `{{type}}` and has all its methods, so its callers can run any query. Hold the library's repository in a private field.",
  },
  optionsSchema: {
    methods: { type: "integer", minimum: 1, description: "How many public methods a repository may have." },
    plainTypes: { type: "boolean", description: "Also report types of rows and enumerations that a library makes." },
    inherited: { type: "boolean", description: "Also report repositories that extend a library's repository, and how many methods a base class has for all of them." },
    guessed: { type: "boolean", description: "Also judge files that nothing but their queries shows to be repositories." },
    everyFile: { type: "boolean", description: "Report every file where more than ten of a package show types of the library or `any`, or hold wide repositories, and not the first alone." },
  },
  defaultOptions: { methods: 12, plainTypes: false, inherited: false, guessed: false, everyFile: false },
  project: {
    reads: "model",
    *check(model, scope, options) {
      for (const file of scope.files) yield* options.everyFile ? findingsIn(model, file, options) : toldOnce(model, scope, file, habitIn(model, model.packageOf(file), options));
    },
  },
});

function habitIn(model: ProjectModel, unit: PackageUnit, options: Options): Habit {
  return {
    key: `narrow-repositories ${unit.folder} ${JSON.stringify(options)}`,
    files: model.filesOf(unit),
    findingsIn: (file) => findingsIn(model, file, options),
    kindOf: ({ messageId }) => sums[messageId],
    sums,
  };
}

/** Of so many methods of a repository that show one thing of their store each is a finding; more are one. */
const fewMethods = 3;

/** The findings of a file, where one stands for many methods of a repository that show the same. */
function findingsIn(model: ProjectModel, file: string, options: Options): readonly RuleFinding[] {
  const found = [...each(model, file, options)];
  const alike = groupBy(found, ({ cause = "" }) => cause);
  return found.map((finding) => {
    const isMethod = finding.messageId in shownKinds && finding.cause?.startsWith(ofFunctions) === false && (alike.get(finding.cause ?? "")?.length ?? 0) <= fewMethods;
    return isMethod ? { ...finding, cause: `${finding.cause ?? ""} ${finding.data?.["name"] ?? ""}` } : finding;
  });
}

function* each(model: ProjectModel, file: string, options: Options): Iterable<RuleFinding> {
  const { layer, guessed } = model.layerOf(file);
  // What a published library offers is chosen by those who install it.
  if (layer !== "repository" || !isBackendCode(model, file) || model.packageOf(file).published) return;
  for (const node of model.values.index(file).classes) if (!guessed || options.guessed || repositoryName.test(node.name ?? "")) yield* ofClass(model, file, node, options);
  if (guessed && !options.guessed) return;
  const alone = exportedFunctions(model, file);
  for (const node of alone) if (runsStatement(model, file, node) && !isOfRepositories(model, node)) yield* ofFunction(model, file, node, node.name ?? "", options);
  for (const [name, node] of exportedObjects(model, file)) yield* ofObject(model, file, /^(?:export=|default)$/.test(name) ? moduleName(file) : name, node, alone, options);
}

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
  if (!repositoryName.test(name) && (/(?:Transaction|UnitOfWork)$/.test(name) || makesClient(model, file, node) || isConnection(model, file, node))) return;
  if (options.inherited && base?.kind === "external" && node.extends) yield findingAt(model, file, node.extends.value.span, "inherits", { name, type: base.provenance.path.at(-1) ?? "" }, { cause: name });
  for (const member of exposedStores(model, file, node)) yield findingAt(model, file, member.span, "exposes", { name: `${name}.${member.name}` }, { cause: `${name} exposes` });
  // Of a row that saves itself, what only works on it is no matter of the store: `toJSON()`.
  for (const { name: member, function: one } of members) if (repositoryName.test(name) || storeName.test(name) || usesStore(model, file, one)) yield* ofFunction(model, file, one, `${name}.${member}`, options, name, !isActiveRow(model, file, node));
  // What all repositories have in common serves each of them.
  const isCommon = node.abstract === true || (node.typeParameters?.length ?? 0) > 0;
  if (storeName.test(name) && members.length > options.methods && (!isCommon || options.inherited) && !isShapedElsewhere(model, file, node)) yield findingAt(model, file, node.nameSpan ?? node.span, "wide", { name, methodCount: String(members.length), methods: String(options.methods) }, { cause: "wide" });
}

/** A repository that is an object: written out, or made by a function that is given the client. What its file exports by itself was told there. */
function* ofObject(model: ProjectModel, file: string, name: string, node: ObjectExpression, alone: readonly FunctionNode[], options: Options): Iterable<RuleFinding> {
  const members = functionsIn(model, file, node);
  if (!members.some(({ function: one }) => usesStore(model, file, one))) return;
  for (const { name: member, function: one } of members) if (!alone.includes(one)) yield* ofFunction(model, file, one, `${name}.${member}`, options, name);
  if (members.length > options.methods) yield findingAt(model, file, node.span, "wide", { name, methodCount: String(members.length), methods: String(options.methods) }, { cause: "wide" });
}

/** What the signature of a method shows, at its types; one finding for each place. */
function* ofFunction(model: ProjectModel, file: string, node: FunctionNode, name: string, options: Options, owner = name, rows = true): Iterable<RuleFinding> {
  for (const { shows, span, type = "" } of shownBy(model, file, node, { plain: options.plainTypes, rows, clients: owner !== name })) {
    // Functions that stand by themselves in a file make up its repository.
    yield findingAt(model, file, span, shows, { name, type }, { cause: `${owner === name ? ofFunctions : owner} ${shownKinds[shows]}` });
  }
}

const ofFunctions = "functions";

/** What one decision of a repository brings about, by what its signatures show. */
const shownKinds: Readonly<Record<Shown["shows"], string>> = { sql: "sql", takes: "takes", takesAny: "takes", takesFilter: "takes", returns: "returns", returnsAny: "returns", returnsBuilder: "returns" };
