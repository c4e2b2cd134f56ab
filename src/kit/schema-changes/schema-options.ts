import type { Span } from "../../base/position.js";
import type { Expression } from "../../facts/syntax.js";
import { walkAll } from "../../facts/walk.js";
import type { ProjectModel } from "../../model/project-model.js";

/** An option of a connection that lets the library change the schema. */
export interface SchemaOption {
  readonly span: Span;
  /** As written: `synchronize`. */
  readonly option: string;
  readonly value: "on" | "off" | "unknown";
}

const libraries: readonly { readonly packages: readonly string[]; readonly options: ReadonlySet<string> }[] = [
  { packages: ["typeorm", "@nestjs/typeorm"], options: new Set(["synchronize", "dropSchema"]) },
  { packages: ["@nestjs/sequelize", "sequelize-typescript"], options: new Set(["synchronize"]) },
];
/** Options that stand beside these in the options of a connection; alone, the word may mean anything. */
const companions = new Set(["type", "entities", "host", "url", "database", "username", "migrations", "autoLoadEntities", "autoLoadModels", "dialect", "models", "logging", "namingStrategy", "migrationsRun", "replication", "extra", "dataSource"]);

/** The options of connections in a file that change the schema, in source order. */
export function schemaOptions(model: ProjectModel, file: string): readonly SchemaOption[] {
  const { dependencies } = model.packageOf(file);
  const names = new Set(libraries.filter(({ packages }) => packages.some((name) => dependencies.has(name))).flatMap(({ options }) => [...options]));
  if (names.size === 0) return [];
  const found: SchemaOption[] = [];
  walkAll(model.facts(file).body, (node) => {
    if (!("kind" in node) || node.kind !== "object") return true;
    if (isNamedForDevelopment(model, file, node)) return false;
    const isConnection = node.members.some((member) => member.kind === "spread" || (member.kind === "property" && companions.has(member.key)));
    for (const member of isConnection ? node.members : []) {
      if (member.kind === "property" && names.has(member.key)) found.push({ span: [member.keySpan[0], member.value.span[1]], option: member.key, value: valueOf(model, file, member.value) });
    }
    return true;
  });
  return found;
}

/** `const devConfig: DataSourceOptions = { … }`, which stands beside one for production. */
function isNamedForDevelopment(model: ProjectModel, file: string, node: Expression): boolean {
  const parent = model.values.index(file).parentOf(node);
  if (!parent || !("kind" in parent) || parent.kind !== "variable") return false;
  return parent.declarators.some(({ target, value }) => value === node && target.kind === "binding" && /^(dev|development|local|test|testing)([A-Z_]|$)/.test(target.name));
}

function valueOf(model: ProjectModel, file: string, node: Expression): SchemaOption["value"] {
  if (node.kind === "cast") return valueOf(model, file, node.value);
  if (node.kind === "literal") return node.value === true ? "on" : "off";
  if (isForTests(node)) return "off";
  const values = model.values.of(file, node);
  const [constant] = values;
  return values.length === 1 && constant?.kind === "constant" ? (constant.value === true ? "on" : "off") : "unknown";
}

/** `isTest`, `this.config.isTest`, `NODE_ENV === "test"`: a database for one run. */
function isForTests(node: Expression): boolean {
  if (node.kind === "name") return /test/i.test(node.name);
  if (node.kind === "member") return /test/i.test(node.property);
  if (node.kind === "call") return isForTests(node.callee);
  return node.kind === "binary" && /^===?$/.test(node.operator) && [node.left, node.right].some((side) => side.kind === "literal" && side.value === "test");
}
