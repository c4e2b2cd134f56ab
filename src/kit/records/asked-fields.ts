import { propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, TypeMember } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import type { Value } from "../../model/values/value.js";

/** The fields that a read names: those that it wants, or those that it leaves out. */
interface AskedFields {
  readonly names: readonly string[];
  readonly leavesOut: boolean;
}

/** Reads of documents whose second argument names fields. */
const projects = /^find(?:One|ById)?$/;

/** Of rows what a query of Mongoose's or of the driver below it asks for: `.select("team points")`, `find({}, "-email")`, `{ projection: { email: 0 } }`. */
export function rowsAsked(model: ProjectModel, file: string, node: CallExpression, rows: readonly Value[]): readonly Value[] {
  const asked = askedFields(model, file, node);
  if (!asked) return rows;
  return rows.flatMap((row): readonly Value[] => {
    if (row.kind === "list") return [{ kind: "list", of: rowsAsked(model, file, node, row.of) }];
    const members = membersOf(row);
    const left = members && (asked.leavesOut ? members.filter(({ name }) => !asked.names.includes(name)) : members.filter(({ name }) => asked.names.includes(name)));
    const name = row.kind === "instance" ? row.class.name : row.kind === "typed" ? row.name : undefined;
    // A document without any fields has its id.
    return left ? [{ kind: "typed", file: "file" in row ? row.file : file, type: { kind: "object", span: node.span, members: left.length > 0 ? left : [{ span: node.span, name: "_id" }] }, ...(name !== undefined && { name }) }] : [row];
  });
}

function membersOf(row: Value): readonly TypeMember[] | undefined {
  if (row.kind === "typed") return row.type.kind === "object" ? row.type.members : undefined;
  if (row.kind !== "instance" || row.class.extends) return undefined;
  return row.class.members.flatMap((member): readonly TypeMember[] => (member.kind === "property" && !member.static ? [{ span: member.span, name: member.name, ...(member.type && { type: member.type }), ...(member.optional === true && { optional: true }) }] : []));
}

function askedFields(model: ProjectModel, file: string, node: CallExpression): AskedFields | undefined {
  for (let at: Expression = node; at.kind === "call" && at.callee.kind === "member"; at = at.callee.object) {
    const { property } = at.callee;
    const [first, second] = at.arguments;
    const given = /^(?:select|project|projection)$/.test(property) ? first : projects.test(property) ? second : undefined;
    const asked = given && fieldsOf(model, file, given);
    if (asked) return asked;
  }
  return undefined;
}

/** `"team -email"`, `["team"]`, `{ email: 0 }`, `{ projection: { team: 1 } }`; undefined where it names none. */
function fieldsOf(model: ProjectModel, file: string, node: Expression): AskedFields | undefined {
  if (node.kind === "object") {
    const inner = propertyOf(node, "projection") ?? propertyOf(node, "select");
    if (inner) return fieldsOf(model, file, inner);
    const flags = node.members.flatMap((member) => (member.kind === "property" && member.key !== "_id" && member.value.kind === "literal" && /^(?:0|1|true|false)$/.test(String(member.value.value)) ? [{ name: member.key, out: Number(member.value.value) === 0 }] : []));
    return flags.length > 0 ? named(flags) : undefined;
  }
  const texts = node.kind === "array" ? node.elements.map((element) => model.values.text(file, element)) : [model.values.text(file, node)];
  if (texts.includes(undefined)) return undefined;
  // `+password` adds a field that is left out by itself.
  const words = texts.flatMap((text) => (text ?? "").split(/\s+/)).filter((word) => word !== "" && word !== "-_id" && !word.startsWith("+"));
  return words.length > 0 ? named(words.map((word) => ({ name: word.replace(/^-/, ""), out: word.startsWith("-") }))) : undefined;
}

function named(fields: readonly { readonly name: string; readonly out: boolean }[]): AskedFields {
  const leavesOut = fields.every(({ out }) => out);
  return { names: fields.flatMap(({ name, out }) => (out === leavesOut ? [name.split(".")[0] ?? name] : [])), leavesOut };
}
