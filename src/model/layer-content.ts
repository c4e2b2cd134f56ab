import { oncePer } from "../base/once-per.js";
import { baseName, folderOf } from "../base/paths.js";
import { type Capability, isFor, isHarmless, isHttpException, isHttpStatus, isNeutral, kindOf, newStep, type Provenance } from "../catalogue/index.js";
import { botPackages, commandPackages, frontendFolders, frontendFrameworks, frontendPackages, loggerBases, outwardBases, validatorBases } from "../catalogue/lexicon/layers.js";
import type { FileFacts, ImportedName } from "../facts/facts.js";
import { lastName, propertyOf } from "../facts/names.js";
import type { CallExpression, ClassNode, Expression, FunctionNode, NewExpression, Parameter } from "../facts/syntax.js";
import type { SyntaxNode } from "../facts/walk.js";
import { type FunctionContext, heldFunction, indexOf } from "./file-index.js";
import { filesBelow } from "./folder-tree.js";
import { layerOfFolder } from "./layer-names.js";
import { serverDependencies } from "./packages.js";
import type { Declaration, LayerVerdict, PackageUnit, ProjectModel } from "./project-model.js";
import { packageName } from "./resolve.js";

/** What files that meet the outside import. */
const outward: readonly Capability[] = ["web-framework", "web-server", "queue", "websocket", "graphql", "rpc", "scheduler", "event-bus", "api-docs", "auth"];
/** Of these, what some put work into and others take it out of. */
const channels: readonly Capability[] = ["queue", "event-bus"];
/** What a file that only puts work in imports. */
const forSenders = /^(Queue|Bull|FlowProducer|InjectQueue|InjectFlowProducer|Producer|ProducerRecord|ClientProxy|ClientKafka|PubSub|EventEmitter2?|EventBus|SQS|SQSClient|SNS|SNSClient|JobsOptions|JobOptions|QueueOptions|QueueEvents|ConnectionOptions|RedisOptions|(?:Send|Publish)\w*)$/;
/** What takes it out. */
const takes = /^(process|consume|subscribe|run|work|receive|receiveMessage|on|addListener|Worker|Consumer|define|every)$/;
/** What adapters of other systems import. */
const outbound: readonly Capability[] = ["data-access", "http-client", "storage", "mail", "sms", "payment", "queue", "cache", "search", "ai"];
/** What makes a function of a cloud of an application. */
const platformAdapters = /^(@vendia\/serverless-express|@codegenie\/serverless-express|aws-serverless-express|serverless-express|serverless-http|@fastify\/aws-lambda|aws-lambda-fastify|azure-function-express)$/;
const applicationPackages = /^(express|fastify|koa|hono|@hono\/zod-openapi|@hapi\/hapi|@nestjs\/core|elysia|restify|apollo-server(?:-[a-z]+)?|@apollo\/server)$/;

/** Whether a file takes part in data access: it imports a package that is for nothing else as a value. */
export const importsDataAccess = oncePer((facts: FileFacts) =>
  valueImports(facts).some(([name, subpath, names]) => isFor(name, subpath, "data-access") && !isFor(name, subpath, "cache", "storage", "search", "auth", "queue") && (names.length === 0 || names.some((taken) => !isHarmless({ package: name, subpath, path: [taken] })))),
);

/** Whether a file reads or writes a store, however the client got there. */
export function usesStore(model: ProjectModel, file: string): boolean {
  return model.dataAccess.of(file).length > 0 || indexOf(model.facts(file)).taggedTemplates.some(({ tag }) => isSqlTag(tag));
}

/** Whether a file hands the text of a statement to a call, whatever the client is: `this.db.raw("select …")`. */
export function runsStatements(model: ProjectModel, file: string): boolean {
  return model.values.index(file).calls.some(({ node }) => /^(raw|query|execute|run)$/.test(lastName(node.callee)) && node.arguments.slice(0, 1).some((text) => (model.dataAccess.statementIn(file, text)?.role ?? "other") !== "other"));
}

/** `sql`, `sql.type(schema)`, `sql.fragment`. */
function isSqlTag(tag: Expression | undefined): boolean {
  if (tag?.kind === "call") return isSqlTag(tag.callee);
  return tag?.kind === "member" ? isSqlTag(tag.object) : tag?.kind === "name" && /^sql$/i.test(tag.name);
}

/** Whether loading a file makes a client of a store. */
export function makesClient(model: ProjectModel, file: string): boolean {
  return model.loadEffects(file).some(({ what, through }) => !through && /^makes a (client|pool|connection)/.test(what)) || (importsDataAccess(model.facts(file)) && model.values.index(file).calls.some(({ node }) => node.kind === "new" && model.values.of(file, node).some((value) => value.kind === "external" && kindOf(value.provenance) === "client")));
}

