import { repositoryCause } from "../../src/base/causes.js";
import { within } from "../../src/base/position.js";
import type { RuleFinding } from "../../src/base/finding.js";
import { capabilitiesOf, describe, type Provenance } from "../../src/catalogue/index.js";
import type { CallExpression, Expression, NewExpression } from "../../src/facts/syntax.js";
import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { lastName, propertyOf } from "../../src/facts/names.js";
import { namesIn } from "../../src/kit/routes/handlers.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { logWrites } from "../../src/kit/logging/log-calls.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { callsIn, reachedFunctions } from "../../src/kit/routes/reach.js";
import { idBindingAt, namesRequestId, requestLoggerOf, sentWithoutId } from "../../src/kit/logging/request-ids.js";
import { defineRule, type Scope } from "../../src/kit/rule.js";
import { receiverText } from "../../src/kit/project/store-uses.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { Route } from "../../src/model/routes/route.js";

interface Options {
  readonly handOn: boolean;
  readonly everyFile: boolean;
}

/** More loggers of a repository than this that lack an id lack one thing together: services that were copied from one another. */
const fewLoggers = 3;

export default defineRule<Options>({
  name: "request-id-in-logs",
  section: "logging",
  clauses: ["LOG-2"],
  description: "Require the application's logger to be bound to a request or trace id",
  presets: { recommended: "warn", strict: ["error", { handOn: true, everyFile: true }], legacy: "off" },
  messages: {
    unbound: "The lines of this logger carry no request or trace id, so the lines of one request cannot be found again. Bind one: a child logger for each request, pino-http, or an AsyncLocalStorage that the logger reads.",
    spread: "{{count}} files make loggers whose lines carry no request or trace id, here first, so the lines of one request cannot be found again. Bind one in each: a child logger for each request, pino-http, or an AsyncLocalStorage that the logger reads.",
    besideRequest: "`{{call}}` writes a line without the id of the request, whose own logger is at hand. Write through that one, such as `{{own}}`.",
    notHandedOn: "This {{what}} does not carry the id of the request that it is made for, so its lines elsewhere belong to nothing. Hand the id on, in a header or with the payload.",
  },
  optionsSchema: {
    handOn: { type: "boolean", description: "Also report requests and jobs that handlers send on without the id." },
    everyFile: { type: "boolean", description: "Report every file that makes a logger without an id where more than three of a repository do, and not the first alone." },
  },
  defaultOptions: { handOn: false, everyFile: false },
  project: {
    reads: "model",
    *check(model, scope, { handOn, everyFile }) {
      if (model.routes.routes.length === 0) return;
      const habit: Habit = {
        key: "request-id-in-logs",
        files: model.files,
        findingsIn: (file) => (isBackendCode(model, file) && idBindingAt(model, file) === "none" ? unbound(model, file) : []),
        kindOf: ({ messageId }) => messageId,
        fewOf: () => fewLoggers,
      };
      for (const file of scope.files) yield* everyFile ? habit.findingsIn(file) : toldOnce(model, scope, file, habit);
      const seen = new Set<Expression>();
      for (const route of model.routes.routes) {
        if (idBindingAt(model, route.file) !== "request") continue;
        yield* besideRequest(model, route, scope, seen);
        if (handOn) yield* notHandedOn(model, route, scope, seen);
      }
    },
  },
});

function* unbound(model: ProjectModel, file: string): Iterable<RuleFinding> {
  for (const { node } of model.values.index(file).calls) {
    const creates = model.values.of(file, node.callee).some((callee) => callee.kind === "external" && (isCreation(callee.provenance) || (isNestApplication(callee.provenance) && writesByNest(model, file, node))));
    if (creates) yield findingAt(model, file, node.span, "unbound", {}, { cause: repositoryCause(`logger ${model.packageOf(file).folder}`) });
  }
}

function isCreation(provenance: Provenance): boolean {
  return describe(provenance)?.log?.does === "create" && capabilitiesOf(provenance.package, provenance.subpath).includes("logger") && provenance.package !== "@nestjs/common";
}

