import type { RelatedLocation } from "../../base/finding.js";
import type { Span } from "../../base/position.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import type { Decision } from "../decisions.js";
import { decidedAt } from "./environment-decisions.js";
import type { EnvironmentRead } from "../project/environment.js";
import { isHarmlessRead } from "./harmless-reads.js";
import { relatedAt } from "../project-finding.js";
import type { Place, Scope } from "../rule.js";
import { settingsOf } from "./settings-modules.js";
import { strayEnvironmentReads } from "./stray-environment-reads.js";

/** How many of the other files a finding names. */
const mostRelated = 10;

/** The reads of a file that count, in source order. */
function countedReads(model: ProjectModel, scope: Scope, file: string): readonly EnvironmentRead[] {
  return file.endsWith(".d.ts") ? [] : strayEnvironmentReads(model, file).filter((read) => !isHarmlessRead(model, file, read) && scope.counts(placeOf(model, file, read)));
}

/** The first read of a file that a sum tells of: what a test for production decides is told by itself. */
export function firstStray(model: ProjectModel, scope: Scope, file: string): EnvironmentRead | undefined {
  return countedReads(model, scope, file).find((read) => decidedAt(model, file, read.node.span) === undefined);
}

/** The files of a package that one finding tells of, where more than a few read. */
export function filesOfSum(model: ProjectModel, scope: Scope, unit: PackageUnit, few: number): readonly string[] {
  const reading = model.filesOf(unit).filter((file) => countedReads(model, scope, file).length > 0);
  return reading.length > few ? reading.filter((file) => firstStray(model, scope, file) !== undefined) : [];
}

/** Where a read stands. */
export function placeOf(model: ProjectModel, file: string, { node }: EnvironmentRead): Place {
  return { file, range: model.range(file, node.span) };
}

/** The first stray read of each package without settings: functions that are deployed one by one have a package each. */
export function placesOfPackages(model: ProjectModel, scope: Scope): readonly string[] {
  return model.packages.flatMap((unit) => (settingsOf(model, unit).modules.length > 0 ? [] : model.filesOf(unit).filter((file) => firstStray(model, scope, file) !== undefined).slice(0, 1)));
}

/** The span of the first read of a file that a sum tells of. */
export function spanOfFirst(model: ProjectModel, scope: Scope, file: string): Span {
  return firstStray(model, scope, file)?.node.span ?? [0, 0];
}

/** Where the other files read that a finding tells of. */
export function relatedReads(model: ProjectModel, scope: Scope, { others }: Decision): readonly RelatedLocation[] {
  return others.slice(0, mostRelated).map((file) => relatedAt(model, file, spanOfFirst(model, scope, file), "and here"));
}

/** The keys of a read, as a message has them. */
export function keyOf(read: EnvironmentRead | undefined): string {
  return read?.keys?.join("`, `") ?? "process.env";
}
