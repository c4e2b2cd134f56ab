import { describe } from "../../catalogue/index.js";
import type { ClassNode, TypeNode } from "../../facts/syntax.js";
import { callGraphOf } from "../calls/call-graph.js";
import type { ProjectModel } from "../project-model.js";
import type { Entry, EntryInput } from "./entry.js";

/** What a base class calls the method that a message is handed to. */
const taking = /^(on|handle|process|consume|receive)([A-Z_]|$)/;

/**
 * The methods of a class that its base calls with what a broker delivered: `class UserCreatedListener extends Listener<UserCreated> { onMessage(data, message: Message) { … } }`.
 * What stands beside the message is what the base made of its payload.
 */
export function consumersIn(model: ProjectModel, file: string, owner: ClassNode): readonly Entry[] {
  if (!owner.extends) return [];
  return owner.members.flatMap((member): readonly Entry[] => {
    if (member.kind !== "method" || !member.function.body || member.decorators || !taking.test(member.name)) return [];
    const { parameters } = member.function;
    // What the project's own base hands over comes in where that registers.
    if (callGraphOf(model).callers(file, member.function).length > 0) return [];
    const given = parameters.map(({ type }) => type && deliveredBy(model, file, type));
    const delivered = given.find((one) => one !== undefined);
    if (!delivered) return [];
    const inputs = given.map((one, parameter): EntryInput => ({ parameter, path: one?.payload.split(".").filter((step) => step !== "") ?? [] }));
    const name = `${owner.name === undefined ? "" : `${owner.name}.`}${member.name}`;
    return [{ kind: "message", library: delivered.library, name, file, span: member.nameSpan, handler: { file, node: member.function, name }, inputs }];
  });
}

/** The package whose message a type is, and where the payload stands in it. */
function deliveredBy(model: ProjectModel, file: string, type: TypeNode): { readonly library: string; readonly payload: string } | undefined {
  for (const value of model.values.ofType(file, type)) {
    const payload = value.kind === "external" ? describe(value.provenance)?.message : undefined;
    if (value.kind === "external" && payload !== undefined) return { library: value.provenance.package, payload };
  }
  return undefined;
}
