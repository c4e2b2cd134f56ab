import { wordTable } from "../../base/word-table.js";
import { callStep, kindOf } from "../../catalogue/index.js";
import type { CallExpression, Expression, FunctionNode } from "../../facts/syntax.js";
import { keptKeys } from "../values/constant-keys.js";
import { type Origin, taken, withStep } from "./origin.js";
import { isJsonParse, textSource } from "./origins-of-texts.js";
import type { Tracing } from "./tracing.js";
import type { ExternalValue } from "../values/value.js";

/** Methods of lists that hand each element to a function, and as which parameter. */
const iterations: Readonly<Record<string, number>> = wordTable({ forEach: 0, map: 0, flatMap: 0, filter: 0, find: 0, findLast: 0, some: 0, every: 0, reduce: 1, reduceRight: 1 });
/** Functions whose result says nothing a client could have chosen freely. */
const converting = new Set([
  "Number", "parseInt", "parseFloat", "Number.parseInt", "Number.parseFloat", "Boolean", "BigInt", "isNaN", "Number.isInteger", "Number.isFinite",
  "Array.isArray", "encodeURIComponent", "btoa", "Math.min", "Math.max", "Math.floor", "Math.ceil", "Math.round", "Math.abs", "Date.parse",
]);

/** What a list gives to the function that is run for each of its elements, and a promise to the one behind it. */
export function ofCallback(origins: Tracing, file: string, node: FunctionNode, index: number): readonly Origin[] | undefined {
  const passedTo = origins.model.values.index(file).functions.get(node)?.passedTo;
  const listed = passedTo?.argument === 1 && passedTo.option === undefined && passedTo.call.kind === "call" ? ofLodash(origins, file, passedTo.call) : undefined;
  if (listed && iterations[listed.name] !== undefined) return index === iterations[listed.name] ? origins.of(file, listed.list).flatMap((origin) => taken(origin, "[]")) : [];
  // `JSON.parse(text, (key, value) => …)`
  if (passedTo?.argument === 1 && passedTo.option === undefined && index === 1 && isJsonParse(passedTo.call)) return passedTo.call.arguments.slice(0, 1).flatMap((text) => origins.of(file, textSource(text)).flatMap((origin) => taken(origin, "[]")));
  if (passedTo?.argument !== 0 || passedTo.option !== undefined || passedTo.call.kind !== "call" || passedTo.call.callee.kind !== "member") return undefined;
  const { object, property } = passedTo.call.callee;
  if (property === "then" && index === 0) return origins.of(file, object);
  const element = iterations[property];
  // Other libraries have methods of these names too: their functions are given something else.
  if (element === undefined || origins.model.values.of(file, object).some((value) => value.kind === "external" && isApi(value))) return undefined;
  return index === element ? origins.of(file, object).flatMap((origin) => taken(origin, "[]")) : [];
}

/** What `map` and `reduce` make is what their function returns; `filter` and its kin leave the elements as they are. */
export function ofIteration(origins: Tracing, file: string, list: Expression, property: string, [callback, initial]: readonly Expression[]): readonly Origin[] | undefined {
  const kept = property === "filter" && callback?.kind === "function" ? keptKeys(origins.model, file, callback.function) : undefined;
  if (kept && callback) return origins.of(file, list).map((origin) => withStep(origin, { kind: "pick", file, node: callback, keys: kept }));
  // What `tables.filter((one) => known.includes(one))` lets through is of the list that the code knows.
  if (property === "filter" && callback?.kind === "function" && isOfKnown(origins, file, callback.function)) return [];
  if (property === "filter" || property === "slice" || property === "reverse" || property === "sort" || property === "flat") {
    return origins.of(file, list);
  }
  // `ids.map(Number)`
  if (property === "map" && callback && converts(origins, file, callback)) return [];
  if (callback?.kind !== "function" || !/^(map|flatMap|reduce|then)$/.test(property)) return undefined;
  const returned = origins.ofReturn(file, callback.function);
  if (property === "then" || property === "flatMap") return returned;
  return property === "map" ? returned.map((origin) => withStep(origin, { kind: "element" })) : [...returned, ...(initial ? origins.of(file, initial) : [])];
}

/** Whether a function lets through only what is in a list that is made of nothing a client sent: `(one) => known.includes(one)`, `(one) => typeof one === "string" && known.has(one)`. */
function isOfKnown(origins: Tracing, file: string, { parameters: [parameter], body = [] }: FunctionNode): boolean {
  const [statement] = body;
  const binding = parameter?.target.kind === "binding" ? parameter.target.binding : undefined;
  const isElement = (node: Expression): boolean => (node.kind === "cast" ? isElement(node.value) : node.kind === "name" && node.binding === binding);
  const asks = (test: Expression): boolean => {
    if (test.kind === "binary" && test.operator === "&&") return asks(test.left) || asks(test.right);
    const [asked] = test.kind === "call" ? test.arguments : [];
    return test.kind === "call" && asked !== undefined && isElement(asked) && test.callee.kind === "member" && /^(includes|has)$/.test(test.callee.property) && isKnownList(origins, file, test.callee.object);
  };
  return binding !== undefined && body.length === 1 && statement?.kind === "return" && statement.value !== undefined && asks(statement.value);
}

/** A list, or a set of one, that is made of constants. */
function isKnownList(origins: Tracing, file: string, list: Expression): boolean {
  const made = origins.model.values.of(file, list).flatMap((value) => (value.kind === "external" && value.provenance.package === "global" && value.provenance.path[0] === "Set" && value.site ? [value.site] : []));
  return made.length > 0 ? made.every(({ file: at, node }) => node.arguments.length > 0 && node.arguments.every((argument) => origins.of(at, argument).length === 0)) : origins.of(file, list).length === 0;
}

/** The list that a function of lodash is given, and the name of the function: `_.map(rows, (row) => row.id)`. */
export function ofLodash(origins: Tracing, file: string, { callee, arguments: [list] }: CallExpression): { readonly name: string; readonly list: Expression } | undefined {
  const name = list && origins.model.values.of(file, callee).flatMap((value) => (value.kind === "external" && /^(lodash|lodash-es|underscore)$/.test(value.provenance.package) && !value.provenance.path.includes(callStep) ? [value.provenance.path.at(-1)] : []))[0];
  return list && name !== undefined ? { name, list } : undefined;
}

/** Whether a function makes something else of whatever it is given, as `Number` does. */
export function converts(origins: Tracing, file: string, node: Expression): boolean {
  return node.kind !== "function" && origins.model.values.of(file, node).some((value) => value.kind === "external" && value.provenance.package === "global" && converting.has(value.provenance.path.join(".")));
}

/** Something of a library that has methods of its own, and not data that came through one. */
function isApi({ provenance }: ExternalValue): boolean {
  const kind = kindOf(provenance);
  return kind !== undefined && kind !== "request" && kind !== "context";
}
