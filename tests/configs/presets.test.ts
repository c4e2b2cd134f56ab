import { readdirSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { presets } from "../../configs/index.js";
import { chainLayers } from "../../src/settings/layers.js";
import { loadSettings } from "../../src/settings/load.js";
import { matchFiles } from "../../src/settings/globs.js";
import type { Registry } from "../../src/settings/registry.js";
import { findRoot } from "../../src/settings/root.js";
import { project, removeProjects } from "../settings/support.js";

afterEach(removeProjects);

const registry: Registry = { rules: new Map(), presets: new Map(presets.map((preset) => [preset.name, preset])), mask: (text) => text };

function load(settings: object, manifest: object = {}) {
  const top = project({ "std-check.config.json": JSON.stringify(settings), "package.json": JSON.stringify(manifest) });
  return loadSettings({ root: findRoot(top), registry });
}

/** The layer of a file under one preset, a custom layer by its own name. */
function layer(preset: string, file: string): string | undefined {
  const found = load({ extends: [preset] }).model.layerOf(file);
  return found?.custom ?? found?.layer;
}

describe("the presets", () => {
  it("are all listed", () => {
    const generated = ["recommended", "strict", "legacy", "oxlint", "dependency-cruiser"];
    const files = readdirSync(new URL("../../configs", import.meta.url)).filter((file) => file.endsWith(".json")).map((file) => file.replace(".json", ""));
    expect(presets.map(({ name }) => name).sort()).toEqual(files.filter((name) => !generated.includes(name)).sort());
  });

  it.each(presets.map(({ name }) => name))("%s is valid and leaves tests alone", (name) => {
    const { model } = load({ extends: [name] });
    for (const file of ["src/users/user.controller.spec.ts", "test/routes/users.routes.ts", "src/http/__tests__/app.ts"]) {
      expect([undefined, "tests"]).toContain(model.layerOf(file)?.layer);
    }
  });

  it("cover only presets that exist", () => {
    for (const { covers } of presets) for (const covered of covers) expect(registry.presets.has(covered)).toBe(true);
  });

  it("can all be in force at once", () => {
    expect(() => load({ extends: presets.map(({ name }) => name) })).not.toThrow();
  });
});

describe("the layers of presets", () => {
  it.each([
    ["express", "apps/web/src/app/app.routes.ts", undefined],
    ["fastify", "src/routes/api/autohooks.ts", "api"],
    ["nestjs", "apps/web/src/app/auth.guard.ts", undefined],
    ["nestjs", "src/prisma/prisma.service.ts", undefined],
    ["next", "src/app/api/users/route.ts", "api"],
    ["next", "app/(shop)/orders/[id]/route.ts", "api"],
    ["next", "apps/web/pages/api/users.ts", "api"],
    ["next", "middleware.ts", "api"],
    ["next", "src/lib/redux/middleware.ts", undefined],
    ["next", "src/app/users/page.tsx", undefined],
    ["layered", "src/api/controllers/users.ts", "api"],
    ["layered", "src/api/services/users.ts", "service"],
    ["layered", "src/api/repositories/users.ts", "repository"],
    ["layered", "src/db/migrations/0001.ts", "migrations"],
    ["hexagonal", "src/orders/domain/order.ts", "domain"],
    ["hexagonal", "src/orders/application/place-order.ts", "application"],
    ["hexagonal", "src/orders/adapters/in/http/orders.ts", "api"],
    ["hexagonal", "src/orders/adapters/out/orders-postgres.ts", "repository"],
    ["hexagonal", "src/orders/infrastructure/http/orders.ts", "api"],
    ["hexagonal", "src/orders/infrastructure/orders-postgres.ts", "repository"],
    ["cqrs", "src/user/commands/create-user/create-user.service.ts", "service"],
    ["cqrs", "src/user/commands/create-user/create-user.http.controller.ts", undefined],
    ["cqrs", "src/user/queries/find-users/find-users.query-handler.ts", "service"],
    ["cqrs", "src/user/domain/user.aggregate.ts", "domain"],
  ])("%s: %s is %s", (preset, file, expected) => {
    expect(layer(preset, file)).toBe(expected);
  });

  it("hexagonal has ports", () => {
    const ports = load({ extends: "hexagonal" }).model.customLayers.get("application")?.ports ?? [];
    expect(matchFiles(ports)("src/orders/application/ports/orders.ts")).toBe(true);
  });

  it("feature-modules names features", () => {
    expect(load({ extends: "feature-modules" }).model.features).toEqual(["**/{modules,features}/*"]);
  });

  it("of the project go before those of presets", () => {
    expect(load({ extends: "layered", layers: { shared: ["src/services/shared/**"] } }).model.layerOf("src/services/shared/x.ts")?.layer).toBe("shared");
    expect(chainLayers([])("src/a.ts")).toBeUndefined();
  });
});

describe("detection", () => {
  it.each([
    [{ express: "^5" }, ["express"]],
    [{ "@nestjs/core": "^11", "@nestjs/platform-express": "^11", express: "^5" }, ["nestjs"]],
    [{ "@nestjs/core": "^11", "@nestjs/cqrs": "^11", fastify: "^5" }, ["nestjs", "cqrs"]],
    [{ next: "^16", hono: "^4" }, ["hono", "next"]],
    [{ koa: "^3" }, ["koa"]],
    [{ fastify: "^5", express: "^4" }, ["express", "fastify"]],
    [{ lodash: "^4" }, []],
  ])("of %o gives %o", (dependencies, expected) => {
    const top = project({ "package.json": JSON.stringify({ dependencies }) });
    expect(loadSettings({ root: findRoot(top), registry }).detected.map(({ preset }) => preset)).toEqual(expected);
  });

  it("does not look at what is only used while developing", () => {
    const top = project({ "package.json": JSON.stringify({ devDependencies: { express: "^5" } }) });
    expect(loadSettings({ root: findRoot(top), registry }).detected).toEqual([]);
  });
});
