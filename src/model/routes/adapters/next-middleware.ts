import { describe } from "../../../catalogue/index.js";
import { baseName, folderOf, joinPath } from "../../../base/paths.js";
import { propertyOf } from "../../../facts/names.js";
import type { Expression, FunctionNode } from "../../../facts/syntax.js";
import type { PackageUnit, ProjectModel } from "../../project-model.js";
import { returnedExpressions } from "../../modules/returns.js";
import type { ExternalValue } from "../../values/value.js";
import type { RawStep } from "../adapter.js";
import { pathTexts } from "../../values/path-texts.js";
import { looksAtPath } from "../by-path.js";
import { behaviourOf } from "../behaviour.js";
import type { StepRole } from "../route.js";

/** The one middleware of a Next.js application, and for which paths it runs. */
export interface NextMiddleware {
  readonly step: RawStep;
  covers(path: string): "yes" | "no" | "unknown";
}

/** `middleware.ts`, or `proxy.ts` from Next.js 16 on; what it matches has no `basePath`. */
export function middlewareOf(model: ProjectModel, unit: PackageUnit, basePath: string): NextMiddleware | undefined {
  const file = model.files.find((one) => (folderOf(one) === unit.folder || folderOf(one) === joinPath(unit.folder, "src")) && /^(middleware|proxy)\.[cm]?[jt]s$/.test(baseName(one)) && model.packageOf(one) === unit);
  if (file === undefined) return undefined;
  const name = baseName(file).replace(/\..*$/, "");
  const covers = matcherOf(model, file);
  for (const exported of ["default", name]) {
    const [value] = model.values.ofExport(file, exported);
    if (!value) continue;
    // `export { default } from "next-auth/middleware"`
    const given = value.kind === "external" && !value.site ? describe(value.provenance)?.middleware?.role : undefined;
    if (given === "auth") return { step: { file, node: { kind: "literal", span: [0, 0], value: name }, origin: "global", name, judged: { role: "auth" } }, covers: (path) => covers(withoutBase(path, basePath)) };
    const node = value.kind === "function" ? ({ kind: "function", span: value.node.span, function: value.node } as const) : value.kind === "external" ? value.site?.node : undefined;
    const at = value.kind === "function" ? value.file : value.kind === "external" ? value.site?.file : undefined;
    if (!node || at === undefined) continue;
    const selective = value.kind === "function" ? looksAtPath(value.node) && mayRefuse(model, value.file, value.node) : true;
    const role = value.kind === "external" ? roleOfNextAuth(model, value) : selective ? "unknown" : undefined;
    return { step: { file: at, node, origin: "global", name, ...(role && { judged: { role } }) }, covers: (path) => covers(withoutBase(path, basePath)) };
  }
  return undefined;
}

/** What `withAuth(fn, { callbacks: { authorized } })` and `NextAuth({ callbacks: { authorized } }).auth` turn away: with a callback whom it refuses, which may be nobody. */
function roleOfNextAuth(model: ProjectModel, { provenance, site }: ExternalValue): StepRole {
  if (provenance.package !== "next-auth" || !site) return "unknown";
  const options = site.node.arguments.flatMap((argument) => (argument.kind === "object" ? [argument] : [])).at(-1);
  const callbacks = options && propertyOf(options, "callbacks");
  const authorized = callbacks?.kind === "object" ? propertyOf(callbacks, "authorized") : undefined;
  const isWrapper = provenance.subpath === "/middleware";
  if (!authorized) return isWrapper ? "auth" : "unknown";
  const decides = model.values.of(site.file, authorized).flatMap((value) => (value.kind === "function" ? [value.node] : []));
  if (decides.length === 0) return "unknown";
  if (decides.every((node) => returnedExpressions(node).every(isTrue))) return "context";
  return decides.some((node) => looksAtPath(node)) ? "unknown" : "auth";
}

function isTrue(node: Expression): boolean {
  return node.kind === "literal" && node.value === true;
}

function withoutBase(path: string, basePath: string): string {
  return basePath !== "" && path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
}

/** What only sends clients to another language or host, or sets headers, turns nobody away, whatever paths it looks at. */
function mayRefuse(model: ProjectModel, file: string, node: FunctionNode): boolean {
  const { statuses, verifies, asksSession, asksToLogIn, readsPrincipal, limits, opaque } = behaviourOf(model.values, file, node);
  return statuses.size > 0 || verifies || asksSession || asksToLogIn || readsPrincipal || limits || opaque;
}

/** What `config.matcher` matches; without one, everything. */
function matcherOf(model: ProjectModel, file: string): NextMiddleware["covers"] {
  const config = model.values.ofExport(file, "config").find((value) => value.kind === "object");
  const matcher = config?.kind === "object" ? propertyOf(config.node, "matcher") : undefined;
  if (!matcher || config?.kind !== "object") return () => "yes";
  const nodes = matcher.kind === "array" ? matcher.elements : [matcher];
  const patterns = nodes.flatMap((node) => pathTexts(model, config.file, node.kind === "object" ? (propertyOf(node, "source") ?? node) : node)?.map(({ text }) => text) ?? [undefined]);
  return (path) => {
    const verdicts = patterns.map((pattern) => (pattern === undefined ? "unknown" : matches(pattern, path)));
    return verdicts.includes("yes") ? "yes" : verdicts.includes("unknown") ? "unknown" : "no";
  };
}

/** One pattern: literal segments, `:name`, `:name*`, `(.*)`, and a leading `/((?!api|static).*)` that leaves beginnings out. */
function matches(pattern: string, path: string): "yes" | "no" | "unknown" {
  const excluded = /^\/\(\(\?!([^()]*)\)\.[*+]\)$/.exec(pattern);
  if (excluded) return excluded[1]?.split("|").some((start) => path.slice(1).startsWith(start.replaceAll("\\", ""))) ? "no" : "yes";
  if (pattern.includes("(?!")) {
    // Longer look-aheads (`.*\\..*` for files) still begin with names that are left out.
    const starts = /\(\?!([\w/|-]*)/.exec(pattern)?.[1]?.split("|").filter(Boolean) ?? [];
    return starts.some((start) => path.slice(1).startsWith(start)) ? "no" : "unknown";
  }
  if (/[(\\]/.test(pattern.replaceAll("(.*)", ""))) return /^\/\(api\|trpc\)\(\.\*\)$/.test(pattern) ? (/^\/(api|trpc)(\/|$)/.test(path) ? "yes" : "no") : "unknown";
  const wanted = pattern.split("/").filter(Boolean);
  const given = path.split("/").filter(Boolean);
  for (const [index, segment] of wanted.entries()) {
    if (segment === "(.*)" || /^:\w+[*+]$/.test(segment)) return segment.endsWith("+") && given.length <= index ? "no" : "yes";
    if (given[index] === undefined) return "no";
    if (!segment.startsWith(":") && segment !== given[index]) return "no";
  }
  return wanted.length === given.length ? "yes" : "no";
}
