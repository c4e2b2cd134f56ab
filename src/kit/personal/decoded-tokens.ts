import { oncePer, oncePerPart } from "../../base/once-per.js";
import { isFor } from "../../catalogue/index.js";
import { containerOf, personalDataOf } from "../../catalogue/lexicon/personal-data.js";
import { callStep } from "../../catalogue/provenance.js";
import { lastName } from "../../facts/names.js";
import type { Expression } from "../../facts/syntax.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import type { ExternalValue, Value } from "../../model/values/value.js";
import type { Look } from "./exposure.js";
import { type PersonalField, shapeOf } from "./personal-shapes.js";

/** Calls that give the claims of a token. */
const opens = /^(?:verify|verifyAsync|decode|decodeJwt|jwtVerify|jwtDecode)$/;
const signs = /^(?:sign|signAsync)$/;

/** The personal data among the claims that a token is opened to: what the project itself puts into the tokens that it signs. */
export function claimsOf(at: Look, node: Expression): readonly PersonalField[] {
  if (at.model.values.of(at.file, node).some(isOpenedIdentity)) return [{ name: "email", category: "contact" }];
  return isClaims(at.model, at.file, node) || at.model.values.of(at.file, node).some((value) => value.kind === "external" && isOpened(value)) ? (claimsSignedFor(at.model, at.file) ?? []) : [];
}

/** `jwt.decode(answer.id_token)`: who has signed in elsewhere (https://openid.net/specs/openid-connect-core-1_0.html#IDToken). */
function isOpenedIdentity(value: Value): boolean {
  const [token] = value.kind === "external" && isOpened(value) ? (value.site?.node.arguments ?? []) : [];
  return token !== undefined && /^id_?token$/i.test(lastName(token));
}

/** `verify(token, key, (error, claims) => …)`: whether a variable is what a callback is given of a token. */
export function isClaims(model: ProjectModel, file: string, node: Expression): boolean {
  const index = model.values.index(file);
  const source = node.kind === "name" && node.binding !== undefined ? index.sources[node.binding] : undefined;
  if (source?.kind !== "parameter" || source.index !== 1 || source.path.length > 0) return false;
  const call = index.functions.get(source.function)?.passedTo?.call;
  return call !== undefined && model.values.of(file, call.callee).some((value) => value.kind === "external" && opens.test(value.provenance.path.at(-1) ?? "") && isFor(value.provenance.package, value.provenance.subpath, "token"));
}

/** Whether the project signs tokens, and puts no personal data into them. */
export function signsIdsAlone(model: ProjectModel): boolean {
  return signedClaims(model)?.length === 0;
}

/** What the tokens that a file opens hold: those of its own package, and where that signs none those of the project. */
function claimsSignedFor(model: ProjectModel, file: string): readonly PersonalField[] | undefined {
  return claimsOfPackage(model, model.packageOf(file)) ?? signedClaims(model);
}

/** Whether a value is what a token was opened to: its claims. */
export function isOpened({ provenance: { package: name, subpath, path } }: ExternalValue): boolean {
  const steps = path.at(-1) === "payload" ? path.slice(0, -1) : path;
  return steps.at(-1) === callStep && opens.test(steps.at(-2) ?? "") && isFor(name, subpath, "token");
}

/** The personal data among the claims of the tokens that a project signs; undefined where it signs none. */
const signedClaims = oncePer((model: ProjectModel): readonly PersonalField[] | undefined => signedIn(model, model.files));
const claimsOfPackage = oncePerPart((model: ProjectModel, unit: PackageUnit): readonly PersonalField[] | undefined => signedIn(model, model.filesOf(unit)));

function signedIn(model: ProjectModel, files: readonly string[]): readonly PersonalField[] | undefined {
  const found = new Map<string, PersonalField>();
  let signed = false;
  for (const file of files) {
    for (const { node } of model.values.index(file).calls) {
      const [claims] = node.arguments;
      if (!claims || node.kind !== "call" || node.callee.kind === "super" || !model.values.of(file, node.callee).some((value) => value.kind === "external" && signs.test(value.provenance.path.at(-1) ?? "") && isFor(value.provenance.package, value.provenance.subpath, "token"))) continue;
      signed = true;
      for (const field of fieldsOf(model, file, claims)) found.set(field.name, field);
    }
  }
  return signed ? [...found.values()] : undefined;
}

function fieldsOf(model: ProjectModel, file: string, claims: Expression, depth = 0): readonly PersonalField[] {
  if (claims.kind !== "object") return shapeOf(model, file, claims)?.fields ?? [];
  return claims.members.flatMap((member): readonly PersonalField[] => {
    if (member.kind === "spread") return shapeOf(model, file, member.value)?.fields ?? [];
    if (member.kind !== "property") return [];
    const named = personalDataOf(member.key);
    // `{ id: user.id, name: user.name }`
    const ofPerson = member.value.kind === "member" && containerOf(lastName(member.value.object)) === "person";
    if (named && (!named.onlyOfPerson || ofPerson)) return [{ name: member.key, category: named.category }];
    return depth < 2 && /^(?:object|name)$/.test(member.value.kind) ? fieldsOf(model, file, member.value, depth + 1).map((field) => ({ ...field, name: `${member.key}.${field.name}` })) : [];
  });
}
