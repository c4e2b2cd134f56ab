import { groupBy } from "../../src/base/group-by.js";
import { listed } from "../../src/base/words.js";
import type { RuleFinding } from "../../src/base/finding.js";
import type { CallExpression, NewExpression } from "../../src/facts/syntax.js";
import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { type Exposure, keyOf, shownAs } from "../../src/kit/personal/exposure.js";
import { causeOf, fieldsOfPerson, places, writtenAlike } from "../../src/kit/personal/logged-places.js";
import { type LoggedExposure, loggedExposures, type SharedLog, sharedLogs } from "../../src/kit/personal/logged-exposures.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { isOfSharedSource, type SharedSource, sharedSources } from "../../src/kit/personal/shared-sources.js";
import { defineRule } from "../../src/kit/rule.js";
import type { ProjectModel } from "../../src/model/project-model.js";

/** How many of the calls a finding names. */
const mostRelated = 10;
const mostFields = 6;
/** More calls of one file than this that write one field of a person, or one body, do so by habit. */
const fewAlike = 5;
interface Options {
  readonly report: "causes" | "calls";
}

export default defineRule<Options>({
  name: "no-pii-in-logs",
  section: "logging",
  clauses: ["LOG-4"],
  description: "Forbid personal data, credentials and tokens in log calls",
  presets: { recommended: "error", strict: ["error", { report: "calls" }], legacy: "error" },
  messages: {
    exposed: "`{{field}}` ({{category}}) is written to the log, where it stays for everyone who can read logs. Log an id instead, or mask it before.",
    several: "This log call writes {{fields}}, where it stays for everyone who can read logs. Log ids instead, or mask them before.",
    source: "{{count}} log calls write what is made here: {{fields}}. There it stays for everyone who can read logs. Log an id instead, or mask it here.",
    body: "`{{field}}` ({{category}}) is written to the log, where it stays for everyone who can read logs. Log an id instead, or mask it before.",
    bodies: "{{count}} files write whole bodies of requests to the log, as `{{field}}` here, with whatever persons were asked for in them, passwords too; among the others: {{others}}. There it stays for everyone who can read logs. Log ids, and names of fields where they help, instead.",
    habit: "{{count}} files write {{names}} to the log, as {{fields}} here, where it stays for everyone who can read logs; among the others: {{others}}. Log ids instead, or leave such fields out where the logger is made.",
    often: "{{count}} log calls of this file write {{fields}}, here first, where it stays for everyone who can read logs. Log an id instead, or mask it before.",
    shared: "This writes to the log what {{count}} calls hand to this function, personal data among it: {{fields}}. There it stays for everyone who can read logs. Log an id or a count here instead, or mask it before.",
  },
  optionsSchema: { report: { enum: ["causes", "calls"], description: "Whether the fields of one call are one finding, and what many calls log is one where a function logs or makes it, or each field of each call." } },
  defaultOptions: { report: "causes" },
  project: {
    reads: "model",
    *check(model, scope, { report }) {
      const habit: Habit = {
        key: `no-pii-in-logs ${report}`,
        files: model.files,
        findingsIn: (file) => findingsIn(model, file, report),
        kindOf,
        sums: { body: "bodies", exposed: "habit", several: "habit", often: "habit" },
      };
      for (const file of scope.files) yield* report === "calls" ? findingsIn(model, file, report) : toldOnce(model, scope, file, habit);
    },
  },
});

/** Whole bodies, and how a team calls persons in its log (a name, an address): what of these many files write was decided once. Secrets are told one by one. */
function kindOf({ messageId, data }: RuleFinding): string | undefined {
  if (messageId === "body") return messageId;
  return /^(?:exposed|several|often)$/.test(messageId) && data?.["names"] !== "" ? data?.["names"] : undefined;
}

/** What a finding says of the fields that a call writes; their `names` only where all are a person's. */
function told(group: readonly LoggedExposure[]): { readonly field: string; readonly category: string; readonly fields: string; readonly names: string } {
  const [first] = group;
  const names = fieldsOfPerson(group) === undefined ? [] : [...new Set(group.map(({ exposure }) => `\`${keyOf(exposure)}\` (${categoryOf(exposure)})`))].sort();
  return { field: first ? shownAs(first.exposure) : "", category: first ? categoryOf(first.exposure) : "", fields: fieldsOf(group), names: listed(names, mostFields) };
}

