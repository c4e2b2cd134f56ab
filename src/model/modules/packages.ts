import { folderOf, joinPath } from "../../base/paths.js";
import type { PackageUnit } from "../project-model.js";

/** What a package.json says, as far as the model asks. */
export interface Manifest {
  readonly name?: string;
  readonly main?: unknown;
  readonly module?: unknown;
  readonly types?: unknown;
  readonly bin?: unknown;
  readonly private?: unknown;
  readonly exports?: unknown;
  readonly imports?: unknown;
  readonly scripts?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** A package with its manifest. */
export interface ModelPackage extends PackageUnit {
  readonly manifest: Manifest;
}

const dependencyFields = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
/** Packages that are only there to be started. */
export const serverDependencies = ["express", "fastify", "koa", "hono", "@nestjs/core", "@hapi/hapi", "next", "elysia", "h3", "nitropack", "nuxt", "@remix-run/node", "@sveltejs/kit", "@tanstack/react-start", "restify", "@adonisjs/core", "@trpc/server"];

/** The packages of the project: one for each folder above a code file that has a package.json, and one for the root. */
export function readPackages(files: readonly string[], readText: (file: string) => string | undefined): readonly ModelPackage[] {
  const folders = new Set<string>([""]);
  for (const file of files) for (let folder = folderOf(file); folder !== "" && !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
  const packages: ModelPackage[] = [];
  for (const folder of [...folders].sort()) {
    const manifest = readManifest(readText(joinPath(folder, "package.json")));
    const kind = manifest && kindOf(manifest);
    if (manifest && kind) packages.push({ folder, name: manifest.name, kind, ...(kind === "library" && manifest.private !== true && folder !== "" && !offersSources(manifest) && { published: true as const }), ...(manifest.bin !== undefined && { commands: true }), dependencies: dependenciesOf(manifest), manifest });
    else if (folder === "") packages.push({ folder, name: undefined, kind: "application", dependencies: new Map(), manifest: {} });
  }
  return packages;
}

/** Finds the innermost package that a file lies in; asked once for each file and folder. */
export class PackageFinder<T extends PackageUnit> {
  readonly #byPath: Map<string, T | undefined>;

  constructor(packages: readonly T[]) {
    this.#byPath = new Map(packages.map((unit) => [unit.folder, unit]));
    if (!this.#byPath.has("")) this.#byPath.set("", undefined);
  }

  around(file: string): T | undefined {
    const known = this.#byPath.get(file);
    if (known !== undefined || this.#byPath.has(file)) return known;
    const unit = this.around(folderOf(file));
    this.#byPath.set(file, unit);
    return unit;
  }
}

function readManifest(text: string | undefined): Manifest | undefined {
  if (text === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    // Every field is optional and checked where it is read.
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? (parsed as Manifest) : {};
  } catch {
    return {};
  }
}

/** The package that `npm:hono@4/cors` names, as a version of a manifest or a specifier in code does: its range and the path below it are empty if not said. */
export function publishedPackage(text: string): { readonly name: string; readonly range: string; readonly subpath: string } | undefined {
  const [, name, range = "", subpath = ""] = /^(?:npm|jsr):\/?((?:@[^/@]+\/)?[^/@]+)(?:@([^/]*))?(\/.*)?$/.exec(text) ?? [];
  return name === undefined ? undefined : { name: name === "@hono/hono" ? "hono" : name, range, subpath };
}

function dependenciesOf(manifest: Manifest): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const field of dependencyFields) {
    const list = manifest[field];
    if (typeof list !== "object" || list === null) continue;
    for (const [name, range] of Object.entries(list)) {
      if (typeof range !== "string" || found.has(name)) continue;
      found.set(name, range);
      // `"express5": "npm:express@^5"`
      const published = publishedPackage(range);
      if (published && !found.has(published.name)) found.set(published.name, published.range);
    }
  }
  return found;
}

/** `"module": "./dist/index.mjs"` offers something; `"module": "commonjs"` is written by mistake for the kind of modules. */
const isPath = (place: unknown): boolean => typeof place === "string" && /[./]/.test(place);

/** `"main": "serverless.ts"`, as the templates of the Serverless Framework write it: what describes a deployment offers nobody anything. */
const isDeployment = (place: unknown): boolean => typeof place === "string" && /^(?:\.\/)?serverless\.[cm]?[jt]s$/.test(place);

/** A package that somebody starts (a script, a server framework) is an application; one with entry points for others is a library. */
function kindOf(manifest: Manifest): "application" | "library" {
  const scripts = manifest.scripts ?? {};
  const started = Object.entries(scripts).filter(([name]) => /^(start|serve|dev)(:|$)/.test(name));
  const offers = manifest.exports !== undefined || (manifest.main !== undefined && !isDeployment(manifest.main)) || manifest.types !== undefined || manifest["typesVersions"] !== undefined || isPath(manifest.module);
  const own = manifest["dependencies"];
  const serves = typeof own === "object" && own !== null && serverDependencies.some((name) => name in own);
  if (started.some(([, command]) => !offers || serves || !isBuild(inFull(scripts, command)))) return "application";
  return offers && (!serves || manifest.private !== true) ? "library" : "application";
}

/** Whether what others import is TypeScript as it is written, which only the packages of the same workspace can run; `publishConfig` names what is built for others. */
function offersSources({ main, exports: offered, publishConfig }: Manifest): boolean {
  const paths = offered === undefined ? [main] : pathsIn(offered);
  return publishConfig === undefined && paths.length > 0 && paths.every((place) => typeof place === "string" && /\.[cm]?tsx?$/.test(place) && !/\.d\.[cm]?ts$/.test(place));
}

/** The paths of the field `exports`, those that type checkers alone read left out. */
function pathsIn(offered: unknown): readonly unknown[] {
  if (typeof offered !== "object" || offered === null) return [offered];
  return Object.entries(offered).flatMap(([condition, place]) => (condition === "types" || condition.endsWith(".json") ? [] : pathsIn(place)));
}

/** A command with the scripts of the same package that it runs by name: `start: "npm run watch"`. */
function inFull(scripts: Readonly<Record<string, unknown>>, command: unknown): unknown {
  const [, name = ""] = typeof command === "string" ? (/^(?:npm|pnpm|yarn|bun) (?:run )?([\w:-]+)$/.exec(command.trim()) ?? []) : [];
  const named = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
  return named === undefined || named === command ? command : inFull({ ...scripts, [name]: undefined }, named);
}

const builders = /(^|[\s"'/])(tsc|tshy|tsup|tsdown|unbuild|rollup|esbuild|swc|microbundle|babel|vite build|run build\S*|email dev)(?=[\s"']|$)/;
const runners = /(^|[\s"'/])(node|nodemon|tsx|ts-node|ts-node-dev|bun|deno|pm2|nest|next)\s|on-?success/i;

/** `dev: "tsc --watch"`: what others import is built anew, and nothing is started. */
function isBuild(command: unknown): boolean {
  return typeof command === "string" && builders.test(command) && !runners.test(command);
}
