import type { Provenance } from "./provenance.js";

/** An application of a package that answers everything below the path where it is put. */
export interface SubApplication {
  readonly packages: RegExp;
  /** The name that is called last to make it; `default` for the package itself. */
  readonly made: RegExp;
  /** What it gives to whoever asks, where it does not ask who that is: data of the project, or a board to work on it. */
  readonly serves?: "resources" | "board";
}

/** Names of exports as the documentation of each package has them. */
const subApplications: readonly SubApplication[] = [
  { packages: /^@bull-board\/(express|koa|hono)$/, made: /^(getRouter|registerPlugin)$/, serves: "board" },
  { packages: /^(bull-arena|agendash|agendash2|express-admin|mongo-express)$/, made: /^(default|Agendash|Arena)$/, serves: "board" },
  { packages: /^@adminjs\/(express|koa)$|^admin-bro-expressjs$|^@admin-bro\/express$/, made: /^buildRouter$/, serves: "board" },
  { packages: /^@adminjs\/(express|koa)$|^admin-bro-expressjs$|^@admin-bro\/express$/, made: /^buildAuthenticatedRouter$/ },
  { packages: /^json-server$/, made: /^router$/, serves: "resources" },
  { packages: /^better-auth$/, made: /^(toNodeHandler|toNextJsHandler)$/ },
  { packages: /^@auth\/express$/, made: /^ExpressAuth$/ },
  { packages: /^supertokens-node$/, made: /^middleware$/ },
  { packages: /^oidc-provider$/, made: /^callback$/ },
  { packages: /^(http-proxy-middleware|express-http-proxy|koa-proxies|koa-better-http-proxy)$/, made: /^(createProxyMiddleware|legacyCreateProxyMiddleware|default)$/ },
  { packages: /^@(?:remix-run|react-router)\/(?:express|architect|cloudflare|vercel)$/, made: /^createRequestHandler$/ },
  { packages: /^next$/, made: /^getRequestHandler$/ },
  { packages: /^@payloadcms\/next$/, made: /^(REST_\w+|GRAPHQL_\w+)$/ },
];

/** The sub-application that a value is; undefined for anything else. */
export function subApplication({ package: name, path }: Provenance): SubApplication | undefined {
  if (path.at(-1) !== "()") return undefined;
  const made = path.length === 1 ? "default" : (path.at(-2) ?? "default");
  return subApplications.find((one) => one.packages.test(name) && one.made.test(made));
}

/** A call that makes routes for a model of the database. */
export interface RouteGenerator {
  readonly packages: RegExp;
  /** The method that is called for each model. */
  readonly call: string;
  readonly routes: readonly { readonly method: string; readonly below: "list" | "one"; readonly action: string }[];
}

export const resourceGenerators: readonly RouteGenerator[] = [
  {
    packages: /^(finale-rest|epilogue)$/,
    call: "resource",
    routes: [
      { method: "GET", below: "list", action: "list" },
      { method: "POST", below: "list", action: "create" },
      { method: "GET", below: "one", action: "read" },
      { method: "PUT", below: "one", action: "update" },
      { method: "DELETE", below: "one", action: "delete" },
    ],
  },
];

/** What `@Crud({ model })` adds to a controller, below its path. */
export const crudRoutes: readonly { readonly method: string; readonly path: string; readonly action: string }[] = [
  { method: "GET", path: "", action: "getManyBase" },
  { method: "GET", path: ":id", action: "getOneBase" },
  { method: "POST", path: "", action: "createOneBase" },
  { method: "POST", path: "bulk", action: "createManyBase" },
  { method: "PATCH", path: ":id", action: "updateOneBase" },
  { method: "PUT", path: ":id", action: "replaceOneBase" },
  { method: "DELETE", path: ":id", action: "deleteOneBase" },
];
export const crudPackages = /^@(nestjsx|dataui|rewiko)\/crud$/;
