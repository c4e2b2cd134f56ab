import { wordTable } from "../../base/word-table.js";
import { callStep, describe } from "../../catalogue/index.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression } from "../../facts/syntax.js";
import { argumentsAt } from "../values/arguments.js";
import { callGraphOf } from "../calls/call-graph.js";
import { asEntry, fromEntry, leaf, type Origin, type OriginStep, taken, withStep } from "./origin.js";
import { converts, ofIteration, ofLodash } from "./origins-of-lists.js";
import { capturesAny, matchedText, pieceOf, textSource, texting } from "./origins-of-texts.js";
import { ofParse } from "./parsed-origins.js";
import type { Tracing } from "./tracing.js";
import type { ExternalValue } from "../values/value.js";

/** Functions of the language that give back what they are given, with all of it. */
const transparent = new Set(["Object.freeze", "Object.seal", "structuredClone", "Promise.resolve", "Promise.all", "Array.from", "JSON.stringify", "Object.values", "Buffer.from"]);
/** Methods that answer yes, no or a number. */
const judging = new Set(["includes", "startsWith", "endsWith", "has", "some", "every", "indexOf", "lastIndexOf", "findIndex", "test", "localeCompare", "charCodeAt", "length", "isEmpty", "equals", "push", "unshift"]);
/** Methods that take one piece of what a text was split into. */
const onePiece = new Set(["pop", "shift", "at"]);
/** Methods that look something up by its name: the name belongs to the way. */
const lookingUp = new Set(["get", "getAll", "query", "queries", "param", "header", "valid", "cookie"]);
/** Functions of packages that put together what they are given. */
const joining: Readonly<Record<string, ReadonlySet<string>>> = wordTable({
  "node:path": new Set(["join", "resolve", "normalize", "format", "relative", "dirname"]),
  "node:util": new Set(["format", "inspect"]),
  "node:url": new Set(["format", "resolve", "parse"]),
  "node:querystring": new Set(["stringify", "unescape", "parse", "decode"]),
  qs: new Set(["parse"]),
  "pg-format": new Set(["default", "format"]),
  lodash: new Set(["trim", "toString", "toLower", "toUpper", "join", "castArray"]),
});
/** Functions of lodash that leave the elements of a list as they are. */
const listUtilities = new Set(["compact", "uniq", "uniqBy", "sortBy", "orderBy", "take", "drop", "flatten", "cloneDeep"]);
/** Methods whose result also holds their arguments. */
const merging = new Set(["concat", "join", "replace", "replaceAll", "padStart", "padEnd", "push", "unshift", "with", "assign", "merge"]);

