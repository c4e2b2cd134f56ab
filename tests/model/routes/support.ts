import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { joinRoutePath, normalizeRoutePath } from "../../../src/model/routes/path.js";
import type { Route, RouteTable } from "../../../src/model/routes/route.js";
import { modelOf } from "../../support/model.js";

/** The route table that is read from the files of a folder beside this one. */
export function tableOf(folder: string): RouteTable {
  const root = fileURLToPath(new URL(folder, import.meta.url));
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return modelOf(
    Object.fromEntries(
      files.map((entry) => {
        const file = path.join(entry.parentPath, entry.name);
        return [`src/${path.relative(root, file).split(path.sep).join("/")}`, readFileSync(file, "utf8")];
      }),
    ),
  ).routes;
}

/** `GET /users/:id`, sorted, each once. */
export function linesOf(routes: readonly Pick<Route, "method" | "path">[]): string[] {
  return [...new Set(routes.map(({ method, path: at }) => `${method} ${at}`))].sort();
}

/** A route as a framework reports it, in the notation of the table. */
export function reported(method: string, ...parts: readonly string[]): Pick<Route, "method" | "path"> {
  return { method: method.toUpperCase(), path: normalizeRoutePath(joinRoutePath(...parts)) };
}

/** The routes that turn a request without credentials away, by what is read from the code. */
export function guardedIn(routes: readonly Route[]): string[] {
  return linesOf(routes.filter(({ steps }) => steps.some(({ role }) => role === "auth") && !steps.some(({ role }) => role === "public")));
}

/** The routes that a running application answers with 401 when no credentials are sent. */
export async function guardedBy(routes: readonly Route[], statusOf: (method: string, url: string) => Promise<number>): Promise<string[]> {
  const guarded: Route[] = [];
  for (const route of routes) {
    const url = route.path.replaceAll(/[:*]\w+\??/g, "1");
    if ((await statusOf(route.method === "ALL" ? "GET" : route.method, url)) === 401) guarded.push(route);
  }
  return linesOf(guarded);
}
