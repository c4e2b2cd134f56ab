import type { FileFacts } from "../../facts/facts.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, NewExpression } from "../../facts/syntax.js";
import { heldFunction, indexOf } from "../modules/file-index.js";
import type { ProjectModel } from "../project-model.js";
import { importsProject } from "./collaborators.js";
import { importsFor } from "./imported-packages.js";
import { registersRoutes } from "./request-handlers.js";

const applicationPackages = /^(express|fastify|koa|hono|@hono\/zod-openapi|@hapi\/hapi|@nestjs\/core|elysia|restify|apollo-server(?:-[a-z]+)?|@apollo\/server)$/;

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

/** Whether a file has a server listen for requests. */
export function listens(facts: FileFacts): boolean {
  return indexOf(facts).calls.some(({ node }) => node.callee.kind === "member" && node.callee.property === "listen");
}

/** Whether a file mounts something on an application that it is given or made: `app.use("/orders", orders)`. */
export function mounts(facts: FileFacts): boolean {
  return indexOf(facts).calls.some(({ node: { callee, arguments: given } }) => {
    if (callee.kind !== "member" || callee.object.kind !== "name" || given.length < 2) return false;
    const [mounted] = given;
    if (callee.property === "use") return /^(app|application|server)$/i.test(callee.object.name);
    return callee.property === "register" && /^(fastify|app|server|instance)$/i.test(callee.object.name) && mounted?.kind === "name" && /(?:Routes?|Router|Controller)$/.test(mounted.name);
  });
}

const routerPackages = /^(express|@koa\/router|koa-router|koa-joi-router|express-promise-router)$/;

/** Whether a file makes a part of an application that answers requests and that others mount: `const orders = express.Router()`, `new Hono().get("/orders", …)`. */
export function makesRouter(facts: FileFacts): boolean {
  if (listens(facts)) return false;
  const of = (packages: RegExp, names: RegExp): ReadonlySet<number> => new Set(facts.imports.flatMap(({ specifier, typeOnly, names: imported }) => (specifier !== undefined && !typeOnly && packages.test(specifier) ? imported.flatMap((name) => (name.binding !== undefined && names.test(name.imported) ? [name.binding] : [])) : [])));
  const made = of(routerPackages, /^(default|\*|Router)$/);
  const parts = registersRoutes(facts) ? of(/^(hono|@hono\/zod-openapi|elysia)$/, /^(Hono|OpenAPIHono|Elysia)$/) : new Set<number>();
  return (made.size > 0 || parts.size > 0) && indexOf(facts).calls.some(({ node: { kind, callee } }) => {
    if (callee.kind === "member") return callee.property === "Router" && callee.object.kind === "name" && callee.object.binding !== undefined && made.has(callee.object.binding);
    return callee.kind === "name" && callee.binding !== undefined && (parts.has(callee.binding) || (made.has(callee.binding) && (kind === "new" || callee.name !== "express")));
  });
}

/** What makes a function of a cloud of an application. */
const platformAdapters = /^(@vendia\/serverless-express|@codegenie\/serverless-express|aws-serverless-express|serverless-express|serverless-http|@fastify\/aws-lambda|aws-lambda-fastify|azure-function-express)$/;

/** Whether a file hands an application that others make to a platform that calls it: `export const handler = serverlessHttp(app)`. */
export function handsToPlatform(facts: FileFacts): boolean {
  return facts.imports.some(({ specifier, typeOnly }) => !typeOnly && specifier !== undefined && platformAdapters.test(specifier)) && !makesApplication(facts);
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

/** Whether a file takes part in putting an application together by a container. */
export function wires(facts: FileFacts): boolean {
  return importsFor(facts, ["di-container"]);
}

/** More parts of an application than this are made only where it is put together. */
const fewParts = 4;
const partNames = /(Service|Repository|Model|Controller|Provider|Gateway|Client|UseCase|Handler|Store|Manager|Adapter|Worker|Router|Queue|Bus)$/;

/** Whether a file puts an application together: it makes objects of many services, repositories and their kin, which other files of the project declare, or hands these to a container. */
export function wiresObjects(model: ProjectModel, file: string): boolean {
  const facts = model.facts(file);
  const handed = wires(facts) ? registered(facts) : [];
  const made = new Set([...handed, ...indexOf(facts).calls.flatMap(({ node }) => (node.kind === "new" && node.callee.kind === "name" && node.callee.binding !== undefined ? [node.callee.binding] : []))]);
  if (made.size <= fewParts) return false;
  const parts = model.edgesFrom(file).flatMap((edge) => (edge.target.kind === "file" ? edge.fact.names.filter(({ binding, imported, local }) => binding !== undefined && made.has(binding) && partNames.test(imported === "default" ? local : imported)) : []));
  return parts.length > fewParts;
}

/** Whether a file does nothing but tell a container that it is given what other files of the project declare: `(container: DependencyContainer) => { container.registerInstance(STORE, store); }`. */
export function registersParts(model: ProjectModel, file: string): boolean {
  const facts = model.facts(file);
  if (!wires(facts) || facts.body.some(({ kind }) => kind === "class")) return false;
  const own = new Set(model.edgesFrom(file).flatMap(({ kind, target, fact }) => (kind === "runtime" && target.kind === "file" ? fact.names.flatMap(({ binding }) => binding ?? []) : [])));
  return registered(facts).some((binding) => own.has(binding));
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
