import type { ApiReference, ApiValue, Library } from "../library.js";
import { graphqlDecorators } from "./entry-points.js";
import { newStep, type Provenance } from "../provenance.js";

/** `HttpException` and the exceptions that extend it. */
const exceptions = [
  "HttpException",
  "BadRequestException",
  "UnauthorizedException",
  "ForbiddenException",
  "NotFoundException",
  "MethodNotAllowedException",
  "NotAcceptableException",
  "RequestTimeoutException",
  "ConflictException",
  "GoneException",
  "HttpVersionNotSupportedException",
  "PreconditionFailedException",
  "PayloadTooLargeException",
  "UnsupportedMediaTypeException",
  "ImATeapotException",
  "UnprocessableEntityException",
  "MisdirectedException",
  "InternalServerErrorException",
  "NotImplementedException",
  "BadGatewayException",
  "ServiceUnavailableException",
  "GatewayTimeoutException",
] as const;

/** What a decorator injects: an instance of what the package exports. */
const instanceOf = (name: string, exported: string): Provenance => ({ package: name, subpath: "", path: [exported, newStep] });

const write = (level: "trace" | "debug" | "info" | "warn" | "error" | "fatal"): ApiValue => ({ log: { does: "write", level, shape: "nest" } });
const logMethods = { log: write("info"), error: write("error"), warn: write("warn"), debug: write("debug"), verbose: write("trace"), fatal: write("fatal") };
const exceptionExports: Record<string, ApiReference> = Object.fromEntries(exceptions.map((name) => [name, { new: { is: "http-exception" } }]));

const common: Library = {
  package: "@nestjs/common",
  capabilities: ["web-framework", "http-exception", "logger", "di-container"],
  httpExceptions: exceptions,
  httpStatuses: ["HttpStatus"],
  neutral: [
    "randomStringGenerator",
    "Injectable", "Inject", "Optional", "Module", "Global", "Scope", "forwardRef", "Logger", "ConsoleLogger", "LoggerService", "Type", "DynamicModule", "Provider", "FactoryProvider", "ClassProvider", "ValueProvider", "ModuleMetadata", "InjectionToken", "ConfigurableModuleBuilder", "ConfigurableModuleClass",
    "OnModuleInit", "OnModuleDestroy", "OnApplicationBootstrap", "OnApplicationShutdown", "BeforeApplicationShutdown", "SetMetadata", "applyDecorators", "mixin", "flatten", "Abstract", "INestApplicationContext", "INestApplication", "Catch",
    // Of Nest 9 and older: the cache and the HTTP client.
    "CacheModule", "CacheModuleOptions", "CacheModuleAsyncOptions", "CacheOptionsFactory", "CacheManagerOptions", "CacheStore", "CacheStoreFactory", "CacheStoreSetOptions", "CACHE_MANAGER", "LiteralObject", "HttpModule", "HttpService", "HttpModuleOptions", "HttpModuleOptionsFactory",
  ],
  exports: {
    ...exceptionExports,
    Logger: { new: "logger", members: { ...logMethods, overrideLogger: {}, flush: {} } },
    ConsoleLogger: { new: "logger" },
    LoggerService: { new: "logger" },
    ExecutionContext: { new: { is: "context", members: { switchToHttp: { call: { members: { getRequest: { call: "request" }, getResponse: { call: "response" } } } } } } },
    ArgumentsHost: { new: { is: "context", members: { switchToHttp: { call: { members: { getRequest: { call: "request" }, getResponse: { call: "response" } } } } } } },
    ValidationPipe: { new: {}, middleware: { role: "validation" } },
    ParseIntPipe: { middleware: { role: "validation", direct: true } },
    ParseFloatPipe: { middleware: { role: "validation", direct: true } },
    ParseBoolPipe: { middleware: { role: "validation", direct: true } },
    ParseUUIDPipe: { middleware: { role: "validation", direct: true } },
    ParseEnumPipe: { middleware: { role: "validation" } },
    ParseArrayPipe: { middleware: { role: "validation" } },
    ParseDatePipe: { middleware: { role: "validation" } },
    ParseFilePipe: { middleware: { role: "validation" } },
    ClassSerializerInterceptor: {},
  },
  values: {
    logger: { is: "logger", members: { ...logMethods, setContext: {}, setLogLevels: {} } },
    request: { is: "request" },
    response: { is: "response" },
  },
};

const core: Library = {
  package: "@nestjs/core",
  capabilities: ["web-framework", "di-container"],
  neutral: ["Reflector", "ModuleRef", "DiscoveryService", "MetadataScanner", "ModulesContainer", "INQUIRER", "LazyModuleLoader", "ExternalContextCreator", "ContextIdFactory", "APP_FILTER", "APP_GUARD", "APP_INTERCEPTOR", "APP_PIPE"],
  exports: {
    NestFactory: {
      members: {
        create: { call: "application" },
        createMicroservice: { call: "application" },
        createApplicationContext: { call: "application" },
      },
    },
    HttpAdapterHost: {},
    ModuleRef: { new: { members: { get: { instance: 0 }, resolve: { instance: 0 }, create: { instance: 0 } } } },
  },
  values: {
    application: { is: "application", members: { listen: { effect: { makes: "server", opens: true } }, get: { instance: 0 }, resolve: { instance: 0 }, getHttpAdapter: {}, getHttpServer: { call: "node:http#server" } } },
  },
};

