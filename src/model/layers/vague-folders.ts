import { type NamedLayer, workFolders } from "../../catalogue/lexicon/layers.js";
import type { FileFacts } from "../../facts/facts.js";
import { indexOf } from "../modules/file-index.js";
import type { LayerVerdict, ProjectModel } from "../project-model.js";
import { implementsPort, importsProject, takesServices } from "./collaborators.js";
import { isOfQueries } from "./folder-contents.js";
import { importsDataAccess, offersTools, reachesOut, validates } from "./imported-packages.js";
import { isCalledBack, isOutward, isOutwardValue, knowsFramework, makesQueue, usesFramework } from "./outward.js";
import { makesClient, usesStore } from "./reached-stores.js";
import { answersRequests, mostlyAnswersRequests } from "./request-handlers.js";
import { makesApplication } from "./wiring.js";

/** What the file does decides where the folder's name may mean several things; undefined if the folder says nothing of this file. */
export function byUse(model: ProjectModel, file: string, word: string, layer: NamedLayer, evidence: readonly string[]): LayerVerdict | undefined {
  const facts = model.facts(file);
  if (layer === "shared") {
    if (word === "decorator") return knowsFramework(facts) || validates(facts) ? { layer: undefined, evidence: ["decorators between layers"] } : { layer, evidence };
    if (makesApplication(facts)) return { layer: undefined, evidence: ["makes an application"] };
    if (mostlyAnswersRequests(facts)) return { layer: "api", evidence: [...evidence, "functions of a request and a response"] };
    if (word === "tool" && offersTools(facts)) return { layer: "api", evidence: [...evidence, "offered to the outside"] };
    // `lib/db.ts` makes the client for whoever asks; what is done with it is judged where it is done.
    if (makesClient(model, file)) return { layer: undefined, evidence: ["makes a client"] };
    // Code of every kind lies in `lib/`: what is known of it is what it does.
    return usesStore(model, file) || !importsProject(model, file) ? { layer, evidence } : { layer: undefined, evidence };
  }
  // What works through services fits something to them, as what listens to an ORM does, and is no store of theirs.
  if (layer === "repository" && takesServices(model, file) && !(usesStore(model, file) && implementsPort(model, file))) return undefined;
  // `infra/auth.ts` sets up who signs in, with services and the store.
  if (layer === "repository" && setsUpSignIn(facts)) return undefined;
  // `adapters/web-socket-server.ts` lets others in.
  if (word === "adapter" && isOutward(facts) && !usesStore(model, file) && !importsDataAccess(facts) && facts.imports.some(({ specifier }) => /^(?:ws|socket\.io|uWebSockets\.js|express|fastify|koa|hono)$/.test(specifier ?? ""))) return undefined;
  // What validates with the ids of a store reads no rows of it.
  if (layer === "repository" && validates(facts) && !usesStore(model, file)) return undefined;
  if (layer === "repository") return usesStore(model, file) || importsDataAccess(facts) || reachesOut(facts) ? { layer, evidence } : undefined;
  if (word === "query") return usesStore(model, file) || isOfQueries(model, file) ? { layer: "repository", evidence: [...evidence, "uses a database"] } : { layer, evidence };
  // A plugin of the framework is for the application and for routes.
  if (word === "plugin") return isOutward(facts) || makesClient(model, file) || facts.imports.some(({ specifier }) => specifier === "fastify-plugin") ? { layer: undefined, evidence: [...evidence, "fits into a framework"] } : undefined;
  // `v1/` of an API, or of a format, a protocol or a model.
  if (/^v\d$/.test(word)) return usesFramework(facts) || answersRequests(facts) ? { layer, evidence } : undefined;
  if (word === "strategy") return isCalledBack(facts) ? { layer, evidence } : undefined;
  if (workFolders.includes(word)) return !makesQueue(facts) && (isOutward(facts) || answersRequests(facts) || (usesStore(model, file) && !implementsPort(model, file))) ? { layer, evidence } : undefined;
  return isOutward(facts) || answersRequests(facts) ? { layer, evidence } : undefined;
}

/** Whether a file makes the whole of what signs users in and keeps their sessions. */
function setsUpSignIn(facts: FileFacts): boolean {
  const made = new Set(facts.imports.flatMap(({ specifier, names }) => (specifier === "better-auth" || specifier === "next-auth" ? names.flatMap(({ binding, imported }) => (binding !== undefined && /^(?:betterAuth|default)$/.test(imported) ? [binding] : [])) : [])));
  return made.size > 0 && indexOf(facts).calls.some(({ node: { callee } }) => callee.kind === "name" && callee.binding !== undefined && made.has(callee.binding));
}

/** Of a folder of settings: files that set something up with them are of the layer of what they set up. */
export function settingUp(model: ProjectModel, file: string, evidence: readonly string[]): LayerVerdict {
  const facts = model.facts(file);
  if (facts.imports.some(({ specifier, typeOnly }) => !typeOnly && /^passport(-|$)/.test(specifier ?? ""))) return { layer: "api", evidence: [...evidence, "sets up passport"] };
  if (makesApplication(facts)) return { layer: "composition", evidence: [...evidence, "makes an application"] };
  if (makesClient(model, file)) return { layer: "repository", evidence: [...evidence, "makes a client"] };
  // What sets a framework up with code of the project is no place for settings, and may be asked by anybody.
  return isOutwardValue(facts) && importsProject(model, file) ? { layer: undefined, evidence: [...evidence, "sets up a framework"] } : { layer: "settings", evidence };
}
