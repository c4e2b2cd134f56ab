import type { StoreCall } from "../data-access.js";
import type { ApiReference, ApiValue, ArgumentPath, Library } from "../library.js";

/** A command: it is made with `new` and does what it does when a client sends it. */
function command(store: StoreCall): ApiValue {
  return { store: { ...store, execution: "explicit" }, new: "command" };
}

const client: ApiValue = { new: "client", effect: { makes: "client" } };
const key = ["0.Key"] as const;
const item = ["0.Item"] as const;

/** Commands of both the plain and the document client. */
const commands: Record<string, ApiReference> = {};
for (const prefix of ["", "Item"] as const) {
  commands[`Get${prefix}Command`] = command({ role: "read", filter: key });
  commands[`Put${prefix}Command`] = command({ role: "write", write: "upsert", data: item });
  commands[`Update${prefix}Command`] = command({ role: "write", write: "update", filter: key, data: ["0.ExpressionAttributeValues"] });
  commands[`Delete${prefix}Command`] = command({ role: "write", write: "delete", filter: key });
}
const dynamo: Record<string, ApiReference> = {
  ...commands,
  ScanCommand: command({ role: "list", limit: ["0.Limit"] }),
  QueryCommand: command({ role: "list", filter: ["0.KeyConditionExpression"], limit: ["0.Limit"] }),
  BatchGetCommand: command({ role: "list", bounded: true }),
  BatchGetItemCommand: command({ role: "list", bounded: true }),
  BatchWriteCommand: command({ role: "write", write: "other", many: true, data: ["0.RequestItems"] }),
  BatchWriteItemCommand: command({ role: "write", write: "other", many: true, data: ["0.RequestItems"] }),
  TransactWriteCommand: command({ role: "transaction", batch: ["0.TransactItems"] }),
  TransactWriteItemsCommand: command({ role: "transaction", batch: ["0.TransactItems"] }),
  TransactGetCommand: command({ role: "list", bounded: true }),
  TransactGetItemsCommand: command({ role: "list", bounded: true }),
  ExecuteTransactionCommand: command({ role: "transaction", batch: ["0.TransactStatements"] }),
  ExecuteStatementCommand: command({ role: "statement", text: ["0.Statement"], parameters: ["0.Parameters"] }),
  BatchExecuteStatementCommand: command({ role: "statement" }),
  CreateTableCommand: command({ role: "schema" }),
  UpdateTableCommand: command({ role: "schema" }),
  DeleteTableCommand: command({ role: "schema" }),
  paginateScan: { store: { role: "list", bounded: true, execution: "eager" } },
  paginateQuery: { store: { role: "list", bounded: true, execution: "eager" } },
};

/** A client's own methods, which do what the command of that name does. */
function methods(of: Readonly<Record<string, ApiReference>>): Record<string, ApiReference> {
  const found: Record<string, ApiReference> = {};
  for (const [name, value] of Object.entries(of)) {
    if (typeof value === "string" || !value.store || !name.endsWith("Command")) continue;
    const method = name.slice(0, -"Command".length);
    found[method.charAt(0).toLowerCase() + method.slice(1)] = { store: { ...value.store, execution: "eager" } };
  }
  return found;
}

const objects: Record<string, ApiReference> = {
  GetObjectCommand: command({ role: "read", filter: key }),
  HeadObjectCommand: command({ role: "read", filter: key }),
  ListObjectsCommand: command({ role: "list", bounded: true, limit: ["0.MaxKeys"] }),
  ListObjectsV2Command: command({ role: "list", bounded: true, limit: ["0.MaxKeys"] }),
  PutObjectCommand: command({ role: "write", write: "upsert" }),
  CopyObjectCommand: command({ role: "write", write: "upsert" }),
  DeleteObjectCommand: command({ role: "write", write: "delete", filter: key }),
  DeleteObjectsCommand: command({ role: "write", write: "delete", many: true, filter: ["0.Delete"] }),
  CreateMultipartUploadCommand: command({ role: "write", write: "upsert" }),
  CreateBucketCommand: command({ role: "schema" }),
  DeleteBucketCommand: command({ role: "schema" }),
  PutBucketPolicyCommand: command({ role: "schema" }),
  PutBucketAclCommand: command({ role: "schema" }),
  paginateListObjectsV2: { store: { role: "list", bounded: true, execution: "eager" } },
};

const send: ApiReference = { store: { role: "execute", execution: "eager" } };
const payload = (...paths: readonly ArgumentPath[]): ApiValue => ({ queue: { does: "enqueue", payload: paths }, new: "command" });

/** Version 2 is told the credentials of all its clients at once. */
const credentials: Record<string, ApiReference> = { config: { members: { update: { secrets: ["0.secretAccessKey", "0.credentials.secretAccessKey"] } } }, Credentials: { new: {}, secrets: ["1", "0.secretAccessKey"] } };

