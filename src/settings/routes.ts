import { versionDate, versionNumber, versionSegment } from "../base/route-segments.js";
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

/** What a team writes, with templates of a segment where the defaults have a pattern. */
type GivenRoutes = Omit<RoutesSettings, "version"> & { readonly version?: readonly string[] };

const defaults: GivenRoutes = {
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
  const given = { ...defaults, ...merged.values.routes } as GivenRoutes;
  return { ...given, version: given.version === undefined ? versionSegment.source : `^(?:${given.version.map(segmentPattern).join("|")})$` };
}

/** `v{number}` with the number of a version, `{date}` with a calendar date. */
function segmentPattern(template: string): string {
  return template
    .replace(/[.-]/g, String.raw`\$&`)
    .replaceAll("{number}", versionNumber)
    .replaceAll("{date}", versionDate);
}
