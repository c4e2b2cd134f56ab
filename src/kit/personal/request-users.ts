import { oncePer } from "../../base/once-per.js";
import type { Expression } from "../../facts/syntax.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isClaims, isOpened, signsIdsAlone } from "./decoded-tokens.js";
import { nameOf } from "./exposure.js";
import { personalShape } from "./personal-shapes.js";

/** Whether all that the middleware of a project puts into `request.user` is known, and none of it is more than ids and roles. */
export const usersAreIds = oncePer((model: ProjectModel): boolean => {
  const given = model.files.flatMap((file) => model.values.index(file).memberAssignments.flatMap(({ object, property, value }) => (property === "user" && /(?:^|\.)(?:req|request)$/.test(nameOf(object)) ? [{ file, value }] : [])));
  return given.length > 0 && given.every(({ file, value }) => isIdsAlone(model, file, value));
});

function isIdsAlone(model: ProjectModel, file: string, value: Expression): boolean {
  if (value.kind === "cast") return isIdsAlone(model, file, value.value);
  if (value.kind === "literal") return true;
  if (value.kind === "object") return value.members.every(({ kind }) => kind === "property") && personalShape("user", value.members.flatMap((member) => (member.kind === "property" && member.value.kind !== "literal" ? [member.key] : []))).fields.length === 0;
  if (!signsIdsAlone(model)) return false;
  return isClaims(model, file, value) || model.values.of(file, value).some((one) => one.kind === "external" && isOpened(one));
}
