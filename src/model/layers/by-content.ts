import type { FileFacts } from "../../facts/facts.js";
import { lastName } from "../../facts/names.js";
import type { LayerVerdict } from "../project-model.js";
import { importsDataAccess } from "./imported-packages.js";
import { knowsChat, listensToChat } from "./outward.js";
import { answersRequests, definesProcedures, mostlyAnswersRequests, registersRoutes } from "./request-handlers.js";
import { isProgram, listens, makesApplication } from "./wiring.js";

export function byContent(facts: FileFacts): LayerVerdict | undefined {
  if (definesProcedures(facts)) return { layer: "api", evidence: ["defines procedures"] };
  const classes = facts.body.flatMap((statement) => (statement.kind === "class" && statement.class.name !== undefined ? [statement.class.name] : []));
  // `base/classes.ts` with what controllers, services and repositories are made of is of none of them.
  // `class OrderRows extends BaseRepository`
  const kin = facts.body.find((statement) => statement.kind === "class" && statement.class.extends !== undefined && /(?:Repository|Dao|DAO)$/.test(lastName(statement.class.extends.value)));
  if (classes.some((name) => /Repository$/.test(name)) || kin) return classes.some((name) => /(?:Controller|Router|Resolver|Service|UseCase)$/.test(name)) ? undefined : { layer: "repository", evidence: [kin ? "class of a …Repository" : "class …Repository"] };
  const guess = guessByContent(facts);
  return guess && { ...guess, guessed: true };
}

function guessByContent(facts: FileFacts): LayerVerdict | undefined {
  if (makesApplication(facts) && listens(facts)) return { layer: "composition", evidence: ["makes an application"] };
  if (facts.body.some((statement) => statement.kind === "class" && statement.class.name !== undefined && /Service$/.test(statement.class.name))) return { layer: "service", evidence: ["class …Service"] };
  if (mostlyAnswersRequests(facts)) return { layer: "api", evidence: ["functions of a request and a response"] };
  // A plugin that gives an application its store answers nobody.
  if (importsDataAccess(facts) && !answersRequests(facts) && !registersRoutes(facts) && facts.imports.some(({ specifier }) => /^fastify(?:-plugin)?$/.test(specifier ?? ""))) return { layer: undefined, evidence: ["gives a framework its store"] };
  if (knowsChat(facts) && listensToChat(facts)) return { layer: "api", evidence: ["answers a chat"] };
  const web = facts.imports.find((fact) => !fact.typeOnly && fact.specifier !== undefined && /^(express|fastify|fastify-plugin|hono|@hono\/zod-openapi|koa|@koa\/router|koa-router|@hapi\/hapi|elysia|h3)$/.test(fact.specifier) && fact.names.some((name) => name.use === "value"));
  if (web) return { layer: "api", evidence: [`imports ${web.specifier ?? ""}`] };
  if (facts.imports.some(({ specifier, names }) => specifier === "fastify" && names.some(({ imported }) => /^Fastify(Instance|Plugin\w*)$/.test(imported)))) return { layer: "api", evidence: ["a plugin of fastify"] };
  if (facts.imports.some(({ specifier, names }) => specifier?.startsWith("@trpc/server") === true && names.some(({ imported }) => /^Create\w+ContextOptions$/.test(imported)))) return { layer: "api", evidence: ["makes the context of tRPC"] };
  if (!importsDataAccess(facts)) return undefined;
  return isProgram(facts) ? { layer: "composition", evidence: ["exports nothing and runs at load"] } : { layer: "repository", evidence: ["imports a data-access package"] };
}
