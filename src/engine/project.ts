import path from "node:path";
import { isDeclarationFile, isSourceFile } from "../base/paths.js";
import type { FileFacts } from "../facts/facts.js";
import { createModel } from "../model/create-model.js";
import type { ProjectModel } from "../model/project-model.js";
import type { ResolvedSettings } from "../settings/resolve.js";
import { extractAll, extractFacts } from "./extraction.js";
import { isProjectSource, readSource, type SkippedFile } from "./project-files.js";

/** The code of a root, read and linked. */
export interface Project {
  readonly model: ProjectModel;
  /** The texts of code files, without byte-order marks. */
  readonly texts: Map<string, string>;
  /** All files that are listed, code or not. */
  readonly listed: readonly string[];
  readonly skipped: readonly SkippedFile[];
  /** Code files that were not written by hand: modelled, never reported. */
  readonly generated: ReadonlySet<string>;
  /** Files whose text is not that of the disk. */
  readonly overridden: ReadonlySet<string>;
  /** The files beside the code, absolute, that the model read or looked for so far. */
  readonly beside: ReadonlySet<string>;
}

/** Other texts for some files than those on disk: what the git index holds, or an editor. */
export type Overrides = ReadonlyMap<string, string>;

/** What a project is opened from. */
export interface ProjectInput {
  /** Absolute. */
  readonly root: string;
  readonly settings: ResolvedSettings;
  /** The files below the root, as `listFiles` gives them. */
  readonly files: readonly string[];
  /** Where facts are kept; undefined for nowhere. */
  readonly cacheFile?: string | undefined;
  readonly overrides?: Overrides | undefined;
  /** Facts that are known already, for files whose text is not overridden. */
  readonly knownFacts?: ((file: string) => FileFacts | undefined) | undefined;
  /** Reads a file beside the code; the disk if not said. */
  readonly readText?: ((file: string) => string | undefined) | undefined;
}

/** Reads and links the code of a root. */
export function openProject({ root, settings, files, cacheFile, overrides = new Map<string, string>(), knownFacts, readText }: ProjectInput): Project {
  const listed = files.filter((file) => settings.includes(file));
  const texts = new Map<string, string>();
  const skipped: SkippedFile[] = [];
  for (const file of listed) {
    if (!isProjectSource(file)) continue;
    const read = overrides.has(file) ? { text: overrides.get(file) ?? "" } : readSource(root, file);
    if ("text" in read) texts.set(file, read.text);
    else skipped.push(read);
  }
  const facts = extractAll(texts, cacheFile, (file) => (overrides.has(file) ? undefined : knownFacts?.(file)));
  const generated = new Set([...facts].filter(([file, own]) => own.generated === true || isGeneratedPath(file) || isCompiled(file, facts)).map(([file]) => file));
  const beside = new Set<string>();
  const model = createModel({
    root,
    facts,
    schemas: listed.filter((file) => file.endsWith(".prisma")),
    options: { ...settings.model, isGenerated: (file) => generated.has(file) },
    readText(file) {
      const known = texts.get(file);
      if (known !== undefined) return known;
      beside.add(path.join(root, file));
      return readText ? readText(file) : readBeside(root, file);
    },
    extractFacts: (file, text) => extractFacts(file, text),
  });
  return { model, texts, listed, skipped, generated, overridden: new Set(overrides.keys()), beside };
}

/** Whether findings in a file are wanted: declaration files and generated code give facts only. */
export function isReported(project: Project, file: string): boolean {
  return isSourceFile(file) && !isDeclarationFile(file) && !project.generated.has(file);
}

/** `src/orders/dist/order.js` beside `src/orders/order.ts`. */
function isCompiled(file: string, files: ReadonlyMap<string, unknown>): boolean {
  const [, folder, name] = /^(.*\/)?(?:dist|build)\/([^/]+)\.[cm]?js$/.exec(file) ?? [];
  return name !== undefined && files.has(`${folder ?? ""}${name}.ts`);
}

function isGeneratedPath(file: string): boolean {
  return /(^|\/)(__generated__|generated|\.prisma)\//.test(file) || /\.(generated|gen|pb)\.[cm]?[jt]sx?$/.test(file);
}

/** Files beside the code, node_modules included, but nothing outside the root. */
export function readBeside(root: string, file: string): string | undefined {
  if (file.startsWith("../") || path.isAbsolute(file)) return undefined;
  const read = readSource(root, file);
  return "text" in read ? read.text : undefined;
}
