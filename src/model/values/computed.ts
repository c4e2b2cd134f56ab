import { folderOf, joinPath } from "../../base/paths.js";
import { within } from "../../base/position.js";
import { propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, FunctionNode, IndexExpression, MemberExpression, Statement } from "../../facts/syntax.js";
import { statementLists } from "../../facts/walk.js";
import { fieldGiven, type Placed } from "./constructor-fields.js";
import type { ProjectModel } from "../project-model.js";
import { known, matched, ofList, ofParsedPath, ofPath, ofText, replaced, type Result, text, unknown } from "./pure-methods.js";

/** What names stand for where an expression is looked at: the variable of a loop in one round; by `givenKey`. */
export type Given = ReadonlyMap<string, Placed>;

/** Tells names apart, also those of several files. */
export function givenKey(file: string, binding: number): string {
  return `${file}#${binding}`;
}

/** Names of one call of a function, by their binding; a name that is not here is looked up outside. */
type Scope = Map<number, Result>;

/** Where the project lies while a path is worked out; it never leaves this file but as what is left behind it. */
const projectFolder = "/project";
/** More steps than this are not worked out. */
const mostSteps = 400;
const deepest = 6;

/**
 * The text that an expression has for sure, worked out through string methods, conditions, local variables and functions
 * of the project: the path that `this.pathOf("create")` builds. Nothing is run: what is not one of a few pure operations on
 * constants has no text.
 */
export function computedText(model: ProjectModel, file: string, node: Expression, given: Given = new Map()): string | undefined {
  const value = computed(model, file, node, given);
  return typeof value === "string" && !value.includes(projectFolder) ? value : undefined;
}

/** The number that an expression has for sure: `args.length - 1`. */
export function computedNumber(model: ProjectModel, file: string, node: Expression, given: Given): number | undefined {
  const value = computed(model, file, node, given);
  return typeof value === "number" ? value : undefined;
}

/** Whether an expression is true or false for sure; undefined if that cannot be told. */
export function computedTruth(model: ProjectModel, file: string, node: Expression, given: Given): boolean | undefined {
  const value = computed(model, file, node, given);
  return value === unknown ? undefined : Boolean(value);
}

/** Whether something stands in a branch that is not taken with what names stand for: `if (secured) list.push(Auth())`, `case "POST": app.post(path)`, `name !== "index" && app.use(load(name))`. */
export function isLeftOut(model: ProjectModel, file: string, node: Expression, given: Given): boolean {
  const index = model.values.index(file);
  const holds = (statements: readonly Statement[]): boolean => statements.some(({ span }) => within(node.span, span));
  for (let at = index.parentOf(node); at; at = index.parentOf(at)) {
    if (statementLists(at).some((list) => isPassedOver(model, file, list, node, given))) return true;
    if (!("kind" in at)) return false;
    if (at.kind === "if") {
      const test = computedTruth(model, file, at.test, given);
      if (test !== undefined && test === holds(at.else ?? [])) return true;
    }
    const chosen = at.kind === "conditional" ? { test: at.test, then: at.then } : at.kind === "binary" && /^(&&|\|\|)$/.test(at.operator) ? { test: at.left, then: at.operator === "&&" ? at.right : at.left } : undefined;
    const truth = chosen && !within(node.span, chosen.test.span) ? computedTruth(model, file, chosen.test, given) : undefined;
    if (chosen && truth !== undefined && truth !== within(node.span, chosen.then.span)) return true;
    if (at.kind !== "switch") continue;
    const taken = at.cases.findIndex(({ body }) => holds(body));
    // Cases without statements share those of the next.
    const shared = at.cases.slice(0, taken).findLastIndex(({ body }) => body.length > 0);
    const subject = computed(model, file, at.subject, given);
    if (subject !== unknown && at.cases.slice(shared + 1, taken + 1).every(({ test }) => test !== undefined && isOther(computed(model, file, test, given), subject))) return true;
  }
  return false;
}

/** Whether a statement before leaves the list: `if (name === "index") return;`. */
function isPassedOver(model: ProjectModel, file: string, list: readonly Statement[], { span }: Expression, given: Given): boolean {
  const before = list.slice(0, Math.max(0, list.findIndex((statement) => within(span, statement.span))));
  return before.some((statement) => statement.kind === "if" && !statement.else && /^(return|continue|throw)$/.test(statement.then.at(-1)?.kind ?? "") && computedTruth(model, file, statement.test, given) === true);
}

function isOther(value: Result, subject: Result): boolean {
  return value !== unknown && value !== subject;
}

