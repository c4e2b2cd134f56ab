import type { RuleFinding } from "../../src/base/finding.js";
import { capabilitiesOf, type Capability, isHarmless, isNeutral, kindOf, newStep } from "../../src/catalogue/index.js";
import type { Expression } from "../../src/facts/syntax.js";
import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import { logWrites } from "../../src/kit/logging/log-calls.js";
import { receiverText } from "../../src/kit/project/store-uses.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import type { Edge, ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly clocks: "allow" | "report";
  readonly decorators: "allow" | "report";
  readonly everyFile: boolean;
}

/** What a package must not be for, to be used by a domain. */
const outside: ReadonlySet<Capability> = new Set<Capability>(["web-framework", "web-server", "data-access", "migration", "http-client", "logger", "settings", "environment-loader", "queue", "scheduler", "cache", "storage", "mail", "sms", "payment", "error-tracking", "telemetry", "api-docs", "graphql", "rpc", "websocket", "shell", "file-system", "search", "ai", "template"]);
const ioModules = /^node:(fs|fs\/promises|net|http|http2|https|dgram|child_process|cluster|dns|tls|readline|worker_threads|inspector|sqlite|timers|timers\/promises)$/;
const ioGlobals = new Set(["fetch", "setTimeout", "setInterval", "setImmediate", "XMLHttpRequest", "WebSocket"]);
const clockGlobals = new Set(["Date.now", "Math.random", "crypto.randomUUID", "performance.now"]);

export default defineRule<Options>({
  name: "pure-domain",
  section: "architecture",
  clauses: ["ARCH-1"],
  description: "Forbid input, output and ambient state in the domain layer",
  presets: { recommended: "error", strict: ["error", { clocks: "report", everyFile: true }], legacy: "off" },
  messages: {
    package: "The domain imports `{{name}}` from {{package}} ({{kind}}). Keep the domain to values and rules: let a service do this and pass the result in.",
    decorator: "The domain carries the decorator @{{name}} of {{package}}. Keep the model plain and map it at the edge, or allow decorators in this rule's options.",
    spread: "{{count}} files of the domain know {{package}}, here first (`{{name}}`; then {{others}}). Keep the domain to values and rules, and leave the rest to services and to the edge.",
    effect: "The domain calls `{{name}}`, which reaches outside. Let a service do this and pass the result in.",
    clock: "The domain reads `{{name}}`, so the same input gives another result each time. Take the value as a parameter.",
  },
  optionsSchema: {
    clocks: { enum: ["allow", "report"], description: "Whether reading the clock and drawing random numbers count." },
    decorators: { enum: ["allow", "report"], description: "Whether decorators of frameworks and ORMs count." },
    everyFile: { type: "boolean", description: "Report every file where more than ten of the domain know the same package, and not the first alone." },
  },
  defaultOptions: { clocks: "allow", decorators: "report", everyFile: false },
  project: {
    reads: "model",
    *check(model, scope, options) {
      const habit: Habit = { key: `pure-domain ${JSON.stringify(options)}`, files: model.files, findingsIn: (file) => findingsIn(model, file, options), kindOf: ({ data }) => data?.["package"] };
      for (const file of scope.files) yield* options.everyFile ? findingsIn(model, file, options) : toldOnce(model, scope, file, habit);
    },
  },
});

function* findingsIn(model: ProjectModel, file: string, options: Options): Iterable<RuleFinding> {
  const { layer, guessed } = model.layerOf(file);
  if (layer !== "domain" || (!options.everyFile && (guessed || !isBackendCode(model, file)))) return;
  const decorators = decoratorNames(model, file);
  for (const edge of model.edgesFrom(file)) yield* checkEdge(model, edge, decorators, options);
  for (const { node } of model.values.index(file).calls) yield* checkCall(model, file, node, options);
  yield* checkLogs(model, file);
}