/** Whether a file makes types of a GraphQL schema in code: what clients may ask and send, with the functions that answer. */
export function makesGraphqlTypes(facts: FileFacts): boolean {
  const names = facts.imports.flatMap(({ specifier, typeOnly, names: imported }) => (specifier === "graphql" && !typeOnly ? imported.filter(({ use }) => use === "value") : []));
  if (names.some(({ imported }) => /^GraphQL(NonNull|List|Int|Float|String|Boolean|ID)$/.test(imported))) return true;
  // `type instanceof GraphQLObjectType` only looks at one.
  const types = new Set(names.flatMap(({ imported, binding }) => (/^GraphQL\w*Type$/.test(imported) ? [binding] : [])));
  return types.size > 0 && indexOf(facts).calls.some(({ node }) => node.kind === "new" && node.callee.kind === "name" && node.callee.binding !== undefined && types.has(node.callee.binding));
}

/** Whether a file is started and never imported: it exports nothing and calls a function of its own, as in `main().catch(report)`. */
export function isProgram(facts: FileFacts): boolean {
  const { body, exports } = facts;
  return exports.length === 0 && body.some((statement) => statement.kind === "expression" && callsOwn(facts, statement.value));
}

function callsOwn(facts: FileFacts, node: Expression): boolean {
  if (node.kind === "await" || node.kind === "unary" || node.kind === "cast") return callsOwn(facts, node.value);
  if (node.kind !== "call") return false;
  const { callee } = node;
  if (callee.kind === "function") return true;
  if (callee.kind === "member") return /^(then|catch|finally)$/.test(callee.property) && callsOwn(facts, callee.object);
  return callee.kind === "name" && heldFunction(indexOf(facts), callee.binding) !== undefined;
}

/** Whether a file makes the application of a web framework. */
export function makesApplication(facts: FileFacts): boolean {
  const made = new Set(facts.imports.flatMap((fact) => (fact.specifier !== undefined && !fact.typeOnly && applicationPackages.test(fact.specifier) ? fact.names.flatMap(({ binding, imported }) => (binding !== undefined && /^(default|\*|Hono|OpenAPIHono|fastify|Fastify|NestFactory|Elysia|ApolloServer|createServer|server)$/.test(imported) ? [binding] : [])) : [])));
  return indexOf(facts).calls.some(({ node }) => {
    const { callee } = node;
    if (callee.kind === "member") return callee.object.kind === "name" && callee.object.binding !== undefined && made.has(callee.object.binding) && /^(?:create(?:ApplicationContext|Microservice)?|[sS]erver)$/.test(callee.property);
    return callee.kind === "name" && callee.binding !== undefined && made.has(callee.binding) && (!isNamedPart(node) || listens(facts));
  });
}

/** `new Elysia({ name: "orders.service" })`: a part with a name is used by others, once. */
function isNamedPart({ kind, arguments: [options] }: CallExpression | NewExpression): boolean {
  return kind === "new" && options?.kind === "object" && propertyOf(options, "name") !== undefined;
}

/** Whether a file hands an application that others make to a platform that calls it: `export const handler = serverlessHttp(app)`. */
export function handsToPlatform(facts: FileFacts): boolean {
  return facts.imports.some(({ specifier, typeOnly }) => !typeOnly && specifier !== undefined && platformAdapters.test(specifier)) && !makesApplication(facts);
}

/** Whether a file has a server listen for requests. */
export function listens(facts: FileFacts): boolean {
  return indexOf(facts).calls.some(({ node }) => node.callee.kind === "member" && node.callee.property === "listen");
}

/** Whether a file mounts something on an application that it is given or made: `app.use("/orders", orders)`. */
export function mounts(facts: FileFacts): boolean {
  return indexOf(facts).calls.some(({ node: { callee, arguments: given } }) => callee.kind === "member" && callee.object.kind === "name" && given.length > 1 && ((callee.property === "use" && /^(app|application|server)$/i.test(callee.object.name)) || (callee.property === "register" && /^(fastify|app|server|instance)$/i.test(callee.object.name) && given[0]?.kind === "name" && /(?:Routes?|Router|Controller)$/.test(given[0].name))));
}

/** Whether a file names paths to a framework: `fastify.get("/meters", …)`, `app.route({ … })`. */
export function registersRoutes(facts: FileFacts): boolean {
  return indexOf(facts).calls.some(({ node: { callee, arguments: [first] } }) => callee.kind === "member" && (callee.property === "route" || (/^(?:get|post|put|patch|delete|all)$/.test(callee.property) && first?.kind === "literal" && String(first.value).startsWith("/"))));
}

