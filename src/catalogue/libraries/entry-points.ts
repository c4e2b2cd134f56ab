import type { EntryKind, EntryPoint } from "../concerns.js";
import type { ApiReference, ApiValue, ArgumentPath, Library } from "../library.js";

const enters = (kind: EntryKind, point: Omit<EntryPoint, "kind"> = {}): ApiValue => ({ entry: { kind, ...point } });
/** Names of events that a connection has by itself. */
const ofConnection = ["connection", "connect", "close", "disconnect", "disconnecting", "error", "open", "ping", "pong", "headers", "listening", "upgrade", "unexpected-response"].map((is) => ({ at: "0" as ArgumentPath, is }));
const onMessage = enters("websocket", { name: "0", handler: "1", received: "0", unless: ofConnection });
/** Socket.IO keeps fewer names to itself. */
const onEvent = enters("websocket", { name: "0", handler: "1", received: "0", unless: ofConnection.filter(({ is }) => /^(connect|connection|disconnect|disconnecting|error)$/.test(is)) });

/** Decorators of resolver methods, the same in Nest and TypeGraphQL. */
export const graphqlDecorators: Readonly<Record<string, ApiReference>> = Object.fromEntries(["Query", "Mutation", "Subscription", "ResolveField", "FieldResolver"].map((name) => [name, enters("graphql", { received: "0" })]));

const resolvers = enters("graphql", { handlers: "0.resolvers", received: "1" });
const makesServer: ApiReference = { new: {}, ...resolvers };

/** Types of what a function of AWS Lambda is given, and of such functions. */
const lambdaTypes = [
  "APIGatewayProxyEvent", "APIGatewayProxyEventV2", "APIGatewayEvent", "APIGatewayRequestAuthorizerEvent", "APIGatewayTokenAuthorizerEvent", "ALBEvent", "SQSEvent", "SNSEvent", "S3Event", "DynamoDBStreamEvent", "KinesisStreamEvent", "EventBridgeEvent", "CloudWatchLogsEvent", "CloudFrontRequestEvent", "LambdaFunctionURLEvent", "SESEvent", "MSKEvent", "IoTEvent",
  "Handler", "APIGatewayProxyHandler", "APIGatewayProxyHandlerV2", "APIGatewayAuthorizerHandler", "ALBHandler", "SQSHandler", "SNSHandler", "S3Handler", "DynamoDBStreamHandler", "KinesisStreamHandler", "EventBridgeHandler", "CloudWatchLogsHandler", "SESHandler", "MSKHandler",
  "PreSignUpTriggerEvent", "PostConfirmationTriggerEvent", "PreSignUpTriggerHandler", "PostConfirmationTriggerHandler",
];

const commander: ApiValue = { members: { action: { ...enters("cli", { handler: "0", received: "0" }), call: "self" }, command: { call: "command" }, hook: { call: "self" } }, others: { call: "command" } };

