import type { FileFacts } from "../../facts/facts.js";
import { decoratorName } from "../../facts/names.js";
import type { LayerVerdict, ProjectModel } from "../project-model.js";
import { takesOthers } from "./collaborators.js";
import { makesClient } from "./reached-stores.js";
import { answersRequests } from "./request-handlers.js";

/** What a store, the way to one, or what asks how one is, is called. */
const ofStores = /(?:(?:Repository|Repo|Dao|DAO|Store|Storage|Cache|Client|Connection|Database|Db|Prisma|Redis|DataSource)(?:Service|Provider)?|Health(?:Check|Indicator|Service|Provider)?|Indicator)$/;

/** A class that the container of the framework hands to controllers, and that is handed others or models to work with, is a service, whatever it is called: `article.provider.ts`. */
export function byInjection(model: ProjectModel, file: string): LayerVerdict | undefined {
  const facts = model.facts(file);
  if (!provides(facts) || answersRequests(facts) || makesClient(model, file) || !takesOthers(model, file)) return undefined;
  const isGiven = model.edgesTo(file).some(({ from, kind }) => kind !== "type-only" && /[.-](?:controller|resolver)\.[cm]?[jt]s$/.test(from));
  return isGiven ? { layer: "service", evidence: ["a class that controllers are given"] } : undefined;
}

/** Whether a file has a class that is injected, and none that is called after a store. */
function provides({ body }: FileFacts): boolean {
  const classes = body.flatMap((statement) => (statement.kind === "class" ? [statement.class] : []));
  return classes.some(({ decorators = [] }) => decorators.some((decorator) => decoratorName(decorator) === "Injectable")) && !classes.some(({ name = "", extends: base }) => ofStores.test(name) || base !== undefined);
}
