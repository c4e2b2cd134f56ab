import { judgeStartedWith } from "../../catalogue/secrets/named-secrets.js";
import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";

/** What a whole application is handed under a name of what signs, and the text that it is handed. */
export interface SharedSecret {
  readonly sink: string;
  readonly argument: Expression;
}

/** What every request sees: `app.context` of Koa, `app.locals` of Express, and the names of the program itself. */
const holders = /^(?:context|locals|global|globalThis)$/;
/** `app.set("jwtSecret", …)`, `server.decorate("jwtSecret", …)`, `app.provide("sessionSecret", …)` */
const handing = /^(?:set|decorate|provide)$/;
const application = /^(?:app|application|server|fastify|instance|express|koa)$/i;

/** The words that a file hands its whole application for keys that sign; whoever verifies with them asks for them by the name alone. */
export function sharedSecrets(model: ProjectModel, file: string): readonly SharedSecret[] {
  const { memberAssignments, calls } = model.values.index(file);
  const given = [
    ...memberAssignments.flatMap(({ object, property, value }) => (holders.test(lastName(object)) ? [{ holder: lastName(object), name: property, argument: value }] : [])),
    ...calls.flatMap(({ node: { callee, arguments: [name, argument] } }) => (callee.kind === "member" && handing.test(callee.property) && application.test(lastName(callee.object)) && name?.kind === "literal" && typeof name.value === "string" && argument ? [{ holder: lastName(callee.object), name: name.value, argument }] : [])),
  ];
  return given.flatMap(({ holder, name, argument }) => {
    const text = argument.kind === "literal" ? argument.value : undefined;
    return typeof text === "string" && judgeStartedWith(name, text) !== undefined ? [{ sink: `${holder} ${name}`, argument }] : [];
  });
}