/** The folder of the project that an expression names, relative to the root; one that is relative counts from the package. */
export function computedFolder(model: ProjectModel, file: string, node: Expression, given: Given = new Map()): string | undefined {
  const value = computed(model, file, node, given);
  if (typeof value !== "string") return undefined;
  const full = value.startsWith("/") ? value : `${workingFolder(model, file)}/${value}`;
  const folder = joinPath(full);
  return folder === projectFolder ? "" : folder.startsWith(`${projectFolder}/`) ? folder.slice(projectFolder.length + 1) : undefined;
}

function computed(model: ProjectModel, file: string, node: Expression, given: Given): Result {
  return new Computation(model, given).of(file, node, new Map(), 0);
}

/** The whole path of a file or folder of the project, as `computedFolder` takes it. */
export function placeOfFile(file: string): string {
  return joinPath(projectFolder, file);
}

/** What `__dirname`, `import.meta.url` and their kin say of a file. */
function ownPath(file: string, name: string): Result {
  const full = placeOfFile(file);
  return name === "dirname" || name === "dir" ? folderOf(full) : name === "filename" || name === "url" || name === "path" ? full : unknown;
}

function workingFolder(model: ProjectModel, file: string): string {
  return joinPath(projectFolder, model.packageOf(file).folder);
}

class Computation {
  readonly #model: ProjectModel;
  readonly #given: Given;
  #steps = 0;

  constructor(model: ProjectModel, given: Given) {
    this.#model = model;
    this.#given = given;
  }

  of(file: string, node: Expression, scope: Scope, depth: number): Result {
    if (++this.#steps > mostSteps || depth > deepest) return unknown;
    const inner = (part: Expression): Result => this.of(file, part, scope, depth);
    switch (node.kind) {
      case "literal":
        return node.value;
      case "name":
        return this.#name(file, node, scope, depth);
      case "template":
        return node.tag ? unknown : text(node.texts.flatMap((part, index) => {
          const value = node.values[index];
          return value ? [part, inner(value)] : [part];
        }));
      case "cast":
      case "await":
        return inner(node.value);
      case "conditional": {
        const test = inner(node.test);
        return test === unknown ? unknown : inner(test ? node.then : node.else);
      }
      case "unary": {
        const value = inner(node.value);
        if (node.operator === "-") return typeof value === "number" ? -value : unknown;
        return value === unknown || node.operator !== "!" ? unknown : !value;
      }
      case "binary":
        return this.#binary(node.operator, node.left, node.right, inner);
      case "assign":
        return this.#assign(file, node, scope, depth);
      case "array": {
        const elements = node.elements.map((element) => (element.kind === "spread" ? unknown : inner(element)));
        return elements.some((element) => element === unknown) ? unknown : known(elements);
      }
      case "index": {
        const [list, at] = [inner(node.object), inner(node.index)];
        return Array.isArray(list) && typeof at === "number" ? known(list)[at] : this.#constant(file, node);
      }
      case "member":
        return this.#member(file, node, inner);
      case "call":
        return this.#call(file, node, scope, depth);
      case "new":
        return node.callee.kind === "name" && node.callee.binding === undefined && node.callee.name === "URL" ? this.#url(node.arguments.map(inner)) : unknown;
      default:
        return unknown;
    }
  }

  /** `new URL("./routes", import.meta.url)`, which stands for the path that it leads to. */
  #url([path, base]: readonly Result[]): Result {
    return typeof path === "string" && typeof base === "string" && base.startsWith(projectFolder) ? joinPath(folderOf(base), path) : unknown;
  }

