import { oncePerPart } from "../../base/once-per.js";
import { lastName, propertyOf } from "../../facts/names.js";
import type { CallExpression, Expression, NewExpression, ObjectExpression } from "../../facts/syntax.js";
import type { PackageUnit, ProjectModel } from "../../model/project-model.js";
import type { ExternalValue } from "../../model/values/value.js";
import { byNames, hiddenNames, plain } from "./hidden-names.js";
import { joined, textsOf } from "./listed-texts.js";
import { hasOwnFormats, ofFormat } from "./winston-formats.js";

/** What a logger takes out of the fields it is given; "everything" where code of the project does it, and does not tell by which names. */
export type Redaction = readonly (readonly string[])[] | "everything";

/** Frameworks that hand out the logger which they were given, and packages that type their plugins. */
const handsOutLoggers = /^(?:nestjs-pino|pino-http|fastify(?:-type-provider-zod|-zod-openapi)?|@fastify\/type-provider-[\w-]+)$/;

/** Options that hold those of a logger. */
const loggerOption = /^(logger|pinoHttp|pino)$/;

/** The redaction that a logger was created with: `pino({ redact: ["user.email", "*.password"] })`. A logger that a framework hands out to a file has the one that the framework was given. */
export function redactionOf(model: ProjectModel, file: string, logger: ExternalValue | undefined, { callee }: CallExpression | NewExpression): Redaction {
  const options = callee.kind === "member" ? childOptions(model, file, callee.object) : undefined;
  if (options) return ofOptions(model, file, options);
  if (logger?.provenance.package === "@logtape/logtape") return ofSinks(model, model.packageOf(file));
  // What an application puts on its requests is found by name, and that of another says nothing here.
  const site = logger?.site && isWithin(model, file, logger.site.file) ? logger.site : undefined;
  // `logger.child({ service }, { redact })`: the first are fields, and without the second it takes out what its parent does.
  if (site && lastName(site.node.callee) === "child") {
    const [, options] = site.node.arguments;
    return options ? ofOptions(model, site.file, options) : ofInjected(model, model.packageOf(site.file));
  }
  if (site) {
    const options = site.node.arguments.find((argument) => argument.kind === "object" || argument.kind === "name");
    return options ? ofOptions(model, site.file, options) : [];
  }
  const unit = model.packageOf(file);
  if (logger?.site && !site) return ofFrameworks(model, unit);
  if (logger?.provenance.package === "pino" || (!logger && ["pino", "fastify", "nestjs-pino"].some((name) => unit.dependencies.has(name)))) return both(ofInjected(model, unit), ofFrameworks(model, unit));
  return logger && handsOutLoggers.test(logger.provenance.package) ? ofFrameworks(model, unit) : [];
}

/** Whether a file is of the package of another, or of one that it depends on. */
function isWithin(model: ProjectModel, file: string, other: string): boolean {
  const unit = model.packageOf(file);
  const { name } = model.packageOf(other);
  return model.packageOf(other) === unit || name === undefined || unit.dependencies.has(name);
}

/** The options of a child that a variable holds, which hides what they say and not what its parent does: `const own = logger.child({ tenant }, { redact })`. */
function childOptions(model: ProjectModel, file: string, logger: Expression): Expression | undefined {
  const source = logger.kind === "name" && logger.binding !== undefined ? model.values.index(file).sources[logger.binding] : undefined;
  const made = source?.kind === "value" && source.path.length === 0 && source.value?.kind === "call" && lastName(source.value.callee) === "child" ? source.value : undefined;
  const options = made?.arguments[1];
  return options?.kind === "object" && propertyOf(options, "redact") ? options : undefined;
}

/** The redaction that a package, or one of the repository that it depends on, gives `LoggerModule.forRoot`, `fastify({ logger })` and the like. */
const ofFrameworks = oncePerPart((model: ProjectModel, unit: PackageUnit): Redaction => {
  const units = model.packages.filter((other) => other === unit || (other.name !== undefined && unit.dependencies.has(other.name)));
  const found = units.flatMap((one) => model.filesOf(one)).flatMap((file) => model.values.index(file).calls.flatMap(({ node }) => loggerOptions(model, node).map((options) => ofOptions(model, file, options))));
  return found.includes("everything") ? "everything" : found.flatMap((redaction) => (redaction === "everything" ? [] : redaction));
});

