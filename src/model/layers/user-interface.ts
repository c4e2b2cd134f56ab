import { oncePer } from "../../base/once-per.js";
import { baseName, folderOf } from "../../base/paths.js";
import { type Capability, isFor } from "../../catalogue/index.js";
import { frontendFolders, frontendFrameworks, frontendPackages } from "../../catalogue/lexicon/layers.js";
import type { FileFacts } from "../../facts/facts.js";
import type { Expression } from "../../facts/syntax.js";
import { type FunctionContext, indexOf } from "../modules/file-index.js";
import { filesBelow } from "./folder-tree.js";
import { serverDependencies } from "../modules/packages.js";
import type { PackageUnit, ProjectModel } from "../project-model.js";
import { importsDataAccess } from "./imported-packages.js";
import { isOutward } from "./outward.js";
import { isServerAction } from "./request-handlers.js";

/** Whether a file is of a user interface: by what it imports, by its folder, or by its package. */
export function isFrontend(model: ProjectModel, file: string, path: string): boolean {
  const unit = model.packageOf(file);
  const isNest = unit.dependencies.has("@nestjs/core");
  // What Remix and Nuxt run in browsers alone; where no pages are, another service is reached there.
  if (/\.client\.[cm]?[jt]s$/.test(file)) return !isNest && frontendFrameworks.some((name) => unit.dependencies.has(name));
  // What SvelteKit and React Router keep away from browsers.
  if (/(^|\/)lib\/server\/|\.server\.[cm]?[jt]s$/.test(path)) return false;
  // Next.js answers requests with these, beside its pages; a browser calls these, and a server runs them.
  if (isServerAction(model.facts(file))) return false;
  if (/(^|\/)app\/(.+\/)?route\.[cm]?[jt]s$/.test(path) || (/(^|\/)app\/(.+\/)?route\.[jt]sx$/.test(path) && model.facts(file).exports.some(({ name }) => /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(name)))) return false;
  // A handler that renders the mail it sends. The decorators of Angular are of a page.
  if (isNest && !model.facts(file).imports.some(({ specifier }) => specifier?.startsWith("@angular/") === true) && model.values.index(file).classes.some(({ decorators = [] }) => decorators.length > 0)) return false;
  if (/\.[jt]sx$/.test(file)) return /\/components\/|(?:^|\/)app\/(?:.+\/)?(?:page|layout|loading|error|not-found|template)\.[jt]sx$/.test(file) || !/\/(email|mail|template)s?\//.test(file) || usesHooks(model.facts(file));
  if (model.facts(file).imports.some((fact) => fact.specifier !== undefined && !fact.typeOnly && frontendPackages.includes(fact.specifier))) return true;
  if (touchesPage(model.facts(file))) return true;
  if (/(^|\/)(static|assets|wwwroot|javascripts)\//.test(path) && !isOutward(model.facts(file))) return true;
  if (isOfInterface(model, file)) return true;
  if (!frontendFrameworks.some((name) => unit.dependencies.has(name))) return false;
  // A server of Nest's that renders its mails with React has no pages: its `components/` are its features. What is loaded into pages beside a server (jQuery) has no `providers/`.
  return !isOfServer(unit) || (!isNest && frontendPackages.some((name) => unit.dependencies.has(name)) && path.split("/").some((folder) => frontendFolders.includes(folder)) && !servesOrStores(model.facts(file)));
}

/** `providers/Database.ts` of a server that renders its pages. */
function servesOrStores(facts: FileFacts): boolean {
  return importsDataAccess(facts) || isOutward(facts);
}

/** What is rendered to be sent keeps no state and goes nowhere: `useState` and a router are of a page that a browser shows. */
function usesHooks({ imports }: FileFacts): boolean {
  return imports.some(({ specifier = "", names }) => /^react-router(?:-dom)?$/.test(specifier) || (specifier === "react" && names.some(({ imported }) => /^use(?:State|Effect|Ref|Reducer|LayoutEffect)$/.test(imported))));
}

/** The folders of user interfaces: called as such and holding pages, such as `client/` beside `server/`, or beginning with what starts a page. */
const interfaceFolders = oncePer((model: ProjectModel): ReadonlySet<string> => {
  const found = new Set(model.files.filter((file) => startNames.test(baseName(file)) && startsPage(model.facts(file))).map(folderOf).filter((folder) => folder !== "" && !holdsServer(model, folder)));
  for (const file of model.files) {
    if (!/(?:client|front-?end|web-?app|browser)\//i.test(file) || !(/\.[jt]sx$/.test(file) || touchesPage(model.facts(file)))) continue;
    const folders = file.split("/").slice(0, -1);
    for (const [at, folder] of folders.entries()) if (/^(?:client|frontend|front-end|webapp|web-app|browser)$/i.test(folder)) found.add(folders.slice(0, at + 1).join("/"));
  }
  return found;
});

/** What files are called that start something; only these are read for it, so that an edit of another changes nothing. */
const startNames = /^(?:main|index)\.[jt]sx?$/;

/** `main.ts` of an application that a browser runs: `bootstrapApplication(AppComponent)`, `createRoot(root).render(<App />)`. */
function startsPage({ imports }: FileFacts): boolean {
  return imports.some(({ specifier, names }) => specifier === "react-dom/client" || (specifier?.startsWith("@angular/platform-browser") === true && names.some(({ imported }) => /^(?:bootstrapApplication|platformBrowser(?:Dynamic)?)$/.test(imported))));
}

/** Whether code below a folder serves or stores something. */
function holdsServer(model: ProjectModel, folder: string): boolean {
  return filesBelow(model.files, folder).some((file) => importsDataAccess(model.facts(file)) || model.edgesFrom(file).some(({ kind, target }) => kind === "runtime" && target.kind === "package" && isFor(target.package, target.subpath, "web-framework", "web-server")));
}

function isOfInterface(model: ProjectModel, file: string): boolean {
  const folders = interfaceFolders(model);
  return folders.size > 0 && file.split("/").slice(0, -1).some((_folder, at, all) => folders.has(all.slice(0, at + 1).join("/")));
}

/** What only a page in a browser has. */
const pageObjects = /^(document|window|localStorage|sessionStorage)$/;
/** Methods that run a function in a page from outside: of Puppeteer, Playwright and WebdriverIO. */
const runsInPage = /^(evaluate\w*|\$\$?eval|addInitScript|waitForFunction|execute(Script)?)$/;

/** Whether code calls a page that it runs in, and nothing of a server. */
function touchesPage(facts: FileFacts): boolean {
  const calls = indexOf(facts).calls.filter(({ node }) => node.callee.kind === "member" && isOfPage(node.callee.object));
  return calls.length > 0 && calls.some(({ in: context }) => !isRunInPage(context)) && !isOutward(facts) && !importsDataAccess(facts) && !facts.imports.some(({ specifier }) => specifier?.startsWith("node:") === true);
}

function isOfPage(node: Expression): boolean {
  if (node.kind === "member") return isOfPage(node.object);
  return node.kind === "name" && node.binding === undefined && pageObjects.test(node.name);
}

function isRunInPage(context: FunctionContext | undefined): boolean {
  for (let at = context; at; at = at.parent) {
    const callee = at.passedTo?.call.callee;
    if (callee?.kind === "member" && runsInPage.test(callee.property)) return true;
  }
  return false;
}

/** Whether a package has something to serve or to store. */
function isOfServer({ dependencies }: PackageUnit): boolean {
  const serving: readonly Capability[] = ["web-framework", "web-server", "queue"];
  // An application on a phone keeps data there, or with a service that it calls.
  const wanted = dependencies.has("react-native") ? serving : [...serving, "data-access" as const];
  // Pages of React Router are rendered on a server, which by itself stores nothing and serves nobody else.
  return [...dependencies.keys()].some((name) => !/^(?:@react-router\/|react-router(?:-dom)?$)/.test(name) && (serverDependencies.includes(name) || isFor(name, "", ...wanted)));
}
