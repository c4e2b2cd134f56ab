import { baseName } from "../../base/paths.js";
import { isTestPath } from "../../base/test-paths.js";
import { eitherSuffixes, innerSuffixes, outwardSuffixes, shapingSuffixes, vagueSuffixes } from "../../catalogue/lexicon/layers.js";
import type { FileFacts } from "../../facts/facts.js";
import { decoratorName, lastName } from "../../facts/names.js";
import { entriesOf } from "../entries/gather.js";
import type { LayerVerdict, ProjectModel } from "../project-model.js";
import { declaresModule } from "./by-decorator.js";
import type { FolderVerdict } from "./by-folder.js";
import { isStoreItself } from "./store-files.js";
import { liesInDomain } from "./domain-folder.js";
import type { Form } from "./by-suffix.js";
import { asksServices, importsProject, isCalledAfter, takesOthers, takesServices, waits } from "./collaborators.js";
import { describesApi, importsDataAccess, reachesOut, validates } from "./imported-packages.js";
import { isCalledBack, isOutward, isOutwardValue, knowsFramework } from "./outward.js";
import { reachesNothing, makesClient, runsStatements, usesStore } from "./reached-stores.js";
import { answersRequests } from "./request-handlers.js";
import { makesApplication, wires, wiresObjects } from "./wiring.js";

/** What is called a repository and holds the code of somebody: `GithubRepo.ts`. */
const ofCode = /(?:git(?:hub|lab|ea|ee|bucket)?|bitbucket|gerrit|forgejo)[-_]?repo(?:sitory)?\./i;
/** Folders of what an application is built on, whose rules are none of the business. */
const technicalFolders = /(?:^|\/)(?:bootstrap|infrastructure|infra|config|shared|common|utils?|lib)\//i;