function* findingsIn(model: ProjectModel, file: string, report: Options["report"]): Iterable<RuleFinding> {
  if (!isBackendCode(model, file)) return;
  const exposed = loggedExposures(model, file);
  const shared = report === "causes" ? sharedLogs(model, file, exposed) : undefined;
  for (const [node, log] of shared ?? []) if (log.file === file) yield ofShared(model, node, log);
  for (const source of report === "causes" ? sharedSources(model, file).values() : []) yield ofSource(model, file, source);
  const reported = new Set<number>();
  const own = exposed.filter(({ logged: { node, through }, exposure }) => {
    if (report === "causes" && (isOfSharedSource(model, exposure) || (through && isToldThere(model, through, exposure)))) return false;
    if (shared?.has(node) || (through && shared?.get(through.node)?.exposures.has(exposure)) || (report === "calls" && reported.has(exposure.span[0]))) return false;
    reported.add(exposure.span[0]);
    return true;
  });
  const groups = report === "causes" ? places(own) : own.map((one) => [one]);
  const alike = groupBy(groups, writtenAlike);
  for (const group of groups) {
    const [first, ...others] = group;
    const field = report === "causes" ? writtenAlike(group) : undefined;
    const same = field === undefined ? [] : (alike.get(field) ?? []);
    if (same.length > fewAlike) yield* same[0] === group ? ofAlike(model, file, same) : [];
    else if (first) yield ofPlace(model, file, first, others);
  }
}

/** One finding for what many calls of a file write alike. */
function* ofAlike(model: ProjectModel, file: string, same: readonly (readonly LoggedExposure[])[]): Iterable<RuleFinding> {
  const [group = []] = same;
  const [first, ...others] = same.flatMap(([one]) => one ?? []);
  const related = others.slice(0, mostRelated).map(({ exposure }) => relatedAt(model, file, exposure.span, "and here"));
  if (first) yield findingAt(model, file, first.exposure.span, "often", { count: String(same.length), ...told(group) }, { cause: causeOf(first.logged.node, first.exposure), related });
}

/** Whether the call in another function that writes to the log is told for the same: what its caller hands it is mended there. */
function isToldThere(model: ProjectModel, { file, node }: NonNullable<LoggedExposure["logged"]["through"]>, handed: Exposure): boolean {
  return isBackendCode(model, file) && loggedExposures(model, file).some(({ logged, exposure }) => logged.node === node && !logged.through && keyOf(exposure) === keyOf(handed));
}

/** One finding for what a call writes, or for an object that was put together before and that calls of this file write. */
function ofPlace(model: ProjectModel, file: string, first: LoggedExposure, others: readonly LoggedExposure[]): RuleFinding {
  const { logged: { node, through }, exposure } = first;
  const related = through && [relatedAt(model, through.file, through.node.span, "it is written to the log here")];
  const isSeveral = others.some((other) => shownAs(other.exposure) !== shownAs(exposure));
  return findingAt(model, file, exposure.span, isSeveral ? "several" : exposure.isBody ? "body" : "exposed", told([first, ...others]), { cause: causeOf(node, exposure), ...(related && { related }) });
}

/** One finding for what many calls log: it is mended where it is made. */
function ofSource(model: ProjectModel, file: string, { span, calls }: SharedSource): RuleFinding {
  const related = calls.slice(0, mostRelated).map((call) => relatedAt(model, call.file, call.exposure.span, "it is written to the log here"));
  return findingAt(model, file, span, "source", { count: String(calls.length), fields: fieldsOf(calls) }, { cause: "source", related });
}

/** `email` (contact), `user.ip` (location), … */
function fieldsOf(calls: readonly { readonly exposure: Exposure }[]): string {
  return listed([...new Set(calls.map(({ exposure }) => `\`${shownAs(exposure)}\` (${categoryOf(exposure)})`))], mostFields);
}

function categoryOf({ category }: Exposure): string {
  return category.replaceAll("-", " ");
}

/** One finding for a function that logs what many calls hand it: it is mended there, not at each of them. */
function ofShared(model: ProjectModel, node: CallExpression | NewExpression, { file, calls }: SharedLog): RuleFinding {
  const related = calls.slice(0, mostRelated).map((call) => relatedAt(model, call.file, call.exposure.span, `\`${shownAs(call.exposure)}\` is handed over here`));
  return findingAt(model, file, node.span, "shared", { count: String(calls.length), fields: fieldsOf(calls) }, { cause: "shared", related });
}
