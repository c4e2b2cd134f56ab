import { containerOf, personalDataOf } from "../../catalogue/lexicon/personal-data.js";
import type { Expression } from "../../facts/syntax.js";
import type { BindingSource } from "../../model/modules/file-index.js";
import { chainOf, chainsFrom } from "./chains.js";
import type { Look } from "./exposure.js";
import { logWrites } from "../logging/log-calls.js";
import { shapeOf, shapeOfValues } from "./personal-shapes.js";

/** Fields that hold whatever was put into them. */
const vague = /^(?:data|events?|payload|objects?|entry|entries|resource|results?|messages?|body|content|items?|params|attributes|meta(?:data)?|details|info|input|type|action|kind|response|fields|values?|form\w*)$/i;
/** What says of which kind the rest is; among many fields it is one of them. */
const kinds = /^(?:type|action|kind)$/i;
/** Who reads as many fields of a body reads what is in it. */
const fewestListed = 5;
/** `CallSid`, `entry_changes`: what another service sends, with much that nobody reads. */
const foreign = /^[A-Z]/;
/** Fields that say nothing of what stands beside them. */
const neutral = /^(?:id|_id|length)$/;
/** Fields of what is sold or kept, whose name is nobody's. */
const ofThings = /(?:^|_)(?:sku|slug|barcode|stock|quantity|price|category|brand|currency|capacity)$|[a-z](?:Price|Category|Currency|Quantity|Stock)$/i;

/**
 * Whether the code around shows what the body of a request holds, and none of it is about a person: each field that is
 * read of it, and each schema, model or declared parameter that it is handed to as a whole, is known.
 */
export function holdsNoPerson(at: Look, body: Expression): boolean {
  const own = chainOf(body);
  if (!own) return false;
  const { model, file } = at;
  const fields: string[] = [];
  let isShown = false;
  for (const { node, path } of chainsFrom(at, own.binding)) {
    const taken = takenFrom(at, node);
    // `const { body } = req` is read elsewhere.
    if (path.length < own.path.length && taken.length > 0) return false;
    if (!own.path.every((key, place) => key === path[place])) continue;
    const [field] = path.slice(own.path.length);
    // `body.ownerId = id` says nothing of what was sent.
    if (field !== undefined && isWritten(at, node)) continue;
    if (field !== undefined) fields.push(field);
    else if (taken.length > 0) for (const step of taken) if (step?.kind === "property") fields.push(step.key); else return false;
    else if (!isLogged(at, node)) {
      if (receivedAs(at, node)?.length !== 0) return false;
      isShown = true;
    }
  }
  const isListed = new Set(fields).size >= fewestListed;
  // Many fields of which a name is the only one that somebody may have as well: `{ name, code, credits, seats, level }`.
  const isOfThing = isShown || fields.some((field) => ofThings.test(field)) || (isListed && fields.every((field) => field === "name" || personalDataOf(field) === undefined));
  const isPersonal = (field: string): boolean => {
    const named = personalDataOf(field);
    return containerOf(field) !== undefined || (named !== undefined && (!named.onlyOfPerson || !isOfThing));
  };
  return (isShown || (fields.some((field) => !neutral.test(field)) && !fields.some((field) => (vague.test(field) && !(isListed && kinds.test(field))) || foreign.test(field)) && !/hook|callback|ipn|event/i.test(`${file} ${model.values.index(file).functionAround(body)?.node.name ?? ""}`))) && !fields.some(isPersonal);
}

/** Whether a body is what browsers report of pages that broke their policy: `app.post("/csp-report", (request) => …)`. */
export function isPolicyReport({ model, file }: Look, node: Expression): boolean {
  const index = model.values.index(file);
  const around = index.functionAround(node)?.node;
  const [path] = (around && index.functions.get(around)?.passedTo?.call.arguments) ?? [];
  return path?.kind === "literal" && typeof path.value === "string" && /(?:^|[/_-])(?:csp|content-security|report-uri)(?:[/_-]|$)/i.test(path.value);
}

/** The first steps of the patterns that a node is taken apart by. */
function takenFrom({ model, file }: Look, node: Expression): readonly (Extract<BindingSource, { kind: "value" }>["path"][number] | undefined)[] {
  return model.values.index(file).sources.flatMap((source) => {
    if (source?.kind !== "value" || source.value === undefined) return [];
    const value = source.value.kind === "cast" ? source.value.value : source.value;
    return value === node ? [source.path[0]] : [];
  });
}

/** Whether a member is given a value where it stands. */
function isWritten({ model, file }: Look, node: Expression): boolean {
  const around = model.values.index(file).parentOf(node);
  return around !== undefined && "kind" in around && around.kind === "assign" && around.target === node;
}

/** Whether a node goes to a log, as text or as it is. */
function isLogged({ model, file }: Look, node: Expression): boolean {
  const index = model.values.index(file);
  const logs = new Set<unknown>(logWrites(model, file).map((write) => write.node));
  for (let around = index.parentOf(node); around && "kind" in around; around = index.parentOf(around)) if (logs.has(around)) return true;
  return false;
}

/** The personal fields of what takes a node as a whole; undefined where that is not known. */
function receivedAs({ model, file }: Look, node: Expression): readonly unknown[] | undefined {
  const index = model.values.index(file);
  let part: Expression = node;
  for (let around = index.parentOf(part); around && "kind" in around; around = index.parentOf(around)) {
    if (around.kind === "call" || around.kind === "new") {
      const call = around;
      const { functions } = model.callGraph.callees(file, call);
      // What a function of the project gives back says nothing of what it was given.
      const shape = functions.length === 0 ? shapeOf(model, file, call) : undefined;
      if (shape) return shape.fields;
      const place = call.arguments.indexOf(part);
      const shapes = functions.map((callee) => {
        const type = callee.node.parameters[place]?.type;
        return type && shapeOfValues(model, model.values.ofType(callee.file, type));
      });
      return shapes.length > 0 && shapes.every((known) => known !== undefined) ? shapes.flatMap((known) => known.fields) : undefined;
    }
    if (around.kind !== "object" && around.kind !== "cast" && around.kind !== "await") return undefined;
    part = around;
  }
  return undefined;
}
