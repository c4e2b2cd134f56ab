import { Argument, Command, CommanderError } from "commander";
import { exitCode } from "../base/errors.js";
import { checkCommand } from "./check-command.js";
import { version } from "./version.js";

/** What a caller may wait for. */
export interface CommandEvents {
  /** Code was checked, rather than an earlier answer given again, and the answer is written. */
  afterCheck?(): void;
}

/** Runs a command line and gives its exit code. The modules of all commands but the default one, which is answered from its cache, are loaded when they are called. */
export async function runCommand(args: readonly string[], events: CommandEvents = {}): Promise<number> {
  let code: number = exitCode.clean;
  const program = new Command("std-check").version(version, "-v, --version").description("Holds a TypeScript backend to a written standard.").exitOverride().showSuggestionAfterError();
  program
    .argument("[paths...]", "what to report on; the whole project is read in any case")
    .option("--format <name[=file]>", "pretty, json, sarif, github, gitlab, junit, checkstyle, markdown, html or agent; several at once", collect, [])
    .option("--preset <name>", "recommended, strict or legacy, whatever the settings say")
    .option("--rule <rule=severity>", "turn a rule on or off for this run", collect, [])
    .option("--max-warnings <count>", "fail when there are more warnings")
    .option("--quiet", "report errors only")
    .option("--fix", "mend what can be mended for sure, then check")
    .option("--fix-dry-run", "show what --fix would change as a diff, and change nothing; exit code 1 if it would")
    .option("--no-cache", "read and keep no cache")
    .option("--no-baseline", "report what the baseline lets pass, too")
    .option("--ci", "fail where the baseline has entries whose finding is gone")
    .option("--since [ref]", "report what has come since this branch, tag or commit; in a pull request, since its target")
    .option("--staged", "check what the next commit would hold, and report on the files that it changes")
    .option("--history", "look for secrets in every commit that leads to the head, too")
    .option("--engine <name>", "which program runs the file rules: auto, oxlint or eslint")
    .option("--date <day>", "judge exceptions by this day instead of the day of HEAD")
    .option("--cwd <folder>", "run as if started there")
    .option("--print-config [file]", "print the settings in force, and where each value came from, and check nothing")
    .action(async (paths: string[], options: Record<string, unknown>) => {
      if (options["printConfig"] !== undefined) {
        const { printConfigCommand } = await import("./print-config-command.js");
        return printConfigCommand(options);
      }
      if (options["fix"] === true || options["fixDryRun"] === true) {
        const { fixCommand } = await import("./fix-command.js");
        code = await fixCommand(paths, options);
        if (options["fixDryRun"] === true) return;
      }
      code = await checkCommand(paths, options, events);
    });
  program
    .command("routes")
    .description("print the HTTP routes with what guards and describes them")
    .argument("[paths...]")
    .option("--format <name>", "pretty, json, markdown or csv")
    .option("--missing <what>", "only routes without auth, schema or rate-limit")
    .option("--lock", "write the public surface to std-check.routes.json; runs then tell what changes it")
    .action(async (paths: string[], _options: unknown, command: Command) => {
      const { routesCommand } = await import("./routes-command.js");
      routesCommand(paths, command.optsWithGlobals());
    });
  program
    .command("entries")
    .description("print where the outside reaches the code other than by routes: resolvers, consumers, jobs, commands, sockets, functions")
    .argument("[paths...]")
    .option("--format <name>", "pretty, json or markdown")
    .action(async (paths: string[], _options: unknown, command: Command) => {
      const { entriesCommand } = await import("./entries-command.js");
      entriesCommand(paths, command.optsWithGlobals(), formatGiven(command));
    });
  program
    .command("layers")
    .description("print the layer of each file and what decided it")
    .argument("[paths...]")
    .action(async (paths: string[], _options: unknown, command: Command) => {
      const { layersCommand } = await import("./layers-command.js");
      layersCommand(paths, command.optsWithGlobals());
    });
  program
    .command("graph")
    .description("draw who imports whom at run time, with the imports that break a rule in colour")
    .addArgument(new Argument("[level]").choices(["layers", "folders", "modules"]).default("layers"))
    .option("--format <name>", "mermaid, dot, json (of dependency-cruiser), svg or html")
    .option("--focus <glob>", "only what matches, and what it imports or is imported by")
    .action(async (level: "layers" | "folders" | "modules", _options: unknown, command: Command) => {
      const { graphCommand } = await import("./graph-command.js");
      await graphCommand(level, command.optsWithGlobals());
    });
  program
    .command("pii")
    .description("print which shapes hold personal data and credentials, and where they are logged")
    .option("--format <name>", "markdown or json")
    .action(async (_options: unknown, command: Command) => {
      const { piiCommand } = await import("./pii-command.js");
      piiCommand(command.optsWithGlobals());
    });
  program
    .command("rules")
    .description("print every rule with its clauses and its severity here")
    .option("--format <name>", "pretty, json or markdown")
    .action(async (_options: Record<string, unknown>, command: Command) => {
      const { rulesCommand } = await import("./rules-command.js");
      rulesCommand(command.optsWithGlobals(), formatGiven(command));
    });
  program
    .command("explain")
    .description("print the page of a rule: what it asks, why, and examples")
    .argument("<rule>")
    .action(async (rule: string) => {
      const { explainCommand } = await import("./explain-command.js");
      explainCommand(rule);
    });
  program
    .command("tests")
    .description("print the tests that reach each service, domain and repository module and each route, and how")
    .argument("[paths...]")
    .option("--format <name>", "pretty, json or markdown")
    .action(async (paths: string[], _options: unknown, command: Command) => {
      const { testsCommand } = await import("./tests-command.js");
      testsCommand(paths, command.optsWithGlobals(), formatGiven(command));
    });
  program
    .command("stack")
    .description("print the slots of the default stack and what fills them")
    .option("--format <name>", "pretty, json or markdown")
    .action(async (_options: Record<string, unknown>, command: Command) => {
      const { stackCommand } = await import("./stack-command.js");
      stackCommand(command.optsWithGlobals(), formatGiven(command));
    });
  program
    .command("standard")
    .description("print every clause of the standard, what enforces it, and how this repository stands to it")
    .option("--format <name>", "pretty, json or markdown")
    .action(async (_options: Record<string, unknown>, command: Command) => {
      const { standardCommand } = await import("./standard-command.js");
      await standardCommand(command.optsWithGlobals(), formatGiven(command));
    });
  program
    .command("done")
    .description("run this repository's own lint, format, type and test commands, and tell which done criteria are proven")
    .option("--since [ref]", "what the change is compared with")
    .option("--prove", "run the changed tests of a fix on the base, too, where they must fail")
    .option("--format <name>", "pretty, json or markdown")
    .action(async (_options: Record<string, unknown>, command: Command) => {
      const { doneCommand } = await import("./done-command.js");
      code = await doneCommand(command.optsWithGlobals(), formatGiven(command));
    });
  program
    .command("init")
    .description("set std-check up here: settings, script, ESLint entry, hook, CI and baseline; asks before it writes")
    .option("--yes", "write without asking")
    .action(async (_options: Record<string, unknown>, command: Command) => {
      const { initCommand } = await import("./init/command.js");
      await initCommand(command.optsWithGlobals());
    });
  program
    .command("baseline")
    .description("let the findings of today pass (create), forget mended ones (prune), or tell where it stands (status)")
    .addArgument(new Argument("[action]").choices(["create", "prune", "status"]).default("status"))
    .argument("[paths...]")
    .option("--from <file>", "create: take over ESLint's suppressions")
    .option("--ci", "fail where the baseline would grow")
    .action(async (action: "create" | "prune" | "status", paths: string[], _options: Record<string, unknown>, command: Command) => {
      const { baselineCommand } = await import("./baseline-command.js");
      await baselineCommand(action, paths, command.optsWithGlobals());
    });
  program
    .command("doctor")
    .description("tell what is active and what is not, and why")
    .action(async (_options: Record<string, unknown>, command: Command) => {
      const { doctorCommand } = await import("./doctor-command.js");
      code = doctorCommand(command.optsWithGlobals());
    });
  program
    .command("try")
    .description("tell what a rule would report, with counts by cause and samples, before it is turned on")
    .argument("<rule>")
    .argument("[paths...]")
    .option("--format <name>", "pretty or json")
    .action(async (rule: string, paths: string[], _options: unknown, command: Command) => {
      const { tryCommand } = await import("./try-command.js");
      await tryCommand(rule, paths, command.optsWithGlobals(), formatGiven(command));
    });
  program
    .command("exceptions")
    .description("list what the settings and comments accept, by owner and expiry")
    .option("--format <name>", "pretty or json")
    .action(async (_options: unknown, command: Command) => {
      const { exceptionsCommand } = await import("./exceptions-command.js");
      exceptionsCommand(command.optsWithGlobals(), formatGiven(command));
    });
  program
    .command("agents")
    .description("print a section for AGENTS.md from the settings in force: layers, examples, rules")
    .option("--write", "write it into AGENTS.md, between its markers")
    .action(async (_options: unknown, command: Command) => {
      const { agentsCommand } = await import("./agents-command.js");
      await agentsCommand(command.optsWithGlobals());
    });
  program
    .command("mcp")
    .description("serve check, explain, routes, layers and standard over standard input and output, for coding tools")
    .action(async (_options: unknown, command: Command) => {
      const { mcpCommand } = await import("./mcp/command.js");
      await mcpCommand(command.optsWithGlobals());
    });
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? exitCode.clean : exitCode.userError;
  }
  return code;
}

/** The last `--format` of a command line, wherever it stands: the program has an option of that name, too. */
function formatGiven(command: Command): string {
  const format: unknown = command.optsWithGlobals<Record<string, unknown>>()["format"];
  return Array.isArray(format) ? String(format.at(-1) ?? "pretty") : typeof format === "string" ? format : "pretty";
}

function collect(value: string, all: readonly string[]): string[] {
  return [...all, value];
}