/** What a name that follows a convention says of a file that does what it does; undefined if it says nothing. */
export function byMeaning(model: ProjectModel, file: string, path: string, verdict: LayerVerdict, { word, candidate, form }: { readonly word: string; readonly candidate: string; readonly form: Form }, folder: FolderVerdict | undefined): LayerVerdict | undefined {
  const facts = model.facts(file);
  const { layer, evidence } = verdict;
  // `body-composition.ts` measures bodies.
  if (layer === "composition" && form === "joined" && !makesApplication(facts) && !wires(facts) && !wiresObjects(model, file)) return undefined;
  // `interop/Module.ts` is one of the modules that the application has.
  if (word === "module" && form === "whole" && !declaresModule(facts) && !wires(facts) && !wiresObjects(model, file)) return undefined;
  // A container of the project's own puts together whatever it is told of, and knows none of it.
  if (word === "container" && form === "whole" && !importsProject(model, file) && !wires(facts) && !wiresObjects(model, file)) return undefined;
  if (word === "decorator") {
    if (readsRequests(facts)) return { layer: "api", evidence: [...evidence, "makes decorators of handler parameters"] };
    return knowsFramework(facts) || validates(facts) ? { layer: undefined, evidence: ["decorators between layers"] } : verdict;
  }
  // `app_build_settings.ts` is the table of that name.
  if (layer === "settings" && form === "joined" && importsDataAccess(facts) && !makesClient(model, file)) return undefined;
  // A data source of GraphQL that asks services keeps what they gave for one request.
  if (word === "datasource" && form === "joined" && (reachesNothing(model, file) || (!usesStore(model, file) && asksServices(model, file)))) return undefined;
  // Which steps the domain knows is the domain's: `domain/grade-workflow.ts`.
  if (word === "workflow" && folder?.layer === "domain") return folder;
  // `bootstrap/cors.policy.ts`, `infrastructure/retry.policy.ts`: what is technical has rules as well.
  if (word === "policy" && technicalFolders.test(path) && !liesInDomain(model, file, path)) return undefined;
  // `order-workflow.ts` may say which steps there are, and take none.
  if (word === "workflow" && form !== "dotted" && reachesNothing(model, file) && !takesOthers(model, file) && !waits(facts)) return { ...verdict, guessed: true };
  if (word === "store" || word === "readmodel") return usesStore(model, file) || runsStatements(model, file) ? verdict : undefined;
  if (word === "service") {
    const found = meaningOfService(model, file, path, verdict, form, folder);
    if (found) return found;
  }
  // A port of the domain, or a service of it that needs nobody: `domain/UserRepository.ts`, `domain/TaxService.ts`.
  if (/^(repository|repo|service)$/.test(word) && folder?.layer === "domain" && liesInDomain(model, file, path) && reachesNothing(model, file) && !takesOthers(model, file)) return { layer: "domain", evidence: [...folder.evidence, "reaches nothing outside"] };
  // What the domain asks of a repository: `domain/repositories/user.repository.ts`.
  if (/^(repository|repo)$/.test(word) && /(?:^|\/)domain\/(?:\w+\/)?(?:repositor(?:y|ies)|repos?|ports?)\/[^/]+$/.test(path) && isDeclaration(facts)) return { layer: "domain", evidence: ["folder domain/", "only declares"] };
  // `github-repository.ts` may be about anything that is called a repository.
  if ((word === "repository" || word === "repo") && form !== "dotted") return (declaresRepository(facts) && !ofCode.test(baseName(path))) || usesStore(model, file) || importsDataAccess(facts) ? verdict : undefined;
  // Helpers and settings of a feature that know other code of the project are not for everybody.
  if (((layer === "shared" && !folder?.layer) || (layer === "settings" && folder?.layer !== "settings" && folder?.layer !== "composition")) && form !== "dotted" && isOfFeature(path) && (importsProject(model, file) || usesStore(model, file))) return undefined;
  // `commands/orders/utils.ts` and `dal/orders/constants.ts` that know other code of the project are of what lies there.
  if (layer === "shared" && folder && /^(service|repository|domain)$/.test(folder.layer ?? "") && ((form === "whole" && importsProject(model, file)) || usesStore(model, file))) return folder;
  if ((word === "helper" || word === "util") && !folder?.layer && (isOutwardValue(facts) || usesStore(model, file) || makesClient(model, file) || (isOfFeature(path) && importsProject(model, file)))) return undefined;
  if (outwardSuffixes.includes(word) && !isCalledBack(facts) && !validates(facts)) return importsDataAccess(facts) && !takesServices(model, file) ? { layer: "repository", evidence: [...evidence, "imports a data-access package"] } : undefined;
  // `error-filter.ts` may filter anything; `http-exception.filter.ts` follows the convention.
  const meetsNobody = !isOutward(facts) && !answersRequests(facts);
  if (form !== "dotted" && vagueSuffixes.includes(word) && meetsNobody) return undefined;
  // `permission.serializer.ts` may put anything into another form.
  if (shapingSuffixes.includes(word) && meetsNobody && folder?.layer !== "api") return { ...verdict, guessed: true };
  // What a service hands work to may know the context of a request, and is called by nobody outside.
  if (eitherSuffixes.includes(word) && isProvided(facts) && (meetsNobody || (word === "handler" && entriesOf(model).of(file).length === 0))) return folder ?? { layer: "service", evidence: ["a class that is injected"] };
  // `test-result.controller.ts` that only services ask works for them, whatever it is called.
  if (word === "controller" && meetsNobody && waits(facts) && entriesOf(model).of(file).length === 0 && isAskedByServices(model, file)) return { ...verdict, guessed: true };
  // `services/change.handler.ts` handles what other services tell it, `datasources/cache.router.ts` makes keys.
  // `mongo/runs/run.controller.ts` does for a port what the models beside it do.
  if (word === "controller" && folder?.layer === "repository" && meetsNobody && entriesOf(model).of(file).length === 0) return folder;
  if (innerSuffixes.includes(word) && folder && folder.layer !== "api" && meetsNobody) return folder;
  // `stripe.gateway.ts` is the way to somebody else, and nobody comes in by it.
  if (word === "gateway" && meetsNobody) return { layer: "service", evidence, guessed: true };
  if (innerSuffixes.includes(word) && (!folder || folder.guessed) && meetsNobody) return { ...verdict, guessed: true };
  // `authorization/policies/member.policy.ts` says who may do what, of all layers.
  if (word === "policy" && /(?:^|\/)(?:auth|authori[sz]ation|authz|permissions?|access-?control|acl|rbac|abac|abilit(?:y|ies))\//i.test(path) && !liesInDomain(model, file, path)) return { ...verdict, guessed: true };
  // `verify-domain.ts` is about names on the internet; only `order.domain.ts` follows a convention.
  if (word === "domain" && form !== "dotted") return undefined;
  // `find-all-entities.ts`, `retry-policy.ts`: only `user.policy.ts` follows a convention.
  if (form !== "dotted" && layer === "domain" && (candidate.toLowerCase() !== word || word === "policy" || word === "specification")) return undefined;
  // `record.list.vo.ts` of views: what an answer holds, described for a document of the API.
  if ((word === "vo" || word === "entity") && describesApi(facts) && !importsDataAccess(facts) && !liesInDomain(model, file, path)) return { layer: word === "vo" ? "api" : undefined, evidence: [...evidence, "describes what the API answers"] };
  // `order.type.ts`, `order-status.enum.ts` of a GraphQL schema.
  if (layer === "shared" && form === "dotted" && describesApi(facts)) return { layer: undefined, evidence: [...evidence, "describes what the API answers"] };
  // Entities that an ORM maps are of the repository layer, wherever the domain is not a folder of its own.
  if (word === "entity" && importsDataAccess(facts) && !liesInDomain(model, file, path)) return { layer: "repository", evidence: [...evidence, "imports a data-access package"] };
  // `axios-error-handler.ts` handles the errors of something else, and `archive-validator.ts` may look at files.
  if (/^(handler|validator|validation)$/.test(word) && form === "joined" && layer === "api" && !isOutwardValue(facts) && !answersRequests(facts) && folder?.layer !== "api") return { ...verdict, guessed: true };
  // What the api and the services hand each other belongs to both as long as nobody says more.
  return word === "dto" ? { ...verdict, guessed: true } : verdict;
}

/** What is called a service and may be something else, by what it does and where it lies; undefined for what may be one. */
function meaningOfService(model: ProjectModel, file: string, path: string, { evidence }: LayerVerdict, form: Form, folder: FolderVerdict | undefined): LayerVerdict | undefined {
  const facts = model.facts(file);
  // `env.service.ts` is the settings, given as a service.
  if (/(?:^|[-_.]|(?<=[a-z])(?=[A-Z]))(?:[eE]nv(?:ironment)?|[cC]onfig(?:uration)?|[sS]ettings)[-_.]?[sS]ervice\./.test(baseName(path)) && !usesStore(model, file) && !importsDataAccess(facts) && !takesServices(model, file)) return { layer: "settings", evidence };
  // `proxy.service.ts` hands requests on to where they are answered.
  if (/(?:^|[-_.])proxy[-_.]service\./i.test(baseName(file)) && isOutward(facts) && reachesOut(facts)) return { layer: "api", evidence: [...evidence, "hands requests on"] };
  if (isStoreItself(model, file, folder)) return { layer: "repository", evidence: [...evidence, ...(folder?.evidence ?? []), "reaches a store"], ...(folder?.word === "service" && { guessed: true }) };
  // `database/models/lookup.service.ts` looks through the models that lie beside it.
  if (folder?.layer === "repository" && folder.word === "model" && !takesServices(model, file)) return folder;
  // `routes/services/failure.service.js` answers requests for the routes.
  if (/(?:^|\/)(?:routes?|routers?|controllers?)\//.test(path) && answersRequests(facts) && !usesStore(model, file)) return { layer: "api", evidence: [...evidence, "answers for the routes around it"] };
  // `utils/date-service.ts` helps whoever asks.
  if (form === "joined" && folder?.layer === "shared" && !importsProject(model, file) && !usesStore(model, file) && !makesClient(model, file) && !reachesOut(facts)) return folder;
  // What logs is for everybody.
  if (folder?.layer === "shared" && /^logg/.test(folder.word)) return folder;
  if (/(?:^|[-_.])logger[-_.]?service\./i.test(baseName(path)) && !usesStore(model, file)) return { layer: "shared", evidence };
  return undefined;
}

/** Whether a file lies in a folder of its own, and not at the top of the sources. */
function isOfFeature(path: string): boolean {
  return path.replace(/^src\//, "").includes("/");
}

/** Whether a file holds types and abstract classes alone, and constants that name them. */
function isDeclaration({ body }: FileFacts): boolean {
  return body.every((statement) => (statement.kind === "class" ? statement.class.abstract === true : statement.kind === "variable" ? statement.declarators.every(({ value }) => value === undefined || value.kind === "literal" || (value.kind === "call" && lastName(value.callee) === "Symbol")) : statement.kind !== "function" && statement.kind !== "expression"));
}

/** Whether a file declares something that is called a repository. */
function declaresRepository({ bindings }: FileFacts): boolean {
  return bindings.some(({ name }) => /Repo(sitory)?$/i.test(name));
}

/** Whether services ask a file, and besides them controllers alone, which register no routes. */
function isAskedByServices(model: ProjectModel, file: string): boolean {
  const importers = model.edgesTo(file).filter(({ kind, from }) => kind !== "type-only" && kind !== "elided" && !isTestPath(from)).map(({ from }) => from);
  return importers.some((from) => isCalledAfter(from, "service")) && importers.every((from) => isCalledAfter(from, "service") || isCalledAfter(from, "controller"));
}

/** Whether a class of the file is injected into others by the framework's container. */
function isProvided({ body }: FileFacts): boolean {
  return body.some((statement) => statement.kind === "class" && (statement.class.decorators ?? []).some((decorator) => /^injectable$/i.test(decoratorName(decorator))));
}

/** Whether a file makes decorators that give a handler's parameters what a request holds. */
function readsRequests(facts: FileFacts): boolean {
  return facts.imports.some(({ specifier, names }) => specifier === "@nestjs/common" && names.some(({ imported }) => imported === "createParamDecorator"));
}