/** Whether a file offers what it does to others over a protocol for tools. */
export function offersTools(facts: FileFacts): boolean {
  return importsFor(facts, ["rpc"]);
}

/** Whether a file has functions that take a request and its response, as handlers do. */
export const answersRequests = oncePer((facts: FileFacts): boolean => [...indexOf(facts).functions.values()].some((context) => isHandler(facts, context)));

/** Whether that is what most functions of a file are, or make: one among many helpers says nothing of the others. */
export function mostlyAnswersRequests(facts: FileFacts): boolean {
  const functions = [...indexOf(facts).functions.values()];
  const outermost = new Set(functions.map(outermostOf));
  return new Set(functions.filter((context) => isHandler(facts, context)).map(outermostOf)).size * 2 > outermost.size;
}

function outermostOf(context: FunctionContext): FunctionContext {
  return context.parent ? outermostOf(context.parent) : context;
}

/** A function of a request and its response, or of a context and what comes next; none that is called back with them when a client has got an answer. */
function isHandler(facts: FileFacts, { node: { parameters: [first, second] }, member, passedTo }: FunctionContext): boolean {
  const nameOf = (parameter: Parameter | undefined): string => (parameter?.target.kind === "binding" ? (facts.bindings[parameter.target.binding]?.name ?? "") : "");
  if (member?.name === "constructor" || (passedTo?.call.callee.kind === "member" && /^(on|once|addListener)$/.test(passedTo.call.callee.property))) return false;
  return (/^_?req(uest)?$/.test(nameOf(first)) && /^_?(res(ponse)?|reply)$/.test(nameOf(second))) || (/^_?(ctx|context|c)$/.test(nameOf(first)) && nameOf(second) === "next");
}

/** Whether a file defines procedures of a remote-procedure framework: `adminProcedure.input(schema).query(async ({ input }) => …)`. */
export function definesProcedures(facts: FileFacts): boolean {
  return indexOf(facts).calls.some(({ node }) => node.kind === "call" && node.callee.kind === "member" && /^(query|mutation|subscription|handler)$/.test(node.callee.property) && node.arguments[0]?.kind === "function" && /procedure$/i.test(chainName(node.callee.object)));
}

/** The last name of what a chain of calls begins with: `adminProcedure` of `adminProcedure.input(schema)`, `procedure` of `t.procedure`. */
function chainName(node: Expression): string {
  if (node.kind === "call") return node.callee.kind === "member" ? chainName(node.callee.object) : chainName(node.callee);
  return lastName(node);
}

/** Whether a file, or a function, is what a framework lets a browser call: `"use server"`. */
export function isServerAction(node: Pick<FileFacts, "body"> | Pick<FunctionNode, "body">): boolean {
  return isDirected(node, "use server");
}

/** Whether a file or function begins with a directive. */
export function isDirected({ body }: Pick<FileFacts, "body"> | Pick<FunctionNode, "body">, directive: string): boolean {
  const [first] = body ?? [];
  return first?.kind === "expression" && first.value.kind === "literal" && first.value.value === directive;
}

/** More parts of an application than this are made only where it is put together. */
const fewParts = 4;
const partNames = /(Service|Repository|Model|Controller|Provider|Gateway|Client|UseCase|Handler|Store|Manager|Adapter|Worker|Router|Queue|Bus)$/;

/** Whether a file takes part in putting an application together by a container. */
export function wires(facts: FileFacts): boolean {
  return importsFor(facts, ["di-container"]);
}

/** Whether a file puts an application together: it makes objects of many services, repositories and their kin, which other files of the project declare, or hands these to a container. */
export function wiresObjects(model: ProjectModel, file: string): boolean {
  const facts = model.facts(file);
  const handed = wires(facts) ? registered(facts) : [];
  const made = new Set([...handed, ...indexOf(facts).calls.flatMap(({ node }) => (node.kind === "new" && node.callee.kind === "name" && node.callee.binding !== undefined ? [node.callee.binding] : []))]);
  if (made.size <= fewParts) return false;
  const parts = model.edgesFrom(file).flatMap((edge) => (edge.target.kind === "file" ? edge.fact.names.filter(({ binding, imported, local }) => binding !== undefined && made.has(binding) && partNames.test(imported === "default" ? local : imported)) : []));
  return parts.length > fewParts;
}