function both(one: Redaction, other: Redaction): Redaction {
  return one === "everything" || other === "everything" ? "everything" : [...one, ...other];
}

/** What the sinks of LogTape take out, which are set up apart from its loggers: `redactByField(getConsoleSink(), ["email"])`. */
const ofSinks = oncePerPart((model: ProjectModel, unit: PackageUnit): Redaction => {
  const fields = model.filesOf(unit).flatMap((file) => model.values.index(file).calls.flatMap(({ node }) => (lastName(node.callee) === "redactByField" ? [node.arguments[1] && textsOf(model, file, node.arguments[1])] : [])));
  // Patterns, and names that the library brings along.
  return fields.includes(undefined) ? "everything" : byNames(fields.flatMap((names) => names ?? []));
});

/** What the loggers of a package take out, for one that is handed in: nothing tells which of them it is. */
const ofInjected = oncePerPart((model: ProjectModel, unit: PackageUnit): Redaction =>
  model.filesOf(unit).flatMap((file) => model.values.index(file).calls.flatMap(({ node }) => node.arguments.flatMap((argument) => {
    const redact = argument.kind === "object" ? propertyOf(argument, "redact") : undefined;
    return redact ? (redactPaths(model, file, redact) ?? []).map(parsePath) : [];
  }))),
);

/** What the `redact` of options takes out, below `logger` and the like as well; what serializers and formats do is left aside. */
export function redactionIn(model: ProjectModel, file: string, { members }: ObjectExpression): Redaction {
  return members.flatMap((member): readonly (readonly string[])[] => {
    if (member.kind !== "property") return [];
    if (member.key === "redact") return (redactPaths(model, file, member.value) ?? []).map(parsePath);
    const inner = loggerOption.test(member.key) && member.value.kind === "object" ? redactionIn(model, file, member.value) : [];
    return inner === "everything" ? [] : inner;
  });
}

/** The options of a logger among the arguments of a call: as they are, and where a factory returns them. */
export function loggerOptions(model: ProjectModel, { callee, arguments: given }: CallExpression | NewExpression): readonly Expression[] {
  return given.flatMap((argument): readonly Expression[] => {
    if (argument.kind !== "object") return [];
    if (/^(pino_?http|(express|koa|hapi)?pino(logger)?)$/i.test(lastName(callee)) && lastName(callee) !== "pino") return [argument];
    return argument.members.flatMap((member): readonly Expression[] => {
      if (member.kind === "property" && loggerOption.test(member.key)) return [argument];
      return member.kind === "property" && member.key === "useFactory" && member.value.kind === "function" ? model.values.returned(member.value.function) : [];
    });
  });
}

/** How deep options that are spread into others are followed. */
const deepest = 4;

function ofOptions(model: ProjectModel, file: string, options: Expression, depth = 0): Redaction {
  const paths: (readonly string[])[] = [];
  for (const value of model.values.of(file, options)) {
    if (value.kind !== "object") continue;
    for (const member of value.node.members) {
      // `pino({ ...defaults, name })`
      if (member.kind === "spread" && depth < deepest) {
        const shared = ofOptions(model, value.file, member.value, depth + 1);
        if (shared === "everything") return shared;
        paths.push(...shared);
      }
      if (member.kind !== "property") continue;
      if (member.key === "redact") {
        const listed = redactPaths(model, value.file, member.value);
        if (!listed) return "everything";
        paths.push(...listed.map(parsePath));
      }
      if (member.key === "plugins" && member.value.kind === "array") {
        const plugins = member.value.elements.map((plugin) => ofPlugin(model, value.file, plugin));
        if (plugins.includes("everything")) return "everything";
        paths.push(...plugins.flatMap((one) => (one === "everything" ? [] : one)));
      }
      if (loggerOption.test(member.key)) {
        const inner = ofOptions(model, value.file, member.value);
        if (inner === "everything") return inner;
        paths.push(...inner);
      }
      // A serializer writes its own form of the field it is named after.
      if (member.key === "serializers" && member.value.kind === "object") paths.push(...member.value.members.flatMap((one) => (one.kind === "property" && !givesBack(model, one.value) ? [parsePath(one.key)] : [])));
      if (member.key === "format") {
        const taken = ofFormat(model, value.file, member.value);
        if (taken === "everything") return taken;
        // Transports with formats of their own write what they like.
        paths.push(...taken.filter(([first]) => first !== "^" || !hasOwnFormats(model, value.file)));
      }
      // Formats and hooks rewrite what is logged in ways that cannot be told from here; those of the level and of the process leave the fields alone.
      if (member.key === "formatters" && member.value.kind === "object" && member.value.members.every((one) => one.kind === "property" && /^(level|bindings)$/.test(one.key))) continue;
      if (member.key === "formatters" || member.key === "hooks") {
        const names = namesHidden(model, value.file, member.value);
        if (!names) return "everything";
        paths.push(...names);
      }
      if (member.key === "maskValuesOfKeys") {
        const names = textsOf(model, value.file, member.value);
        if (!names) return "everything";
        paths.push(...byNames(names.map(plain)));
      }
    }
  }
  return paths;
}

