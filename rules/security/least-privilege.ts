import { isBackendCode } from "../../src/kit/project/backend-files.js";
import { privilegesInCode } from "../../src/kit/privileges/privileged-code.js";
import { privilegesInFiles } from "../../src/kit/privileges/privileged-files.js";
import { reported } from "../../src/kit/privileges/privileges.js";
import { roleOf } from "../../src/kit/roles.js";
import { defineRule } from "../../src/kit/rule.js";
import type { ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly local: boolean;
}

export default defineRule<Options>({
  name: "least-privilege",
  section: "security",
  clauses: ["SEC-4"],
  description: "Require the application to run, connect and be permitted with no more rights than it needs",
  presets: { recommended: "warn", strict: ["error", { local: true }], legacy: "warn" },
  messages: {
    user: "{{name}} connects as `{{user}}`, who administers the whole database server: whoever gets a statement through reads, changes and drops everything on it. Connect as a user of the application's own, with rights on its tables alone.",
    tls: "`{{option}}` leaves certificates unchecked: whoever stands between can read and change what is sent, credentials included. Remove it, and trust the server's own authority (`ca`, `NODE_EXTRA_CA_CERTS`) where one is needed.",
    grant: "`GRANT ALL` gives `{{to}}` every right, to drop and to alter included. Grant what it uses: `SELECT, INSERT, UPDATE, DELETE` on its tables.",
    action: "`{{action}}` allows everything there is: whoever gets into the application may do it, too. List the actions that it calls.",
    container: "The application runs as root in its container: {{evidence}}. Whoever gets into the process owns the container, and is one step from its host. End the last stage with `USER` and a user without rights, such as `node`.",
  },
  optionsSchema: { local: { type: "boolean", description: "Also report what reaches no further than a developer's machine: files for development, local hosts, fallbacks for missing settings, and what a setting has to choose by name." } },
  defaultOptions: { local: false },
  project: {
    reads: "imports",
    *check(model, scope, { local }) {
      for (const file of scope.files) {
        if (isBackendCode(model, file) || isMigration(model, file)) yield* reported(privilegesInCode(model, file), local);
      }
    },
  },
  repo: {
    *check(repo, model, { local }) {
      yield* reported(privilegesInFiles(repo, model), local);
    },
  },
});

/** What a migration grants stays granted. */
function isMigration(model: ProjectModel, file: string): boolean {
  return model.layerOf(file).layer === "migrations" && roleOf(file) !== "test";
}