/** What a file hands to a container: `container.register(USERS, { useClass: UserRepository })`, `bind(USERS).to(UserRepository)`, `asClass(UserRepository)`. */
function registered(facts: FileFacts): readonly number[] {
  const bindingOf = (node: Expression | undefined): readonly number[] => (node?.kind === "name" && node.binding !== undefined ? [node.binding] : []);
  return indexOf(facts).calls.flatMap(({ node }) => (node.kind === "call" && /^(?:register\w*|bind|to|set|asClass)$/.test(lastName(node.callee)) ? node.arguments.flatMap((argument) => (argument.kind === "object" ? bindingOf(propertyOf(argument, "useClass")) : bindingOf(argument))) : []));
}

/** Whether a file makes objects of classes of the project. */
export function makesParts(model: ProjectModel, file: string): boolean {
  const made = new Set(indexOf(model.facts(file)).calls.flatMap(({ node }) => (node.kind === "new" && node.callee.kind === "name" && node.callee.binding !== undefined ? [node.callee.binding] : [])));
  return model.edgesFrom(file).some((edge) => edge.target.kind === "file" && edge.fact.names.some(({ binding }) => binding !== undefined && made.has(binding)));
}

/** Whether a file does nothing but make objects of classes of the project and hand them to each other: `export const renameUser = new RenameUser(users)`. */
export function onlyWires(model: ProjectModel, file: string): boolean {
  const { body } = model.facts(file);
  const made = body.flatMap((statement) => (statement.kind === "variable" ? statement.declarators.map(({ value }) => value) : [undefined]));
  return made.length > 0 && made.every((value) => value?.kind === "new" && value.callee.kind === "name" && value.arguments.length > 0 && value.arguments.every(({ kind }) => kind === "name")) && importsProject(model, file);
}

/** Whether a file makes a queue that others put work into, and takes none out of it. */
export function makesQueue(facts: FileFacts): boolean {
  return importsFor(facts, ["queue"]) && indexOf(facts).calls.some(({ node }) => node.kind === "new" && node.callee.kind === "name" && /Queue$|^(Bull|Bee|Producer|FlowProducer)$/.test(node.callee.name)) && !indexOf(facts).calls.some(({ node }) => node.callee.kind === "name" ? node.callee.name === "Worker" : node.callee.kind === "member" && /^(process|consume|subscribe)$/.test(node.callee.property));
}

/** Whether a file takes in services of the project to work with them. */
export function takesServices(model: ProjectModel, file: string): boolean {
  return model.edgesFrom(file).some(({ target, kind }) => (kind === "runtime" || kind === "metadata") && target.kind === "file" && /[.-]service\.[cm]?[jt]s$/.test(target.file));
}

/** Whether a file takes in code of services. */
export function asksServices(model: ProjectModel, file: string): boolean {
  return model.edgesFrom(file).some(({ kind, target }) => kind === "runtime" && target.kind === "file" && isCalledAfter(target.file, "service"));
}

/** Whether a file lies in a folder that is called so, or ends in the word. */
export function isCalledAfter(file: string, word: string): boolean {
  const folder = layerOfFolder(baseName(folderOf(file)));
  return folder?.word === word || new RegExp(`${word}\\.[cm]?[jt]s$`, "i").test(file);
}

/** Whether a class of the file is what an interface of another file of the project asks for. */
export function implementsPort(model: ProjectModel, file: string): boolean {
  return indexOf(model.facts(file)).classes.some(({ implements: ports = [] }) =>
    ports.some((type) => {
      const declaration = type.kind === "reference" && type.binding !== undefined ? model.declarationOfBinding(file, type.binding) : undefined;
      return declaration?.kind === "binding" && declaration.file !== file;
    }),
  );
}

/** Whether a file meets the outside: it imports a web framework, queue or the like, types included; what only injects, logs or fails says nothing. */
export const isOutward = oncePer((facts: FileFacts): boolean => {
  const meets = facts.imports.some(({ specifier, names }) => {
    const found = specifier === undefined || (nodeServers.test(specifier) && !serves(facts, names)) ? undefined : packageIn(specifier);
    return found !== undefined && isFor(found[0], found[1], ...outward) && !(isFor(found[0], found[1], ...channels) && onlySends(facts, names)) && (names.length === 0 || names.some(({ imported }) => saysOutward({ package: found[0], subpath: found[1], path: [imported] })));
  });
  return meets || facts.imports.some(({ specifier }) => /^(aws-lambda|@middy\/core|@azure\/functions|@google-cloud\/functions-framework)$/.test(specifier ?? ""));
});