const libraries: readonly Library[] = [
  { package: "type-graphql", capabilities: ["graphql"], exports: { ...graphqlDecorators, buildSchema: {} } },
  { package: "@apollo/server", also: ["apollo-server", "apollo-server-*", "@graphql-tools/schema", "@graphql-tools/*", "graphql-tools", "graphql-yoga", "@apollo/subgraph"], capabilities: ["graphql"], httpContexts: ["ExpressContext", "ExpressContextFunctionArgument", "FastifyContext", "KoaContext", "LambdaContextFunctionParams", "YogaInitialContext"], exports: { ApolloServer: makesServer, makeExecutableSchema: resolvers, createSchema: resolvers, buildSubgraphSchema: resolvers, createYoga: {} } },
  {
    package: "@pothos/core",
    also: ["@pothos/*"],
    capabilities: ["graphql"],
    exports: { default: { new: "builder" }, SchemaBuilder: { new: "builder" } },
    values: {
      builder: { members: Object.fromEntries(["Query", "Mutation", "Subscription"].flatMap((name) => [`${name.toLowerCase()}Field`, `${name.toLowerCase()}Fields`, `${name.toLowerCase()}Type`]).map((name) => [name, { callback: { "0": "fields", "fields:0": "fields" } }])) },
      fields: { members: Object.fromEntries(["field", "fieldWithInput", "prismaField", "prismaConnection", "connection", "drizzleField", "withAuth", "string", "stringList", "boolean", "int", "intList", "float", "id"].map((name) => [name, { ...enters("graphql", { handler: "0.resolve", received: "1" }), call: "fields" }])) },
    },
  },
  { package: "socket.io", capabilities: ["websocket"], exports: { Server: { new: "server", effect: { makes: "server" } }, default: { new: "server", call: "server" }, Socket: { new: "socket" }, Namespace: { new: "server" } }, values: { server: { is: "application", members: { on: { callback: { "0": "socket" } }, use: { callback: { "0": "socket" } }, of: { call: "server" }, listen: { effect: { makes: "server", opens: true } } } }, socket: { members: { on: onEvent, once: onEvent, use: enters("websocket", { handler: "0", received: "0" }) } } } },
  {
    package: "ws",
    capabilities: ["websocket"],
    exports: { WebSocketServer: { new: "server", effect: { makes: "server", opens: true, unless: [{ at: "0.noServer", is: true }] } }, WebSocket: { new: "client", effect: { makes: "connection", opens: true } }, default: { new: "client", effect: { makes: "connection", opens: true }, members: { Server: { new: "server", effect: { makes: "server", opens: true, unless: [{ at: "0.noServer", is: true }] } }, WebSocketServer: { new: "server" } } } },
    values: { server: { is: "application", members: { on: { callback: { "0": "socket" } } } }, socket: { members: { on: onMessage } }, client: {} },
  },
  { package: "commander", also: ["@commander-js/extra-typings"], capabilities: ["utility"], exports: { Command: { new: "command" }, program: "command", default: "command" }, values: { command: commander } },
  { package: "yargs", capabilities: ["utility"], exports: { default: { ...commandsOf("yargs"), call: "yargs" } }, values: { yargs: commandsOf("yargs") } },
  { package: "cac", capabilities: ["utility"], exports: { default: { call: "command" }, cac: { call: "command" } }, values: { command: commander } },
  { package: "citty", capabilities: ["utility"], exports: { defineCommand: enters("cli", { name: "0.meta.name", handler: "0.run", received: "0.args" }) } },
  { package: "@oclif/core", also: ["@oclif/command"], capabilities: ["utility"], exports: { Command: enters("cli", { method: "run" }), default: enters("cli", { method: "run" }) } },
  { package: "nest-commander", capabilities: ["utility"], exports: { CommandRunner: enters("cli", { method: "run", received: "0" }) } },
  // Only gateways, load balancers and function URLs send requests.
  { package: "aws-lambda", capabilities: ["web-framework"], neutral: ["S3*", "SQS*", "SNS*", "SES*", "DynamoDB*", "EventBridge*", "Kinesis*", "Firehose*", "CloudWatch*", "CloudFormation*", "Scheduled*", "Context", "AttributeValue", "StreamRecord", "!*Handler"], exports: Object.fromEntries([...lambdaTypes.map((name) => [name, { new: enters("lambda", { received: "0" }) }] as const), ...["ScheduledEvent", "ScheduledHandler"].map((name) => [name, { new: enters("cron") }] as const)]) },
  { package: "@middy/core", capabilities: ["web-framework"], exports: { default: { ...enters("lambda", { handler: "0", received: "0" }), call: "middy" } }, values: { middy: { members: { use: { call: "self" }, before: { call: "self" }, after: { call: "self" }, onError: { call: "self" }, handler: enters("lambda", { handler: "0", received: "0" }) } } } },
  { package: "@trigger.dev/sdk", capabilities: ["queue"], exports: { task: { ...enters("message", { name: "0.id", handler: "0.run", received: "0" }), call: "task" }, schemaTask: { ...enters("message", { name: "0.id", handler: "0.run" }), call: "task" }, tasks: { members: triggersOf("0", "1") }, schedules: { members: { task: enters("cron", { name: "0.id", handler: "0.run" }) } } }, values: { task: { is: "queue", members: triggersOf(undefined, "0") } }, subpaths: { "/v3": { reexports: ["@trigger.dev/sdk"] } } },
  { package: "@golevelup/nestjs-rabbitmq", capabilities: ["queue"], exports: { RabbitSubscribe: enters("message", { name: "0.queue", received: "0" }), RabbitRPC: enters("message", { name: "0.queue", received: "0" }), RabbitHandler: enters("message", { received: "0" }) } },
  { package: "@ssut/nestjs-sqs", capabilities: ["queue"], exports: { SqsMessageHandler: enters("message", { name: "0", received: "0.Body" }) } },
];

/** `task.trigger(payload)`, and `tasks.trigger(id, payload)` where the task is not imported. */
function triggersOf(name: ArgumentPath | undefined, payload: ArgumentPath): Readonly<Record<string, ApiValue>> {
  const value: ApiValue = { queue: { does: "enqueue", ...(name !== undefined && { name }), payload: [payload] } };
  return { trigger: value, triggerAndWait: value, batchTrigger: value, batchTriggerAndWait: value };
}

/** `yargs.command(name, description, builder, handler)`, chained. */
function commandsOf(self: string): ApiValue {
  return { members: { command: { ...enters("cli", { name: "0", handler: "3", received: "0" }), call: self } }, others: { call: self } };
}

export default libraries;
