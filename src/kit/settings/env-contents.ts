import { baseName, folderOf } from "../../base/paths.js";
import { secretNameOf } from "../../catalogue/secrets/secret-names.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { EnvEntry } from "../../repo/readers/env-file.js";
import { tokensIn } from "./env-files.js";

/** What a comment behind a value says of it. */
export function remarkOn(text: string, { valueRange: { end } }: EnvEntry): string {
  return /#(.{1,200})/.exec((text.split("\n")[end.line - 1] ?? "").slice(end.column - 1))?.[1] ?? "";
}

/** Tools that read `.env.local` over `.env`, and ask for the latter to be committed, with defaults for everybody. */
const layersFiles = ["vite", "@sveltejs/kit", "next", "nuxt", "astro", "gatsby", "react-scripts"];

/** Whether what is tracked are the defaults of an application whose tool reads `.env.local` over them, without a secret among them. */
export function holdsDefaults(model: ProjectModel, file: string, entries: readonly EnvEntry[]): boolean {
  if (baseName(file) !== ".env" || entries.some(({ key, value }) => value !== "" && secretNameOf(key) !== undefined) || entries.some((entry) => tokensIn(entry).length > 0)) return false;
  return model.packages.some(({ folder, dependencies }) => folder === folderOf(file) && layersFiles.some((name) => dependencies.has(name)));
}

/** dotenvx keeps values encrypted, with a public key beside them. */
export function isEncrypted(entries: readonly EnvEntry[]): boolean {
  const values = entries.filter(({ key, value }) => value !== "" && !/^DOTENV_PUBLIC_KEY/.test(key));
  return values.length > 0 && values.every(({ value }) => value.startsWith("encrypted:"));
}