/** Whether a file that imports a queue or an event bus puts work in, and takes none out. */
function onlySends(facts: FileFacts, names: readonly ImportedName[]): boolean {
  return names.length > 0 && names.every(({ imported, local }) => forSenders.test(imported === "default" ? local : imported)) && !indexOf(facts).calls.some(({ node }) => takes.test(lastName(node.callee)));
}

/** Modules of Node that serve, and ask others as well. */
const nodeServers = /^(?:node:)?(?:https?|http2|net|tls|dgram)$/;

/** Whether a file that imports such a module makes a server of it, or knows what one hands to a handler. */
function serves(facts: FileFacts, names: readonly ImportedName[]): boolean {
  return names.some(({ imported }) => /^(createServer|Server|IncomingMessage|ServerResponse)$/.test(imported)) || indexOf(facts).calls.some(({ node }) => /^(createServer|createSecureServer|createSocket|Server)$/.test(lastName(node.callee))) || answersRequests(facts);
}

/** Whether a file imports anything at all of a framework that meets the outside. */
export function knowsFramework(facts: FileFacts): boolean {
  return importsFor(facts, outward);
}

/** Whether a file imports a web framework, types included. */
export function usesFramework(facts: FileFacts): boolean {
  return importsFor(facts, ["web-framework"]);
}

function saysOutward(provenance: Provenance): boolean {
  return !isNeutral(provenance) && !isHarmless(provenance) && !isHttpException(provenance) && !isHttpStatus(provenance);
}

/** Whether a file does something with what meets the outside, and does not only name its types. */
export function isOutwardValue(facts: FileFacts): boolean {
  return valueImports(facts).some(([name, subpath, names]) => isFor(name, subpath, ...outward) && (names.length === 0 || names.some((taken) => saysOutward({ package: name, subpath, path: [taken] }))));
}

/** Whether a file meets what calls code back: queues, events, schedules, sockets, sign-in. A framework's injection alone is no such thing. */
export function isCalledBack(facts: FileFacts): boolean {
  return importsFor(facts, ["queue", "websocket", "scheduler", "event-bus", "auth"]);
}

/** Whether a file imports a package that validates. */
export function validates(facts: FileFacts): boolean {
  return importsFor(facts, ["validator"]);
}

/** Whether a file asks a GraphQL API of somebody else, or writes down what it is asked. */
export function asksGraphql(facts: FileFacts): boolean {
  return facts.imports.some(({ specifier }) => /^(graphql-request|@apollo\/client|@urql\/core|urql)(\/|$)/.test(specifier ?? ""));
}

/** Whether a file is of a program that is called from a command line. */
export function isCommand(facts: FileFacts): boolean {
  return facts.imports.some(({ specifier }) => specifier !== undefined && commandPackages.includes(specifier));
}

/** Whether a file knows what a chat hands to a bot. */
export function knowsChat(facts: FileFacts): boolean {
  return facts.imports.some(({ specifier }) => specifier !== undefined && botPackages.includes(packageName(specifier)));
}

/** Whether a file tells a bot what to do with what is said: `client.on("messageCreate", …)`, `bot.command("start", …)`. */
export function listensToChat(facts: FileFacts): boolean {
  return indexOf(facts).calls.some(({ node: { callee, arguments: given } }) => callee.kind === "member" && /^(?:on|once|command|hears|registerCommand|registerAdminCommand)$/.test(callee.property) && given.at(-1)?.kind === "function");
}

/** Whether a file has a class that is given others to work with, or whose base beside it is: a service, whatever it is called. */
export function takesOthers(model: ProjectModel, file: string, depth = 0): boolean {
  return model.values.index(file).classes.some((node) => {
    const { members, extends: base } = node;
    // What a class is given of a type that its users choose is a value: `new Success<T>(value: T)`.
    if (members.some((member) => member.kind === "method" && member.name === "constructor" && member.function.parameters.some(({ property, type }) => property !== undefined && type?.kind === "reference" && node.typeParameters?.includes(type.name) !== true))) return true;
    const binding = bindingOf(base?.value);
    const declaration = binding === undefined || depth === 3 ? undefined : model.declarationOfBinding(file, binding);
    return declaration?.kind === "binding" && declaration.file !== file && folderOf(declaration.file) === folderOf(file) && takesOthers(model, declaration.file, depth + 1);
  });
}

