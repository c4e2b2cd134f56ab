import type { EditDraft, RuleFinding } from "../../src/base/finding.js";
import type { ClassNode, Decorator, FunctionNode, Parameter, TypeNode } from "../../src/facts/syntax.js";
import { decoratorName } from "../../src/facts/names.js";
import type { ImportedName } from "../../src/facts/facts.js";
import { findingAt, relatedAt } from "../../src/kit/project-finding.js";
import { defineRule } from "../../src/kit/rule.js";
import type { Edge, ProjectModel } from "../../src/model/project-model.js";

export default defineRule({
  name: "no-erased-metadata-type",
  section: "architecture",
  clauses: ["ARCH-2", "API-2"],
  description: "Forbid type-only imports of classes that decorator metadata needs at run time",
  presets: { recommended: "error", strict: "error", legacy: "error" },
  messages: {
    injection: "`{{name}}` is imported as a type only, so the metadata of the constructor that takes it says Object and the container cannot inject it. Import it as a value.",
    parameter: "`{{name}}` is imported as a type only, so a validation pipe sees Object where a parameter has it and lets every payload pass. Import it as a value.",
  },
  optionsSchema: {},
  defaultOptions: {},
  fixable: "code",
  project: {
    reads: "model",
    *check(model, scope) {
      for (const file of scope.files) {
        if (!model.facts(file).imports.some((fact) => fact.names.some((name) => name.typeOnly && name.use === "metadata"))) continue;
        if (!model.compilerOptions(file).emitDecoratorMetadata) continue;
        // A name that several parameters need is imported once, and mended there.
        const told = new Set<ImportedName>();
        for (const node of model.values.index(file).classes) {
          for (const { finding, name } of checkClass(model, file, node)) {
            if (!told.has(name)) yield finding;
            told.add(name);
          }
        }
      }
    },
  },
});

/** An imported name that a parameter needs at run time. */
interface Erased {
  readonly name: ImportedName;
  readonly finding: RuleFinding;
}

function* checkClass(model: ProjectModel, file: string, node: ClassNode): Iterable<Erased> {
  // Nobody makes an abstract class; what its subclasses are given is theirs to say.
  const isMade = node.abstract !== true && node.decorators !== undefined;
  for (const member of node.members) {
    if (member.kind !== "method") continue;
    const isConstructor = member.name === "constructor";
    for (const parameter of member.function.parameters) {
      const needed = isConstructor ? isMade && !namesItsToken(parameter.decorators) && !isMadeByHand(model, file, member.function) : parameter.decorators?.some((decorator) => isOfPackage(model, file, decorator)) === true && ![...parameter.decorators, ...(member.decorators ?? [])].some((decorator) => bringsSchema(model, file, decorator));
      if (needed) yield* checkParameter(model, file, parameter, isConstructor ? "injection" : "parameter", isConstructor && parameter.decorators === undefined && isInjected(node));
    }
  }
}

/** Whether the code makes a class itself, in a factory for instance, or has to: no container knows which text or number is meant. */
function isMadeByHand(model: ProjectModel, file: string, constructor: FunctionNode): boolean {
  const isValue = ({ type, decorators }: Parameter): boolean => type?.kind === "keyword" && /^(?:string|number|boolean|bigint)$/.test(type.name) && !namesItsToken(decorators);
  return constructor.parameters.some(isValue) || model.values.callSites.of(file, constructor).some(({ call }) => call.kind === "new");
}

/** Checks one parameter; `ofPackage` says that a type of a package, whatever it is, is as wrong there as a class. */
function* checkParameter(model: ProjectModel, file: string, parameter: Parameter, messageId: string, ofPackage: boolean): Iterable<Erased> {
  const type = runtimeType(parameter.type);
  if (type?.binding === undefined) return;
  for (const edge of model.edgesFrom(file)) {
    const linked = edge.names.find((candidate) => candidate.name.binding === type.binding);
    if (!linked?.name.typeOnly) continue;
    const { declaration } = linked;
    const erased = declaration.kind === "binding" ? model.facts(declaration.file).bindings[declaration.binding]?.kind === "class" : declaration.kind === "package" && ofPackage && !isCalledInterface(type.name);
    if (!erased) continue;
    const finding = findingAt(model, file, linked.name.span, messageId, { name: type.name }, { cause: type.name, fix: valueImport(edge, linked.name), related: [relatedAt(model, file, type.span, "needed at run time here")] });
    yield { name: linked.name, finding };
  }
}