  #name(file: string, node: Extract<Expression, { kind: "name" }>, scope: Scope, depth: number): Result {
    if (node.binding === undefined) return node.name === "undefined" ? undefined : node.name.startsWith("__") ? ownPath(file, node.name.slice(2)) : unknown;
    if (scope.has(node.binding)) return scope.get(node.binding);
    const given = this.#given.get(givenKey(file, node.binding));
    if (given) return this.of(given.file, given.node, new Map(), depth + 1);
    const source = this.#model.values.index(file).sources[node.binding];
    const changed = this.#model.values.assignments(file).get(node.binding);
    if (changed && changed.length > 0) return unknown;
    if (source?.kind === "value" && source.value) {
      const [step, ...others] = source.path;
      // `const { name } = path.parse(file)`
      const taken: Expression = step?.kind === "property" ? { kind: "member", span: node.span, object: source.value, property: step.key, propertySpan: node.span } : source.value;
      const value = others.length === 0 && (!step || step.kind === "property") ? this.of(file, taken, scope, depth + 1) : unknown;
      if (value !== unknown) return value;
    }
    return this.#constant(file, node);
  }

  /** What has one constant value wherever it is asked for. */
  #constant(file: string, node: Expression): Result {
    const [value, ...others] = this.#model.values.of(file, node);
    return value?.kind === "constant" && others.length === 0 ? value.value : unknown;
  }

  #member(file: string, node: MemberExpression, inner: (part: Expression) => Result): Result {
    const { object, property } = node;
    // `import.meta.dirname`
    if (object.kind === "other" && object.syntax === "MetaProperty") return ownPath(file, property);
    if (property === "length") {
      // What the elements are says nothing of how many there are.
      const list = object.kind === "name" && object.binding !== undefined ? this.#given.get(givenKey(file, object.binding))?.node : undefined;
      if (list?.kind === "array" && list.elements.every(({ kind }) => kind !== "spread")) return list.elements.length;
      const measured = inner(object);
      if (typeof measured === "string" || Array.isArray(measured)) return measured.length;
    }
    // The address of a path stands for the path: `pathToFileURL(file).href`, `new URL("routes", import.meta.url).pathname`.
    const address = /^(href|pathname)$/.test(property) && (object.kind === "call" || object.kind === "new") ? inner(object) : unknown;
    if (typeof address === "string" && address.startsWith(projectFolder)) return address;
    const field = object.kind === "this" ? fieldGiven(this.#model, file, object, property) : undefined;
    const put = field ? (field.file === file ? inner(field.node) : this.of(field.file, field.node, new Map(), deepest)) : unknown;
    if (put !== unknown) return put;
    const parsed = object.kind === "call" && object.arguments[0] && this.#isPathParse(file, object.callee) ? inner(object.arguments[0]) : unknown;
    if (typeof parsed === "string") return ofParsedPath(parsed, property);
    const given = object.kind === "name" && object.binding !== undefined ? this.#given.get(givenKey(file, object.binding)) : object.kind === "index" ? this.#entry(file, object, inner) : undefined;
    return given ? this.#memberOfGiven(given, property) : this.#constant(file, node);
  }

  /** `methods[name]` of a table that is written out. */
  #entry(file: string, { object, index }: IndexExpression, inner: (part: Expression) => Result): Placed | undefined {
    const key = inner(index);
    const [table, ...others] = typeof key === "string" ? this.#model.values.of(file, object) : [];
    const node = table?.kind === "object" && others.length === 0 ? propertyOf(table.node, String(key)) : undefined;
    return node && table?.kind === "object" ? { file: table.file, node } : undefined;
  }

  /** `route.method` of the object that a name stands for; undefined for sure where that is written out without it. */
  #memberOfGiven(given: Placed, property: string): Result {
    const [value, ...others] = this.#model.values.of(given.file, given.node);
    if (value?.kind !== "object" || others.length > 0) return unknown;
    const member = propertyOf(value.node, property);
    if (!member) return value.node.members.every(({ kind }) => kind === "property") ? undefined : unknown;
    // What a function puts into an object that it makes depends on the call.
    const isFixed = member.kind === "literal" || this.#model.values.index(value.file).functionAround(value.node) === undefined;
    return isFixed ? this.of(value.file, member, new Map(), deepest) : unknown;
  }

  #isPathParse(file: string, callee: Expression): boolean {
    return this.#model.values.of(file, callee).some((value) => value.kind === "external" && value.provenance.package.startsWith("node:path") && value.provenance.path.at(-1) === "parse");
  }

  #binary(operator: string, left: Expression, right: Expression, inner: (part: Expression) => Result): Result {
    const first = inner(left);
    if (first === unknown) return unknown;
    if (operator === "||") return first || inner(right);
    if (operator === "&&") return first && inner(right);
    if (operator === "??") return first ?? inner(right);
    const second = inner(right);
    if (second === unknown) return unknown;
    if (operator === "===" || operator === "==") return first === second;
    if (operator === "!==" || operator === "!=") return first !== second;
    if (operator === ">" || operator === "<") return typeof first === "number" && typeof second === "number" ? (operator === ">" ? first > second : first < second) : unknown;
    if (operator === "-") return typeof first === "number" && typeof second === "number" ? first - second : unknown;
    if (operator !== "+") return unknown;
    return typeof first === "number" && typeof second === "number" ? first + second : text([first, second]);
  }

  /** `path += "/:id"` of a variable of the function that is worked out. */
  #assign(file: string, { operator, target, value }: Extract<Expression, { kind: "assign" }>, scope: Scope, depth: number): Result {
    const binding = target.kind === "name" || target.kind === "binding" ? target.binding : undefined;
    const before = binding === undefined ? unknown : (scope.get(binding) ?? unknown);
    const after = this.of(file, value, scope, depth);
    const result = operator === "=" ? after : operator === "+=" ? text([before, after]) : unknown;
    if (binding !== undefined) scope.set(binding, result);
    return result;
  }

  #call(file: string, node: CallExpression, scope: Scope, depth: number): Result {
    const { callee } = node;
    const given = node.arguments.map((argument) => (argument.kind === "spread" || argument.kind === "function" ? unknown : this.of(file, argument, scope, depth)));
    if (callee.kind === "member") {
      if (callee.object.kind === "regex") return callee.property === "test" ? matched(given[0], callee.object) : unknown;
      const object = this.of(file, callee.object, scope, depth);
      const [written] = node.arguments;
      if (typeof object === "string" && callee.property.startsWith("replace") && written?.kind === "regex") return replaced(object, written, given[1]);
      if (typeof object === "string") return given.includes(unknown) ? unknown : ofText(object, callee.property, known(given));
      if (Array.isArray(object)) return ofList(known(object), callee.property, written, given);
    }
    for (const value of this.#model.values.of(file, callee)) {
      if (value.kind === "function") return this.#run(value.file, value.node, given, depth);
      if (value.kind !== "external") continue;
      const name = value.provenance.path.at(-1);
      if (value.provenance.package === "global" && value.provenance.path.join(".") === "process.cwd") return workingFolder(this.#model, file);
      if (value.provenance.package === "global" && name === "String") return text(given);
      if (value.provenance.package === "global" && value.provenance.path.join(".") === "Array.isArray") return given[0] === unknown ? unknown : Array.isArray(given[0]);
      if (value.provenance.package === "node:url" && /^(fileURLToPath|pathToFileURL)$/.test(name ?? "")) return given[0];
      // `_.includes(name, ".routes")`
      if (/^lodash(-es)?$/.test(value.provenance.package) && /^(includes|startsWith|endsWith)$/.test(name ?? "")) return typeof given[0] === "string" && !given.includes(unknown) ? ofText(given[0], name ?? "", known(given.slice(1))) : unknown;
      // `join(import.meta.url, "routes")` of desm takes the address of a file for its folder.
      if (value.provenance.package === "desm") return given.every((one) => typeof one === "string") ? ofPath(name, [folderOf(given[0] ?? ""), ...given.slice(1)]) : unknown;
      // What is not resolved from a whole path is so from where the package runs.
      if (value.provenance.package.startsWith("node:path")) return given.every((one) => typeof one === "string") ? ofPath(name, name === "resolve" ? [workingFolder(this.#model, file), ...given] : given) : unknown;
    }
    return unknown;
  }

  #run(file: string, { parameters, body }: FunctionNode, given: readonly Result[], depth: number): Result {
    const scope: Scope = new Map();
    for (const [index, { target, rest, default: fallback }] of parameters.entries()) {
      if (target.kind !== "binding") continue;
      const passed = given[index];
      if (rest) scope.set(target.binding, given.slice(index).includes(unknown) ? unknown : known(given.slice(index)));
      else scope.set(target.binding, passed === undefined && fallback ? this.of(file, fallback, scope, depth + 1) : passed);
    }
    const done = this.#statements(file, body ?? [], scope, depth + 1);
    return done ? done.value : undefined;
  }

  /** Runs down to the `return` that is reached; its value is unknown where the way there is. */
  #statements(file: string, statements: readonly Statement[], scope: Scope, depth: number): { readonly value: Result } | undefined {
    for (const statement of statements) {
      if (++this.#steps > mostSteps) return { value: unknown };
      switch (statement.kind) {
        case "return":
          return { value: statement.value ? this.of(file, statement.value, scope, depth) : undefined };
        case "variable":
          for (const { target, value } of statement.declarators) if (target.kind === "binding") scope.set(target.binding, value ? this.of(file, value, scope, depth) : undefined);
          break;
        case "expression":
          // A call that stands alone cannot change a text that a variable holds; a condition of which nothing is known can.
          if (this.of(file, statement.value, scope, depth) === unknown && statement.value.kind !== "call" && statement.value.kind !== "assign") return { value: unknown };
          break;
        case "if": {
          const test = this.of(file, statement.test, scope, depth);
          if (test === unknown) return { value: unknown };
          const done = this.#statements(file, (test ? statement.then : statement.else) ?? [], scope, depth);
          if (done) return done;
          break;
        }
        case "block": {
          const done = this.#statements(file, statement.body, scope, depth);
          if (done) return done;
          break;
        }
        case "function":
        case "class":
          break;
        default:
          return { value: unknown };
      }
    }
    return undefined;
  }
}