/** Whether a function of a file waits for something that it is given beside its input: `({ users }) => async (id) => { await users.byId(id); }`. */
export function asksGiven(model: ProjectModel, file: string): boolean {
  const index = model.values.index(file);
  const stepsTo = (node: Expression): number | undefined => {
    const source = node.kind === "name" && node.binding !== undefined ? index.sources[node.binding] : undefined;
    return source?.kind === "parameter" ? source.path.length : undefined;
  };
  // A part of what is given, or a member of it.
  const isGiven = (node: Expression): boolean => (node.kind === "member" ? stepsTo(node.object) !== undefined : (stepsTo(node) ?? 0) > 0);
  return waits(model.facts(file)) && index.calls.some(({ node }) => node.kind === "call" && node.callee.kind === "member" && isGiven(node.callee.object));
}

/** Whether a function of a file waits for something that it is given of a type of the project: `async (users: Users, id: string) => users.byId(id)`. */
export function asksTyped(model: ProjectModel, file: string): boolean {
  const index = model.values.index(file);
  const asks = (callee: Expression): boolean => {
    const source = callee.kind === "member" && callee.object.kind === "name" && callee.object.binding !== undefined ? index.sources[callee.object.binding] : undefined;
    return source?.kind === "parameter" && source.path.length === 0;
  };
  const knows = model.edgesFrom(file).some(({ target }) => target.kind === "file" && folderOf(target.file) !== folderOf(file));
  return knows && waits(model.facts(file)) && index.calls.some(({ node }) => node.kind === "call" && asks(node.callee) && isAwaited(index.parentOf(node)));
}

function isAwaited(node: SyntaxNode | undefined): boolean {
  return node !== undefined && "kind" in node && node.kind === "await";
}

/** Whether a file describes for a document of the API what requests and answers hold. */
export function describesApi({ imports }: FileFacts): boolean {
  return imports.some(({ specifier, names }) => (/^@nestjs\/swagger(\/|$)/.test(specifier ?? "") && names.some(({ imported }) => /^Api/.test(imported))) || (/^(@nestjs\/graphql|type-graphql)$/.test(specifier ?? "") && names.some(({ imported }) => /^(ObjectType|InputType|ArgsType|InterfaceType|registerEnumType|createUnionType)$/.test(imported))));
}

/** Whether a file has a function that waits for something. */
export function waits(facts: FileFacts): boolean {
  return [...indexOf(facts).functions.keys()].some((node) => node.async === true);
}

/** Whether a file asks other systems for something: it imports a client of HTTP, storage, mail, a queue and the like. */
export function reachesOut(facts: FileFacts): boolean {
  return importsFor(facts, outbound);
}

function importsFor(facts: FileFacts, wanted: readonly Capability[]): boolean {
  return facts.imports.some(({ specifier }) => {
    const found = specifier === undefined ? undefined : packageIn(specifier);
    return found !== undefined && isFor(found[0], found[1], ...wanted);
  });
}

/** The packages, with subpaths, of which a file uses more than types, and what it uses. */
function valueImports(facts: FileFacts): readonly (readonly [name: string, subpath: string, names: readonly string[]])[] {
  return facts.imports.flatMap(({ specifier, typeOnly, names }) => {
    const found = specifier === undefined || typeOnly || (names.length > 0 && !names.some(({ use }) => use === "value")) ? undefined : packageIn(specifier);
    return found ? [[...found, names.filter(({ use }) => use === "value").map(({ imported }) => imported)] as const] : [];
  });
}

function packageIn(specifier: string): readonly [name: string, subpath: string] | undefined {
  if (specifier.startsWith(".")) return undefined;
  const name = packageName(specifier);
  return [name, specifier.slice(name.length)];
}

/** Decides by what a class extends or implements; `named` says that the file's name follows a convention, which then counts more than an ORM's base class. */
export function byBaseClass(model: ProjectModel, file: string, named: boolean): LayerVerdict | undefined {
  for (const node of model.values.index(file).classes) {
    const bindings = [bindingOf(node.extends?.value), ...(node.implements ?? []).map((type) => (type.kind === "reference" ? type.binding : undefined))];
    for (const binding of bindings) {
      const declaration = binding === undefined ? undefined : outermostBase(model, model.declarationOfBinding(file, binding));
      if (declaration?.kind !== "package") continue;
      const [name = ""] = declaration.path;
      const evidence = [`class ${node.name ?? "…"} of ${name}`];
      if (outwardBases[declaration.package]?.test(name)) return { layer: "api", evidence };
      if (validatorBases[declaration.package]?.test(name)) return { layer: importsProject(model, file) ? "api" : "shared", evidence };
      if (/logg/i.test(baseName(file)) && loggerBases[declaration.package]?.test(name)) return { layer: "shared", evidence };
      const made = kindOf({ package: declaration.package, subpath: declaration.subpath, path: [...declaration.path, newStep] });
      if (!isFor(declaration.package, declaration.subpath, "data-access") || (made !== "client" && named) || !isLargest(model, file, node)) continue;
      // What an ORM calls when rows have changed, and calls services then, is of no store.
      return isMapped(model, file) || (/Subscriber/.test(name) && takesServices(model, file)) ? undefined : { layer: "repository", evidence };
    }
  }
  return undefined;
}

