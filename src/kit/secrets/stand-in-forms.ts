import type { TSESTree } from "@typescript-eslint/utils";
import { isSettingsObject, settingRead } from "./secret-settings.js";
import { bare, chainRoot, initialValue, memberName, type SourceCode } from "../syntax-nodes.js";

type Node = TSESTree.Node;

/** The properties of an object that stands in a constant and is spread, else the property itself. */
export function spreadProperties(source: SourceCode, given: TSESTree.ObjectLiteralElement): readonly TSESTree.ObjectLiteralElement[] {
  const held = given.type === "SpreadElement" && given.argument.type === "Identifier" ? initialValue(source, given.argument) : undefined;
  return held?.type === "ObjectExpression" ? held.properties : [given];
}

/** The properties of objects that a call lays under the settings: `nconf.env().defaults({ … })`, `Object.assign({ … }, process.env)`, `_.defaults({}, process.env, { … })`. */
export function defaultsBeneath(source: SourceCode, { callee, arguments: given }: TSESTree.CallExpression): readonly TSESTree.Property[] {
  if (callee.type !== "MemberExpression") return [];
  const name = memberName(callee);
  const settings = given.findLastIndex((argument) => isSettingsObject(source, argument));
  const beneath = (): readonly Node[] => {
    if (name === "defaults" && (isSettingsObject(source, callee.object) || isSettingsObject(source, chainRoot(callee.object)))) return given.slice(0, 1);
    if (settings === -1) return [];
    if (name === "assign") return given.slice(0, settings);
    return name === "defaults" ? given.slice(settings + 1) : [];
  };
  return beneath().flatMap((one) => (one.type === "ObjectExpression" ? one.properties.filter((property) => property.type === "Property") : []));
}

/** `isProduction ? required("KEY") : (env.KEY ?? "x")`: where it counts, the setting is read without a stand-in. */
export function isReadBeside(source: SourceCode, node: Node, key: string): boolean {
  for (let at: Node = node; at.parent && !/Function|Statement|Declaration/.test(at.parent.type); at = at.parent) {
    const { parent } = at;
    if (parent.type !== "ConditionalExpression" || !/prod/i.test(source.getText(parent.test))) continue;
    const other = parent.consequent === at ? parent.alternate : parent.consequent;
    if (other !== at && parent.test !== at && at !== node && source.getText(other).includes(key)) return true;
  }
  return false;
}

/** `NODE_ENV === "development"`: what is deployed goes the other way, whatever its environment is called. */
export function isOfDevelopment(test: string): boolean {
  return /^[\w.[\]"'?]{1,80} ?===? ?["'`](?:dev|development|local)["'`]$/.test(test);
}

/** `hash(env.KEY ?? "none")`: the key of a cache, which nothing is signed with. */
export function isHashed(node: Node): boolean {
  let at: Node | undefined = node.parent;
  while (at?.type === "LogicalExpression" || at?.type === "TemplateLiteral") at = at.parent;
  return at?.type === "CallExpression" && at.callee.type === "Identifier" && /^hash/i.test(at.callee.name);
}

/** Of `a ?? b ?? "x"` the whole is judged, not `a ?? b`. */
export function isInLogical(node: TSESTree.LogicalExpression): boolean {
  const { parent } = node;
  return parent.type === "LogicalExpression" && parent.left === node && parent.operator !== "&&";
}

/** What is left of `a ?? b ?? "x"` where nothing else is there. */
export function lastOperand(node: TSESTree.LogicalExpression): Node {
  const right = bare(node.right);
  return right.type === "LogicalExpression" ? lastOperand(right) : right;
}

/** Inside an `if` that asks whether the setting is missing. */
export function isWhereMissing(source: SourceCode, node: Node, key: string): boolean {
  for (let at: Node | undefined = node.parent; at; at = at.parent) {
    if (at.type === "IfStatement") return asks(source, at.test, key) && !/\btest\b/i.test(source.getText(at.test));
    if (at.type === "FunctionDeclaration" || at.type === "FunctionExpression" || at.type === "ArrowFunctionExpression") return false;
  }
  return false;
}

function asks(source: SourceCode, given: Node, key: string): boolean {
  const test = bare(given);
  if (test.type === "UnaryExpression") return settingRead(source, test.argument) === key;
  if (test.type === "BinaryExpression") return [test.left, test.right].some((side) => settingRead(source, side) === key);
  return test.type === "LogicalExpression" && (asks(source, test.left, key) || asks(source, test.right, key));
}
