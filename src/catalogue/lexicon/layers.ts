import { wordTable } from "../../base/word-table.js";

/** The layers that names can give evidence for. */
export type NamedLayer = "api" | "service" | "repository" | "domain" | "composition" | "settings" | "shared" | "tests" | "migrations";

type Names = Readonly<Partial<Record<NamedLayer, readonly string[]>>>;

/** Folders whose files belong to a layer, in singular and lower case without separators; the nearest folder counts. */
export const layerFolders: Names = {
  api: [
    "api", "controller", "route", "router", "middleware", "guard", "interceptor", "pipe", "filter", "resolver", "gateway", "dto", "rest", "http",
    "presentation", "endpoint", "handler", "web", "consumer", "listener", "subscriber", "webhook", "graphql", "grpc", "rpc", "cron", "job", "worker",
    "processor", "queue", "command-line", "cli", "autohook", "strategy", "presenter", "transport", "interface", "serializer", "v1", "v2", "v3",
  ],
  service: ["service", "usecase", "application", "interactor", "command", "query", "operation", "businesslogic", "manager", "action", "workflow", "orchestrator", "transactionscript"],
  repository: [
    "repository", "repo", "dao", "dal", "persistence", "database", "db", "datasource", "dataaccess", "resourceaccess", "infrastructure", "orm",
    "prisma", "typeorm", "drizzle", "knex", "sequelize", "mongo", "mongoose", "redis", "postgres", "mysql", "sqlite", "storage", "store", "infra",
    "adapter", "model", "schema-definition", "datalayer",
  ],
  domain: ["domain", "entity", "valueobject", "aggregate", "core", "kernel", "domainmodel", "domainevent", "domainservice"],
  composition: ["loader", "plugin", "bootstrap", "di", "ioc", "dependencyinjection", "startup", "module-wiring"],
  settings: ["config", "configuration", "setting", "env", "environment"],
  shared: ["shared", "common", "util", "utility", "helper", "lib", "libs", "library", "type", "constant", "interfaces-shared", "exception", "error", "logger", "logging", "decorator", "i18n", "enum", "tool", "contract"],
  tests: ["test", "tests", "__tests__", "__mocks__", "__integration__", "__integrations__", "__e2e__", "spec", "e2e", "fixture", "mock", "testing", "testutil", "testsupport", "testhelper", "__fixtures__", "cypress", "playwright", "stories"],
  migrations: ["migration", "migrations", "alteration", "upgrade", "seed", "seeder", "seeds", "script", "scripts"],
};

/** What a file's name ends in, behind a dot, a dash or a capital: `users.controller.ts`, `user-repository.ts`, `UserService.ts`. */
export const layerSuffixes: Names = {
  api: [
    "controller", "route", "router", "middleware", "guard", "interceptor", "pipe", "filter", "resolver", "gateway", "dto", "consumer", "listener",
    "subscriber", "processor", "strategy", "webhook", "endpoint", "handler", "job", "cron", "presenter", "serializer", "autohooks", "validator",
    "validation",
  ],
  service: ["service", "usecase", "interactor", "orchestrator", "workflow", "facade"],
  repository: ["repository", "repo", "dao", "dal", "persistence", "datasource", "resourceaccess", "store", "readmodel"],
  domain: ["domain", "entity", "valueobject", "vo", "aggregate", "domainservice", "domainevent", "policy", "specification"],
  composition: ["module", "container", "bootstrap", "composition", "injector"],
  settings: ["config", "configuration", "settings", "env", "environment"],
  shared: ["util", "utils", "helper", "helpers", "typeguard", "constant", "constants", "types", "type", "exception", "error", "errors", "enum", "logger", "decorator", "interface", "port"],
  tests: ["test", "spec", "e2e-spec", "fixture", "mock", "stub", "testutils"],
  migrations: ["migration", "seed", "seeds", "seeder"],
};

/** Folders whose name may mean several things: what a file does decides. */
export const vagueFolders: readonly string[] = [
  "lib", "libs", "library", "tool", "decorator", "storage", "store", "infrastructure", "infra", "adapter", "query", "rest", "http", "strategy",
  "web", "gateway", "interface", "handler", "plugin", "guard", "filter", "pipe", "webhook", "job", "worker", "cron", "queue", "listener",
  "subscriber", "consumer", "dataaccess", "transport", "v1", "v2", "v3",
];

/** Of these, folders of work that is done aside: a file that uses a store does some of it, and one that makes a queue hands it out. */
export const workFolders: readonly string[] = ["job", "worker", "cron", "queue"];

