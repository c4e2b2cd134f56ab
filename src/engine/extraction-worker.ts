import { workerData } from "node:worker_threads";
import { extractFacts } from "../facts/extract.js";
import { answered, claimed, type HelperAnswer, type HelperTask } from "./extraction-helper.js";

// Given by `startHelper`, the only one to start this thread.
const { texts, batchSize, shared, port } = workerData as HelperTask;

for (let from = Atomics.add(shared, claimed, batchSize); from < texts.length; from = Atomics.add(shared, claimed, batchSize)) {
  const lines = texts.slice(from, from + batchSize).map(([file, text]) => JSON.stringify(extractFacts(file, text)));
  const answer: HelperAnswer = { from, lines: lines.join("\n") };
  port.postMessage(answer);
  Atomics.add(shared, answered, 1);
  Atomics.notify(shared, answered);
}
