import { answers } from "../../base/answers.js";
import { oncePer } from "../../base/once-per.js";
import { containerOf, isSanitiserName, personalDataOf } from "../../catalogue/lexicon/personal-data.js";
import { lastName } from "../../facts/names.js";
import type { CallExpression, FunctionNode, NewExpression } from "../../facts/syntax.js";
import { isClassNode, isFunctionNode, someNode, type SyntaxNode } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/** How many functions hand what they are given on to each other. */
const deepest = 3;
/** Calls that give back what they are given in another form. */
const sameData = /^(?:stringify|assign|fromEntries|String|inspect|freeze|structuredClone)$/;
/** What stands in the place of what is hidden. */
const stands = /^\W*(?:redacted|filtered|hidden|masked|removed|censored|sensitive)\W*$|^[*•x]{3,}$/i;

/** A function of the project, and the file it stands in. */
export interface FunctionPlace {
  readonly file: string;
  readonly node: FunctionNode;
}

/**
 * Whether a function that logs writes nothing of what one of its parameters is given as it is: it hides fields first, or
 * only gives the value back (`success(code, data, message)` that logs the code and the message).
 */
export function keepsBack(model: ProjectModel, one: FunctionPlace, place: number): boolean {
  return known(model).of(one.node, () => one.node.parameters.map((_parameter, index) => isKeptBack(model, one, index, 0)))[place] === true;
}

/** What is known of functions, however many calls ask. */
const known = oncePer((_model: ProjectModel) => answers<FunctionNode, readonly boolean[]>());

function isKeptBack(model: ProjectModel, { file, node }: FunctionPlace, place: number, depth: number): boolean {
  const target = node.parameters[place]?.target;
  const { body } = node;
  if (target?.kind !== "binding" || !body || body.length === 0) return false;
  return isSafe({ model, file, body, depth, open: new Set() }, target.binding);
}

interface Reading {
  readonly model: ProjectModel;
  readonly file: string;
  readonly body: readonly SyntaxNode[];
  readonly depth: number;
  /** The variables that are being asked about. */
  readonly open: Set<number>;
}

/** Whether each use of a variable is one in which nothing of it is written, or a field is taken out of it. */
function isSafe(reading: Reading, binding: number): boolean {
  if (reading.open.has(binding)) return true;
  reading.open.add(binding);
  if (someNode(reading.body, (part) => part.kind === "unary" && part.operator === "delete" && (part.value.kind === "member" || part.value.kind === "index") && part.value.object.kind === "name" && part.value.object.binding === binding)) return true;
  const uses = reading.model.values.usesOf(reading.file, binding);
  return uses.length > 0 && uses.every((use) => isSafeUse(reading, use));
}

function isSafeUse(reading: Reading, use: SyntaxNode): boolean {
  const { parentOf } = reading.model.values.index(reading.file);
  let child = use;
  for (let parent = parentOf(use); parent; child = parent, parent = parentOf(parent)) {
    if (isFunctionNode(parent) || isClassNode(parent)) return false;
    switch (parent.kind) {
      case "unary":
        return true;
      // What a function inside gives back is written by the one that called it.
      case "return":
        return reading.depth === 0;
      case "member":
        // `fields.requestId`
        if (personalDataOf(parent.property) === undefined && containerOf(parent.property) === undefined) return !isCallee(parent, parentOf(parent));
        break;
      case "if":
      case "conditional":
        if (parent.test === child) return true;
        break;
      case "binary":
        if (/^(?:===?|!==?|[<>]=?|in|instanceof)$/.test(parent.operator)) return true;
        break;
      case "call":
      case "new": {
        const told = ofCall(reading, parent, child, parentOf(parent));
        if (told !== undefined) return told;
        break;
      }
      case "variable": {
        const { target } = parent.declarators.find(({ value }) => value === child) ?? {};
        return target?.kind === "binding" && isSafe(reading, target.binding);
      }
      case "assign":
        if (parent.target === child) return true;
        return parent.target.kind === "name" && parent.target.binding !== undefined && isSafe(reading, parent.target.binding);
      case "expression":
        return false;
      default:
    }
  }
  return false;
}

function isCallee(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  return parent !== undefined && !isFunctionNode(parent) && !isClassNode(parent) && parent.kind === "call" && parent.callee === node;
}

/** Whether a call hides what it is given; undefined where it gives it back. */
function ofCall({ model, file, depth }: Reading, call: CallExpression | NewExpression, child: SyntaxNode, parent: SyntaxNode | undefined): boolean | undefined {
  const index = call.arguments.findIndex((argument) => argument === child);
  if (index === -1) return false;
  // What a table of the application keeps is data, and no log.
  if (call.kind === "call" && model.dataAccess.at(file, call) !== undefined) return true;
  const name = lastName(call.callee);
  if (isSanitiserName(name) || name === "keys" || name === "isArray") return true;
  // `Object.entries(fields).filter(([key]) => !hidden.has(key))`
  if (name === "entries" && parent && !isFunctionNode(parent) && !isClassNode(parent) && parent.kind === "member") return parent.property === "filter";
  const functions = model.values.of(file, call.callee).flatMap((value) => (value.kind === "function" ? [{ file: value.file, node: value.node }] : []));
  if (functions.length > 0) return functions.every((one) => hidesFields(one.node) || (depth < deepest && isKeptBack(model, one, index, depth + 1)));
  return sameData.test(name) ? undefined : false;
}

/** A function that takes fields out of what it is given, or puts a mark in their place. */
function hidesFields({ body = [] }: FunctionNode): boolean {
  return someNode(body, (part) => (part.kind === "unary" && part.operator === "delete") || (part.kind === "literal" && typeof part.value === "string" && stands.test(part.value)) || (part.kind === "call" && part.callee.kind === "member" && part.callee.property === "filter" && part.callee.object.kind === "call" && lastName(part.callee.object.callee) === "entries"));
}
