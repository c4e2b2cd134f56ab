/**
 * The files of a layered backend of about `count` files, by path: each feature has a route, a service, a repository, a
 * domain file and a schema.
 */
export function backend(count) {
  const files = {};
  const write = (file, text) => {
    files[file] = text;
  };
  write("package.json", JSON.stringify({ name: "bench", private: true, type: "module", scripts: { start: "node ." }, dependencies: { express: "^5.0.0", "@prisma/client": "^6.0.0", zod: "^4.0.0" } }));
  write("tsconfig.json", JSON.stringify({ compilerOptions: { module: "nodenext", target: "es2023", strict: true } }));
  write("src/db.ts", 'import { PrismaClient } from "@prisma/client";\nexport const makeDb = () => new PrismaClient();\n');
  const features = Math.max(1, Math.floor(count / 5));
  for (let at = 0; at < features; at++) {
    const fields = Array.from({ length: 12 }, (_, field) => `  field${field}: z.string().max(${field + 20}),`).join("\n");
    const methods = Array.from({ length: 6 }, (_, method) => `  async find${method}(id: string) {\n    const row = await this.db.item.findUnique({ where: { id } });\n    return row ? { id: row.id, name: String(row.name).trim(), rank: ${method} } : undefined;\n  }`).join("\n");
    const uses = Array.from({ length: 6 }, (_, method) => `  async load${method}(id: string) {\n    const item = await this.items.find${method}(id);\n    if (!item) throw new Error("missing");\n    return rank${at}(item.rank + ${method});\n  }`).join("\n");
    const routes = Array.from({ length: 6 }, (_, method) => `  router.get("/v1/items${at}/${method}/:id", async (req, res) => {\n    const { id } = Params${at}.parse(req.params);\n    res.json({ rank: await service.load${method}(id) });\n  });`).join("\n");
    write(`src/f${at}/item${at}.schema.ts`, `import { z } from "zod";\nexport const Params${at} = z.object({ id: z.uuid() });\nexport const Item${at} = z.object({\n${fields}\n});\n`);
    write(`src/f${at}/domain/item${at}.ts`, `export const rank${at} = (value: number): number => (value > ${at} ? value * 2 : value);\n`);
    write(`src/f${at}/item${at}.repository.ts`, `import type { PrismaClient } from "@prisma/client";\nexport class Item${at}Repository {\n  constructor(private readonly db: PrismaClient) {}\n${methods}\n}\n`);
    write(`src/f${at}/item${at}.service.ts`, `import { rank${at} } from "./domain/item${at}.js";\nimport type { Item${at}Repository } from "./item${at}.repository.js";\nexport class Item${at}Service {\n  constructor(private readonly items: Item${at}Repository) {}\n${uses}\n}\n`);
    write(`src/f${at}/item${at}.routes.ts`, `import { Router } from "express";\nimport { Params${at} } from "./item${at}.schema.js";\nimport type { Item${at}Service } from "./item${at}.service.js";\nexport const routes${at} = (service: Item${at}Service): Router => {\n  const router = Router();\n${routes}\n  return router;\n};\n`);
  }
  const all = Array.from({ length: features }, (_, at) => at);
  write("src/main.ts", `import express from "express";\nimport { makeDb } from "./db.js";\n${all.map((at) => `import { routes${at} } from "./f${at}/item${at}.routes.js";\nimport { Item${at}Service } from "./f${at}/item${at}.service.js";\nimport { Item${at}Repository } from "./f${at}/item${at}.repository.js";`).join("\n")}\nconst app = express();\nconst db = makeDb();\n${all.map((at) => `app.use(routes${at}(new Item${at}Service(new Item${at}Repository(db))));`).join("\n")}\napp.listen(3000);\n`);
  return files;
}
