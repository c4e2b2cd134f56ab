import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { compareText } from "../base/finding.js";

/** The licences of the packages that modules come from, which ask to be handed on with the code. */
export function notices(modules: readonly string[]): string {
  const folders = new Set(modules.flatMap((module) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(module.replaceAll("\\", "/"))?.[0] ?? []));
  return [...folders].sort(compareText).map((folder) => `${folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length)}\n\n${licence(folder)}`).join(`\n${"-".repeat(80)}\n\n`);
}

function licence(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e(?:[.-]\w+)?$/i.test(name));
  if (file === undefined) throw new Error(`${folder} has no licence.`);
  return readFileSync(path.join(folder, file), "utf8");
}