const libraries: readonly Library[] = [
  common,
  core,
  { package: "@nestjs/platform-express", also: ["@nestjs/platform-fastify"], capabilities: ["web-framework"], exports: { FileInterceptor: { middleware: { role: "upload" } }, FilesInterceptor: { middleware: { role: "upload" } } } },
  { package: "@nestjs/testing", capabilities: ["test-tool"] },
  {
    package: "@nestjs/config",
    capabilities: ["settings"],
    exports: {
      ConfigModule: { members: { forRoot: { settings: { does: "validate", schema: "0.validationSchema" } }, forFeature: {} } },
      ConfigService: { new: "config" },
      registerAs: { settings: { does: "register" } },
    },
    values: {
      config: { is: "settings", members: { get: { settings: { does: "read", key: "0", fallback: "1" } }, getOrThrow: { settings: { does: "read", key: "0", fallback: "1" } } } },
    },
  },
  {
    package: "@nestjs/typeorm",
    capabilities: ["data-access"],
    store: { family: "sql", execution: "eager" },
    leaks: { error: ["*"] },
    exports: {
      TypeOrmModule: { members: { forRoot: {}, forRootAsync: {}, forFeature: {} } },
      InjectRepository: { injects: instanceOf("typeorm", "Repository") },
      InjectDataSource: { injects: instanceOf("typeorm", "DataSource") },
      InjectConnection: { injects: instanceOf("typeorm", "DataSource") },
      InjectEntityManager: { injects: instanceOf("typeorm", "EntityManager") },
    },
  },
  {
    package: "@nestjs/mongoose",
    capabilities: ["data-access"],
    store: { family: "mongo", execution: "lazy" },
    harmless: ["ParseObjectIdPipe", "IsObjectIdPipe"],
    leaks: { error: ["*"] },
    exports: {
      MongooseModule: { members: { forRoot: {}, forRootAsync: {}, forFeature: {}, forFeatureAsync: {} } },
      InjectModel: { injects: instanceOf("mongoose", "Model") },
      InjectConnection: { injects: instanceOf("mongoose", "Connection") },
      Schema: {},
      Prop: {},
      SchemaFactory: { members: { createForClass: { call: "mongoose#table" } } },
    },
  },
  {
    package: "@nestjs/sequelize",
    capabilities: ["data-access"],
    store: { family: "sql", execution: "eager" },
    leaks: { error: ["*"] },
    exports: { InjectModel: { injects: instanceOf("sequelize", "ModelStatic") }, InjectConnection: { injects: instanceOf("sequelize", "Sequelize") } },
  },
  {
    package: "@mikro-orm/nestjs",
    also: ["mikro-orm-nestjs"],
    capabilities: ["data-access"],
    store: { family: "sql", execution: "eager", ambient: "always", unitOfWork: true },
    leaks: { error: ["*"] },
    exports: { InjectRepository: { injects: instanceOf("@mikro-orm/core", "EntityRepository") }, InjectEntityManager: { injects: instanceOf("@mikro-orm/core", "EntityManager") }, InjectMikroORM: { injects: instanceOf("@mikro-orm/core", "MikroORM") } },
  },
  {
    package: "nestjs-knex",
    also: ["nest-knexjs"],
    capabilities: ["data-access"],
    store: { family: "sql", execution: "lazy" },
    exports: { InjectKnex: { injects: instanceOf("knex", "Knex") }, InjectConnection: { injects: instanceOf("knex", "Knex") }, InjectModel: { injects: instanceOf("knex", "Knex") } },
  },
  { package: "nestjs-prisma", capabilities: ["data-access"], store: { family: "sql", execution: "lazy" }, exports: { PrismaService: { new: "@prisma/client#client" }, PrismaModule: {} } },
  { package: "nestjs-kysely", capabilities: ["data-access"], store: { family: "sql", execution: "explicit" }, exports: { InjectKysely: { injects: instanceOf("kysely", "Kysely") } } },
  { package: "@nestjs/passport", capabilities: ["auth"], exports: { AuthGuard: { middleware: { role: "auth" } }, PassportStrategy: {}, PassportModule: {} } },
  { package: "@nestjs/jwt", capabilities: ["token"], exports: { JwtService: { new: { members: { sign: { secrets: ["1.secret"] }, signAsync: { secrets: ["1.secret"] }, verify: { secrets: ["1.secret"] }, verifyAsync: { secrets: ["1.secret"] } } } }, JwtModule: { members: { register: { secrets: ["0.secret", "0.privateKey"] } } } } },
  { package: "@nestjs/throttler", capabilities: ["rate-limit"], exports: { ThrottlerModule: {}, ThrottlerGuard: { middleware: { role: "rate-limit", direct: true } }, Throttle: { middleware: { role: "context" } }, SkipThrottle: { middleware: { role: "rate-limit-exemption" } } } },
  {
    package: "@nestjs/bullmq",
    also: ["@nestjs/bull"],
    capabilities: ["queue"],
    exports: { InjectQueue: { injects: instanceOf("bullmq", "Queue") }, Processor: {}, Process: { queue: { does: "consume", name: "0", received: "0.data" } }, WorkerHost: { entry: { kind: "message", method: "process", received: "0.data" } }, OnWorkerEvent: {}, BullModule: {} },
  },
  { package: "@nestjs/schedule", capabilities: ["scheduler"], exports: { Cron: { queue: { does: "schedule", name: "0" } }, Interval: { queue: { does: "schedule" } }, Timeout: { queue: { does: "schedule" } }, ScheduleModule: {} } },
  { package: "@nestjs/event-emitter", capabilities: ["event-bus"], exports: { OnEvent: { queue: { does: "consume", name: "0", received: "0" } }, EventEmitter2: { new: "emitter" } }, values: { emitter: { members: { emit: { queue: { does: "enqueue", name: "0", payload: ["1"] } }, emitAsync: { queue: { does: "enqueue", name: "0", payload: ["1"] } } } } } },
  {
    package: "@nestjs/microservices",
    capabilities: ["queue", "rpc"],
    exports: {
      MessagePattern: { queue: { does: "consume", name: "0", received: "0" } },
      EventPattern: { queue: { does: "consume", name: "0", received: "0" } },
      GrpcMethod: { queue: { does: "consume", name: "0", received: "0" } },
      ClientProxy: { new: "proxy" },
      ClientKafka: { new: "proxy" },
      RpcException: {},
    },
    values: { proxy: { is: "queue", members: { emit: { queue: { does: "enqueue", name: "0", payload: ["1"] } }, send: { queue: { does: "enqueue", name: "0", payload: ["1"] } }, connect: {} } } },
  },
  { package: "@nestjs/axios", capabilities: ["http-client"], exports: { HttpService: { new: "http" }, HttpModule: {} }, values: { http: { is: "http-client", like: ["axios#instance"], members: { axiosRef: "axios#instance" } } } },
  { package: "@nestjs/swagger", capabilities: ["api-docs"] },
  { package: "@nestjs/graphql", also: ["@nestjs/apollo", "@nestjs/mercurius"], capabilities: ["graphql"], exports: graphqlDecorators },
  { package: "@nestjs/websockets", also: ["@nestjs/platform-socket.io", "@nestjs/platform-ws"], capabilities: ["websocket"], exports: { SubscribeMessage: { entry: { kind: "websocket", name: "0", received: "0" } } } },
  { package: "@nestjs/cqrs", capabilities: ["event-bus"], neutral: ["*"], exports: { EventsHandler: { entry: { kind: "event", method: "handle", received: "0" } } } },
  { package: "@nestjs/cache-manager", capabilities: ["cache"] },
  { package: "@nestjs/terminus", capabilities: ["web-framework"] },
  { package: "@nestjs/serve-static", capabilities: ["web-framework"] },
  { package: "@nestjs/mapped-types", capabilities: ["validator"] },
  { package: "@nestjs/elasticsearch", capabilities: ["data-access", "search"] },
  { package: "@nestjs/cli", capabilities: ["bundler"] },
  { package: "nest-winston", capabilities: ["logger"], exports: { WINSTON_MODULE_PROVIDER: {}, WINSTON_MODULE_NEST_PROVIDER: {}, WinstonModule: { members: { createLogger: { call: "@nestjs/common#logger", log: { does: "create", options: "0", redaction: ["format"] } }, forRoot: { log: { does: "create", options: "0", redaction: ["format"] } }, forRootAsync: { log: { does: "create", options: "0", redaction: ["format"] } } } } } },
  {
    package: "nestjs-pino",
    capabilities: ["logger", "request-id"],
    exports: { PinoLogger: { new: { like: ["pino#logger"], is: "logger", members: { setContext: {}, assign: { log: { does: "fields", fields: "0" } } } } }, Logger: { new: "@nestjs/common#logger" }, InjectPinoLogger: { injects: instanceOf("pino", "Logger") }, LoggerModule: { members: { forRoot: { log: { does: "create", options: "0.pinoHttp", redaction: ["redact", "serializers"], errorKey: "err" } } } } },
  },
  { package: "nestjs-cls", also: ["@nestjs-cls/*"], capabilities: ["ambient-context", "request-id"] },
  { package: "nestjs-zod", capabilities: ["validator"], exports: { createZodDto: { schema: { makes: "object", fields: "0" } }, ZodValidationPipe: { middleware: { role: "validation", direct: true } }, createZodValidationPipe: { middleware: { role: "validation" } } } },
];

export default libraries;
