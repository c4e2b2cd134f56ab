import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { agentsFileName, agentsSection, refuseLinkOutside, withSection } from "../engine/agents.js";
import { writeFileAtomically } from "../engine/atomic-file.js";
import { run } from "../engine/run.js";
import { startFolder } from "./start-folder.js";

/** `std-check agents`: prints the section for coding tools, or writes it into AGENTS.md. */
export async function agentsCommand(options: Readonly<Record<string, unknown>>): Promise<void> {
  const cwd = startFolder(options);
  const { result, root, project, settings } = await run({ cwd, cache: options["cache"] !== false });
  const section = agentsSection({ model: project.model, settings, findings: result.findings });
  if (options["write"] !== true) {
    process.stdout.write(section);
    return;
  }
  const file = path.join(root, agentsFileName);
  const isThere = existsSync(file);
  if (isThere) refuseLinkOutside(root, agentsFileName);
  const before = isThere ? readFileSync(file, "utf8") : "";
  const after = withSection(before, section);
  if (after !== before) writeFileAtomically(file, after);
  process.stdout.write(after === before ? `${agentsFileName} is up to date.\n` : `Wrote the section of std-check in ${agentsFileName}.\n`);
}
