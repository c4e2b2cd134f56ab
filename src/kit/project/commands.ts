import { baseName, folderOf } from "../../base/paths.js";
import { capabilitiesOf, isFor } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, Expression, MemberExpression } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/** Where other programs lie that may run this one. */
const programs = /(?:^|\/)(?:cli|bin|scripts?|commands?)\//;

/** A program that somebody runs by hand: it reads what it was called with, ends by itself or bundles, nothing but tests and other programs imports it, and it serves nothing by itself. */
export function isCommand(model: ProjectModel, file: string): boolean {
  if (model.edgesTo(file).some(({ from }) => model.layerOf(from).layer !== "tests" && !programs.test(from))) return false;
  if (isTrial(file) && (model.facts(file).exports.length === 0 || folderOf(file) === model.packageOf(file).folder)) return true;
  const packages = model.edgesFrom(file).flatMap(({ kind, target }) => (kind === "runtime" && target.kind === "package" ? [target] : []));
  if (packages.some(({ package: name, subpath }) => isFor(name, subpath, "web-framework") || isFor(name, subpath, "queue"))) return false;
  if (packages.some(({ package: name }) => /^(?:esbuild|rollup|webpack|vite|@swc\/core|sass)$/.test(name)) || rewritesFiles(model, file)) return true;
  let reads = false;
  let stays = false;
  let ends = false;
  walkAll(model.facts(file).body, (node) => {
    if (!("kind" in node)) return undefined;
    if (node.kind === "call") ends ||= (node.callee.kind === "member" ? isEnd(node.callee, node.arguments) : isExit(model, file, node)) && !isOnSignal(model, file, node);
    if (node.kind !== "member") return undefined;
    reads ||= node.property === "argv" && isProcess(node.object);
    stays ||= node.property === "listen" || (node.property === "start" && /(?:^_?|[a-z_])(?:app|application|server)$/i.test(lastName(node.object))) || (/^(?:on|once)$/.test(node.property) && isProcess(node.object));
    return undefined;
  });
  return (reads || (ends && endsByItself(model, file, packages.map(({ package: name }) => name)))) && !stays;
}

/** Beside nothing but what Node brings, a file that nothing can import and that writes files when it is run: it stamps a version, or makes code. */
function rewritesFiles(model: ProjectModel, file: string): boolean {
  const edges = model.edgesFrom(file);
  const modules = edges.flatMap(({ target }) => (target.kind === "builtin" ? [target.name] : []));
  if (modules.length < edges.length || !modules.some((name) => /^(?:node:)?fs(?:\/promises)?$/.test(name)) || modules.some((name) => /^(?:node:)?(?:https?2?|net|tls|dgram)$/.test(name))) return false;
  return model.facts(file).exports.length === 0 && model.values.index(file).calls.some(({ node: { callee } }) => /^(?:write|append)File(?:Sync)?$/.test(lastName(callee)));
}

/** `test-mail.js`, `debugLogin.js`, `teste-login.js`: somebody tried something out. */
function isTrial(file: string): boolean {
  return /^(?:test(?:e|ar)?|prueba|probar|essai|debug|check|try)(?=[-_A-Z])/.test(baseName(file));
}

function isProcess(node: Expression): boolean {
  return node.kind === "name" && node.name === "process" && node.binding === undefined;
}

/** `exit(0)` of `import { exit } from "node:process"`. */
function isExit(model: ProjectModel, file: string, { callee, arguments: [code] }: CallExpression): boolean {
  return callee.kind === "name" && callee.binding !== undefined && (code === undefined || (code.kind === "literal" && code.value === 0)) && model.values.of(file, callee).some((value) => value.kind === "external" && value.provenance.package === "node:process" && value.provenance.path.at(-1) === "exit");
}

/** `process.exit(0)`, `await mongoose.disconnect()`: the program lets go of what it worked with, which servers do on signals alone. */
function isEnd({ object, property }: MemberExpression, [code]: readonly Expression[]): boolean {
  if (property === "exit") return isProcess(object) && (code === undefined || (code.kind === "literal" && code.value === 0));
  return code === undefined && (/^\$?disconnect$/.test(property) || (/^(?:close|end)$/.test(property) && /(?:connection|pool|client|mongo|sequelize)$/i.test(lastName(object))));
}

/** `addShutdownHook(() => process.exit(0))`, `function gracefulShutdown() { … }`: what a server does when it is told to stop; `main().then(() => process.exit(0))` is the end of a program. */
function isOnSignal(model: ProjectModel, file: string, node: CallExpression): boolean {
  const around = model.values.index(file).functionAround(node);
  const handedTo = around?.passedTo?.call.callee;
  return (handedTo !== undefined && !/^(?:then|catch|finally|setTimeout|setImmediate)$/.test(lastName(handedTo))) || /shut_?down|graceful|terminat|signal|^stop|^exit/i.test(around?.node.name ?? around?.member?.name ?? "");
}

/** Nothing of it can be imported, and it is no job that runs by the clock, whose output is kept as that of servers is. */
function endsByItself(model: ProjectModel, file: string, packages: readonly string[]): boolean {
  return model.facts(file).exports.length === 0 && !/(?:jobs?|cron|workers?|schedul\w*|consumers?|daemons?|pollers?|lambdas?|functions|handlers?)(?=[-_./]|[A-Z]|$)/.test(file) && !packages.some((name) => capabilitiesOf(name).includes("scheduler"));
}