/** Whether no class of the file has more in it: a model beside a plugin does not say what the file is. */
function isLargest(model: ProjectModel, file: string, { members }: ClassNode): boolean {
  return model.values.index(file).classes.every((other) => other.members.length <= members.length);
}

/** Whether a file has a class that an ORM maps, through the project's own base classes. */
export function extendsStored(model: ProjectModel, file: string): boolean {
  return model.values.index(file).classes.some(({ extends: base }) => {
    const binding = bindingOf(base?.value);
    const declaration = binding === undefined ? undefined : outermostBase(model, model.declarationOfBinding(file, binding));
    return declaration?.kind === "package" && isFor(declaration.package, declaration.subpath, "data-access");
  });
}

/** The class of a package that a class of the project is made of, through the project's own base classes. */
function outermostBase(model: ProjectModel, declaration: Declaration, depth = 0): Declaration {
  if (declaration.kind !== "binding" || depth === 3) return declaration;
  const source = model.values.index(declaration.file).sources[declaration.binding];
  const binding = source?.kind === "class" ? bindingOf(source.class.extends?.value) : undefined;
  return binding === undefined ? declaration : outermostBase(model, model.declarationOfBinding(declaration.file, binding), depth + 1);
}

/** Entities have decorators and folders of their own to go by. */
function isMapped(model: ProjectModel, file: string): boolean {
  return /entit|model|aggregate/i.test(baseName(file)) || model.values.index(file).classes.some((node) => (node.decorators ?? []).length > 0 && node.name !== undefined && /Entity|Model$/.test(node.name));
}

function bindingOf(base: Expression | undefined): number | undefined {
  // `class JwtStrategy extends PassportStrategy(Strategy)`.
  if (base?.kind === "call") return bindingOf(base.callee);
  return base?.kind === "name" ? base.binding : undefined;
}