/** Folders below which a file is of the api whatever other folders are called: `routes/application/`, `routes/repositories/`, `graphql/queries/`. */
export const apiRoots: readonly string[] = ["route", "router", "controller", "resolver", "endpoint", "graphql"];

/** Folders of a way to talk with others: a client in one asks them, and answers nobody (`grpc/client/orders.ts`). */
export const transportFolders: readonly string[] = ["grpc", "rpc", "transport", "rest", "http", "web", "websocket", "socket"];

/** Folders of what is declared and does nothing: a file that works with others is of what lies around (`api/constants/create.ts`). */
export const declaringFolders: readonly string[] = ["constant", "type", "enum", "error", "exception", "contract", "i18n"];

/** Folders of what is done, where functions of a request are its handlers: `actions/list.ts` of a framework's resources. */
export const doingFolders: readonly string[] = ["action", "command", "operation", "query"];

/** Folders that name a layer in the singular alone: `applications/`, `domains/` hold features of the business. */
export const singularFolders: readonly string[] = ["application", "domain", "core", "kernel"];

/** Folders that name a layer in the plural alone: `workflow/`, `action/`, `setting/` are features of the business. */
export const pluralFolders: readonly string[] = ["workflow", "action", "operation", "setting"];

/** What a folder that lies beside or in `core/` is called where that is the inner ring of an onion, and no box of technical parts. */
export const ringFolders: readonly string[] = ["domain", "entity", "usecase", "application", "port", "valueobject", "aggregate", "infrastructure", "infra", "adapter", "presentation"];

/** Folders that put an application together wherever they lie; others only do at the top. */
export const wiringFolders: readonly string[] = ["di", "ioc", "dependencyinjection", "bootstrap", "module-wiring"];

/** Suffixes that may mean several things where they do not follow a dot: what a file imports decides. */
export const vagueSuffixes: readonly string[] = ["resolver", "gateway", "filter", "guard", "pipe", "interceptor", "middleware", "strategy", "listener", "subscriber", "processor", "job", "handler", "presenter", "serializer", "policy", "specification", "route", "consumer", "webhook", "endpoint"];

/** Suffixes of what puts data into another form, for whomever that is, behind a dot too. */
export const shapingSuffixes: readonly string[] = ["presenter", "serializer"];

/** Suffixes that say something of files that meet the outside, behind a dot too: `naming.strategy.ts` may be anything. */
export const outwardSuffixes: readonly string[] = ["strategy", "subscriber", "listener", "processor", "validator", "validation"];

/** Suffixes that a folder of another layer overrules: `models/app_settings.ts`, `models/user.validation.ts`. */
export const yieldingSuffixes: readonly string[] = ["config", "configuration", "setting", "settings", "env", "environment", "validator", "validation"];

/** Suffixes of classes that work inside as often as they are called from outside: one that is only injected is a service. */
export const eitherSuffixes: readonly string[] = ["controller", "filter", "handler"];

/** Suffixes that yield to the folder where nothing outside calls what the file holds, behind a dot too. */
export const innerSuffixes: readonly string[] = ["handler", "router", "resolver", "gateway", "filter"];

/** Folders of what gets data from somewhere: a service in one is an adapter of another system. */
export const sourceFolders: readonly string[] = ["datasource", "dataaccess", "resourceaccess", "persistence", "repository", "repo", "dal", "dao"];

/** What a function does: `updateJobs.ts` and `get-bootstrap.ts` hold one, whatever it does that to. */
export const verbs: readonly string[] = [
  "get", "set", "create", "update", "delete", "remove", "add", "build", "make", "find", "fetch", "write", "post", "put", "patch", "archive",
  "handle", "require", "register", "apply", "is", "has", "can", "should", "check", "ensure", "assert", "throw", "resolve", "wrap", "with", "use",
  "to", "compute", "calculate", "process", "trigger",
];

/** Suffixes that say what a function makes or reads, or that classes have which are called after what they do: `create-user-use-case.ts`. */
export const verbalSuffixes: readonly string[] = ["controller", "service", "usecase", "interactor", "repository", "repo", "dao", "handler", "middleware", "router", "route", "config", "configuration", "setting", "settings", "env", "environment", "logger"];

/** What a store is called: a service of that name in a folder of that name is the store itself. */
export const storeFolders: readonly string[] = [
  "database", "db", "prisma", "typeorm", "drizzle", "knex", "sequelize", "mongo", "mongoose", "redis", "postgres", "mysql", "timescaledb",
  "clickhouse", "elasticsearch", "elastic", "dynamodb", "neo4j", "cassandra", "influxdb", "bigquery", "orm", "persistence", "datasource", "dal",
  "dao",
];

