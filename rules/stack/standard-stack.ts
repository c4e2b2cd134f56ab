import { groupBy } from "../../src/base/group-by.js";
import { repositoryCause } from "../../src/base/causes.js";
import type { RelatedLocation, RuleFinding } from "../../src/base/finding.js";
import { enumerated } from "../../src/base/words.js";
import { defineRule } from "../../src/kit/rule.js";
import { testReachOf } from "../../src/kit/testing/test-reach.js";
import { firstToTest, noTests } from "../../src/kit/testing/tests-reached.js";
import type { ProjectModel } from "../../src/model/project-model.js";
import type { PackageStack } from "../../src/repo/stack.js";
import type { StackSlot } from "../../src/repo/stack/choices.js";
import type { FoundChoice, SlotState } from "../../src/repo/stack/slot.js";

/** What a slot is called, the clause that asks for it, and how it is filled. */
const slots: Readonly<Record<StackSlot, { readonly label: string; readonly clause: string; readonly fill: string }>> = {
  runtime: { label: "runtime version", clause: "STACK-1", fill: "State it in package.json under `engines.node`, or in .nvmrc." },
  framework: { label: "API framework", clause: "STACK-2", fill: "Choose one, such as Fastify, NestJS, Hono or Express." },
  validation: { label: "validation library", clause: "STACK-3", fill: "Choose one, such as Zod, Valibot, TypeBox or class-validator." },
  dataAccess: { label: "data-access library", clause: "STACK-4", fill: "Choose one, such as Prisma, Drizzle, Kysely or TypeORM." },
  migrations: { label: "migration tool", clause: "STACK-5", fill: "Use the one of the data-access library." },
  packageManager: { label: "lockfile", clause: "STACK-6", fill: "Commit the lockfile of the package manager, so that every install gets the same versions." },
  linter: { label: "linter", clause: "STACK-7", fill: "Add one, such as ESLint, Biome or oxlint, with a script that runs it." },
  formatter: { label: "formatter", clause: "STACK-7", fill: "Add one, such as Prettier or Biome, with a script that checks the format." },
  typeCheck: { label: "type check", clause: "STACK-7", fill: "Add a tsconfig.json with `strict` and a script that runs `tsc --noEmit`." },
  testRunner: { label: "test runner", clause: "STACK-7", fill: "Add one, such as Vitest, Jest or node:test, with a script `test`." },
  logger: { label: "structured logger", clause: "LOG-1", fill: "Choose one, such as pino or winston." },
  settings: { label: "settings library", clause: "CONF-1", fill: "Choose one, such as envalid, t3-env or a schema over the environment." },
};

/** Lacks that another rule reports: migrations-only, validated-settings, and what only a doubled framework is about. */
const reportedElsewhere: readonly StackSlot[] = ["migrations", "settings", "framework"];

const isExample = /(?:^|\/)(?:examples?|samples?|demos?)(?:\/|$)/i;

/** `stack` of the settings: accepted names by slot, or false for a slot that is not used. */
type Accepted = Readonly<Partial<Record<StackSlot, readonly string[] | false>>>;

interface Options {
  readonly empty: "together" | "each";
}

