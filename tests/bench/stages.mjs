/**
 * `node tests/bench/stages.mjs [files…]` (after a build): what the parts of the model take of the processor's time in one
 * process, on made backends of growing size: reading facts and linking them (the base), then the routes, then data
 * access, function summaries, transactions and flows of request data. Fails where the data part grows faster than the files.
 */
import { extractFacts } from "../../dist/src/facts/extract.js";
import { createModel } from "../../dist/src/model/create-model.js";
import { backend } from "./backend.mjs";

const sizes = process.argv.slice(2).map(Number);
const options = { layerOf: () => undefined, customLayers: new Map(), names: {}, features: [], settings: {}, isGenerated: () => false };

/** Milliseconds of the processor's time. */
function timed(work) {
  const before = process.cpuUsage();
  const result = work();
  return { result, time: process.cpuUsage(before).user / 1000 };
}

function measure(size) {
  const files = backend(size);
  const code = Object.keys(files).filter((file) => file.endsWith(".ts"));
  const base = timed(() => {
    const facts = new Map(code.map((file) => [file, extractFacts(file, files[file])]));
    const model = createModel({ root: "/project", facts, options, readText: (file) => files[file], extractFacts });
    for (const file of model.files) {
      model.layerOf(file);
      model.edgesFrom(file);
      model.values.index(file);
    }
    model.runtimeCycles();
    return model;
  });
  const model = base.result;
  // What values stand for is asked by both; it is counted with the routes, which ask first.
  const routes = timed(() => model.routes.routes.length);
  const data = timed(() => {
    let operations = 0;
    for (const file of model.files) {
      operations += model.dataAccess.of(file).length;
      for (const operation of model.dataAccess.of(file)) for (const node of [...operation.text, ...operation.data, ...operation.filter]) model.requestData.flows(file, node);
      for (const node of model.values.index(file).functions.keys()) model.transactions.summaryOf(file, node);
    }
    return operations;
  });
  return { files: code.length, base: base.time, routes: routes.time, data: data.time };
}

measure(100);
const rows = (sizes.length > 0 ? sizes : [250, 500, 1000, 2000]).map((size) => {
  const row = [measure(size), measure(size), measure(size)].sort((left, right) => left.data + left.routes + left.base - (right.data + right.routes + right.base))[1];
  console.log(`${String(row.files).padStart(5)} files  base ${row.base.toFixed(0).padStart(5)} ms  routes ${row.routes.toFixed(0).padStart(5)} ms (${((100 * row.routes) / row.base).toFixed(0)} % of the base)  data ${row.data.toFixed(0).padStart(5)} ms (${((100 * row.data) / row.base).toFixed(0)} %), ${(row.data / row.files).toFixed(2)} ms for each file`);
  return row;
});
const [first, last] = [rows[0], rows.at(-1)];
if (last.data / last.files > 1.6 * (first.data / first.files)) {
  console.log("the data part does not grow in proportion to the files");
  process.exitCode = 1;
}
