import { groupBy } from "../../base/group-by.js";
import type { CallExpression, NewExpression } from "../../facts/syntax.js";
import { type Exposure, shownAs } from "./exposure.js";
import type { LoggedExposure } from "./logged-exposures.js";

/** What tells who somebody is, and no secret. */
const ofPersons = /^(contact|identity|location)$/;

/** The fields of a person that a call writes and nothing else, `req.ip` or `user.firstName` with `user.lastName`, with what they tell; undefined for one that writes more. */
export function fieldsOfPerson(group: readonly LoggedExposure[]): string | undefined {
  if (group.length === 0 || group.some(({ exposure }) => !ofPersons.test(exposure.category) || exposure.isBody)) return undefined;
  return [...new Set(group.map(({ exposure }) => `${shownAs(exposure)} ${exposure.category}`))].sort().join(", ");
}

/** What calls of a file may write alike: fields of a person, or one body of a request. */
export function writtenAlike(group: readonly LoggedExposure[]): string | undefined {
  const [first] = group;
  return first?.exposure.isBody && group.length === 1 ? `body ${shownAs(first.exposure)}` : fieldsOfPerson(group);
}

/** By call, since what one writes is mended there, however many fields it is; an object that was put together before is told of at the first that writes it. */
export function places(own: readonly LoggedExposure[]): readonly (readonly LoggedExposure[])[] {
  const told = new Set<string>();
  return [...groupBy(own, ({ logged }) => logged.node).values()].flatMap((exposed) => {
    const fresh = exposed.filter(({ logged, exposure }) => !told.has(causeOf(logged.node, exposure)));
    for (const { logged, exposure } of exposed) told.add(causeOf(logged.node, exposure));
    return fresh.length > 0 ? [fresh] : [];
  });
}

/** Fields of one call have one cause, and so have calls that log one object which was put together before. */
export function causeOf({ span }: CallExpression | NewExpression, { made }: Exposure): string {
  return made ? `${made.file} ${made.span[0]}` : String(span[0]);
}