function* checkEdge(model: ProjectModel, edge: Edge, decorators: ReadonlySet<number>, options: Options): Iterable<RuleFinding> {
  if (edge.target.kind === "builtin" && edge.kind === "runtime" && ioModules.test(edge.target.name)) yield findingAt(model, edge.from, edge.fact.specifierSpan, "package", { name: edge.names[0]?.name.local ?? edge.target.name, package: edge.target.name, kind: "input and output" }, { cause: "input and output" });
  if (edge.target.kind !== "package") return;
  const { package: name, subpath } = edge.target;
  const kind = capabilitiesOf(name, subpath).find((capability) => outside.has(capability));
  if (kind === undefined) return;
  for (const linked of edge.names) {
    if (linked.kind === "type-only" || linked.kind === "elided" || linked.declaration.kind !== "package") continue;
    const provenance = { package: name, subpath, path: linked.declaration.path };
    const decorates = linked.name.binding !== undefined && decorators.has(linked.name.binding);
    const logs = kind === "web-framework" && kindOf({ ...provenance, path: [...provenance.path, newStep] }) === "logger";
    // What knows HTTP is what no-http-in-service reports.
    if (decorates ? options.decorators === "allow" : !logs && (kind === "web-framework" || isHarmless(provenance) || isNeutral(provenance))) continue;
    const data = { name: linked.name.local, package: name + subpath, kind: logs ? "logger" : kind.replaceAll("-", " ") };
    yield findingAt(model, edge.from, edge.fact.specifierSpan, decorates ? "decorator" : "package", data, { cause: data.kind });
  }
}

/** What is written to a log that the project makes elsewhere; one of a package is told where that is imported. */
function* checkLogs(model: ProjectModel, file: string): Iterable<RuleFinding> {
  if (model.edgesFrom(file).some(({ target }) => target.kind === "package" && capabilitiesOf(target.package, target.subpath).includes("logger"))) return;
  for (const { node, library } of logWrites(model, file)) {
    if (library !== "console" && !isHanded(model, file, node.callee)) yield findingAt(model, file, node.span, "effect", { name: receiverText(node.callee) }, { cause: "logger" });
  }
}

/** Whether a value, or what it is taken from, is a parameter or a member of `this`: what the domain is handed is a port. */
function isHanded(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "member" || node.kind === "index") return isHanded(model, file, node.object);
  if (node.kind === "call") return isHanded(model, file, node.callee);
  if (node.kind !== "name") return true;
  const source = node.binding === undefined ? undefined : model.values.index(file).sources[node.binding];
  return source?.kind === "parameter" || (source?.kind === "value" && source.value !== undefined && source.value !== node && isHanded(model, file, source.value));
}

function* checkCall(model: ProjectModel, file: string, node: Extract<Expression, { kind: "call" | "new" }>, options: Options): Iterable<RuleFinding> {
  const [value] = model.values.of(file, node.callee);
  if (value?.kind !== "external" || (value.provenance.package !== "global" && value.provenance.package !== "node:crypto")) return;
  const name = value.provenance.package === "global" ? value.provenance.path.join(".") : `crypto.${value.provenance.path.join(".")}`;
  if (node.kind === "call" && ioGlobals.has(name)) yield findingAt(model, file, node.span, "effect", { name }, { cause: name });
  else if (options.clocks === "report" && (clockGlobals.has(name) || (node.kind === "new" && name === "Date" && node.arguments.length === 0))) yield findingAt(model, file, node.span, "clock", { name: node.kind === "new" ? "new Date()" : receiverText(node.callee) }, { cause: name });
}

/** The imported bindings that are used as decorators. */
function decoratorNames(model: ProjectModel, file: string): ReadonlySet<number> {
  const bindings = new Set<number>();
  for (const node of model.values.index(file).classes) {
    const decorators = [...(node.decorators ?? []), ...node.members.flatMap((member) => (member.kind === "static-block" ? [] : (member.decorators ?? [])))];
    for (const { value } of decorators) {
      const callee = value.kind === "call" ? value.callee : value;
      if (callee.kind === "name" && callee.binding !== undefined) bindings.add(callee.binding);
    }
  }
  return bindings;
}