function isNestApplication({ package: name, path }: Provenance): boolean {
  return name === "@nestjs/core" && path.join(".") === "NestFactory.create";
}

/** Whether a Nest application keeps Nest's own logger, and writes through it. */
function writesByNest(model: ProjectModel, file: string, { arguments: [, options] }: CallExpression | NewExpression): boolean {
  const replaced = model.values.index(file).calls.some(({ node: { callee, arguments: [given] } }) => lastName(callee) === "useLogger" && !(given && givesLevels(model, file, given))) || (options !== undefined && namesIn([options]).has("logger") && !keepsNests(model, file, options));
  return !replaced && model.filesOf(model.packageOf(file)).some((one) => isBackendCode(model, one) && logWrites(model, one).some(({ library }) => library === "@nestjs/common"));
}

/** `app.useLogger(["error", "warn"])`, `app.useLogger(settings.logLevels)`: what Nest's own logger is to write. */
function givesLevels(model: ProjectModel, file: string, given: Expression): boolean {
  const source = given.kind === "name" && given.binding !== undefined ? model.values.index(file).sources[given.binding] : undefined;
  const from = source?.kind === "value" && source.path.length === 0 ? (source.value ?? given) : given;
  return from.kind === "array" || /levels?$/i.test(lastName(from)) || model.values.of(file, given).some(({ kind }) => kind === "array");
}

/** `{ logger: new ConsoleLogger({ json: true }) }`, `{ logger: ["error"] }` */
function keepsNests(model: ProjectModel, file: string, options: Expression): boolean {
  const given = options.kind === "object" ? propertyOf(options, "logger") : undefined;
  return given !== undefined && model.values.of(file, given).some((value) => value.kind === "array" || (value.kind === "external" && value.provenance.package === "@nestjs/common"));
}

/** Lines of a handler through a logger that was made outside of it. */
function* besideRequest(model: ProjectModel, { handler, file: registered }: Route, scope: Scope, seen: Set<Expression>): Iterable<RuleFinding> {
  const held = handler && scope.has(handler.file) ? requestLoggerOf(model, model.packageOf(registered)) : undefined;
  if (!handler || held === undefined) return;
  const { span } = handler.node;
  const [request] = handler.node.parameters;
  if (request && request.target.kind !== "binding") return;
  // `res.locals.log`
  const holding = handler.node.parameters[held.startsWith("locals.") ? 1 : 0]?.target;
  const own = `${holding?.kind === "binding" ? holding.name : "request"}.${held}.info(…)`;
  for (const { node, logger } of logWrites(model, handler.file)) {
    if (seen.has(node) || !within(node.span, span) || !logger || logger.provenance.package === "global") continue;
    const holder = rootOf(node.callee);
    const at = holder.kind === "name" && holder.binding !== undefined ? model.facts(handler.file).bindings[holder.binding]?.span : undefined;
    if (at === undefined || within(at, span) || namesRequestId(node.arguments)) continue;
    seen.add(node);
    yield findingAt(model, handler.file, node.span, "besideRequest", { call: receiverText(node.callee), own }, { cause: "beside the request's logger" });
  }
}

/** The name that a chain of members begins with. */
function rootOf(node: Expression): Expression {
  let at = node;
  while (at.kind === "member") at = at.object;
  return at;
}

/** What a handler, or what it calls, sends to other processes. */
function* notHandedOn(model: ProjectModel, { handler }: Route, scope: Scope, seen: Set<Expression>): Iterable<RuleFinding> {
  if (!handler) return;
  for (const { file, node } of reachedFunctions(model, handler.file, handler.node)) {
    if (!scope.has(file) || !isBackendCode(model, file)) continue;
    for (const call of callsIn(node)) {
      const what = seen.has(call) ? undefined : sentWithoutId(model, file, call);
      if (!what) continue;
      seen.add(call);
      yield findingAt(model, file, call.span, "notHandedOn", { what }, { cause: "not handed on" });
    }
  }
}
