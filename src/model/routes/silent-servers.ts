import { groupBy } from "../../base/group-by.js";
import { oncePerPart } from "../../base/once-per.js";
import type { Span } from "../../base/position.js";
import type { ProjectModel } from "../project-model.js";
import { isTestOrMigration } from "./operations.js";
import type { UnresolvedRoute } from "./route.js";

/** Packages whose servers answer requests. */
const servers = /^(express|koa|fastify|hono|@hono\/node-server|restify|polka|@hapi\/hapi|(node:)?https?)$/;

interface Found {
  readonly file: string;
}

/** Packages of the project that listen for requests and of which no route was found, so that nobody takes them for read. */
export function silentServers(model: ProjectModel, routes: readonly Found[], unresolved: readonly Found[]): readonly UnresolvedRoute[] {
  const told = new Set([...routes, ...unresolved].map(({ file }) => model.packageOf(file)));
  const others = groupBy(model.files.filter((file) => !isTestOrMigration(model, file) && !told.has(model.packageOf(file))), (file) => model.packageOf(file));
  return [...others.values()].flatMap((files) => {
    const imported = files.flatMap((file) => importedServer(model, file) ?? [])[0];
    const listening = imported === undefined ? undefined : files.flatMap((file) => listens(model, file).map((span) => ({ file, span })))[0];
    return listening ? [{ ...listening, reason: `this listens for requests (${imported ?? ""}), and no route was found that it answers; what registers them is not read` }] : [];
  });
}

const importedServer = oncePerPart((model: ProjectModel, file: string): string | undefined => model.facts(file).imports.flatMap(({ specifier, typeOnly }) => (specifier !== undefined && !typeOnly && servers.test(specifier) ? [specifier] : []))[0]);

/** `app.listen(port)`, `serve({ fetch: app.fetch })` */
const listens = oncePerPart((model: ProjectModel, file: string): readonly Span[] =>
  model.values.index(file).calls.flatMap(({ node: { callee, span } }) => {
    if (callee.kind === "member" && callee.property === "listen") return [span];
    return callee.kind === "name" && callee.name === "serve" ? [span] : [];
  }),
);