const libraries: readonly Library[] = [
  {
    package: "@aws-sdk/client-dynamodb",
    also: ["@aws-sdk/lib-dynamodb"],
    capabilities: ["data-access"],
    store: { family: "dynamodb", execution: "eager" },
    harmless: ["*Exception", "*Error", "ReturnValue", "KeyType", "ScalarAttributeType"],
    leaks: { error: ["DynamoDBClient", "DynamoDB", "DynamoDBDocumentClient", "DynamoDBDocument", "*Command", "*CommandInput", "*CommandOutput"], warn: ["AttributeValue"] },
    exports: {
      ...dynamo,
      DynamoDBClient: client,
      DynamoDB: client,
      DynamoDBDocumentClient: { new: "client", members: { from: { call: "client" } } },
      DynamoDBDocument: { new: "client", members: { from: { call: "client" } } },
    },
    values: {
      client: { is: "client", members: { send, destroy: { store: { role: "disconnect", execution: "sync" } }, ...methods(dynamo) } },
      command: { is: "statement" },
    },
  },
  {
    package: "@aws-sdk/client-s3",
    also: ["@aws-sdk/lib-storage", "@aws-sdk/s3-request-presigner"],
    capabilities: ["storage", "data-access"],
    store: { family: "object", execution: "eager" },
    harmless: ["*Exception", "NoSuchKey", "NotFound", "NoSuchBucket"],
    leaks: { error: ["S3Client", "S3", "*Command", "*CommandInput", "*CommandOutput"] },
    exports: {
      ...objects,
      S3Client: client,
      S3: client,
      Upload: { new: { is: "statement", members: { done: { store: { role: "execute" } } } }, store: { role: "write", write: "upsert", execution: "explicit" } },
      getSignedUrl: {},
      createPresignedPost: {},
    },
    values: { client: { is: "client", members: { send, destroy: { store: { role: "disconnect", execution: "sync" } }, ...methods(objects) } }, command: { is: "statement" } },
  },
  // What a stack writes down stands in its template, for everybody who may read that.
  { package: "aws-cdk-lib", capabilities: [], exports: { SecretValue: { members: { unsafePlainText: { secrets: ["0"] }, plainText: { secrets: ["0"] } } } } },
  {
    package: "aws-sdk",
    capabilities: ["data-access", "storage", "queue", "mail"],
    store: { family: "dynamodb", execution: "explicit" },
    exports: {
      default: { like: ["exports"] },
      ...credentials,
      DynamoDB: { new: "dynamo", effect: { makes: "client" }, members: { DocumentClient: { new: "dynamo", effect: { makes: "client" } } } },
      S3: { new: { is: "storage" }, effect: { makes: "client" } },
      SQS: { new: { is: "queue", members: { sendMessage: { queue: { does: "enqueue", payload: ["0.MessageBody"] } } } }, effect: { makes: "client" } },
    },
    values: {
      exports: { members: { ...credentials, DynamoDB: { new: "dynamo", effect: { makes: "client" }, members: { DocumentClient: { new: "dynamo", effect: { makes: "client" } } } }, S3: { new: { is: "storage" }, effect: { makes: "client" } }, SQS: { new: { is: "queue", members: { sendMessage: { queue: { does: "enqueue", payload: ["0.MessageBody"] } } } }, effect: { makes: "client" } } } },
      dynamo: {
        is: "client",
        members: {
          scan: { store: { role: "list", limit: ["0.Limit"] }, call: "request" },
          query: { store: { role: "list", limit: ["0.Limit"] }, call: "request" },
          get: { store: { role: "read", filter: key }, call: "request" },
          getItem: { store: { role: "read", filter: key }, call: "request" },
          put: { store: { role: "write", write: "upsert", data: item }, call: "request" },
          putItem: { store: { role: "write", write: "upsert", data: item }, call: "request" },
          update: { store: { role: "write", write: "update", filter: key }, call: "request" },
          updateItem: { store: { role: "write", write: "update", filter: key }, call: "request" },
          delete: { store: { role: "write", write: "delete", filter: key }, call: "request" },
          deleteItem: { store: { role: "write", write: "delete", filter: key }, call: "request" },
          batchWrite: { store: { role: "write", write: "other", many: true }, call: "request" },
          transactWrite: { store: { role: "transaction", batch: ["0.TransactItems"] }, call: "request" },
        },
      },
      request: { is: "statement", members: { promise: { store: { role: "execute", execution: "eager" } } } },
    },
  },
  {
    package: "@aws-sdk/client-sqs",
    capabilities: ["queue"],
    exports: {
      SQSClient: client,
      SQS: client,
      SendMessageCommand: payload("0.MessageBody"),
      SendMessageBatchCommand: payload("0.Entries"),
      ReceiveMessageCommand: { new: "command", queue: { does: "consume" } },
    },
    values: { client: { is: "queue", members: { send: {}, sendMessage: { queue: { does: "enqueue", payload: ["0.MessageBody"] } } } }, command: {} },
  },
  { package: "@aws-sdk/client-sns", capabilities: ["queue", "sms"], exports: { SNSClient: client, SNS: client, PublishCommand: payload("0.Message") }, values: { client: { is: "queue", members: { send: {}, publish: { queue: { does: "enqueue", payload: ["0.Message"] } } } }, command: {} } },
  { package: "@aws-sdk/client-eventbridge", capabilities: ["queue"], exports: { EventBridgeClient: client, PutEventsCommand: payload("0.Entries") }, values: { client: { is: "queue", members: { send: {} } }, command: {} } },
  { package: "@aws-sdk/client-ses", also: ["@aws-sdk/client-sesv2"], capabilities: ["mail"], exports: { SESClient: client, SESv2Client: client, SendEmailCommand: {} }, values: { client: { is: "mailer", members: { send: {} } } } },
  { package: "@aws-sdk/client-secrets-manager", also: ["@aws-sdk/client-ssm"], capabilities: ["settings"], exports: { SSMClient: client, SecretsManagerClient: client }, values: { client: { is: "http-client" } } },
  { package: "@aws-sdk/*", also: ["@smithy/*"], capabilities: ["http-client"] },
];

export default libraries;