export default defineRule<Options>({
  name: "standard-stack",
  section: "stack",
  clauses: ["STACK-1", "STACK-2", "STACK-3", "STACK-4", "STACK-5", "STACK-6", "STACK-7", "CONF-1", "LOG-1"],
  description: "Require one choice for every slot of the default stack: framework, validation, data access, tools, logger",
  presets: { recommended: "warn", strict: ["error", { empty: "each" }], legacy: "off" },
  messages: {
    empty: "{{package}} has no {{slot}}. {{fill}}",
    lacking: "{{package}} has {{slots}}. {{fills}}",
    doubled: "{{package}} has more than one {{slot}}: {{choices}}. Everybody must know both and they drift apart; keep one, or accept both under `stack.{{key}}` in the settings.",
    idle: "{{package}} has {{choices}}, but no script, hook or CI job runs it, so nothing holds the code to it. Add a script that does.",
    weak: "{{package}} checks types without strict mode ({{choices}}), so null and any pass unseen. Set `\"strict\": true` in its compilerOptions.",
  },
  optionsSchema: { empty: { enum: ["together", "each"], description: "Whether the empty slots of a package are one finding, or one each." } },
  defaultOptions: { empty: "together" },
  repo: {
    *check(repo, model, options) {
      // The settings' schema has validated the section; the model hands it on as it is.
      const accepted = (model.options.settings["stack"] ?? {}) as Accepted;
      // What an example is made with is no choice of the project.
      const found = repo.readers.stack().flatMap((stack) => (isExample.test(stack.package.folder) ? [] : stack.slots.flatMap((state) => [...checkSlot(stack, state, accepted[state.slot])])));
      const isEmpty = ({ messageId }: RuleFinding): boolean => messageId === "empty";
      yield* found.filter((one) => !isEmpty(one));
      for (const lacks of groupBy(found.filter(isEmpty), ({ file }) => file).values()) yield* options.empty === "each" ? lacks : together(lacks, model);
    },
  },
});

/** The empty slots of a package as one finding: somebody sets up what it is built with, once. Where nothing is tested, the test runner is what tested-modules begins with. */
function* together(lacks: readonly RuleFinding[], model: ProjectModel): Iterable<RuleFinding> {
  const begin = testReachOf(model).tests.length === 0 ? firstToTest(model) : undefined;
  const [runner = [], others = []] = [true, false].map((wanted) => lacks.filter(({ data }) => (begin !== undefined && data?.["key"] === "testRunner") === wanted));
  for (const one of runner) yield { ...one, ...(begin && { toldBy: { rule: "tested-modules", file: begin.file, cause: noTests } }) };
  const [first] = others;
  if (first === undefined) return;
  const of = (key: string): readonly string[] => others.map(({ data }) => data?.[key] ?? "");
  const data = { ...first.data, slots: enumerated(of("slot").map((slot) => `no ${slot}`)), fills: of("fill").join(" ") };
  yield others.length === 1 ? first : { ...first, messageId: "lacking", data, cause: repositoryCause(`empty ${of("key").join(" ")}`), clauses: [...new Set(others.flatMap(({ clauses = [] }) => clauses))] };
}

function* checkSlot({ package: owner }: PackageStack, state: SlotState, accepted: readonly string[] | false | undefined): Iterable<RuleFinding> {
  const { slot } = state;
  if (accepted === false || !isReported(state)) return;
  const open = state.choices.filter((choice) => accepted?.some((name) => isCalled(choice, name)) !== true);
  // What the settings name fills the slot, also where this project has it from elsewhere.
  if (accepted !== undefined && (state.state === "empty" || open.length === 0)) return;
  const { label, clause, fill } = slots[slot];
  const { file, name } = owner.manifest;
  const data = { package: name ?? (owner.folder || "This project"), slot: label, key: slot, fill, choices: state.choices.map((choice) => choice.name).join(" and ") };
  const own = state.choices.flatMap(({ evidence }) => evidence).filter((evidence) => evidence.file === file);
  // Of two choices the later one is the place: it came on top.
  const range = (state.state === "weak" ? undefined : own.at(-1)?.range) ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  yield { file, range, messageId: state.state, data, cause: repositoryCause([slot, state.state, ...state.choices.map((choice) => choice.name)].join(" ")), clauses: [clause], related: related(state) };
}

function isReported({ slot, state }: SlotState): boolean {
  return state === "doubled" || state === "idle" || state === "weak" || (state === "empty" && !reportedElsewhere.includes(slot));
}

function isCalled({ name, evidence }: FoundChoice, accepted: string): boolean {
  return name.toLowerCase() === accepted.toLowerCase() || evidence.some((one) => one.package === accepted);
}

function related({ choices }: SlotState): RelatedLocation[] {
  return choices.flatMap(({ name, evidence }) => evidence.slice(0, 3).map(({ file, range, what }) => ({ file, range, message: `${name}: ${what}` })));
}
