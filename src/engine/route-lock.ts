import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { isFileSystemError, UserError } from "../base/errors.js";
import type { ProjectModel } from "../model/project-model.js";
import { type Route, requestParts } from "../model/routes/route.js";
import { writeFileAtomically } from "./atomic-file.js";

/** The file at the root that holds the public surface. */
export const routeLockFile = "std-check.routes.json";

const lockedRoute = z.strictObject({
  method: z.string(),
  path: z.string(),
  /** What stands between the outside and the handler. */
  auth: z.enum(["required", "optional", "public", "unknown", "none"]),
  rateLimit: z.boolean(),
  /** The parts of the request that a schema checks, and whether one holds the answer. */
  request: z.array(z.enum(requestParts)),
  response: z.boolean(),
});
const schema = z.strictObject({ version: z.literal(1), routes: z.array(lockedRoute) });

/** A route as the outside sees it. */
export type LockedRoute = z.output<typeof lockedRoute>;

/** The public surface of a project as the text of the file: sorted, one line a route, so that a change is one line of a diff. */
export function routeLockOf(model: ProjectModel): string {
  const lines = surfaceOf(model).map((route) => `    ${JSON.stringify(route)}`);
  return `{\n  "version": 1,\n  "routes": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

/** Writes the surface of today to the root. */
export function lockRoutes(root: string, model: ProjectModel): void {
  writeFileAtomically(path.join(root, routeLockFile), routeLockOf(model));
}

/**
 * What the routes of today add to, take from and change of the surface that was written, one line for each; undefined if
 * none was written. Throws a UserError for a file that cannot be read.
 */
export function routeDrift(root: string, model: ProjectModel): readonly string[] | undefined {
  let text: string;
  try {
    text = readFileSync(path.join(root, routeLockFile), "utf8");
  } catch (error) {
    if (isFileSystemError(error, "ENOENT")) return undefined;
    throw error;
  }
  return compareSurfaces(readLock(text), surfaceOf(model));
}

function readLock(text: string): readonly LockedRoute[] {
  try {
    return schema.parse(JSON.parse(text)).routes;
  } catch {
    throw new UserError("route-lock", `${routeLockFile} is not what std-check wrote.`, "Write it again with `std-check routes --lock`.");
  }
}

/** The differences of two surfaces in words, by path. */
export function compareSurfaces(before: readonly LockedRoute[], after: readonly LockedRoute[]): readonly string[] {
  const known = new Map(before.map((route) => [nameOf(route), route]));
  const now = new Map(after.map((route) => [nameOf(route), route]));
  const added = after.filter((route) => !known.has(nameOf(route))).map((route) => `added: ${nameOf(route)} (auth ${route.auth}, ${route.rateLimit ? "limited" : "no rate limit"})`);
  const removed = before.filter((route) => !now.has(nameOf(route))).map((route) => `removed: ${nameOf(route)}`);
  const changed = after.flatMap((route) => {
    const old = known.get(nameOf(route));
    return old ? changesOf(old, route).map((change) => `${change.opens ? "opened" : "changed"}: ${nameOf(route)} ${change.text}`) : [];
  });
  return [...added, ...removed, ...changed];
}

function changesOf(before: LockedRoute, after: LockedRoute): readonly { readonly opens: boolean; readonly text: string }[] {
  const lost = before.request.filter((part) => !after.request.includes(part));
  const won = after.request.filter((part) => !before.request.includes(part));
  return [
    ...(before.auth === after.auth ? [] : [{ opens: before.auth === "required", text: `auth was ${before.auth} and is ${after.auth}` }]),
    ...(before.rateLimit === after.rateLimit ? [] : [{ opens: before.rateLimit, text: after.rateLimit ? "has a rate limit now" : "lost its rate limit" }]),
    ...lost.map((part) => ({ opens: true, text: `lost the schema of its ${part}` })),
    ...won.map((part) => ({ opens: false, text: `has a schema for its ${part} now` })),
    ...(before.response === after.response ? [] : [{ opens: before.response, text: after.response ? "has a response schema now" : "lost its response schema" }]),
  ];
}

function nameOf({ method, path: at }: LockedRoute): string {
  return `${method} ${at}`;
}

/** The public surface: one entry for each method and path; of several registrations the first that answers. */
export function surfaceOf(model: ProjectModel): readonly LockedRoute[] {
  const routes = new Map<string, LockedRoute>();
  for (const route of model.routes.routes) {
    const locked = lockedOf(route);
    if (!routes.has(nameOf(locked))) routes.set(nameOf(locked), locked);
  }
  return [...routes.values()];
}

function lockedOf({ method, path: at, steps, request, response }: Route): LockedRoute {
  const has = (role: Route["steps"][number]["role"]): boolean => steps.some((step) => step.role === role);
  return {
    method,
    path: at,
    auth: has("auth") ? "required" : has("public") ? "public" : has("auth-attach") ? "optional" : has("unknown") ? "unknown" : "none",
    rateLimit: has("rate-limit"),
    request: requestParts.filter((part) => request[part].kind === "enforced"),
    response: response.kind === "enforced",
  };
}
