import { oncePerPart } from "../../base/once-per.js";
import { baseName, folderOf, joinPath } from "../../base/paths.js";
import { settledPerPart, settleList } from "../../base/settled.js";
import { capabilitiesOf, isFor } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import { walkAll } from "../../facts/walk.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import { isCommand } from "./commands.js";
import { isPartOfServer, roleOf } from "../roles.js";

/** Folders of commands, scripts, tools, examples and templates. */
const besideCode = /(^|\/)(cli(?:-?based)?|command-?line|_?ad-?hoc|one-?offs?|bin|scripts?|tools?|examples?|samples?|docs?)\/|^(?:tooling|sandbox|playground|plop(?:-templates)?|_templates|turbo\/generators)\//i;
/** Files of the same by their names: `migrate.ts`, `seed.ts`, `menu.client.tsx`, `local.ts`. */
const besideCodeByName = /(^|[./-])(cli|migrate|migrator|(run|apply|execute)-?migrations?(-[\w-]{1,60})?|seed|seeder)\.[cm]?[jt]s$|\w[.-](samples?|examples?)\.[cm]?[jt]s$|\.client\.[jt]sx$|(^|\/)local(?:[-_.]?(?:server|dev))?\.[cm]?[jt]s$/;

/** Whether a file is code that a server runs and somebody writes: no test, migration, script, command, tool or user interface, and nothing that a tool has made. */
export const isBackendCode = oncePerPart((model: ProjectModel, file: string): boolean => {
  const { layer, evidence } = model.layerOf(file);
  if (layer === "tests" || layer === "migrations" || model.options.isGenerated(file)) return false;
  if (layer === undefined && evidence.some((one) => one === "user interface" || one === "configuration of a tool")) return false;
  const unit = model.packageOf(file);
  const placed = belowOwnName(file, unit);
  const role = roleOf(placed);
  if ((role !== "source" && role !== "settings") || (besideCode.test(placed) && !isPartOfServer(placed)) || besideCodeByName.test(file)) return false;
  if ((isBrowserPackage(model, unit) && !isBesideServer(model, file, unit)) || isToolPackage(unit) || ((unit.commands === true || unit.dependencies.has("@adonisjs/core")) && /(^|\/)commands\//.test(file.slice(unit.folder.length)))) return false;
  if (unit.dependencies.has("nuxt") && isOfNuxtPages(model, file, unit)) return false;
  // Components that show what another backend serves write to the console of whoever looks at them.
  if (/\.[jt]sx$/.test(file) && rendersAlone(model, unit)) return false;
  return !isSuite(model, file) && !showsOtherApplication(model, file, unit) && !isAside(model, file, unit) && !showsCall(model, file) && !isServedAsIs(model, file) && !isCommand(model, file) && !((layer === undefined || layer === "shared" || rendersAlone(model, unit)) && runsInBrowser(model, file));
});

/** A path below a service whose subject has the name of a folder for scripts: `main.ts` of `packages/tools`, which lends them. */
function belowOwnName(file: string, unit: PackageUnit): string {
  return /(?:^|\/)(?:packages|apps|services|modules)\/tools?$/.test(unit.folder) && serves(unit) ? file.slice(unit.folder.length + 1) : file;
}

/** What Nuxt builds for browsers, of itself and of its layers; what answers requests is in `server/` (https://nuxt.com/docs/guide/directory-structure). */
const ofNuxtPages = /^\/?(?:layers\/[^/]+\/)?(?:src\/)?(?:app|components|composables|layouts|middleware|pages|plugins|stores?)\//;
/** What Nuxt runs on a server, in its second version as well. */
const ofNuxtServer = /^\/?(?:layers\/[^/]+\/)?(?:src\/)?(?:server|api|server-?middleware|modules)\//i;

/** Whether a file of an application of Nuxt is of its pages: it lies with them, or anywhere outside of what answers requests, which uses nothing of it. */
function isOfNuxtPages(model: ProjectModel, file: string, unit: PackageUnit): boolean {
  const place = file.slice(unit.folder.length);
  if (ofNuxtPages.test(place)) return true;
  return !ofNuxtServer.test(place) && place.replace(/^\//, "").includes("/") && !isBesideServer(model, file, unit) && !model.edgesTo(file).some(({ from }) => ofNuxtServer.test(from.slice(unit.folder.length)));
}

/** A suite of tests that others call with what they want tested: it says `it` and `expect`, whatever it is called. */
function isSuite(model: ProjectModel, file: string): boolean {
  const called = new Set(model.values.index(file).calls.flatMap(({ node: { callee } }) => (callee.kind === "name" ? [callee.name] : [])));
  return called.has("expect") && (called.has("it") || called.has("test")) && called.has("describe");
}

/** Names of files that check whether a server is well: `health.controller.ts`, `db-health.ts`, `get-health-status.query.ts`, `readiness.check.ts`. */
const healthChecks: readonly RegExp[] = [
  /^health[.-]?(?:check)?[.-]?(?:(?:common|public|api|app|http)[.-])?(?:controller|route|router|service)?\.[cm]?[jt]s$/i,
  /health[.-]?indicator\.[cm]?[jt]s$/i,
  /health[-_]?check\.[cm]?[jt]s$/i,
  /(?:^|[-_.])(?:admin|db|database|server|app|service|system|api|redis)[-_.]?health\.[cm]?[jt]s$/i,
  /^(?:get|check)?[-_]?(?:system)?health(?:[-_]?(?:check|status))?[-_.]?(?:use-?case|query|handler)\.[cm]?[jt]s$/i,
  /(?:^|[.-])(?:probe|readiness|liveness|heartbeat)[.-](?:controller|routes?|router|service|indicator|check|probe)\.[cm]?[jt]s$/i,
];
/** `health/controller.ts`, `health-checks/index.ts` */
const inHealthFolder = /(?:^|\/)health(?:[-_]?checks?)?\/(?:controller|routes?|router|service|handler|index)\.[cm]?[jt]s$/i;

/** Asking whether the database is there is what a health check is for. */
export function isHealthCheck(file: string): boolean {
  const name = baseName(file);
  return inHealthFolder.test(file) || healthChecks.some((pattern) => pattern.test(name));
}

/** A command line program that serves and stores nothing, a plugin of a build tool, or what developers try a package in. */
function isToolPackage(unit: PackageUnit): boolean {
  // Generators of Nx and Angular write code for others.
  if ((unit.dependencies.has("@nx/devkit") || unit.dependencies.has("@angular-devkit/schematics")) && !serves(unit)) return true;
  return (unit.commands === true && !serves(unit)) || /(?:vite|webpack|rollup|esbuild|babel|eslint|postcss|tailwind|prettier|metro)[-/]?(?:plugins?|config|loader|preset)|-bundler$|(?:^|[-/])(?:dev-server|playground|sandbox)$/.test(unit.name ?? unit.folder);
}

/** A script in a folder that is served to browsers as it is, which neither uses nor is used by anything outside of it. */
function isServedAsIs(model: ProjectModel, file: string): boolean {
  const [served] = /^(?:.*\/)?public\/(?=.*\.js$)/.exec(file) ?? [];
  return served !== undefined && model.edgesTo(file).every(({ from }) => from.startsWith(served)) && model.edgesFrom(file).every(({ target }) => (target.kind === "file" ? target.file.startsWith(served) : target.kind === "package" && /^https?$/.test(target.package)));
}

/** A file that nothing imports and that uses a framework which its package does not take, but another: what another application is to copy (`integration/next-proxy.js`). */
function showsOtherApplication(model: ProjectModel, file: string, unit: PackageUnit): boolean {
  const taken = (name: string): boolean => model.packages.some((one) => one.dependencies.has(name) && (one === unit || one.folder === ""));
  return [...unit.dependencies.keys()].some((name) => isFor(name, "", "web-framework")) && model.edgesTo(file).length === 0 && model.edgesFrom(file).some(({ target }) => target.kind === "package" && [...serverPackages, ...browserPackages].includes(target.package) && !taken(target.package));
}

/** A file at the top of a package that starts other programs or stands beside the application, uses nothing of the project and is used by nothing. */
function isAside(model: ProjectModel, file: string, unit: PackageUnit): boolean {
  if (folderOf(file) !== unit.folder || model.edgesTo(file).length > 0) return false;
  const targets = model.edgesFrom(file).map(({ target }) => target);
  if (targets.some(({ kind }) => kind === "file")) return false;
  return targets.some((target) => (target.kind === "builtin" && /child_process$/.test(target.name)) || (target.kind === "package" && /^(execa|zx)$/.test(target.package))) || standsBeside(model, file);
}

/** What a program uses that asks an application something, or looks into its store. */
const asking: ReadonlySet<string> = new Set(["http-client", "environment-loader", "data-access", "password-hashing", "token"]);

/** Such a file that asks and stores a few things and ends, beside an application that serves from elsewhere: `create-admin-user.js`. */
function standsBeside(model: ProjectModel, file: string): boolean {
  return endsBeside(model, file) && model.edgesFrom(file).every(({ target }) => target.kind !== "package" || capabilitiesOf(target.package).some((capability) => asking.has(capability)));
}

/** A program that shows how the application is called: it sends a request with nothing but a client, and ends. */
function showsCall(model: ProjectModel, file: string): boolean {
  const targets = model.edgesFrom(file).map(({ target }) => target);
  if (model.edgesTo(file).length > 0 || !targets.every((target) => target.kind === "package" && capabilitiesOf(target.package).includes("http-client"))) return false;
  return endsBeside(model, file) && model.values.index(file).calls.some(({ node: { callee } }) => lastName(callee) === "fetch" || (callee.kind === "member" && lastName(callee.object) === "axios"));
}

/** Whether a file that nothing can import does something and ends, beside an application that serves from elsewhere. */
function endsBeside(model: ProjectModel, file: string): boolean {
  if (/^(?:index|main|app|server|start|run|bot|worker|cluster|handler|lambda|function|job|cron|consumer|sync)/i.test(baseName(file)) || model.facts(file).exports.length > 0) return false;
  let stays = false;
  walkAll(model.facts(file).body, (node) => {
    if ("kind" in node && node.kind === "call") stays ||= /^(?:on|once|listen|schedule|subscribe|setInterval|serve)$/.test(lastName(node.callee));
    return undefined;
  });
  return !stays && model.routes.routes.length > 0;
}

const browserGlobals: ReadonlySet<string> = new Set(["window", "document", "localStorage", "sessionStorage"]);

/** Code that uses what only browsers have, and nothing that only servers have. */
function runsInBrowser(model: ProjectModel, file: string): boolean {
  if (model.edgesFrom(file).some(({ target }) => target.kind === "builtin" || (target.kind === "package" && (capabilitiesOf(target.package).some((capability) => capability !== "http-client" && capability !== "rpc") || /puppeteer|playwright|jsdom/.test(target.package))))) return false;
  let found = false;
  walkAll(model.facts(file).body, (node) => {
    if (!("kind" in node)) return !found;
    if (node.kind === "unary" && node.operator === "typeof") return false;
    if (node.kind === "name" && node.binding === undefined) found ||= browserGlobals.has(node.name);
    return !found;
  });
  return found;
}

const browserPackages = [
  "@types/chrome", "webextension-polyfill", "plasmo", "wxt", "three", "pixi.js", "phaser", "maplibre-gl", "mapbox-gl", "leaflet", "react-dom", "vue",
  "svelte", "@angular/core", "solid-js", "preact", "electron", "@tauri-apps/api", "react-native", "react-router-dom", "antd", "@mui/material",
];
const serverPackages = ["next", "nuxt", "@remix-run/node", "@sveltejs/kit", "@tanstack/react-start", "@tanstack/start", "@analogjs/platform", "astro", "@redwoodjs/core", "@react-router/dev", "@react-router/node"];

/**
 * Whether a package is a user interface alone: it renders in browsers or on devices, and nothing that serves or stores is among its
 * dependencies, or it is a page that a bundler builds (`index.html`) and at most calls a server by its types.
 */
export const isBrowserPackage = oncePerPart((model: ProjectModel, unit: PackageUnit): boolean => {
  const renders = [...unit.dependencies.keys()].some((name) => browserPackages.includes(name));
  return renders && (!serves(unit) || runsOnDevice(unit) || (unit.dependencies.has("vite") && model.text(joinPath(unit.folder, "index.html")) !== undefined && !serverPackages.some((name) => unit.dependencies.has(name))));
});

/** Whether an application runs on phones: what it stores lies there, or with a service that it calls. */
function runsOnDevice({ dependencies }: PackageUnit): boolean {
  return dependencies.has("react-native") && [...dependencies.keys()].every((name) => !serverPackages.includes(name) && !isFor(name, "", "web-framework", "web-server", "queue"));
}

/** Whether a package only renders pages of what another backend serves: a framework of pages is among its dependencies, and nothing that stores, and no file of it answers requests or is called by browsers. */
export const rendersAlone = oncePerPart((model: ProjectModel, unit: PackageUnit): boolean => {
  const names = [...unit.dependencies.keys()];
  if (!names.some((name) => serverPackages.includes(name)) || names.some((name) => !serverPackages.includes(name) && capabilitiesOf(name).some((capability) => /^(?:data-access|queue|mail|payment)$/.test(capability)))) return false;
  return model.routes.routes.every(({ file }) => model.packageOf(file) !== unit) && model.entries.all.every(({ file }) => model.packageOf(file) !== unit);
});

/** `server/` beside the pages that the same package builds. */
function isBesideServer(model: ProjectModel, file: string, unit: PackageUnit): boolean {
  return serverFolders(model, unit).some((folder) => file.startsWith(`${folder}/`));
}

/** Of the files of a server one in so many may be meant for browsers: what it sends into a page that it looks at, mails. */
const oneIn = 8;

/** The folders of a package, below its top, in which a file uses a web framework at run time and hardly any renders. */
const serverFolders = settledPerPart((model: ProjectModel, unit: PackageUnit): readonly string[] => {
  const files = model.files.filter((file) => model.packageOf(file) === unit && roleOf(file) === "source");
  const uses = (file: string): boolean => model.edgesFrom(file).some(({ kind, target }) => kind === "runtime" && target.kind === "package" && isFor(target.package, target.subpath, "web-framework"));
  const folders = new Set(files.filter((file) => folderOf(file) !== unit.folder && uses(file)).map(folderOf));
  const pages = files.filter((file) => model.layerOf(file).evidence.includes("user interface"));
  const below = (folder: string, all: readonly string[]): number => all.filter((file) => file.startsWith(`${folder}/`)).length;
  return [...folders].filter((folder) => below(folder, pages) * oneIn <= below(folder, files));
}, settleList);

function serves({ dependencies }: PackageUnit): boolean {
  return [...dependencies.keys()].some((name) => serverPackages.includes(name) || capabilitiesOf(name).some((capability) => capability === "web-framework" || capability === "data-access" || capability === "queue"));
}
