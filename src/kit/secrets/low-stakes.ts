import { baseName } from "../../base/paths.js";
import type { Span } from "../../base/position.js";
import { splitWords } from "../../base/words.js";
import { isProvidersSecret } from "../../catalogue/secrets/contextual.js";
import { leadsHere } from "../../catalogue/secrets/find-tokens.js";
import { isApplicationPassword, isMailKey } from "../../catalogue/secrets/secret-values.js";
import { isKeyOfVendor } from "../../catalogue/secrets/vendor-keys.js";
import type { ProjectModel } from "../../model/project-model.js";
import { isEnvFile } from "../settings/env-files.js";
import { isForDevelopers } from "../roles.js";

/** A secret that is written down, as far as it says what it opens. */
interface Written {
  readonly file: string;
  readonly format: string;
  readonly name?: string | undefined;
  readonly text: string;
  /** The host that stands beside it is the own machine. */
  readonly opensHere?: boolean;
  /** What the variables and objects around it are called. */
  readonly around?: readonly string[];
}

/** Settings and compose files for the machines of developers, by their names, and folders of what a project does not ship. */
const ofDevelopers = /(?:^|[._-])(?:dev|devel|development|local|sandbox)(?:[._-]|$)/i;
const notShipped = /^(?:(?:packages|apps)\/)?(?:(?:[\w-]{1,30}[._-])?(?:examples?|samples?|demos?)|contrib|hack|local|dev|devel|\.devcontainer)\/|(?:^|\/)\.(?:vscode|idea)\//i;
/** What a backend needs beside it while somebody works on it: `dependencies.compose.yml`, `docker-compose.deps.yml`, `docker-compose/trino/`. */
const besideDevelopers = /(?:^|[/._-])(?:deps|dependencies)[._-](?:docker-)?compose[\w.-]{0,40}\.ya?ml$|(?:^|\/)(?:docker-)?compose[._-](?:deps|dependencies)\.ya?ml$|(?:^|\/)docker-compose\/[\w.-]{1,60}\//i;
const ofExamples = /^(?:(?:packages|apps)\/)?(?:[\w-]{1,30}[._-])?(?:examples?|samples?|demos?)\//i;
const settingsFile = /\.(?:json|jsonc|json5|ya?ml|toml|ini|cfg|conf|properties|tf|tfvars|sh|env)$|^\.?env(?:rc)?[._-]|(?:^|[._-])(?:config|settings|env|environment)\.[^.]{1,12}\.[cm]?[jt]s$|^(?:dev|development|local)\.[cm]?[jt]s$/i;
const ofDeployments = /(?:^|[/._-])(?:prod|production|live|staging)(?:[/._-]|$)/i;

/** Networks of chains on which nothing has a price. */
const testNetworks: ReadonlySet<string> = new Set("testnet testnets devnet localnet regtest simnet goerli sepolia holesky hoodi ropsten rinkeby mumbai amoy fuji chapel alfajores".split(" "));

/** Kinds that a project makes for itself; what a service has given out opens an account of it wherever it is written. */
const ofProject: ReadonlySet<string> = new Set(["password", "key", "token", "phrase", "private-key", "url-credentials", "command-password", "sql-server-password", "statement-password"]);

/** What somebody who reads a secret gets at with it where that is little, in words; undefined where it may be more. */
export function lowStakes(secret: Written): string | undefined {
  if (!ofProject.has(secret.format) || ofDeployments.test(secret.file)) return undefined;
  if (opensTestNetwork(secret)) return "an account of a test network";
  // What only its name tells was made up for an example as often as not; by its form it is a service's.
  if (secret.name !== undefined && ofExamples.test(secret.file)) return "an example";
  if (isOfService(secret) || (secret.format === "url-credentials" && !leadsHere(secret.text))) return undefined;
  return isForMachines(secret.file) || (secret.opensHere === true && secret.format === "password") ? "what runs on developers' machines" : undefined;
}

/** The key or the phrase of an account on a chain whose coins have no price, by what it or the variable around it is called. */
function opensTestNetwork({ file, name = "", text, around = [] }: Written): boolean {
  const bare = text.replace(/^["'`]|["'`]$/g, "");
  if (!/^(?:0x)?[0-9a-f]{64}(?:01)?$|^[a-z]{3,8}(?: [a-z]{3,8}){11,23}$/i.test(bare)) return false;
  const words = [name, ...around, baseName(file)].flatMap(splitWords);
  return words.some((word) => testNetworks.has(word)) && !words.some((word) => /^(?:mainnet|prod|production|live)$/.test(word));
}

/** Whether a name says that another service has given a key out, and checks it. */
function isOfService({ name = "", text, around = [] }: Written): boolean {
  const bare = text.replace(/^["'`]|["'`]$/g, "");
  if (isMailKey(bare) || isApplicationPassword(bare)) return true;
  return isProvidersSecret([name, ...around].flatMap(splitWords).filter((word) => !testNetworks.has(word)), bare) || isKeyOfVendor(name, [], around);
}

function isForMachines(file: string): boolean {
  const name = baseName(file);
  return isForDevelopers(file) || notShipped.test(file) || besideDevelopers.test(file) || ((settingsFile.test(name) || isEnvFile(file)) && ofDevelopers.test(name)) || /(?:^|\/)(?:docker|compose|deploy)\/(?:dev|devel|development|local)\//i.test(file);
}

/** The variables in whose values a place lies. */
export function variablesAround(model: ProjectModel, file: string, [start, end]: Span): readonly string[] {
  const { bindings } = model.facts(file);
  return model.values.index(file).sources.flatMap((source, binding) => (source?.kind === "value" && source.path.length === 0 && source.value && source.value.span[0] <= start && end <= source.value.span[1] ? [bindings[binding]?.name ?? ""] : []));
}
