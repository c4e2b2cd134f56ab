import { capabilitiesOf } from "../catalogue/index.js";
import type { PackageUnit, ProjectModel } from "../model/project-model.js";
import { roleOf } from "./roles.js";

/** Whether a file is code that a server runs: no test, migration, script, tool configuration or user interface. */
export function isBackendCode(model: ProjectModel, file: string): boolean {
  const { layer, evidence } = model.layerOf(file);
  if (layer === "tests" || layer === "migrations") return false;
  if (layer === undefined && evidence.some((one) => one === "user interface" || one === "configuration of a tool")) return false;
  if (isBrowserPackage(model.packageOf(file))) return false;
  const role = roleOf(file);
  return (role === "source" || role === "settings") && !/(^|\/)(cli|bin|scripts?|tools?|examples?|docs?)\//.test(file) && !/(^|[./-])(cli|migrate|migrator|seed|seeder)\.[cm]?[jt]s$/.test(file);
}

const browserPackages = ["react-dom", "vue", "svelte", "@angular/core", "solid-js", "preact"];
const serverPackages = ["next", "nuxt", "@remix-run/node", "@sveltejs/kit", "@tanstack/react-start", "@tanstack/start", "@analogjs/platform", "astro", "@redwoodjs/core", "react-router"];
const browserUnits = new WeakMap<PackageUnit, boolean>();

/** Whether a package is a user interface alone: it renders in browsers, and nothing that serves or stores is among its dependencies. */
export function isBrowserPackage(unit: PackageUnit): boolean {
  const known = browserUnits.get(unit);
  if (known !== undefined) return known;
  const names = [...unit.dependencies.keys()];
  const serves = names.some((name) => serverPackages.includes(name) || capabilitiesOf(name).some((capability) => capability === "web-framework" || capability === "data-access" || capability === "queue"));
  const found = !serves && names.some((name) => browserPackages.includes(name));
  browserUnits.set(unit, found);
  return found;
}
