import type { CallExpression, ClassNode, Expression, FunctionNode, NewExpression } from "../facts/syntax.js";
import { defaultExpression, indexOf } from "./file-index.js";
import type { Declaration, ProjectModel } from "./project-model.js";

/** A call of a function of the project, found by the name it was declared with. */
export interface NamedCall {
  readonly file: string;
  readonly call: CallExpression | NewExpression;
}

/** Functions with more callers than this are utilities: their parameters are anything. */
const mostCallers = 30;

/**
 * Finds the calls of functions and the constructions of classes by name, through imports and barrels. Methods are not
 * looked up: too many share a name.
 */
export class CallSites {
  readonly #model: ProjectModel;
  #byDeclaration: Map<string, NamedCall[]> | undefined;
  #byMethod: Map<FunctionNode, NamedCall[]> | undefined;

  constructor(model: ProjectModel) {
    this.#model = model;
  }

  /** The calls of a function, or for a constructor the constructions of its class; empty if there are too many to say. */
  of(file: string, node: FunctionNode): readonly NamedCall[] {
    const binding = this.#bindingOf(file, node) ?? (isDefaultExport(this.#model, file, node) ? "default" : undefined);
    const calls = binding === undefined ? [] : ((this.#byDeclaration ??= this.#gather()).get(`${file}#${binding}`) ?? []);
    return calls.length > mostCallers ? [] : calls;
  }

  /** The calls of a method of a project class, found by the class of what it is called on. */
  ofMethod(file: string, node: FunctionNode): readonly NamedCall[] {
    const calls = (this.#byMethod ??= this.#gatherMethods()).get(node) ?? [];
    return file === "" || calls.length > mostCallers ? [] : calls;
  }

  #gatherMethods(): Map<FunctionNode, NamedCall[]> {
    const calls = new Map<FunctionNode, NamedCall[]>();
    for (const file of this.#model.files) {
      for (const { node: call } of indexOf(this.#model.facts(file)).calls) {
        if (call.kind !== "call" || call.callee.kind !== "member") continue;
        for (const callee of this.#model.values.of(file, call.callee)) {
          if (callee.kind !== "function" || callee.node.form !== "method") continue;
          const known = calls.get(callee.node);
          if (known) known.push({ file, call });
          else calls.set(callee.node, [{ file, call }]);
        }
      }
    }
    return calls;
  }

  #bindingOf(file: string, node: FunctionNode): number | undefined {
    if (node.binding !== undefined) return node.binding;
    const index = indexOf(this.#model.facts(file));
    const owner: ClassNode | undefined = index.functions.get(node)?.class;
    if (owner) return node.form === "constructor" ? owner.binding : undefined;
    // `const create = (…) => …`
    const holder = index.sources.findIndex((source) => source?.kind === "value" && source.value?.kind === "function" && source.value.function === node && source.path.length === 0);
    return holder === -1 ? undefined : holder;
  }

  #gather(): Map<string, NamedCall[]> {
    const calls = new Map<string, NamedCall[]>();
    for (const file of this.#model.files) {
      for (const { node: call } of indexOf(this.#model.facts(file)).calls) {
        const key = this.#declarationKey(file, call.callee);
        if (key === undefined) continue;
        const known = calls.get(key);
        if (known) known.push({ file, call });
        else calls.set(key, [{ file, call }]);
      }
    }
    return calls;
  }

  /** What a file exports as a whole: by the name it was declared with, if it has one. */
  #defaultKey(file: string): string {
    const facts = this.#model.facts(file);
    const exported = facts.exports.find(({ name, binding }) => (name === "export=" || name === "default") && binding !== undefined);
    if (exported?.binding !== undefined) return `${file}#${exported.binding}`;
    const value = defaultExpression(facts);
    return value?.kind === "name" && value.binding !== undefined ? `${file}#${value.binding}` : `${file}#default`;
  }

  /** Where a name was declared, through `const routes = require("./routes")` as well. */
  #declarationOf(file: string, binding: number): Declaration {
    const declaration = this.#model.declarationOfBinding(file, binding);
    if (declaration.kind !== "binding" || declaration.file !== file) return declaration;
    for (const { form, specifier, names } of this.#model.facts(file).imports) {
      const name = form === "require" && specifier !== undefined ? names.find((one) => one.binding === binding) : undefined;
      const target = name && specifier !== undefined ? this.#model.resolve(file, specifier) : undefined;
      if (name && target?.kind === "file") return this.#model.declarationOfExport(target.file, name.imported);
    }
    return declaration;
  }

  #declarationKey(file: string, callee: Expression): string | undefined {
    if (callee.kind === "name" && callee.binding !== undefined) {
      const declaration = this.#declarationOf(file, callee.binding);
      if (declaration.kind === "binding") return `${declaration.file}#${declaration.binding}`;
      if (declaration.kind === "default" || (declaration.kind === "namespace" && this.#model.facts(declaration.file).exports.some(({ name }) => name === "export="))) return this.#defaultKey(declaration.file);
    }
    // `require("./routes")(app)`
    if (callee.kind === "call" && callee.callee.kind === "name" && callee.callee.name === "require" && callee.arguments[0]?.kind === "literal") {
      const target = this.#model.resolve(file, String(callee.arguments[0].value));
      return target.kind === "file" ? this.#defaultKey(target.file) : undefined;
    }
    // `routes.register(app)` with `import * as routes` or `const routes = require("./routes")`.
    if (callee.kind === "member" && callee.object.kind === "name" && callee.object.binding !== undefined) {
      const namespace = this.#declarationOf(file, callee.object.binding);
      const declaration = namespace.kind === "namespace" ? this.#model.declarationOfExport(namespace.file, callee.property) : undefined;
      if (declaration?.kind === "binding") return `${declaration.file}#${declaration.binding}`;
    }
    return undefined;
  }
}

function isDefaultExport(model: ProjectModel, file: string, node: FunctionNode): boolean {
  const value = defaultExpression(model.facts(file));
  return value?.kind === "function" && value.function === node;
}
