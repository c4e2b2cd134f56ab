import { groupBy } from "../../../base/group-by.js";
import { inAllFiles } from "../../../base/gathered.js";
import { oncePer } from "../../../base/once-per.js";
import { settledPer, settlePlain } from "../../../base/settled.js";
import { counted } from "../../../base/words.js";
import type { PackageUnit, ProjectModel } from "../../project-model.js";
import type { Adapter, AdapterResult } from "../adapter.js";
import type { UnresolvedRoute } from "../route.js";

/** A framework whose routes are not read, and how a file shows that it has some. */
interface Unread {
  readonly name: string;
  /** What the file imports for it. */
  readonly imports?: { readonly from: RegExp; readonly names: RegExp };
  /** Where such files lie in an application that depends on one of these packages, and what one must export or say. */
  readonly files?: { readonly dependency: RegExp; readonly path: RegExp; readonly exports?: RegExp; readonly text?: RegExp };
}

const verbs = /^(GET|POST|PUT|PATCH|DELETE|ALL)$/;
const decorators = /^(Get|Post|Put|Patch|Delete|Del|All)$/;

const frameworks: readonly Unread[] = [
  { name: "LoopBack", imports: { from: /^@loopback\/(rest|openapi-v3)$/, names: /^(get|post|put|patch|del|operation)$/ } },
  { name: "Ts.ED", imports: { from: /^@tsed\/(schema|common)$/, names: decorators } },
  { name: "FoalTS", imports: { from: /^@foal\/core$/, names: decorators } },
  { name: "Midway", imports: { from: /^@midwayjs\/(core|decorator)$/, names: decorators } },
  { name: "Moleculer", imports: { from: /^moleculer-web$/, names: /./ } },
  { name: "AdonisJS before 6", imports: { from: /^@ioc:Adonis\/Core\/Route$/, names: /./ }, files: { dependency: /^@adonisjs\/framework$/, path: /^start\/routes\.js$/ } },
  { name: "itty-router", imports: { from: /^itty-router$/, names: /Router$/ } },
  { name: "koa-ts-controllers", imports: { from: /^koa-ts-controllers$/, names: /./ } },
  { name: "Encore", imports: { from: /^encore\.dev\/api$/, names: /^api$/ } },
  { name: "TanStack Start", imports: { from: /^@tanstack\/(react|solid|vue)?-?start(\/server)?$/, names: /^(createServerFn|createServerFileRoute|createAPIFileRoute)$/ } },
  { name: "Cloud Functions", imports: { from: /^firebase-functions(\/v2)?\/(https|v2\/https)$|^firebase-functions\/https$/, names: /^(onRequest|onCall)$/ } },
  { name: "Claudia", imports: { from: /^claudia-api-builder$/, names: /./ } },
  { name: "Egg", files: { dependency: /^egg$/, path: /^app\/router(\/.+)?\.[jt]s$/ } },
  { name: "Egg controllers", imports: { from: /^(egg|@eggjs\/(tegg|controller-decorator))$/, names: /^HTTPController$/ } },
  { name: "Sails", files: { dependency: /^sails$/, path: /^config\/routes\.[jt]s$/ } },
  { name: "Strapi", files: { dependency: /^@strapi\/strapi$/, path: /^src\/(api|extensions|plugins)\/.*\/routes\/.+\.[jt]s$/ } },
  { name: "RedwoodJS", files: { dependency: /^@redwoodjs\/api$/, path: /^src\/functions\/.+\.[jt]s$/ } },
  { name: "Remix or React Router", files: { dependency: /^(@remix-run|@react-router)\/(node|server-runtime|cloudflare|express|serve|dev)$/, path: /^(app|src)\/.+\.[jt]sx?$/, exports: /^(loader|action)$/ } },
  { name: "SvelteKit", files: { dependency: /^@sveltejs\/kit$/, path: /(^|\/)\+(server|page\.server)\.[jt]s$/, exports: /^(GET|POST|PUT|PATCH|DELETE|fallback|actions)$/ } },
  { name: "Astro", files: { dependency: /^astro$/, path: /^src\/pages\/.+\.[jt]s$/, exports: verbs } },
  { name: "SolidStart", files: { dependency: /^(@solidjs\/start|solid-start)$/, path: /^src\/routes\/.+\.[jt]sx?$/, exports: verbs } },
  { name: "Qwik City", files: { dependency: /^(@builder\.io\/qwik-city|@qwik\.dev\/router)$/, path: /^src\/routes\/.+\.[jt]sx?$/, exports: /^on(Get|Post|Put|Patch|Delete|Request)$/ } },
];

/** Frameworks whose routes are not read: they are said, once for each application, so that nobody takes them for listed. */
export const unread: Adapter = { framework: "unread", packages: [], find };

function find(model: ProjectModel): AdapterResult {
  return { routes: [], unresolved: unreadSites(model), applications: [] };
}

const unreadSites = settledPer((model: ProjectModel): readonly UnresolvedRoute[] => {
  const byPackage = groupBy(unreadFiles(model), ({ file }) => model.packageOf(file));
  return [...new Set(model.files.map((file) => model.packageOf(file)))].flatMap((unit) => {
    return [...groupBy(byPackage.get(unit) ?? [], ({ framework }) => framework)].flatMap(([framework, [first, ...others]]) => {
      if (!first) return [];
      return [{ file: first.file, span: [0, 0] as const, reason: `routes of ${framework.name} are not read (${counted(others.length + 1, "file")} of this application); they, and what guards them, are not listed` }];
    });
  });
}, settlePlain);

/** The files that have such routes, once for each framework. */
const unreadFiles = inAllFiles((model: ProjectModel, file) => {
  const unit = model.packageOf(file);
  const inside = unit.folder === "" ? file : file.slice(unit.folder.length + 1);
  const own = new Set([...importedFrameworks(model, file), ...installedIn(unit).filter((framework) => liesWhereRoutesDo(model, file, inside, framework))]);
  return [...own].map((framework) => ({ file, framework }));
});

/** The frameworks that a package depends on and whose files tell themselves by where they lie. */
const installedIn = oncePer((unit: PackageUnit) => frameworks.filter(({ files: wanted }) => wanted && [...unit.dependencies.keys()].some((name) => wanted.dependency.test(name))));

function importedFrameworks(model: ProjectModel, file: string): readonly Unread[] {
  const imported = model.facts(file).imports.flatMap(({ specifier, typeOnly, names }) => (specifier === undefined || typeOnly ? [] : [{ specifier, names: names.filter((name) => !name.typeOnly) }]));
  return frameworks.filter(({ imports }) => imports && imported.some(({ specifier, names }) => imports.from.test(specifier) && names.some((name) => imports.names.test(name.imported))));
}

/** Whether a file, at a path inside its package, lies and looks as those of an installed framework do. */
function liesWhereRoutesDo(model: ProjectModel, file: string, inside: string, { files }: Unread): boolean {
  if (!files?.path.test(inside) || /\.(test|spec)\./.test(inside)) return false;
  return (files.exports === undefined || model.facts(file).exports.some(({ name }) => files.exports?.test(name))) && (files.text === undefined || files.text.test(model.text(file) ?? ""));
}
