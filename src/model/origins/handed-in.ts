import { type Answers, answers } from "../../base/answers.js";
import { oncePer } from "../../base/once-per.js";
import { isTestPath } from "../../base/test-paths.js";
import type { Expression, FunctionNode } from "../../facts/syntax.js";
import { callGraphOf } from "../calls/call-graph.js";
import { joinOrigins, type Origin } from "./origin.js";
import { originsOf } from "./origins.js";
import { messageHandlersOf } from "../calls/message-handlers.js";
import type { ProjectModel } from "../project-model.js";

/** Calls between a parameter and what an expression has of it. */
const deepest = 8;
/** Callers of one function that are looked at, and parameters that one expression is made of. */
const most = 24;

/**
 * Finds what somebody unknown hands in: the parameters, of functions that no call of the project is known to run, that an
 * expression is made of. What a framework or library hands to the functions it is given is known, and so is what a
 * caller makes itself.
 */
export class HandedIn {
  readonly #model: ProjectModel;
  readonly #isGiven: (file: string, node: FunctionNode, index: number) => boolean;
  readonly #parameters = oncePer((_node: FunctionNode) => answers<number, readonly Origin[]>());
  readonly #open = new Set<string>();

  /** `isGiven` says which parameters a framework fills. */
  constructor(model: ProjectModel, isGiven: (file: string, node: FunctionNode, index: number) => boolean) {
    this.#model = model;
    this.#isGiven = isGiven;
  }

  /** The parameters behind an expression that anybody may fill. */
  of(file: string, node: Expression): readonly Origin[] {
    return originsOf(this.#model).of(file, node).flatMap((origin) => this.#behind(origin)).slice(0, most);
  }

  #behind(origin: Origin): readonly Origin[] {
    if (!origin.parameter) return [];
    const { function: node, index } = origin.parameter;
    return this.#ofParameter(this.#parameters(node), origin, node, index).flatMap((outer) => joinOrigins(outer, origin));
  }

  #ofParameter(known: Answers<number, readonly Origin[]>, { file, node: read, parameter }: Origin, node: FunctionNode, index: number): readonly Origin[] {
    const key = `${file} ${node.span[0]} ${index}`;
    if (this.#open.has(key) || this.#open.size > deepest) return [];
    this.#open.add(key);
    const found = known.of(index, () => {
      if (this.#isGiven(file, node, index)) return [];
      const calls = this.#callsOf(file, node);
      if (calls.length === 0) return [{ file, node: read, parameter, path: [], steps: [] }];
      return calls.slice(0, most).flatMap(({ file: at, call }) => {
        const argument = call.arguments[index];
        return argument && argument.kind !== "spread" ? this.of(at, argument) : [];
      }).slice(0, most);
    });
    this.#open.delete(key);
    return found;
  }

  #callsOf(file: string, node: FunctionNode): ReturnType<ReturnType<typeof callGraphOf>["callers"]> {
    const calls = callGraphOf(this.#model).callers(file, node);
    const sites = calls.length > 0 ? calls : [...this.#model.values.callSites.of(file, node), ...messageHandlersOf(this.#model).senders(file, node)];
    return sites.filter((call) => !isTestPath(call.file));
  }
}
