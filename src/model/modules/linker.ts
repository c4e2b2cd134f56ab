import { type Answers, answers } from "../../base/answers.js";
import type { ExportFact, FileFacts, ImportedName, ImportFact } from "../../facts/facts.js";
import type { Declaration, Edge, EdgeKind, EffectiveCompilerOptions, LinkedName, Target } from "../project-model.js";

/** What linking asks of the rest of the model. */
export interface LinkContext {
  facts(file: string): FileFacts;
  resolve(file: string, specifier: string): Target;
  compilerOptions(file: string): EffectiveCompilerOptions;
}

/** A declaration with the files that were passed on the way to it. */
interface Found {
  readonly declaration: Declaration;
  readonly via: readonly string[];
}

/** What a file exports, by name: its own, and what it takes from elsewhere. */
interface ExportTable {
  readonly own: ReadonlyMap<string, ExportFact>;
  readonly named: ReadonlyMap<string, { readonly specifier: string; readonly imported: string }>;
  readonly stars: readonly string[];
}

/** The names that a file can export; an open one takes everything from a package, which may have any name. */
interface Offer {
  readonly names: ReadonlySet<string>;
  readonly open: boolean;
}

const unresolved = (reason: string): Found => ({ declaration: { kind: "unresolved", reason }, via: [] });
const strength: readonly EdgeKind[] = ["elided", "type-only", "metadata", "runtime"];

/** Follows names through re-exports to where they are declared, and tells what each import means at run time. */
export class Linker {
  readonly #context: LinkContext;
  readonly #tables = answers<string, ExportTable>();
  readonly #exports = new Map<string, Answers<string, Found>>();
  /** The exports that are being followed. */
  readonly #open = new Set<string>();
  readonly #offers = answers<string, Offer>();
  readonly #edges = answers<string, readonly Edge[]>();
  readonly #importNames = answers<string, ReadonlyMap<number, { readonly fact: ImportFact; readonly name: ImportedName }>>();

  constructor(context: LinkContext) {
    this.#context = context;
  }

  declarationOfExport(file: string, name: string): Declaration {
    return this.#export(file, name).declaration;
  }

  declarationOfBinding(file: string, binding: number): Declaration {
    return this.#binding(file, binding).declaration;
  }

  edgesFrom(file: string): readonly Edge[] {
    return this.#edges.get(file) ?? this.#edges.of(file, () => this.#context.facts(file).imports.map((fact) => this.#edge(file, fact)));
  }

  #edge(file: string, fact: ImportFact): Edge {
    const target: Target = fact.specifier === undefined ? { kind: "unresolved", reason: "the specifier is not a constant" } : this.#context.resolve(file, fact.specifier);
    const names = fact.names.map((name): LinkedName => {
      const { declaration, via } = this.#taken(target, name.imported);
      return { name, kind: this.#kindOf(file, fact, name, declaration), declaration, via };
    });
    const bare: EdgeKind = fact.typeOnly ? "type-only" : "runtime";
    const kind = names.length === 0 ? bare : (strength.findLast((candidate) => names.some((name) => name.kind === candidate)) ?? bare);
    return { from: file, fact, target, kind, names };
  }

