import type { RuleFinding } from "../../src/base/finding.js";
import { isFor, isHttpContext, isHttpException, isHttpStatus, isNeutral, type Provenance } from "../../src/catalogue/index.js";
import { comparedNames } from "../../src/kit/layering/compared-names.js";
import { decoratingNames } from "../../src/kit/layering/decorating-names.js";
import { httpSites } from "../../src/kit/layering/http-sites.js";
import { findingAt } from "../../src/kit/project-finding.js";
import { type Habit, toldOnce } from "../../src/kit/habits.js";
import { worksBelow } from "../../src/kit/layering/layering.js";
import { isAskedByFramework, isOfRequest } from "../../src/kit/layering/framework-parts.js";
import { responseUses } from "../../src/kit/layering/response-uses.js";
import { defineRule } from "../../src/kit/rule.js";
import type { Edge, LayerName, LinkedName, ProjectModel } from "../../src/model/project-model.js";

interface Options {
  readonly exceptions: "warn" | "error" | "allow";
  readonly everyFile: boolean;
}

const confined: ReadonlySet<LayerName> = new Set<LayerName>(["service", "repository", "domain"]);

export default defineRule<Options>({
  name: "no-http-in-service",
  section: "architecture",
  clauses: ["ARCH-3"],
  description: "Keep HTTP requests, responses, statuses and exceptions out of the service, repository and domain layers",
  presets: { recommended: "warn", strict: ["error", { exceptions: "error", everyFile: true }], legacy: "off" },
  messages: {
    framework: "The {{layer}} layer imports `{{name}}` from {{package}}, a web framework. Pass plain values in and out, and leave HTTP to the api layer.",
    frameworks: "{{count}} files below the api layer import {{package}}, a web framework, here first: `{{name}}` in {{layer}} (then {{others}}). Pass plain values in and out, and leave HTTP to the api layer.",
    exception: "The {{layer}} layer throws HTTP: `{{name}}` from {{package}}. Throw an error of the domain with a stable code, and map it to a status in the api layer.",
    spread: "{{count}} files below the api layer throw HTTP or know its statuses, here first: `{{name}}` from {{package}} in {{layer}} (then {{others}}). Throw errors of the domain with stable codes, and map them to statuses in one place of the api layer.",
    status: "The {{layer}} layer knows HTTP statuses: `{{name}}` from {{package}}. Return or throw something of the domain, and choose the status in the api layer.",
    use: "The {{layer}} layer answers a request itself: `{{receiver}}`. Return a value, and send it from the api layer.",
  },
  optionsSchema: {
    exceptions: { enum: ["warn", "error", "allow"], description: "How much exceptions of web frameworks weigh." },
    everyFile: { type: "boolean", description: "Report every file that throws HTTP, or imports the same framework, where more than ten files do, and not the first alone." },
  },
  defaultOptions: { exceptions: "warn", everyFile: false },
  project: {
    reads: "imports",
    *check(model, scope, options) {
      for (const file of scope.files) {
        const found = findingsIn(model, file, options);
        yield* options.everyFile ? found : toldOnce(model, scope, file, habitOf(model, options));
        const { layer } = model.layerOf(file);
        if (layer !== undefined && found.length === 0 && isConfined(model, file, options)) {
          for (const { span, receiver } of responseUses(model, file)) yield findingAt(model, file, span, "use", { layer, receiver }, { cause: "response" });
        }
      }
    },
  },
});

/** What a team's code knows of HTTP below the api all over, in one application or in small ones beside each other. */
function habitOf(model: ProjectModel, options: Options): Habit {
  return {
    key: `no-http-in-service ${JSON.stringify(options)}`,
    files: model.files,
    findingsIn: (file) => findingsIn(model, file, options),
    kindOf: ({ messageId, data, cause }) => (messageId === "framework" ? data?.["package"] : cause),
    sums: { framework: "frameworks" },
  };
}

