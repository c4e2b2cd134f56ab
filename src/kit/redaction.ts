import { oncePerPart } from "../base/once-per.js";
import { isSanitiserName } from "../catalogue/lexicon/personal-data.js";
import { lastName, propertyOf } from "../facts/names.js";
import type { CallExpression, Expression, NewExpression, ObjectExpression } from "../facts/syntax.js";
import { someNode } from "../facts/walk.js";
import type { PackageUnit, ProjectModel } from "../model/project-model.js";
import type { ExternalValue } from "../model/value.js";

/** What a logger takes out of the fields it is given; "everything" where code of the project does it. */
export type Redaction = readonly (readonly string[])[] | "everything";

/** Options that hold those of a logger. */
const loggerOption = /^(logger|pinoHttp|pino)$/;

/** The redaction that a logger was created with: `pino({ redact: ["user.email", "*.password"] })`. A logger that a framework hands out to a file has the one that the framework was given. */
export function redactionOf(model: ProjectModel, file: string, logger: ExternalValue | undefined): Redaction {
  const site = logger?.site;
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
  if (logger?.provenance.package === "pino" || (!logger && unit.dependencies.has("pino"))) return ofInjected(model, unit);
  return logger && /^(nestjs-pino|fastify|pino-http)$/.test(logger.provenance.package) ? ofFrameworks(model, unit) : [];
}

/** The redaction that a package, or one of the repository that it depends on, gives `LoggerModule.forRoot`, `fastify({ logger })` and the like. */
const ofFrameworks = oncePerPart((model: ProjectModel, unit: PackageUnit): Redaction => {
  const units = model.packages.filter((other) => other === unit || (other.name !== undefined && unit.dependencies.has(other.name)));
  const found = units.flatMap((one) => model.filesOf(one)).flatMap((file) => model.values.index(file).calls.flatMap(({ node }) => loggerOptions(model, node).map((options) => ofOptions(model, file, options))));
  return found.includes("everything") ? "everything" : found.flatMap((redaction) => (redaction === "everything" ? [] : redaction));
});

/** What the loggers of a package take out, for one that is handed in: nothing tells which of them it is. */
const ofInjected = oncePerPart((model: ProjectModel, unit: PackageUnit): Redaction =>
  model.filesOf(unit).flatMap((file) => model.values.index(file).calls.flatMap(({ node }) => node.arguments.flatMap((argument) => {
    const redact = argument.kind === "object" ? propertyOf(argument, "redact") : undefined;
    return redact ? redactPaths(model, file, redact).map(parsePath) : [];
  }))),
);

/** What the `redact` of options takes out, below `logger` and the like as well; what serializers and formats do is left aside. */
export function redactionIn(model: ProjectModel, file: string, { members }: ObjectExpression): Redaction {
  return members.flatMap((member): readonly (readonly string[])[] => {
    if (member.kind !== "property") return [];
    if (member.key === "redact") return redactPaths(model, file, member.value).map(parsePath);
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

function ofOptions(model: ProjectModel, file: string, options: Expression): Redaction {
  const paths: (readonly string[])[] = [];
  for (const value of model.values.of(file, options)) {
    if (value.kind !== "object") continue;
    for (const member of value.node.members) {
      if (member.kind !== "property") continue;
      if (member.key === "redact") paths.push(...redactPaths(model, value.file, member.value).map(parsePath));
      if (loggerOption.test(member.key)) {
        const inner = ofOptions(model, value.file, member.value);
        if (inner === "everything") return inner;
        paths.push(...inner);
      }
      // A serializer writes its own form of the field it is named after.
      if (member.key === "serializers" && member.value.kind === "object") paths.push(...member.value.members.flatMap((one) => (one.kind === "property" ? [parsePath(one.key)] : [])));
      if (member.key === "format" && rewrites(model, value.file, member.value)) return "everything";
      // Formats and hooks rewrite what is logged in ways that cannot be told from here; those of the level and of the process leave the fields alone.
      if (member.key === "formatters" && member.value.kind === "object" && member.value.members.every((one) => one.kind === "property" && /^(level|bindings)$/.test(one.key))) continue;
      if (/^(formatters|hooks|maskValuesOfKeys)$/.test(member.key)) return "everything";
    }
  }
  return paths;
}

/** Whether a path is taken out. `*` stands for one level, as pino documents it. */
export function covers(redaction: Redaction, path: readonly string[]): boolean {
  if (redaction === "everything") return true;
  return redaction.some((pattern) => pattern.length <= path.length && pattern.every((part, index) => part === "*" || part === path[index]));
}

/** A format of winston's among which is one that the project wrote: it may take fields out. */
function rewrites(model: ProjectModel, file: string, node: Expression): boolean {
  if (node.kind === "name") {
    const source = node.binding === undefined ? undefined : model.values.index(file).sources[node.binding];
    return source?.kind === "value" && source.value !== undefined && rewrites(model, file, source.value);
  }
  if (node.kind !== "call") return false;
  if (node.arguments.some((argument) => argument.kind === "function")) return changesFields(node);
  return rewrites(model, file, node.callee) || node.arguments.some((argument) => rewrites(model, file, argument));
}

/** The function that is passed deletes or overwrites fields, as opposed to writing a line of them. */
function changesFields(node: CallExpression): boolean {
  return someNode(node.arguments, (part) => (part.kind === "unary" && part.operator === "delete") || (part.kind === "assign" && (part.target.kind === "member" || part.target.kind === "index")) || (part.kind === "call" && isSanitiserName(lastName(part.callee))));
}

function redactPaths(model: ProjectModel, file: string, node: Expression): string[] {
  return model.values.of(file, node).flatMap((value) => {
    if (value.kind === "array") return value.node.elements.flatMap((element) => model.values.text(value.file, element) ?? []);
    if (value.kind !== "object") return [];
    const paths = value.node.members.find((member) => member.kind === "property" && member.key === "paths");
    return paths?.kind === "property" ? redactPaths(model, value.file, paths.value) : [];
  });
}

/** `a.b`, `a[*].b`, `["x-y"].z` as parts. */
function parsePath(path: string): string[] {
  // The elements of a list have no step of their own in what is logged.
  return path.replaceAll("[*]", "").replace(/\[\s*["']?([^\]"']*)["']?\s*\]/g, ".$1").split(".").filter((part) => part !== "");
}