  #kindOf(file: string, fact: ImportFact, name: ImportedName, declaration: Declaration): EdgeKind {
    if (fact.typeOnly || name.typeOnly) return "type-only";
    if (declaration.kind === "binding") {
      const kind = this.#context.facts(declaration.file).bindings[declaration.binding]?.kind;
      if (kind === "interface" || kind === "alias") return "type-only";
    }
    if (fact.form !== "import" && fact.form !== "import-equals") return "runtime";
    const options = this.#context.compilerOptions(file);
    if (name.use === "value" || options.verbatimModuleSyntax || /\.[cm]?jsx?$/.test(file)) return "runtime";
    return name.use === "metadata" && options.emitDecoratorMetadata ? "metadata" : "elided";
  }

  #taken(target: Target, imported: string): Found {
    if (target.kind === "file") return this.#export(target.file, imported);
    if (target.kind === "package") return { declaration: { kind: "package", package: target.package, subpath: target.subpath, path: [imported === "export=" ? "default" : imported] }, via: [] };
    if (target.kind === "builtin") return { declaration: { kind: "package", package: target.name, subpath: "", path: [imported] }, via: [] };
    return unresolved(target.kind === "asset" ? "a file that is no code" : target.reason);
  }

  #binding(file: string, binding: number): Found {
    const taken = this.#namesOf(file).get(binding);
    if (taken?.fact.specifier === undefined) return { declaration: { kind: "binding", file, binding }, via: [] };
    return this.#taken(this.#context.resolve(file, taken.fact.specifier), taken.name.imported);
  }

  #export(file: string, name: string): Found {
    if (name === "*") return { declaration: { kind: "namespace", file }, via: [] };
    let exports = this.#exports.get(file);
    if (!exports) this.#exports.set(file, (exports = answers<string, Found>()));
    return exports.get(name) ?? this.#follow(exports, file, name);
  }

  #follow(exports: Answers<string, Found>, file: string, name: string): Found {
    const key = `${file} ${name}`;
    if (this.#open.has(key)) return unresolved("a cycle of re-exports");
    this.#open.add(key);
    const found = exports.of(name, () => this.#findExport(file, name));
    this.#open.delete(key);
    return found;
  }

  #findExport(file: string, name: string): Found {
    const table = this.#table(file);
    const own = table.own.get(name) ?? (name === "default" || name === "export=" ? (table.own.get("export=") ?? table.own.get("default")) : undefined);
    if (own) return own.binding === undefined ? this.#expression(file, own) : this.#passing(file, this.#binding(file, own.binding), own.binding);
    const named = table.named.get(name);
    if (named) return this.#through(file, named.specifier, named.imported);
    // What a script exports one by one it exports as a whole, and so does any module for `import x = require(…)`.
    if (table.own.size > 0 && (name === "export=" || (name === "default" && !this.#context.facts(file).esModule))) return { declaration: { kind: "namespace", file }, via: [] };
    if (name === "default") return unresolved("no such export");
    const candidates = table.stars.filter((specifier) => this.#mayOffer(file, specifier, name)).map((specifier) => this.#through(file, specifier, name)).filter(({ declaration }) => declaration.kind !== "unresolved");
    // A package may or may not export the name: only where no file of the project does.
    const certain = candidates.filter(({ declaration }) => declaration.kind !== "package");
    const [first, second] = certain.length > 0 ? certain : candidates;
    if (!first) return unresolved("no such export");
    return second && certain.length > 0 && JSON.stringify(second.declaration) !== JSON.stringify(first.declaration) ? unresolved("two `export *` offer it") : first;
  }

  /** Whether `export * from "specifier"` can give a name. Barrels of barrels are asked for many names that they do not have. */
  #mayOffer(file: string, specifier: string, name: string): boolean {
    const target = this.#context.resolve(file, specifier);
    if (target.kind !== "file") return true;
    const { names, open } = this.#offer(target.file);
    return open || names.has(name);
  }

  /** What a file exports by its own words and by those of all files that it takes everything from. */
  #offer(file: string): Offer {
    return this.#offers.get(file) ?? this.#offers.of(file, () => this.#gatherOffer(file));
  }

  #gatherOffer(file: string): Offer {
    const reached = new Set([file]);
    const names = new Set<string>();
    let open = false;
    for (const one of reached) {
      const table = this.#table(one);
      for (const name of table.own.keys()) names.add(name);
      for (const name of table.named.keys()) names.add(name);
      for (const specifier of table.stars) {
        const target = this.#context.resolve(one, specifier);
        if (target.kind === "file") reached.add(target.file);
        else open = true;
      }
    }
    return { names, open };
  }

  /** An exported expression: the default one has its own kind; another is found where it is assigned. */
  #expression(file: string, own: ExportFact): Found {
    if (own.name === "default" || own.name === "export=") return { declaration: { kind: "default", file }, via: [] };
    // `exports.User = require("./user")` hands the other module on.
    const loaded = loadedFor(this.#context.facts(file), own);
    if (loaded !== undefined) {
      const target = this.#context.resolve(file, loaded);
      const whole = target.kind === "file" && this.#table(target.file).own.has("export=");
      return this.#through(file, loaded, whole ? "export=" : "*");
    }
    return { declaration: { kind: "default", file, member: own.name }, via: [] };
  }

  #through(file: string, specifier: string, imported: string): Found {
    const found = this.#taken(this.#context.resolve(file, specifier), imported);
    return { declaration: found.declaration, via: [file, ...found.via] };
  }

  /** `import { a } from "./a.js"; export { a };` passes the file on the way. */
  #passing(file: string, found: Found, binding: number): Found {
    const stays = found.declaration.kind === "binding" && found.declaration.file === file && found.declaration.binding === binding;
    return stays ? found : { declaration: found.declaration, via: [file, ...found.via] };
  }

  #table(file: string): ExportTable {
    return this.#tables.get(file) ?? this.#tables.of(file, () => this.#readTable(file));
  }

  #readTable(file: string): ExportTable {
    const facts = this.#context.facts(file);
    const { exports, imports } = facts;
    const own = new Map<string, ExportFact>();
    for (const entry of exports) if (!own.has(entry.name) || own.get(entry.name)?.typeOnly) own.set(entry.name, entry);
    const named = new Map<string, { specifier: string; imported: string }>();
    const stars: string[] = [];
    for (const fact of imports) {
      const { specifier } = fact;
      if (specifier === undefined || (fact.form !== "export" && fact.form !== "export-star")) continue;
      if (fact.names.length === 0 && fact.form === "export-star") stars.push(specifier);
      for (const name of fact.names) named.set(name.local, { specifier, imported: name.imported });
    }
    // `module.exports = require("./lib")` has every name of the other module.
    const whole = own.get("export=");
    const loaded = whole && facts.hasInnerExport !== true ? loadedFor(facts, whole) : undefined;
    if (loaded !== undefined) stars.push(loaded);
    return { own, named, stars };
  }

  #namesOf(file: string): ReadonlyMap<number, { readonly fact: ImportFact; readonly name: ImportedName }> {
    return this.#importNames.get(file) ?? this.#importNames.of(file, () => this.#readNames(file));
  }

  #readNames(file: string): ReadonlyMap<number, { readonly fact: ImportFact; readonly name: ImportedName }> {
    return new Map(
      this.#context
        .facts(file)
        .imports.filter((fact) => fact.form === "import" || fact.form === "import-equals")
        .flatMap((fact) => fact.names.flatMap((name) => (name.binding === undefined ? [] : [[name.binding, { fact, name }] as const]))),
    );
  }
}

/** The module that an export of a script loads and hands on as it is. */
function loadedFor({ imports }: FileFacts, { span }: ExportFact): string | undefined {
  return imports.find((fact) => fact.form === "require" && fact.span[0] > span[0] && span[1] - fact.span[1] <= 1 && fact.span[1] <= span[1])?.specifier;
}
