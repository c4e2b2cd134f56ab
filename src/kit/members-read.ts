import { personalDataOf } from "../catalogue/lexicon/personal-data.js";
import type { Expression } from "../facts/syntax.js";
import { type Chain, chainOf, chainsFrom } from "./chains.js";
import { isServiceId, type Look } from "./exposure.js";
import type { PersonalField } from "./personal-shapes.js";

/** Objects that hold what is said about fields, under the names of the fields. */
const aboutFields = /(?:err(?:or)?|issue|problem|rule|schema|validator|validation|field|form|message|label|type|column|option|flag|style|class|prop|locale|translation|text|map|mapping|key|count|stat|limit|template|example|index|model|table|column|require|i18n)s?$/i;
/** Members behind what is logged that are looked at. */
const deepest = 2;

/**
 * The fields that the code around reads of an object that nothing declares: whoever reads `data.access_token` knows that
 * it is there. Fields that are deleted or overwritten are left out.
 */
export function membersRead(at: Look, node: Expression): readonly PersonalField[] {
  const own = chainOf(node);
  if (!own || aboutFields.test(own.path.at(-1) ?? own.name)) return [];
  const index = at.model.values.index(at.file);
  const found = new Map<string, PersonalField>();
  for (const { node: top, path } of chainsFrom(at, own.binding)) {
    const further = path.slice(own.path.length);
    if (further.length === 0 || further.length > deepest || !own.path.every((key, place) => key === path[place])) continue;
    // What only the events of Cognito's triggers hold, beside the attributes of the user.
    if (own.name === "event" && further.length === 1 && /^(?:triggerSource|userPoolId)$/.test(further[0] ?? "")) found.set("request.userAttributes", { name: "request.userAttributes", category: "contact" });
    // `chunk.tokens` are pieces of a text or counted.
    const named = further.at(-1) === "credentials" || further.at(-1) === "tokens" ? undefined : personalDataOf(further.at(-1) ?? "");
    if (!named || named.onlyOfPerson || isServiceId(own.path.at(-1) ?? own.name, further.at(-1) ?? "") || (named.category === "location" && /(?:place|restaurant|venue|shop|store|branch)s?$/i.test(own.path.at(-1) ?? own.name))) continue;
    const around = index.parentOf(top);
    // `data.email()` is a method, and what is deleted or set is not what came.
    if (around && "kind" in around && ((around.kind === "call" && around.callee === top) || around.kind === "assign" && around.target === top || (around.kind === "unary" && around.operator === "delete"))) return [];
    found.set(further.join("."), { name: further.join("."), category: named.category });
  }
  for (const key of takenApart(at, own)) {
    const named = key === "tokens" ? undefined : personalDataOf(key);
    // `const { auth } = req.query` lets somebody in.
    if (named && (!named.onlyOfPerson || (key === "auth" && own.path.at(-1) === "query"))) found.set(key, { name: key, category: named.category });
  }
  return [...found.values()];
}

/** `const { email, phone } = data`. */
function takenApart(at: Look, { binding, path }: Chain): readonly string[] {
  return at.model.values.index(at.file).sources.flatMap((source): readonly string[] => {
    const [step] = source?.kind === "value" ? source.path : [];
    if (source?.kind !== "value" || !source.value || step?.kind !== "property") return [];
    const from = chainOf(source.value);
    return from?.binding === binding && from.path.join(".") === path.join(".") ? [step.key] : [];
  });
}
