/**
 * `node tests/bench/detection/flow-growth.mjs` (after a build): how long it takes to follow request data and to sum up
 * functions as a project grows. Every route leads through a service and a ring of functions that call each other, over
 * all files, into a statement. Fails where the time for a file grows.
 */
import noSqlInjection from "../../../dist/rules/security/no-sql-injection.js";
import { extractFacts } from "../../../dist/src/facts/extract.js";
import { createModel } from "../../../dist/src/model/create-model.js";

function project(files) {
  const count = Math.floor(files / 4);
  const all = {
    "package.json": '{ "name": "app", "scripts": { "start": "node ." }, "dependencies": { "express": "*", "pg": "*" } }',
    "src/db.ts": 'import { Pool } from "pg";\nexport const pool = new Pool();\n',
  };
  for (let at = 0; at < count; at++) {
    const next = (at + 1) % count;
    all[`src/f${at}/route.ts`] = `import { Router } from "express";\nimport { find${at} } from "./service.js";\nexport const router = Router();\nrouter.get("/v1/f${at}", async (req, res) => { res.json(await find${at}(req.query.q as string, req.body)); });\n`;
    all[`src/f${at}/service.ts`] = `import { Repository${at} } from "./repository.js";\nimport { shape${next} } from "../f${next}/shape.js";\nconst repository = new Repository${at}();\nexport async function find${at}(q: string, body: any) { const term = shape${next}(q.trim()); if (body.deep) return find${at}(term, body.deep); return repository.search(term, body); }\n`;
    all[`src/f${at}/repository.ts`] = `import { pool } from "../db.js";\nexport class Repository${at} {\n  async search(term: string, body: any) { await pool.query("insert into a values ($1)", [body]); return (await pool.query(\`select id from a where n = '\${term}'\`)).rows; }\n}\n`;
    all[`src/f${at}/shape.ts`] = `import { shape${next} } from "../f${next}/shape.js";\nexport function shape${at}(text: string): string { return text.length > ${at} ? shape${next}(text.slice(1)) : \`%\${text}%\`; }\n`;
  }
  return all;
}

function modelOf(files) {
  const facts = new Map(Object.entries(files).flatMap(([file, text]) => (file.endsWith(".ts") ? [[file, extractFacts(file, text)]] : [])));
  const options = { layerOf: () => undefined, customLayers: new Map(), names: {}, features: [], settings: {}, isGenerated: () => false };
  return createModel({ root: "/project", facts, options, readText: (file) => files[file], extractFacts });
}

const costs = [250, 500, 1000, 2000].map((size) => {
  const model = modelOf(project(size));
  const before = process.cpuUsage();
  const found = [...noSqlInjection.project.check(model, { files: model.files, has: () => true }, {})].length;
  for (const file of model.files) for (const node of model.values.index(file).functions.keys()) model.transactions.summaryOf(file, node);
  const time = process.cpuUsage(before).user / 1000;
  console.log(`${String(size).padStart(5)} files  ${String(found).padStart(4)} flows  ${time.toFixed(0).padStart(5)} ms  ${(time / size).toFixed(2)} ms for each file`);
  return time / size;
});
if (costs[3] > 1.5 * costs[2] && costs[3] > 1.5 * costs[1]) {
  console.log("not linear");
  process.exitCode = 1;
}
