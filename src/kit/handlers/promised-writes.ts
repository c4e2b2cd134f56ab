import type { CallExpression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { namesIn } from "../routes/handlers.js";

/** What is not waited for only prepares or reads: `new Client()`, `toStream(answer)`. */
export function isWaitedFor(model: ProjectModel, file: string, call: CallExpression): boolean {
  const parent = model.values.index(file).parentOf(call);
  return parent !== undefined && "kind" in parent && (parent.kind === "await" || parent.kind === "array");
}

/** `await services.orders.cancel(id)`: a method of a service whose code is not known, which says that it changes something. */
export function isPromisedWrite(model: ProjectModel, file: string, { callee }: CallExpression): boolean {
  if (callee.kind !== "member" || !changing.test(callee.property) || model.values.of(file, callee).some(({ kind }) => kind !== "typed")) return false;
  return [...namesIn([callee.object])].some((name) => /services?$|usecases?$/i.test(name));
}

/** What methods are called that change something. */
const changing = /^(add|approve|archive|assign|book|cancel|capture|charge|close|confirm|create|deactivate|delete|edit|expire|grant|insert|issue|mark|open|patch|pay|place|publish|redeem|refund|register|reject|release|remove|rename|replace|reserve|reset|restore|revoke|save|set|ship|store|submit|suspend|transfer|update|upsert|withdraw)(?![a-z])/;