/** Whether a file is of a user interface: by what it imports, by its folder, or by its package. */
export function isFrontend(model: ProjectModel, file: string, path: string): boolean {
  const unit = model.packageOf(file);
  const isNest = unit.dependencies.has("@nestjs/core");
  // What Remix and Nuxt run in browsers alone; where no pages are, another service is reached there.
  if (/\.client\.[cm]?[jt]s$/.test(file)) return !isNest && frontendFrameworks.some((name) => unit.dependencies.has(name));
  // What SvelteKit and React Router keep away from browsers.
  if (/(^|\/)lib\/server\/|\.server\.[cm]?[jt]s$/.test(path)) return false;
  // Next.js answers requests with these, beside its pages; a browser calls these, and a server runs them.
  if (isServerAction(model.facts(file))) return false;
  if (/(^|\/)app\/(.+\/)?route\.[cm]?[jt]s$/.test(path)) return false;
  // A handler that renders the mail it sends. The decorators of Angular are of a page.
  if (isNest && !model.facts(file).imports.some(({ specifier }) => specifier?.startsWith("@angular/") === true) && model.values.index(file).classes.some(({ decorators = [] }) => decorators.length > 0)) return false;
  if (/\.[jt]sx$/.test(file)) return /\/components\/|(?:^|\/)app\/(?:.+\/)?(?:page|layout|loading|error|not-found|template)\.[jt]sx$/.test(file) || !/\/(email|mail|template)s?\//.test(file) || usesHooks(model.facts(file));
  if (model.facts(file).imports.some((fact) => fact.specifier !== undefined && !fact.typeOnly && frontendPackages.includes(fact.specifier))) return true;
  if (touchesPage(model.facts(file))) return true;
  if (/(^|\/)(static|assets|wwwroot|javascripts)\//.test(path) && !isOutward(model.facts(file))) return true;
  if (isOfInterface(model, file)) return true;
  if (!frontendFrameworks.some((name) => unit.dependencies.has(name))) return false;
  // A server of Nest's that renders its mails with React has no pages: its `components/` are its features.
  return !isOfServer(unit) || (!isNest && path.split("/").some((folder) => frontendFolders.includes(folder)));
}

/** What is rendered to be sent keeps no state and goes nowhere: `useState` and a router are of a page that a browser shows. */
function usesHooks({ imports }: FileFacts): boolean {
  return imports.some(({ specifier = "", names }) => /^react-router(?:-dom)?$/.test(specifier) || (specifier === "react" && names.some(({ imported }) => /^use(?:State|Effect|Ref|Reducer|LayoutEffect)$/.test(imported))));
}

/** The folders of user interfaces: called as such and holding pages, such as `client/` beside `server/`, or beginning with what starts a page. */
const interfaceFolders = oncePer((model: ProjectModel): ReadonlySet<string> => {
  const found = new Set(model.files.filter((file) => startNames.test(baseName(file)) && startsPage(model.facts(file))).map(folderOf).filter((folder) => folder !== "" && !holdsServer(model, folder)));
  for (const file of model.files) {
    if (!/(?:client|front-?end|web-?app|browser)\//i.test(file) || !(/\.[jt]sx$/.test(file) || touchesPage(model.facts(file)))) continue;
    const folders = file.split("/").slice(0, -1);
    for (const [at, folder] of folders.entries()) if (/^(?:client|frontend|front-end|webapp|web-app|browser)$/i.test(folder)) found.add(folders.slice(0, at + 1).join("/"));
  }
  return found;
});

/** What files are called that start something; only these are read for it, so that an edit of another changes nothing. */
const startNames = /^(?:main|index)\.[jt]sx?$/;

/** `main.ts` of an application that a browser runs: `bootstrapApplication(AppComponent)`, `createRoot(root).render(<App />)`. */
function startsPage({ imports }: FileFacts): boolean {
  return imports.some(({ specifier, names }) => specifier === "react-dom/client" || (specifier?.startsWith("@angular/platform-browser") === true && names.some(({ imported }) => /^(?:bootstrapApplication|platformBrowser(?:Dynamic)?)$/.test(imported))));
}

/** Whether code below a folder serves or stores something. */
function holdsServer(model: ProjectModel, folder: string): boolean {
  return filesBelow(model.files, folder).some((file) => importsDataAccess(model.facts(file)) || model.edgesFrom(file).some(({ kind, target }) => kind === "runtime" && target.kind === "package" && isFor(target.package, target.subpath, "web-framework", "web-server")));
}

function isOfInterface(model: ProjectModel, file: string): boolean {
  const folders = interfaceFolders(model);
  return folders.size > 0 && file.split("/").slice(0, -1).some((_folder, at, all) => folders.has(all.slice(0, at + 1).join("/")));
}

/** What only a page in a browser has. */
const pageObjects = /^(document|window|localStorage|sessionStorage)$/;
/** Methods that run a function in a page from outside: of Puppeteer, Playwright and WebdriverIO. */
const runsInPage = /^(evaluate\w*|\$\$?eval|addInitScript|waitForFunction|execute(Script)?)$/;

/** Whether code calls a page that it runs in, and nothing of a server. */
function touchesPage(facts: FileFacts): boolean {
  const calls = indexOf(facts).calls.filter(({ node }) => node.callee.kind === "member" && isOfPage(node.callee.object));
  return calls.length > 0 && calls.some(({ in: context }) => !isRunInPage(context)) && !isOutward(facts) && !importsDataAccess(facts) && !facts.imports.some(({ specifier }) => specifier?.startsWith("node:") === true);
}

function isOfPage(node: Expression): boolean {
  if (node.kind === "member") return isOfPage(node.object);
  return node.kind === "name" && node.binding === undefined && pageObjects.test(node.name);
}

function isRunInPage(context: FunctionContext | undefined): boolean {
  for (let at = context; at; at = at.parent) {
    const callee = at.passedTo?.call.callee;
    if (callee?.kind === "member" && runsInPage.test(callee.property)) return true;
  }
  return false;
}

/** Whether a package has something to serve or to store. */
function isOfServer({ dependencies }: PackageUnit): boolean {
  const serving: readonly Capability[] = ["web-framework", "web-server", "queue"];
  // An application on a phone keeps data there, or with a service that it calls.
  const wanted = dependencies.has("react-native") ? serving : [...serving, "data-access" as const];
  // Pages of React Router are rendered on a server, which by itself stores nothing and serves nobody else.
  return [...dependencies.keys()].some((name) => !/^(?:@react-router\/|react-router(?:-dom)?$)/.test(name) && (serverDependencies.includes(name) || isFor(name, "", ...wanted)));
}

/** Whether a file imports code of the project from another folder. */
export function importsProject(model: ProjectModel, file: string): boolean {
  return model.edgesFrom(file).some(({ target, kind }) => (kind === "runtime" || kind === "metadata") && target.kind === "file" && folderOf(target.file) !== folderOf(file));
}
