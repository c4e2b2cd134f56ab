import { parse as parseJson } from "jsonc-parser";
import { folderOf, joinPath } from "../../base/paths.js";
import type { EffectiveCompilerOptions } from "../project-model.js";

/** What of a tsconfig decides where specifiers lead and what imports mean. */
export interface TypeScriptConfig {
  /** Root-relative path of the file that was found. */
  readonly file: string;
  /** Root-relative folder that bare specifiers are looked up in. */
  readonly baseUrl: string | undefined;
  /** Pattern → root-relative targets, in the order of the file. */
  readonly paths: readonly (readonly [pattern: string, targets: readonly string[]])[];
  readonly options: EffectiveCompilerOptions;
}

interface RawConfig {
  readonly extends?: string | readonly string[];
  readonly references?: readonly { readonly path?: string }[];
  readonly compilerOptions?: Readonly<Record<string, unknown>>;
}

type ReadText = (file: string) => string | undefined;

const defaults: EffectiveCompilerOptions = { emitDecoratorMetadata: false, experimentalDecorators: false, verbatimModuleSyntax: false, isolatedModules: false };
/** Beside tsconfig.json: Nx and Angular keep the options of the code in a config that tsconfig.json only refers to. */
const names = ["tsconfig.json", "tsconfig.app.json", "tsconfig.build.json", "tsconfig.base.json", "jsconfig.json"];

/** Finds the configuration of files; broken or absent ones are passed over. */
export class TypeScriptConfigs {
  readonly #readText: ReadText;
  readonly #byFolder = new Map<string, TypeScriptConfig | undefined>();
  /** Configurations that could not be read as JSON objects. */
  readonly broken: string[] = [];

  constructor(readText: ReadText) {
    this.#readText = readText;
  }

  /** The nearest configuration of a file, or undefined. */
  of(file: string): TypeScriptConfig | undefined {
    return this.#inFolder(folderOf(file));
  }

  #inFolder(folder: string): TypeScriptConfig | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const own = names.map((name) => joinPath(folder, name)).find((file) => this.#readText(file) !== undefined);
    const config = own === undefined ? (folder === "" ? undefined : this.#inFolder(folderOf(folder))) : this.#load(own);
    this.#byFolder.set(folder, config);
    return config;
  }

  #load(file: string): TypeScriptConfig | undefined {
    const raw = this.#read(file);
    if (!raw) return undefined;
    const own = this.#effective(file, raw, new Set());
    // A solution file has no options of its own: those of what it refers to count.
    if (own.paths.length > 0 || raw.compilerOptions || !raw.references) return own;
    for (const reference of raw.references) {
      const target = joinPath(folderOf(file), reference.path ?? "");
      const inner = [target, joinPath(target, "tsconfig.json")].find((candidate) => candidate.endsWith(".json") && this.#readText(candidate) !== undefined);
      const referred = inner === undefined || inner === file ? undefined : this.#read(inner);
      if (referred && inner !== undefined) return { ...this.#effective(inner, referred, new Set([file])), file };
    }
    return own;
  }

  #effective(file: string, raw: RawConfig, seen: ReadonlySet<string>): TypeScriptConfig {
    const folder = folderOf(file);
    let base: TypeScriptConfig = { file, baseUrl: undefined, paths: [], options: defaults };
    for (const parent of typeof raw.extends === "string" ? [raw.extends] : (raw.extends ?? [])) {
      const parentFile = this.#parent(folder, parent);
      const parentRaw = parentFile === undefined || seen.has(parentFile) ? undefined : this.#read(parentFile);
      if (!parentRaw || parentFile === undefined) continue;
      const inherited = this.#effective(parentFile, parentRaw, new Set([...seen, file]));
      base = { file, baseUrl: inherited.baseUrl ?? base.baseUrl, paths: inherited.paths.length > 0 ? inherited.paths : base.paths, options: { ...base.options, ...inherited.options } };
    }
    const own = raw.compilerOptions ?? {};
    const baseUrl = typeof own["baseUrl"] === "string" ? joinPath(folder, own["baseUrl"]) : base.baseUrl;
    const flag = (name: keyof EffectiveCompilerOptions): boolean => (typeof own[name] === "boolean" ? own[name] : base.options[name]);
    return {
      file,
      baseUrl,
      paths: readPaths(own["paths"], typeof own["baseUrl"] === "string" ? joinPath(folder, own["baseUrl"]) : folder) ?? base.paths,
      options: {
        emitDecoratorMetadata: flag("emitDecoratorMetadata"),
        experimentalDecorators: flag("experimentalDecorators"),
        verbatimModuleSyntax: flag("verbatimModuleSyntax") || own["importsNotUsedAsValues"] === "preserve" || own["preserveValueImports"] === true,
        isolatedModules: flag("isolatedModules"),
      },
    };
  }

  /** A base configuration: a path, or a file of a package, which is looked for in the node_modules folders above. */
  #parent(folder: string, specifier: string): string | undefined {
    const variants = (path: string): string[] => [path, `${path}.json`, joinPath(path, "tsconfig.json")];
    if (specifier.startsWith(".")) return variants(joinPath(folder, specifier)).find((file) => file.endsWith(".json") && this.#readText(file) !== undefined);
    for (let at = folder; ; at = folderOf(at)) {
      const found = variants(joinPath(at, "node_modules", specifier)).find((file) => file.endsWith(".json") && this.#readText(file) !== undefined);
      if (found !== undefined || at === "") return found;
    }
  }

  #read(file: string): RawConfig | undefined {
    const text = this.#readText(file);
    if (text === undefined) return undefined;
    const parsed: unknown = parseJson(text, [], { allowTrailingComma: true });
    if (typeof parsed === "object" && parsed !== null) return parsed;
    this.broken.push(file);
    return undefined;
  }
}

function readPaths(value: unknown, folder: string): TypeScriptConfig["paths"] | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).map(([pattern, targets]) => {
    const list: readonly unknown[] = Array.isArray(targets) ? targets : [];
    return [pattern, list.flatMap((target) => (typeof target === "string" ? [joinPath(folder, target)] : []))] as const;
  });
}
