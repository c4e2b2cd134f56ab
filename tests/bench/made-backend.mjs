import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { backend } from "./backend.mjs";

/** Writes a made backend of about `count` files to a temporary folder, commits it, and gives the folder. */
export function makeBackend(count) {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "std-check-bench-")));
  for (const [file, text] of Object.entries(backend(count))) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  for (const args of [["init", "-q"], ["add", "-A"], ["-c", "user.name=bench", "-c", "user.email=bench@example.com", "commit", "-qm", "feat: start"]]) execFileSync("git", args, { cwd: root, stdio: "ignore" });
  return root;
}