/** `(user) => user`, a serializer that hides nothing. */
function givesBack(model: ProjectModel, serializer: Expression): boolean {
  if (serializer.kind !== "function") return false;
  const { parameters: [first] } = serializer.function;
  const returned = model.values.returned(serializer.function);
  return first?.target.kind === "binding" && returned.length > 0 && returned.every((value) => value.kind === "name" && value.binding === (first.target.kind === "binding" ? first.target.binding : undefined));
}

/** The fields that the functions of an option hide by their names; undefined where one of them tells none. */
function namesHidden(model: ProjectModel, file: string, options: Expression): Redaction & (readonly (readonly string[])[]) | undefined {
  const functions = options.kind === "object" ? options.members.flatMap((member) => (member.kind === "property" && !/^(?:level|bindings)$/.test(member.key) ? model.values.of(file, member.value) : [])) : [];
  const names = functions.map((value) => (value.kind === "function" ? hiddenNames(model, value.file, value.node) : undefined));
  return names.length === 0 || names.includes(undefined) ? undefined : byNames(names.flatMap((one) => one ?? []));
}

/** Whether a path is taken out. `*` stands for one level, as pino documents it; behind `**` stands what a name at any depth holds, behind `^` what alone is written. */
export function covers(redaction: Redaction, path: readonly string[]): boolean {
  if (redaction === "everything") return true;
  return redaction.some((pattern) => pattern[0] === "^" ? !pattern.slice(1).includes(path[0] ?? "") : pattern[0] === "**" ? path.some((part) => plain(part).includes(pattern[1] ?? "")) : pattern.length <= path.length && pattern.every((part, index) => part === "*" || part === path[index]));
}

/** `redactionPlugin({ paths: ["email"] })` of LogLayer. */
function ofPlugin(model: ProjectModel, file: string, node: Expression): Redaction {
  if (node.kind !== "call" || !/redact|mask|scrub|sanitiz/i.test(lastName(node.callee))) return [];
  const [options] = node.arguments;
  const paths = options?.kind === "object" ? propertyOf(options, "paths") : undefined;
  return (paths && redactPaths(model, file, paths)?.map(parsePath)) ?? "everything";
}

/** The paths of a `redact` option; undefined where they are worked out in a way that cannot be told from here. */
function redactPaths(model: ProjectModel, file: string, node: Expression): readonly string[] | undefined {
  const options = node.kind === "object" ? [{ file, node }] : model.values.of(file, node).flatMap((value) => (value.kind === "object" ? [value] : []));
  if (options.length === 0) return textsOf(model, file, node);
  return joined(options.map(({ file: written, node: { members } }) => {
    const paths = members.find((member) => member.kind === "property" && member.key === "paths");
    return paths?.kind === "property" ? textsOf(model, written, paths.value) : [];
  }));
}

/** `a.b`, `a[*].b`, `["x-y"].z` as parts. */
function parsePath(path: string): string[] {
  // The elements of a list have no step of their own in what is logged.
  return path.replaceAll("[*]", "").replace(/\[\s*["']?([^\]"']*)["']?\s*\]/g, ".$1").split(".").filter((part) => part !== "");
}
