import { describe, expect, it } from "vitest";
import { checkProject } from "../../support/project.js";
import type { ProjectLiteral } from "../../support/model.js";

const rule = "feature-boundaries";
const users = { "src/modules/users/index.ts": 'export { rename } from "./rename.js";', "src/modules/users/rename.ts": "export const rename = () => 1; export interface Name { text: string }", "src/modules/users/users.module.ts": "export class UsersModule {}" };
const check = (code: string, options?: Readonly<Record<string, unknown>>, at = "src/modules/orders/place.ts", more: ProjectLiteral = {}) => checkProject({ ...users, ...more, [at]: code }, { rule, settings: { extends: ["feature-modules"] }, ...(options && { options }) });

describe("reports", () => {
  it.each([
    ["an import past the public file", 'import { rename } from "../users/rename.js"; rename();', "1:24"],
    ["a re-export", 'export { rename } from "../users/rename.js";', "1:24"],
    ["a dynamic import", 'export const load = () => import("../users/rename.js");', "1:34"],
    ["a side effect", 'import "../users/rename.js";', "1:8"],
    ["a part of an import that is a value", 'import { type Name, rename } from "../users/rename.js"; export const a = (name: Name) => rename() + name.text;', "1:35"],
    ["require", 'const { rename } = require("../users/rename"); rename();', "1:28"],
  ])("%s", async (_name, code, place) => {
    expect(await check(code)).toEqual([`src/modules/orders/place.ts:${place} feature-boundaries past`]);
  });
});

describe("stays silent on", () => {
  it("the public file, Nest modules, types, the feature itself and a shared kernel", async () => {
    expect(await check('import { rename } from "../users/index.js"; import { UsersModule } from "../users/users.module.js"; export default [rename, UsersModule];')).toEqual([]);
    expect(await check('import type { Name } from "../users/rename.js"; export const a = (name: Name) => name;')).toEqual([]);
    expect(await check('import { rename } from "./rename.js"; rename();', {}, "src/modules/users/again.ts")).toEqual([]);
    expect(await check('import { rename } from "../users/rename.js"; rename();', { shared: ["src/modules/users"] })).toEqual([]);
    expect(await check('import { rename } from "../users/rename.js"; rename();', { publicFiles: ["rename"] })).toEqual([]);
  });

  it("a feature inside another, packages, and code that is of no feature", async () => {
    expect(await check('import { rename } from "../../users/rename.js"; rename();', {}, "src/modules/users/invite/send.ts")).toHaveLength(0);
    expect(await check('import { join } from "node:path"; import lodash from "lodash"; export default [join, lodash];')).toEqual([]);
    expect(await check('import { names } from "../../shared/names.js"; names();', {}, "src/modules/orders/place.ts", { "src/shared/names.ts": "export const names = () => 1;" })).toEqual([]);
    expect(await check('import { rename } from "../modules/users/rename.js"; rename();', {}, "src/shared/renames.ts")).toEqual([]);
  });

  it("tests and the composition root", async () => {
    expect(await check('import { rename } from "../users/rename.js"; rename();', {}, "src/modules/orders/place.test.ts")).toEqual([]);
    expect(await check('import { rename } from "./modules/users/rename.js"; rename();', {}, "src/main.ts")).toEqual([]);
  });

  it("folders of shared code, settings and stores that a glob takes in, and relations between mapped classes", async () => {
    const found = await checkProject(
      {
        "src/users/user.entity.ts": 'import { Entity } from "typeorm"; @Entity() export class User {}',
        "src/users/rename.ts": "export const rename = () => 1;",
        "src/utils/dates.ts": "export const today = () => 1;",
        "src/database/rows.ts": "export const rows = () => 1;",
        "src/orders/order.entity.ts": 'import { Entity } from "typeorm"; import { User } from "../users/user.entity.js"; @Entity() export class Order { user = new User(); }',
        "src/orders/place.ts": 'import { today } from "../utils/dates.js"; import { rows } from "../database/rows.js"; import { rename } from "../users/rename.js"; export const all = () => [today(), rows(), rename()];',
      },
      { rule, settings: { features: ["src/*"] } },
    );
    expect(found).toEqual(["src/orders/place.ts:1:111 feature-boundaries past"]);
  });
});
