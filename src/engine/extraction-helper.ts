import { availableParallelism } from "node:os";
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { FileFacts } from "../facts/facts.js";

/** What the second thread is started with. */
export interface HelperTask {
  readonly texts: readonly (readonly [file: string, text: string])[];
  readonly batchSize: number;
  /** How many texts were taken by either thread, then how many answers were sent. */
  readonly shared: Int32Array;
  readonly port: MessagePort;
}

/** A batch that the second thread read: the index of its first text, and the facts of its texts, as JSON, a line each. */
export interface HelperAnswer {
  readonly from: number;
  readonly lines: string;
}

export const claimed = 0;
export const answered = 1;

/** How long an answer is waited for before its texts are read here, in milliseconds. */
const patience = 20_000;

/** The side of the first thread: both take batches off one list, and this one waits at the end without giving up its turn. */
export interface Helper {
  /** The index of the first text of the next batch; undefined when all are taken. */
  claim(): number | undefined;
  /** What the other thread has sent so far. */
  received(): Iterable<readonly [index: number, facts: FileFacts, line: string]>;
  /** Waits for what the other thread still reads. */
  rest(): Iterable<readonly [index: number, facts: FileFacts, line: string]>;
  /** After `rest`: the batches that the other thread took and never answered. */
  lost(): Iterable<number>;
  stop(): void;
}

/** Starts a second thread on the same texts; undefined where there is one processor, or no thread to be had. */
export function startHelper(texts: HelperTask["texts"], batchSize: number): Helper | undefined {
  if (availableParallelism() < 2) return undefined;
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const { port1, port2 } = new MessageChannel();
  const task: HelperTask = { texts, batchSize, shared, port: port2 };
  const worker = new Worker(new URL("./extraction-worker.js", import.meta.url), { workerData: task, transferList: [port2], stdout: false });
  // A thread that fails answers nothing: its texts are read here.
  worker.on("error", () => undefined);
  worker.unref();
  port1.unref();
  const here = new Set<number>();
  const there = new Set<number>();

  const take = function* (): Iterable<readonly [number, FileFacts, string]> {
    for (let message = receiveMessageOnPort(port1); message; message = receiveMessageOnPort(port1)) {
      // Sent by the worker of this module.
      const { from, lines } = message.message as HelperAnswer;
      there.add(from);
      const own = lines.split("\n");
      // At once, since the engine keeps what a long text gives apart from what is soon forgotten.
      const facts = JSON.parse(`[${own.join(",")}]`) as readonly FileFacts[];
      for (const [index, one] of facts.entries()) yield [from + index, one, own[index] ?? ""];
    }
  };
  const missing = (): number[] => {
    const all = Array.from({ length: Math.ceil(texts.length / batchSize) }, (_, index) => index * batchSize);
    return all.filter((from) => !here.has(from) && !there.has(from));
  };
  return {
    claim() {
      const from = Atomics.add(shared, claimed, batchSize);
      if (from >= texts.length) return undefined;
      here.add(from);
      return from;
    },
    received: take,
    *rest() {
      while (missing().length > 0) {
        const seen = Atomics.load(shared, answered);
        yield* take();
        if (missing().length === 0) return;
        if (Atomics.wait(shared, answered, seen, patience) === "timed-out") return;
        yield* take();
      }
    },
    lost: missing,
    stop() {
      port1.close();
      void worker.terminate();
    },
  };
}