/** `IEventBus`: what a package calls so is an interface, which nobody can inject. */
function isCalledInterface(name: string): boolean {
  return /^I[A-Z][a-z]/.test(name);
}

/** Whether a container makes the class, and so has to be told by the metadata what each parameter is. */
function isInjected({ decorators }: ClassNode): boolean {
  return decorators?.some((decorator) => /^(Injectable|Controller|JsonController|Service|Resolver|WebSocketGateway|Processor|(Command|Query|Events)Handler|injectable|singleton|autoInjectable)$/.test(decoratorName(decorator))) ?? false;
}

/** The class that metadata would name: the type itself, also beside null and undefined. */
function runtimeType(type: TypeNode | undefined): Extract<TypeNode, { kind: "reference" }> | undefined {
  if (type?.kind === "reference") return type.name.includes(".") ? undefined : type;
  if (type?.kind !== "union") return undefined;
  const [only, ...others] = type.types.filter((part) => part.kind !== "keyword");
  return others.length === 0 ? runtimeType(only) : undefined;
}

/** What a framework's decorators hand over that no client sends: `@CurrentUser() user: User` of routing-controllers is what the project found. */
const ofServer = /^(?:CurrentUser|Session|Req|Request|Res|Response|Ctx|Context|Next|State|Root|Parent|Info|ConnectedSocket|SocketIO|Ip|HostParam|Inject|UploadedFiles?)$/;

/** Pipes validate what the framework's decorators hand over; what a decorator of the project gives (`@CurrentUser()`) they let pass. */
function isOfPackage(model: ProjectModel, file: string, { value }: Decorator): boolean {
  const callee = value.kind === "call" ? value.callee : value;
  return callee.kind === "name" && callee.binding !== undefined && !ofServer.test(callee.name) && model.declarationOfBinding(file, callee.binding).kind === "package";
}

/** `@Body(new SchemaPipe(schema))`, `@UsePipes(new SchemaPipe(schema))`: what is checked is told by the schema, and Nest's own pipe alone asks the type. */
function bringsSchema(model: ProjectModel, file: string, { value }: Decorator): boolean {
  return value.kind === "call" && value.arguments.some((pipe) => pipe.kind === "new" && pipe.arguments.some(({ kind }) => kind !== "object") && !model.values.of(file, pipe.callee).some((one) => one.kind === "external" && one.provenance.package === "@nestjs/common"));
}

/** Decorators of a parameter that say how to inject and not what. */
const modifiers: ReadonlySet<string> = new Set(["Optional", "optional", "Self", "SkipSelf", "Host", "unmanaged"]);

/** `@Inject(TOKEN)`, `@InjectRepository(User)`, `@Logger("orders")`: what decorates a parameter of a constructor says what to inject, and the type is not asked. */
function namesItsToken(decorators: readonly Decorator[] | undefined): boolean {
  return decorators?.some((decorator) => !modifiers.has(decoratorName(decorator)) && (decoratorName(decorator).toLowerCase() !== "inject" || (decorator.value.kind === "call" && decorator.value.arguments.length > 0))) ?? false;
}

/** Takes the `type` away from one specifier, or from the declaration; other names of that keep it. */
function valueImport(edge: Edge, name: ImportedName): EditDraft[] {
  if (!edge.fact.typeOnly) return [{ start: name.span[0], end: name.span[0] + "type ".length, text: "", was: "type " }];
  const start = edge.fact.span[0] + "import".length;
  const others = edge.names.filter((other) => other.name !== name);
  return [{ start, end: start + " type".length, text: "", was: " type" }, ...others.map((other) => ({ start: other.name.span[0], end: other.name.span[0], text: "type " }))];
}