/** Suffixes that say the same as a whole file name: `routes.ts`, `service.ts`. Others (`guard.ts`, `policy.ts`) may be anything. */
export const wholeNames: readonly string[] = [
  "controller", "route", "router", "middleware", "resolver", "handler", "service", "repository", "dao", "entity", "dto", "module", "container",
  "composition", "config", "setting", "settings", "env", "util", "utils", "helper", "helpers", "constant", "constants", "type", "types", "error",
  "errors", "logger", "usecase", "seed", "seeds", "seeder",
];

/** Whole file names, without extension, that make up an application. */
export const compositionNames: readonly string[] = ["main", "server", "app", "bootstrap", "container", "start", "entry", "lambda", "inversify.config", "di", "ioc", "adonisrc"];

/** Packages of command lines: what lies in a folder of commands beside a file that imports one is called from there. */
export const commandPackages: readonly string[] = ["commander", "yargs", "@oclif/core", "@oclif/command", "cac", "citty", "clipanion", "@adonisjs/ace", "@adonisjs/core/ace", "nest-commander", "sade", "meow"];

/** Packages of chat bots: what lies in a folder of commands and imports one is called by those who write to the bot. */
export const botPackages: readonly string[] = ["discord.js", "@discordjs/builders", "discordx", "eris", "oceanic.js", "@sapphire/framework", "telegraf", "grammy", "node-telegram-bot-api", "@slack/bolt", "discord-api-types", "detritus-client", "seyfert"];

/** Packages of user interfaces: files that import one are no backend, whatever their folder is called. */
export const frontendPackages: readonly string[] = ["umi", "@umijs/max", "react", "react-dom", "vue", "svelte", "solid-js", "preact", "@angular/core", "next/navigation", "next/link", "next/image", "next/router", "@remix-run/react", "@tanstack/react-query", "react-native", "expo"];

/** The same, of user interfaces: a package that depends on one and serves nothing is one. */
export const frontendFrameworks: readonly string[] = ["react", "react-dom", "vue", "svelte", "solid-js", "preact", "@angular/core", "react-native", "expo", "redux", "@reduxjs/toolkit", "mobx", "vuex", "pinia", "jquery", "knockout", "backbone"];

/** Folders of a user interface in a package that depends on a framework for one. */
export const frontendFolders: readonly string[] = ["components", "hooks", "screens", "stores", "layouts", "navigation", "providers", "styles"];

/** Base classes of logging: what extends one is for everybody, though it is called a service. */
export const loggerBases: Readonly<Record<string, RegExp>> = wordTable({ "@nestjs/common": /^(ConsoleLogger|Logger|LoggerService)$/ });

/** Base classes of validators: those that ask code of the project for something are of api, others are for every layer that validates. */
export const validatorBases: Readonly<Record<string, RegExp>> = wordTable({ "class-validator": /^ValidatorConstraintInterface$/ });

/** Decorators that map a class to a table or collection. */
export const modelDecorators: readonly string[] = ["Entity", "Schema", "Table", "ChildEntity", "ViewEntity", "Embeddable"];

/** Base classes and interfaces by package that say what a class is: what fits into the request pipeline of a framework is of api. */
export const outwardBases: Readonly<Record<string, RegExp>> = wordTable({
  "@nestjs/common": /^(NestInterceptor|CanActivate|PipeTransform|ExceptionFilter|NestMiddleware|ParamDecorator)$/,
  "@nestjs/core": /^BaseExceptionFilter$/,
  "@nestjs/passport": /^(PassportStrategy|AuthGuard)$/,
  "@nestjs/websockets": /^(OnGateway|AbstractWsAdapter)/,
  "@nestjs/platform-socket.io": /^IoAdapter$/,
  "@nestjs/platform-ws": /^WsAdapter$/,
  "@nestjs/throttler": /^ThrottlerGuard$/,
  "routing-controllers": /Interface$/,
  "inversify-express-utils": /^Base(Middleware|HttpController)$/,
  "passport": /^Strategy$/,
  "@adonisjs/core": /^BaseCommand$/,
});

/** Decorators that say what a class is. */
export const layerDecorators: Readonly<Record<string, NamedLayer>> = wordTable({
  Controller: "api", RestController: "api", JsonController: "api", Resolver: "api", WebSocketGateway: "api", SocketService: "api", Protocol: "api", Catch: "api", Processor: "api", Route: "api", EventsHandler: "service",
  CommandHandler: "service", QueryHandler: "service",
  EntityRepository: "repository", Repository: "repository", Entity: "repository", Schema: "repository", Table: "repository",
  Module: "composition",
});

/** The evidence of the layer of what answers requests and keeps the rows itself. */
export const resourceOfFeathers = "a resource of Feathers";
