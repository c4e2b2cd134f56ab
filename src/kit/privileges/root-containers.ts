import type { RuleFinding } from "../../base/finding.js";
import { baseName, folderOf } from "../../base/paths.js";
import type { BuildStage, Dockerfile, Instruction } from "../../repo/readers/dockerfile.js";
import type { RepoView } from "../../repo/repo-view.js";
import type { Privilege } from "./privileges.js";

/** Images whose user is root unless the Dockerfile says otherwise. Sources: the images' own Dockerfiles. */
const rootImage = /^(?:node|bun|deno|oven\/bun|denoland\/deno|keymetrics\/pm2|alpine|debian|ubuntu|distroless\/(?:nodejs|cc|base)[\w-]*|docker\/library\/node|amazonlinux)$/;
const runtime = /(?:^|[\s/"'[])(?:node|nodejs|npm|npx|yarn|pnpm|bun|bunx|deno|tsx|ts-node|nodemon|pm2|pm2-runtime|next|nest|nuxt)(?=$|[\s"',\]])/;
/** Commands that wait for sources to change, on a developer's machine. */
const developing = /(?:^|[\s"':-])(?:dev|develop|watch|reload|nodemon|ts-node-dev)(?=$|[\s"',\]])|--watch\b/;
/** Programs that go on as another user. */
const dropsRights = /\b(?:gosu|su-exec|setpriv|runuser|chpst|s6-setuidgid|setuidgid)\b|\bsu\s+(?:-\s+)?(?!root)\w+\s+-c\b/;

/** Stages that somebody asks for by name: they are built on what is deployed, or beside it. */
const beside = /^(?:[\w.-]*[-_.])?(?:tests?|testing|e2e|ci|lint|debug|dev|develop|development)$/i;

/** The stages of a Dockerfile up to the one that is deployed: one for tests may follow it. */
export function deployed(dockerfile: Dockerfile): Dockerfile {
  const last = dockerfile.stages.findLastIndex(({ name }) => name === undefined || !beside.test(name));
  return last === -1 ? dockerfile : { ...dockerfile, stages: dockerfile.stages.slice(0, last + 1) };
}

/** The container of an application that runs as root: the FROM of its last stage, or the USER that says so. */
export function rootContainer(repo: RepoView, dockerfile: Dockerfile): (Privilege & Pick<RuleFinding, "file" | "range">) | undefined {
  const last = dockerfile.stages.at(-1);
  if (last === undefined) return undefined;
  const instructions = repo.readers.finalInstructions(dockerfile);
  const base = baseOf(dockerfile, last);
  if (!runsApplication(base, instructions) || isOfLambda(instructions) || startDropsRights(repo, instructions)) return undefined;
  const user = instructions.findLast(({ name }) => name === "USER");
  // `CMD npm run start:dev`
  const local = commandsOf(instructions).some(({ text }) => developing.test(text) || servesSources(repo, dockerfile.file, text));
  if (user === undefined) return isRootImage(base) ? { messageId: "container", data: { evidence: "No `USER` follows in its last stage" }, local, file: dockerfile.file, range: last.range } : undefined;
  return isRootUser(user.text) ? { messageId: "container", data: { evidence: `\`USER ${user.text}\` is the last one` }, local, file: dockerfile.file, range: user.range } : undefined;
}

/** Whether a command starts, by a script of the package beside the Dockerfile, what serves a page from its sources to its developer: `"start": "react-scripts start"`. */
function servesSources(repo: RepoView, file: string, command: string): boolean {
  const [, script = ""] = /\b(?:npm|yarn|pnpm|bun)\b[\s"',]{1,9}(?:run[\s"',]{1,9})?([\w:.-]{1,80})/.exec(command) ?? [];
  const own = repo.readers.packages().find(({ manifest }) => folderOf(manifest.file) === folderOf(file));
  return own?.manifest.scripts.some((one) => one.name === script && sourceServers.test(one.command)) === true;
}

/** Programs that serve pages from their sources; those that answer from what was built are none. */
const sourceServers = /\b(?:(?:react-scripts|craco|react-app-rewired) start|ng serve|vue-cli-service serve|webpack(?:-dev-server| serve)|parcel (?:serve )?[\w./]*\.html|vite(?=$| --| dev| serve))/;

/** Whether Lambda runs the image, which gives each process a user without rights whatever the image says (https://docs.aws.amazon.com/lambda/latest/dg/images-create.html). */
function isOfLambda(instructions: readonly Instruction[]): boolean {
  return instructions.some(({ text }) => /\baws-lambda-(?:ric|rie|runtime)\b|\blambda-entrypoint\b|\baws-lambda-web-adapter\b|\bAWS_LWA_/.test(text));
}

/** Whether a user, with or without a group, is root. */
export function isRootUser(user: string): boolean {
  return /^["']?(?:root|0)(?:["']?$|:)/.test(user.trim());
}

/** The image that the last stage is built on in the end. */
function baseOf({ stages }: Dockerfile, last: BuildStage): string {
  const seen = new Set<BuildStage>();
  let { image } = last;
  for (let stage: BuildStage | undefined = last; stage && !seen.has(stage); stage = stages.find(({ name }) => name?.toLowerCase() === image.toLowerCase())) {
    seen.add(stage);
    ({ image } = stage);
  }
  return image;
}

function isRootImage(image: string): boolean {
  if (/nonroot|rootless|unprivileged/.test(image)) return false;
  const [path = ""] = image.split("@");
  // `node:${NODE_VERSION}-alpine`: whichever version it is.
  const name = path.replace(/:[\w.${}:-]*$/, "").replace(/^(?:docker\.io\/|public\.ecr\.aws\/docker\/|mirror\.gcr\.io\/|gcr\.io\/|index\.docker\.io\/)/, "").replace(/^library\//, "");
  return rootImage.test(name);
}

/** Whether it is JavaScript that the image runs: by its base, unless the command is another's, or by its command. */
function runsApplication(base: string, instructions: readonly Instruction[]): boolean {
  const start = commandsOf(instructions);
  if (start.some(({ text }) => runtime.test(text))) return true;
  // Without a command or a port it is a box of tools that somebody runs something in.
  if (start.length === 0 && !instructions.some(({ name }) => name === "EXPOSE")) return false;
  return /(?:^|[/:-])(?:node|nodejs\d*|bun|deno)(?=$|[\d@:/-])/.test(base) && !start.some(({ text }) => /nginx|caddy|httpd|maildev|serve\b/.test(text));
}

function startDropsRights(repo: RepoView, instructions: readonly Instruction[]): boolean {
  return commandsOf(instructions).some(({ text }) => {
    if (dropsRights.test(text)) return true;
    const scripts = [...text.matchAll(/[\w./-]+\.sh\b|[\w./-]*entrypoint[\w./-]*/g)].map(([path]) => baseName(path));
    return scripts.some((script) => repo.files.some((file) => baseName(file) === script && dropsRights.test(repo.read(file) ?? "")));
  });
}

function commandsOf(instructions: readonly Instruction[]): readonly Instruction[] {
  return ["ENTRYPOINT", "CMD"].flatMap((kind) => instructions.findLast(({ name }) => name === kind) ?? []);
}
