import { inAllFiles } from "../../base/gathered.js";
import { oncePer } from "../../base/once-per.js";
import { isMachineMade } from "../../catalogue/secrets/secret-values.js";
import type { ProjectModel } from "../../model/project-model.js";
import { bareText, SecretCopies } from "./secret-copies.js";
import { isExempt, keysInMigration, writtenSecrets } from "./written-secrets.js";

/** The texts that stand in for settings, which no-secret-fallbacks tells: their copies are revoked with them. Only what a machine has made is sure to be the same secret. */
const standIns = oncePer((model: ProjectModel): ReadonlySet<string> => {
  return new Set(fallbacksIn(model).filter((text) => isMachineMade(text) || /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) || /^[A-Z0-9]{32,}$/.test(text)));
});

const fallbacksIn = inAllFiles((model: ProjectModel, file) => (isExempt(model, file) ? [] : model.facts(file).secrets.flatMap(({ fallback, span }) => (fallback ? [bareText((model.text(file) ?? "").slice(...span))] : []))));

/** What tells the copies of secrets from the first of them; with `each`, those of what stands in for a setting are told as well. */
export function copiesFor(model: ProjectModel, each: boolean): SecretCopies {
  return new SecretCopies(each ? new Set() : standIns(model));
}

/** The same, with the places of the secrets that code holds. */
export function codeCopies(model: ProjectModel, each: boolean): SecretCopies {
  const copies = copiesFor(model, each);
  for (const file of model.files) for (const secret of [...keysInMigration(model, file), ...(isExempt(model, file) ? [] : writtenSecrets(model, file))]) copies.causeOfFact(model.text(file)?.slice(...secret.span) ?? "", file, secret);
  return copies;
}
