import { describe, expect, it } from "vitest";
import { UserError } from "../../src/base/errors.js";
import { parseJson } from "../../src/settings/document.js";
import { settingsJsonSchema, settingsSchema } from "../../src/settings/schema.js";
import { validateSettings } from "../../src/settings/validate.js";
import { registry, thrown } from "./support.js";

const schema = settingsSchema(registry);

function read(text: string) {
  return validateSettings("std-check.config.json", parseJson(text), schema);
}

function mistakes(text: string): string[] {
  const error = thrown(() => read(text));
  if (!(error instanceof UserError)) throw error;
  return error.message.split("\n").map((line) => line.trim().replace("std-check.config.json:", ""));
}

describe("valid settings", () => {
  it("takes every key", () => {
    const settings = read(`{
      // comments and trailing commas are allowed
      "$schema": "./node_modules/std-check/schemas/settings.schema.json",
      "root": true,
      "extends": ["strict", "express", "./more.json"],
      "include": "src/**",
      "exclude": ["src/generated/**"],
      "layers": { "api": "src/http/**", "jobs": { "as": "service", "files": ["src/jobs/**"], "mayImport": ["domain"], "ports": "src/jobs/ports/**" } },
      "features": ["src/modules/*"],
      "architecture": { "persistence": "services" },
      "rules": { "layer-imports": ["warn", { "typeImports": "report" }], "docs-updated": "off" },
      "overrides": [{ "files": "src/legacy/**", "rules": { "thin-handlers": ["error", { "maxStatements": 40 }] } }],
      "routes": {
        "version": "{date}", "versioning": "path", "style": "rpc", "public": ["/status", "POST /login"], "highRisk": ["vote"],
        "infrastructure": ["/internal/*"], "idempotent": ["donations"], "externalPrefix": "/api", "pathConstants": { "config.prefix": "/api" },
        "routeDecorators": { "V1Get": "GET" }, "routesDir": "src/pages", "rateLimitedAtGateway": ["/search"],
      },
      "names": { "auth": ["checkUser"], "counters": ["viewCount"] },
      "security": { "tenantKeys": ["organizationId"] },
      "exceptions": [{ "rule": "layer-imports", "files": "src/old.ts", "reason": "moves with the next release", "owner": "@payments", "expires": "2027-03-01", "ticket": "PAY-12" }],
      "done": { "lint": "npm run lint", "format": false, "types": "tsc --noEmit", "test": "vitest run", "timeout": 300 },
      "stack": { "framework": "koa", "logger": false },
    }`);
    expect(settings.include).toEqual(["src/**"]);
    expect(settings.layers?.["jobs"]).toEqual({ as: "service", files: ["src/jobs/**"], mayImport: ["domain"], ports: ["src/jobs/ports/**"] });
    expect(settings.stack).toEqual({ framework: ["koa"], logger: false });
  });

  it("takes nothing at all", () => {
    expect(read("{}")).toEqual({});
  });

  it("reads a file with a byte-order mark and Windows line ends", () => {
    expect(read("\uFEFF{\r\n  \"root\": true\r\n}")).toEqual({ root: true });
    expect(mistakes("\uFEFF{\r\n  \"rot\": true\r\n}")).toEqual(['2:3 unknown key "rot"; did you mean "root"?']);
  });
});