/** Where the result of a call comes from. */
export function ofCall(origins: Tracing, file: string, node: CallExpression): readonly Origin[] {
  const { values } = origins.model;
  const checked = ofParse(origins, file, node);
  if (checked) return checked;
  if (converts(origins, file, node.callee)) return [];
  const external = values.of(file, node.callee).find((value): value is ExternalValue => value.kind === "external");
  if (external?.provenance.package === "global") {
    const name = external.provenance.path.join(".");
    // What was turned into text on the way is read back from it with all its keys.
    if (name === "Object.fromEntries") return node.arguments.flatMap((argument) => origins.of(file, argument).map(fromEntry));
    if (name === "JSON.parse") return node.arguments.slice(0, 1).flatMap((argument) => origins.of(file, textSource(argument)));
    if (transparent.has(name)) return node.arguments.flatMap((argument) => origins.of(file, argument));
    if (texting.has(name)) return node.arguments.flatMap((argument) => origins.of(file, argument).map((origin) => withStep(origin, { kind: "text" })));
    // An address keeps its host; what it would take to leave a tag or a quoted text is escaped.
    if (name === "encodeURI") return node.arguments.flatMap((argument) => origins.of(file, argument).map((origin) => withStep(origin, { kind: "replace", pattern: "[<>\" ]", replacement: "%" })));
    if (name === "Object.entries") return node.arguments.flatMap((argument) => origins.of(file, argument).map(asEntry));
    if (name === "Object.keys") return node.arguments.flatMap((argument) => origins.of(file, argument).map((origin) => withStep(origin, { kind: "keys" })));
    if (name === "Object.assign") return node.arguments.flatMap((argument) => origins.of(file, argument).map((origin) => withStep(origin, { kind: "spread" })));
  }
  const selected = ofSelection(origins, file, node);
  if (selected) return selected;
  const listed = ofLodash(origins, file, node);
  if (listed) {
    // `_.get(req.query, "page.sort", "id")`
    const way = listed.name === "get" && node.arguments[1] ? values.text(file, node.arguments[1]) : undefined;
    if (way !== undefined) return [...way.split(".").reduce((found, key) => found.flatMap((origin) => taken(origin, key)), origins.of(file, listed.list)), ...node.arguments.slice(2).flatMap((argument) => origins.of(file, argument))];
    const made = listUtilities.has(listed.name) ? origins.of(file, listed.list) : ofIteration(origins, file, listed.list, listed.name, node.arguments.slice(1));
    if (made) return made;
  }
  if (external) {
    const { package: name, path } = external.provenance;
    if (!path.includes(callStep) && joining[name === "lodash-es" ? "lodash" : name]?.has(path.at(-1) ?? "")) return node.arguments.flatMap((argument) => origins.of(file, argument).map((origin) => withStep(origin, { kind: "text" })));
    // Of the parts of a path, the folder alone may lead out of another one.
    if (name === "node:path" && path.at(-1) === "parse") return node.arguments.flatMap((argument) => origins.of(file, argument).map((origin) => withStep(withStep(origin, { kind: "text" }), { kind: "property", key: "dir" })));
    // An object that is made of data and not stored yet has all their keys.
    const build = describe(external.provenance)?.store;
    if (build?.role === "build" && build.data) return argumentsAt(values, file, node, build.data).flatMap((argument) => origins.of(file, argument).map((origin) => withStep(origin, { kind: "spread" })));
  }
  const { functions } = callGraphOf(origins.model).callees(file, node);
  if (functions.length > 0) return functions.flatMap((callee) => origins.throughCall(origins.ofReturn(callee.file, callee.node), callee.node, file, node));
  if (node.callee.kind === "member") {
    const { property } = node.callee;
    if (judging.has(property)) return [];
    // `[].concat(query.tags)`: a list of what is given, alone or in a list.
    if (property === "concat" && node.callee.object.kind === "array") return [node.callee.object, ...node.arguments].flatMap((part) => origins.of(file, part));
    const matched = matchedText(node);
    if (matched) return capturesAny(matched.pattern) ? origins.of(file, matched.text).map((origin) => withStep(origin, { kind: "text" })) : [];
    const made = ofIteration(origins, file, node.callee.object, property, node.arguments);
    if (made) return made;
    const [argument] = node.arguments;
    if ((property === "replace" || property === "replaceAll") && argument?.kind === "regex") {
      const replacement = node.arguments[1] && values.text(file, node.arguments[1]);
      return origins.of(file, node.callee.object).map((origin) => withStep(origin, { kind: "replace", pattern: argument.pattern, replacement }));
    }
    const piece = onePiece.has(property) ? pieceOf(origins, file, node.callee.object) : undefined;
    if (piece) return piece;
    const key = lookingUp.has(property) && argument ? values.text(file, argument) : undefined;
    const receiver = origins.of(file, node.callee.object).flatMap((origin) => taken(origin, `${property}()`)).flatMap((origin) => (key === undefined ? [origin] : taken(origin, key)));
    const given = merging.has(property) ? node.arguments.flatMap((argument) => origins.of(file, argument).map((origin) => withStep(origin, { kind: "text" }))) : [];
    // What is asked of a constant is constant.
    return [...receiver, ...given];
  }
  return [leaf(file, node), ...node.arguments.flatMap((argument) => origins.of(file, argument).map((origin) => withStep(origin, { kind: "call", file, node })))];
}

/** `pick(object, ["a", "b"])` and `omit(…)` of the utility libraries. */
function ofSelection(origins: Tracing, file: string, node: CallExpression): readonly Origin[] | undefined {
  const name = lastName(node.callee);
  const [object, ...others] = node.arguments;
  if ((name !== "pick" && name !== "omit") || !object || others.length === 0) return undefined;
  const keys = others.flatMap((argument) => (argument.kind === "array" ? argument.elements : [argument])).map((key) => origins.model.values.text(file, key));
  const known = keys.filter((key) => key !== undefined);
  const step: OriginStep = { kind: name, file, node, keys: known.length === keys.length ? known : undefined };
  return origins.of(file, object).map((origin) => withStep(origin, step));
}
