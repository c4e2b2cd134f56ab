import { afterEach, describe, expect, it } from "vitest";
import { expandCommands } from "../../../src/repo/commands/expand.js";
import { openRepo } from "../../../src/repo/open-repo.js";
import { removeFolders, TemporaryFolder, type Tree } from "../support.js";

afterEach(removeFolders);

const manifest = (scripts: Readonly<Record<string, string>>, rest: object = {}) => JSON.stringify({ name: "app", scripts, ...rest });

/** `folder: program arguments` of each command. */
function expand(tree: Tree, text: string, folder = ""): string[] {
  return expandCommands(openRepo(new TemporaryFolder(tree).root), { text, folder }).map((command) => `${command.folder || "."}: ${[command.name, ...command.args].join(" ")}`);
}

describe("scripts of one package", () => {
  const scripts = { lint: "eslint .", "lint:fix": "npm run lint -- --fix", test: "npm run test:unit && npm run test:api", "test:unit": "vitest run", "test:api": "vitest run api", pretest: "tsc --noEmit", start: "node dist", postinstall: "prisma generate" };
  const tree = { "package.json": manifest(scripts) };

  it.each([
    ["npm run lint", ["eslint ."]],
    ["npm run lint:fix", ["eslint . --fix"]],
    ["pnpm lint --fix", ["eslint . --fix"]],
    ["yarn run lint", ["eslint ."]],
    ["bun run lint", ["eslint ."]],
    ["bun lint", ["eslint ."]],
    ["node --run lint", ["eslint ."]],
    ["npm test", ["tsc --noEmit", "vitest run", "vitest run api"]],
    ["npm t", ["tsc --noEmit", "vitest run", "vitest run api"]],
    ["npm start", ["node dist"]],
    ["npm ci", ["prisma generate"]],
    ["yarn", ["prisma generate"]],
    ["npm i -g typescript", ["npm i -g typescript"]],
    ["run-s lint test:*", ["eslint .", "vitest run", "vitest run api"]],
    ["npm-run-all -p 'test:**'", ["vitest run", "vitest run api"]],
    ["concurrently -n a,b 'npm:test:*' 'tsc -w'", ["vitest run", "vitest run api", "tsc -w"]],
    ["turbo run lint", ["eslint ."]],
    ["sh -c 'npm run lint && tsc'", ["eslint .", "tsc"]],
    ["pnpm eslint src", ["eslint src"]],
    ["yarn jest --ci", ["jest --ci"]],
    ["bun test", ["bun test"]],
    ["pnpm add x", ["pnpm add x"]],
    ["npm run none", ["npm run none"]],
    ["start-server-and-test start http://localhost:3000 lint", ["node dist", "eslint ."]],
  ])("%s", (text, expected) => {
    expect(expand(tree, text)).toEqual(expected.map((command) => `.: ${command}`));
  });

  it("ends where scripts call each other, and counts a script once", () => {
    expect(expand({ "package.json": manifest({ a: "npm run b && x", b: "npm run a && npm run c && npm run c", c: "y" }) }, "npm run a")).toEqual([".: y", ".: x"]);
    const fan = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`s${n}`, `npm run s${n + 1} && npm run s${n + 1}`]));
    expect(expand({ "package.json": manifest({ ...fan, s39: "end" }) }, "npm run s0")).toEqual([".: end"]);
  });

  it("says what led to a command", () => {
    const repo = openRepo(new TemporaryFolder({ "package.json": '{\n"scripts": {\n"a": "npm run b",\n"b": "tsc"\n}}' }).root);
    expect(expandCommands(repo, { text: "npm run a", folder: "" }).map(({ via }) => via.map(({ file, name, range }) => `${file}:${range.start.line} ${name}`))).toEqual([["package.json:3 a", "package.json:4 b"]]);
  });
});

describe("workspaces", () => {
  const tree = {
    "package.json": JSON.stringify({ name: "root", workspaces: ["apps/*"], scripts: { build: "turbo build" } }),
    "apps/api/package.json": JSON.stringify({ name: "@acme/api", scripts: { build: "nest build", deploy: "npm run build" } }),
    "apps/web/package.json": JSON.stringify({ name: "@acme/web", scripts: { build: "next build" } }),
  };

  it.each([
    ["npm run build -w @acme/api", ["apps/api: nest build"]],
    ["npm run build --workspace=apps/web", ["apps/web: next build"]],
    ["npm --prefix apps/api run build", ["apps/api: nest build"]],
    ["cd apps/api && npm run deploy", ["apps/api: nest build"]],
    ["cd /usr/src/app/apps/api; npm run build", ["apps/api: nest build"]],
    ["pnpm --filter @acme/api build", ["apps/api: nest build"]],
    ["pnpm -F ./apps/web run build", ["apps/web: next build"]],
    ["pnpm -r build", ["apps/api: nest build", "apps/web: next build"]],
    ["yarn workspace @acme/api build", ["apps/api: nest build"]],
    ["yarn workspaces foreach -A run deploy", ["apps/api: nest build"]],
    ["npm run build", ["apps/api: nest build", "apps/web: next build"]],
    ["turbo run build --filter=api...", ["apps/api: nest build"]],
    ["lerna run build --scope @acme/web", ["apps/web: next build"]],
    ["pnpm --filter @acme/api exec prisma migrate deploy", [".: prisma migrate deploy"]],
    ["npm --prefix ../outside run build", ["apps/api: nest build", "apps/web: next build"]],
  ])("%s", (text, expected) => {
    expect(expand(tree, text)).toEqual(expected);
  });
});

describe("Nx and shell files", () => {
  it("reads targets of project.json with commands, executors and defaults", () => {
    const tree = {
      "package.json": manifest({ test: "nx test", ci: "nx run-many -t lint,test" }),
      "nx.json": JSON.stringify({ targetDefaults: { lint: { executor: "@nx/eslint:lint" } } }),
      "project.json": JSON.stringify({ name: "api", targets: { test: { executor: "@nx/jest:jest" }, lint: {}, migrate: { executor: "nx:run-commands", options: { commands: ["prisma generate", { command: "prisma db push" }], cwd: "db" } } } }),
    };
    expect(expand(tree, "npm test")).toEqual([".: jest"]);
    expect(expand(tree, "npm run ci")).toEqual([".: eslint", ".: jest"]);
    expect(expand(tree, "nx run api:migrate")).toEqual(["db: prisma generate", "db: prisma db push"]);
    expect(expand(tree, "nx graph")).toEqual([".: nx graph"]);
  });

  it("looks into shell files, also by a container's path", () => {
    const tree = { "package.json": manifest({ migrate: "prisma migrate deploy" }), "scripts/start.sh": "#!/bin/sh\nset -e\nif [ -n \"$X\" ]; then\n  npm run migrate\nfi\nexec node dist/main.js \"$@\"\n" };
    const expected = [".: prisma migrate deploy", ".: node dist/main.js $@"];
    expect(expand(tree, "./scripts/start.sh")).toEqual(expected);
    expect(expand(tree, "sh scripts/start.sh")).toEqual(expected);
    expect(expand(tree, "/app/start.sh")).toEqual(expected);
    expect(expand(tree, "./other.sh")).toEqual([".: other.sh"]);
  });
});
