import type { MergedSections } from "./merge.js";

/** What the settings say of routes, with the defaults filled in. */
export interface RoutesSettings {
  /** Source of a regular expression that matches one whole version segment; it is anchored and cannot backtrack. */
  readonly version: string;
  readonly versioning: "path" | "header" | "rpc-evolution";
  readonly style: "rest" | "rpc";
  readonly public: readonly string[];
  readonly highRisk: readonly string[];
  readonly infrastructure: readonly string[];
  readonly idempotent: readonly string[];
  readonly externalPrefix: string;
  readonly pathConstants: Readonly<Record<string, string>>;
  readonly routeDecorators: Readonly<Record<string, string>>;
  /** Globs relative to the root. */
  readonly routesDir: readonly string[];
  readonly rateLimitedAtGateway: boolean | readonly string[];
}

const defaults: Omit<RoutesSettings, "version"> & { readonly version: readonly string[] } = {
  version: ["v{number}", "apiv{number}", "api-v{number}"],
  versioning: "path",
  style: "rest",
  public: [],
  highRisk: [],
  infrastructure: [],
  idempotent: [],
  externalPrefix: "",
  pathConstants: {},
  routeDecorators: {},
  routesDir: [],
  rateLimitedAtGateway: false,
};

/** The routes of merged settings. */
export function routesSettings(merged: MergedSections): RoutesSettings {
  // The sections were validated by the schema file by file, and merging keeps the type of each value.
  const given = { ...defaults, ...merged.values.routes } as typeof defaults;
  return { ...given, version: `^(?:${given.version.map(segmentPattern).join("|")})$` };
}

/** `v{number}` as `v\d+` with what says that it is not final, `{date}` as a calendar date. */
function segmentPattern(template: string): string {
  return template
    .replace(/[.-]/g, String.raw`\$&`)
    .replaceAll("{number}", String.raw`\d+(?:-?(?:alpha|beta|preview|rc)\d*)?`)
    .replaceAll("{date}", String.raw`\d{4}\-\d{2}\-\d{2}`);
}