describe("mistakes", () => {
  it.each([
    ["an unknown key", `{ "layer": {} }`, '1:3 unknown key "layer"; did you mean "layers"?'],
    ["an unknown key in a section", `{ "routes": {\n  "publik": [] } }`, '2:3 unknown key "publik"; did you mean "public"?'],
    ["an unknown rule", `{ "rules": { "layers-import": "error" } }`, '1:14 unknown rule "layers-import"; did you mean "layer-imports"?'],
    ["a rule that no name is like", `{ "rules": { "tabs": "error" } }`, '1:14 unknown rule "tabs"; `std-check rules` lists them all'],
    ["a rule with the plugin prefix", `{ "rules": { "std/layer-imports": "error" } }`, '1:14 unknown rule "std/layer-imports"; did you mean "layer-imports"?'],
    ["an unknown rule in an override", `{ "overrides": [{ "files": "a/**", "rules": { "thin-handler": "off" } }] }`, '1:47 unknown rule "thin-handler"; did you mean "thin-handlers"?'],
    ["an unknown severity", `{ "rules": { "layer-imports": "warning" } }`, '1:31 rules.layer-imports: "warning" is not valid; expected one of off, warn, error'],
    ["an unknown severity beside options", `{ "rules": { "layer-imports": ["eror", {}] } }`, '1:32 rules.layer-imports[0]: "eror" is not valid; did you mean "error"?'],
    ["a severity of another type", `{ "rules": { "layer-imports": 2 } }`, "1:31 rules.layer-imports: expected off, warn, error, or [severity, options]"],
    ["an unknown option", `{ "rules": { "thin-handlers": ["warn", { "maxStatement": 3 }] } }`, '1:42 unknown option "maxStatement"; did you mean "maxStatements"?'],
    ["an option of another type", `{ "rules": { "thin-handlers": ["warn", { "maxStatements": "3" }] } }`, "1:59 rules.thin-handlers[1].maxStatements: expected number, received string"],
    ["an unknown value of an option", `{ "rules": { "layer-imports": ["warn", { "typeImports": "reports" }] } }`, '1:57 rules.layer-imports[1].typeImports: "reports" is not valid; did you mean "report"?'],
    ["a list where an object belongs", `[]`, "1:1 expected object, received array"],
    ["an unknown layer", `{ "layers": { "servise": ["src/**"] } }`, '1:26 layers.servise: unknown layer "servise"; did you mean "service"? A layer of your own is written as { "as": "service", "files": [...] }'],
    ["a custom layer without files", `{ "layers": { "jobs": { "as": "service" } } }`, "1:23 layers.jobs.files: is missing"],
    ["a custom layer that stands for no layer", `{ "layers": { "jobs": { "as": "services", "files": [] } } }`, '1:31 layers.jobs.as: "services" is not valid; did you mean "service"?'],
    ["an absolute glob", `{ "exclude": ["/src/**"] }`, "1:15 exclude[0]: globs are relative to the folder of the settings, with forward slashes and without . or .. parts"],
    ["a glob out of the folder", `{ "exclude": "../other/**" }`, "1:14 exclude: globs are relative to the folder of the settings, with forward slashes and without . or .. parts"],
    ["a glob with backward slashes", `{ "exclude": "src\\\\generated" }`, "1:14 exclude: globs are relative to the folder of the settings, with forward slashes and without . or .. parts"],
    ["a regular expression as version", `{ "routes": { "version": "v\\\\d+" } }`, "1:26 routes.version: expected a segment such as v{number} or {date}"],
    ["an exception without place", `{ "exceptions": [{ "rule": "layer-imports", "reason": "old", "owner": "me" }] }`, "1:18 exceptions[0]: an exception needs `files` or `symbol`"],
    ["an exception without reason", `{ "exceptions": [{ "rule": "layer-imports", "files": "a.ts", "owner": "me" }] }`, "1:18 exceptions[0].reason: is missing"],
    ["an exception of an unknown rule", `{ "exceptions": [{ "rule": "layer-import", "files": "a.ts", "reason": "old", "owner": "me" }] }`, '1:28 exceptions[0].rule: "layer-import" is not valid; did you mean "layer-imports"?'],
    ["an impossible date", `{ "exceptions": [{ "rule": "layer-imports", "files": "a.ts", "reason": "old", "owner": "me", "expires": "2027-02-30" }] }`, "1:105 exceptions[0].expires: expected a date as YYYY-MM-DD"],
    ["a key written twice", `{ "rules": {},\n  "rules": {} }`, '2:3 the key "rules" is written twice'],
    ["an object that is not closed", `{ "rules": { }`, "1:15 the closing } is missing"],
    ["a comma that is missing", `{ "preset": "strict" "rules": {} }`, "1:22 a comma is missing in front of this"],
    ["a key without quotes", `{ rules: {} }`, "1:3 this is no JSON value: keys and texts stand in double quotes"],
    ["a brace too many", `{ } }`, "1:5 the settings have ended in front of this"],
    ["a number that is none", `{ "rules": { "layer-imports": 1e } }`, "1:31 unexpected end of number"],
    ["an empty file", ``, "1:1 a value is missing here"],
    ["no JSON at all", `export default {}`, "1:1 this is no JSON value: keys and texts stand in double quotes"],
    ["an unknown slot", `{ "stack": { "test": "vitest" } }`, "1:14 unknown slot \"test\"; known: runtime, framework, validation, dataAccess, migrations, packageManager, linter, formatter, typeCheck, testRunner, logger, settings"],
  ])("tells %s", (_, text, expected) => {
    expect(mistakes(text)[0]).toBe(expected);
  });

  it("tells all of them at once, in the order of the file", () => {
    expect(mistakes(`{
  "rule": {},
  "layers": { "jobs": { "as": "x", "files": [] } },
  "exceptions": [{ "rule": "thin-handlers", "owner": "" }]
}`)).toEqual([
      "std-check.config.json has 5 mistakes:",
      '2:3 unknown key "rule"; did you mean "rules"?',
      '3:31 layers.jobs.as: "x" is not valid; expected one of api, service, repository, domain, composition, settings, shared, tests, migrations',
      "4:18 exceptions[0].reason: is missing",
      "4:18 exceptions[0]: an exception needs `files` or `symbol`",
      "4:54 exceptions[0].owner: is empty",
    ]);
  });
});

describe("the JSON Schema", () => {
  const json = JSON.stringify(settingsJsonSchema(registry));

  it("knows the rules, their options and the layers", () => {
    for (const word of ["layer-imports", "maxStatements", "mayImport", "rateLimitedAtGateway"]) expect(json).toContain(word);
  });

  it("is the same whenever it is made", () => {
    expect(JSON.stringify(settingsJsonSchema(registry))).toBe(json);
  });
});