/** The imports of a file that bring HTTP below the api. */
function findingsIn(model: ProjectModel, file: string, options: Options): readonly RuleFinding[] {
  const { layer } = model.layerOf(file);
  if (layer === undefined || !isConfined(model, file, options)) return [];
  return model.edgesFrom(file).flatMap((edge) => {
    const found = edge.names.flatMap((linked) => {
      const finding = checkName(model, edge, linked, layer, options);
      return finding ? [{ linked, finding }] : [];
    });
    // `import { ConflictException, Injectable }`: the import is fine for the other name.
    const isMixed = edge.names.some((linked) => linked.name.use !== "none" && !found.some((one) => one.linked === linked));
    return found.flatMap(({ linked, finding }) => {
      const sites = isMixed || options.everyFile ? httpSites(model, file, linked, finding) : [];
      const told = isMixed && sites.length > 0 ? sites : [finding, ...sites];
      return options.everyFile ? told : told.slice(0, 1);
    });
  });
}

/** Whether a file is of a layer that leaves HTTP to the api. What knows HTTP and was taken for such a layer for a package that it imports may as well be of the api. */
function isConfined(model: ProjectModel, file: string, { everyFile }: Options): boolean {
  const { layer, guessed } = model.layerOf(file);
  return layer !== undefined && confined.has(layer) && (!guessed || everyFile) && !isAskedByFramework(model, file);
}

function isException({ declaration }: LinkedName): boolean {
  if (declaration.kind !== "package") return false;
  const { package: name, subpath, path } = declaration;
  return isHttpException({ package: name, subpath, path: path.filter((step) => step !== "*") }) || (!isFor(name, subpath, "web-framework") && isFor(name, subpath, "http-exception"));
}

/** Indicators of health, what looks through a container, and a framework's errors of its own are of a framework, and know no request. */
function asksNothingOfHttp(name: string, subpath: string): boolean {
  return name === "@nestjs/terminus" || (name === "@nestjs/core" && /^\/(?:injector|errors)/.test(subpath));
}

function isStatus({ declaration }: LinkedName): boolean {
  if (declaration.kind !== "package") return false;
  const { package: name, subpath, path } = declaration;
  return isHttpStatus({ package: name, subpath, path: path.filter((step) => step !== "*") }) || (!isFor(name, subpath, "web-framework") && isFor(name, subpath, "http-status"));
}

function checkName(model: ProjectModel, edge: Edge, linked: LinkedName, layer: LayerName, options: Options): RuleFinding | undefined {
  const { declaration, name } = linked;
  if (declaration.kind !== "package" || name.use === "none") return undefined;
  const provenance: Provenance = { package: declaration.package, subpath: declaration.subpath, path: declaration.path.filter((step) => step !== "*") };
  const data = { layer, name: name.local, package: declaration.package + declaration.subpath };
  const report = (messageId: string, cause: string, severity?: "warn"): RuleFinding => findingAt(model, edge.from, edge.fact.specifierSpan, messageId, data, { cause, ...(severity && { severity }) });
  const framework = isFor(declaration.package, declaration.subpath, "web-framework") || isHttpContext(provenance);
  if (isException(linked)) {
    // `(error as HttpError).status` reads what another server answered, and throws nothing.
    if (options.exceptions === "allow" || (!options.everyFile && name.use === "type")) return undefined;
    return report("exception", "exceptions", options.exceptions === "warn" ? "warn" : undefined);
  }
  // What another server has answered is compared with statuses; nothing is answered by that.
  if (isStatus(linked) && name.binding !== undefined && comparedNames(model, edge.from).has(name.binding)) return undefined;
  if (isStatus(linked)) return options.exceptions === "allow" ? undefined : report("status", "exceptions", options.exceptions === "warn" ? "warn" : undefined);
  // What only sets a framework up is of the api, whatever it is called.
  if (!options.everyFile && layer === "service" && !isOfRequest(provenance) && !worksBelow(model, edge.from)) return undefined;
  // What says what a class is, as models and injected classes of Ts.ED do, answers nobody.
  if (!options.everyFile && name.binding !== undefined && decoratingNames(model, edge.from).has(name.binding)) return undefined;
  if (!framework || isNeutral(provenance) || asksNothingOfHttp(declaration.package, declaration.subpath)) return undefined;
  return report("framework", "framework");
}
