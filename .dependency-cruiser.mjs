/** Who may import whom in this project. The same is written for std-check itself in std-check.config.json. */
const anything = ["src", "rules", "configs"];
/** Plain functions over facts; they load nothing. */
const syntax = ["src/facts/walk.ts", "src/facts/names.ts", "src/facts/members-taken.ts"];

/** Folder → folders that it may import at run time, and folders that it may import as types alone. */
const folders = {
  "src/base": { imports: [] },
  "src/standard": { imports: ["src/base"] },
  "src/catalogue": { imports: ["src/base"] },
  "src/settings": { imports: ["src/base"] },
  "src/report": { imports: ["src/base"], types: ["src/model"] },
  "src/facts": { imports: ["src/base", "src/catalogue"] },
  "src/repo": { imports: ["src/base", "src/catalogue"] },
  "src/model": { imports: ["src/base", "src/catalogue", "src/facts"] },
  "src/kit": { imports: ["src/base", "src/catalogue", "src/standard", ...syntax], types: ["src/model", "src/facts", "src/repo"] },
  rules: { imports: ["src/base", "src/catalogue", "src/standard", "src/kit", ...syntax], types: ["src/model", "src/facts", "src/repo"] },
  configs: { imports: ["rules"], types: ["src/settings"] },
  "src/engine": { imports: ["src/base", "src/standard", "src/settings", "src/model", "src/facts", "src/repo", "src/kit", "rules", "configs"] },
  "src/cli": { imports: ["src/standard", "src/engine", "src/report", "src/settings", "src/base"], types: ["src/model"] },
  "src/index.ts": { imports: ["rules", "configs", "src/kit", "src/settings"], types: ["src/base"] },
  "src/dev": { imports: anything },
};

function pattern(names) {
  return `^(${names.map((name) => name.replaceAll(".", "\\.")).join("|")})(/|$)`;
}

function limits([folder, { imports, types = [] }]) {
  return [
    { name: `imports of ${folder}`, severity: "error", from: { path: pattern([folder]) }, to: { path: pattern(anything), pathNot: pattern([folder, ...imports, ...types]) } },
    { name: `run-time imports of ${folder}`, severity: "error", from: { path: pattern([folder]) }, to: { path: pattern(anything), pathNot: pattern([folder, ...imports]), dependencyTypesNot: ["type-only"] } },
  ];
}

/** Packages, or modules of Node, that only some folders may import at run time. */
function onlyIn(name, packages, owners) {
  return { name, severity: "error", from: { path: pattern(anything), pathNot: pattern(owners) }, to: { path: `(^|(^|/)node_modules/)(${packages.join("|")})(/|$)`, dependencyTypesNot: ["type-only"] } };
}

export default {
  forbidden: [
    { name: "a folder that is not listed", severity: "error", from: {}, to: { path: pattern(anything), pathNot: pattern(Object.keys(folders)) } },
    { name: "a file of a folder that is not listed", severity: "error", from: { path: pattern(anything), pathNot: pattern(Object.keys(folders)) }, to: {} },
    ...Object.entries(folders).flatMap(limits),
    { name: "what values and calls are knows no routes", severity: "error", from: { path: "^src/model/(values|calls|modules|data|origins|layers)/" }, to: { path: "^src/model/routes/" } },
    { name: "nobody imports tests", severity: "error", from: { pathNot: "^tests/" }, to: { path: "^tests/" } },
    onlyIn("only facts knows TypeScript's tree", ["ts-morph", "typescript"], ["src/facts"]),
    onlyIn("only who touches the disk imports it", ["fs", "node:fs", "fs/promises", "node:fs/promises"], ["src/repo", "src/model", "src/settings", "src/engine", "src/cli", "src/dev"]),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|fixtures|tests)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
