import { answers } from "../../base/answers.js";
import { oncePer } from "../../base/once-per.js";
import { callStep, describe, type Effect, newStep, type Provenance } from "../../catalogue/index.js";
import type { CallExpression, ClassMember, Expression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { forEachPart, isClassNode, isFunctionNode, someNode, type SyntaxNode } from "../../facts/walk.js";
import type { LoadEffect, ProjectModel } from "../project-model.js";

const timers = new Set(["setInterval", "setTimeout", "setImmediate"]);

/** So many calls away what a function of the project does is looked for. */
const deepest = 3;

/** What the statements of a module do when it is loaded: top-level code, static initialisers, decorators, functions called and classes made there. */
export function effectsAtLoad(model: ProjectModel, file: string): readonly LoadEffect[] {
  return effectsOf(model, file, model.facts(file).body, deepest);
}

/** What code does when it runs; calls of the project's own functions are followed so many steps. */
function effectsOf(model: ProjectModel, file: string, code: readonly SyntaxNode[], depth: number): readonly LoadEffect[] {
  const effects: LoadEffect[] = [];
  const visit = (node: SyntaxNode): void => {
    if (isFunctionNode(node)) return;
    if (isClassNode(node)) {
      visitClass(node, visit);
      return;
    }
    if (node.kind === "call" || node.kind === "new") {
      const effect = effectOf(model, file, node);
      if (effect) effects.push(effect);
      // `(async () => { … })()` runs here.
      if (node.callee.kind === "function") for (const statement of node.callee.function.body ?? []) visit(statement);
      else if (!effect && depth > 0) {
        const inner = effectBehind(model, file, node, depth - 1);
        if (inner) effects.push(inner);
      }
    }
    forEachPart(node, visit);
  };
  for (const node of code) visit(node);
  return effects;
}

const behind = oncePer((_model: ProjectModel) => answers<string, LoadEffect | undefined>());

/** The first that stays of what a function of the project does which is called, or a class as one of it is made: `const mails = makeQueue("mails")`; what a function of the same file reads, the file reads for itself. */
function effectBehind(model: ProjectModel, file: string, node: CallExpression | NewExpression, depth: number): LoadEffect | undefined {
  const [value, ...others] = model.values.of(file, node.callee);
  if (others.length > 0 || !((value?.kind === "function" && node.kind === "call") || (value?.kind === "class" && node.kind === "new"))) return undefined;
  const code = value.kind === "function" ? (value.node.body ?? []) : value.node.members.flatMap(runsAsMade);
  const isOwn = value.file === file;
  const effect = behind(model).of(`${value.file}@${value.node.span[0]} ${depth} ${isOwn}`, () => effectsOf(model, value.file, code, depth).find(({ passing }) => isOwn || !passing));
  return effect && { ...effect, span: node.span, through: effect.through ?? { file: value.file, span: effect.span } };
}

/** What of a class runs as one of it is made: its fields and its constructor. */
function runsAsMade(member: ClassMember): readonly SyntaxNode[] {
  if (member.kind === "property") return !member.static && member.value ? [member.value] : [];
  return member.kind === "method" && member.name === "constructor" ? (member.function.body ?? []) : [];
}

/** Of a class, what runs at load: decorators, the base class expression, static properties and blocks. */
function visitClass(node: Extract<SyntaxNode, { members: unknown; kind?: never }>, visit: (node: SyntaxNode) => void): void {
  if (!isClassNode(node)) return;
  for (const decorator of node.decorators ?? []) visit(decorator.value);
  if (node.extends) visit(node.extends.value);
  for (const member of node.members) {
    if (member.kind === "static-block") member.body.forEach(visit);
    else {
      for (const decorator of member.decorators ?? []) visit(decorator.value);
      if (member.kind === "property" && member.static && member.value) visit(member.value);
    }
  }
}

function effectOf(model: ProjectModel, file: string, node: CallExpression | NewExpression): LoadEffect | undefined {
  const name = nameOf(node.callee);
  for (const value of model.values.of(file, node.callee)) {
    if (value.kind === "external") {
      const { provenance } = value;
      if (provenance.package === "global" && provenance.path.length === 1 && timers.has(provenance.path[0] ?? "")) return { span: node.span, what: `starts a timer (${name})`, inert: false };
      const effect = madeBy(provenance, node.kind);
      if (effect) return { span: node.span, what: `${effect.makes === "file" ? "opens" : "makes"} a ${effect.makes} (${node.kind === "new" ? `new ${name}` : name})`, inert: effect.opens !== true, ...(effect.passing && { passing: true as const }) };
    }
    if (value.kind === "function" && node.kind === "call" && node.arguments.length === 1 && demandsVariable(model, value.file, value.node)) return { span: node.span, what: `demands a variable of the environment (${name})`, inert: false, passing: true };
    // A class of the project that is a client itself: `class Database extends PrismaClient`.
    if (value.kind === "class" && node.kind === "new" && value.node.extends)
      for (const base of model.values.of(value.file, value.node.extends.value)) {
        const effect = base.kind === "external" ? madeBy(base.provenance, "new") : undefined;
        if (effect) return { span: node.span, what: `makes a ${effect.makes} (new ${name})`, inert: effect.opens !== true };
      }
  }
  return undefined;
}

/** `function need(key) { const value = process.env[key]; if (!value) throw new Error(key); return value; }` */
function demandsVariable(model: ProjectModel, file: string, { body = [] }: FunctionNode): boolean {
  const { sources } = model.values.index(file);
  const reads = someNode(body, (node) => node.kind === "index" && node.object.kind === "member" && node.object.property === "env" && node.index.kind === "name" && node.index.binding !== undefined && sources[node.index.binding]?.kind === "parameter");
  return reads && someNode(body, (node) => node.kind === "throw");
}

function madeBy(provenance: Provenance, form: "call" | "new"): Effect | undefined {
  const api = describe(provenance);
  if (api?.effect) return api.effect;
  const result = describe({ ...provenance, path: [...provenance.path, form === "new" ? newStep : callStep] });
  // The member of a client is no new client: only what the package itself hands out.
  return result?.is === "client" && provenance.path.length <= 2 && api?.is === undefined ? { makes: "client" } : undefined;
}

function nameOf(node: Expression): string {
  if (node.kind === "name") return node.name;
  if (node.kind === "member") return `${nameOf(node.object)}.${node.property}`.replace(/^\./, "");
  return node.kind === "this" ? "this" : "";
}
