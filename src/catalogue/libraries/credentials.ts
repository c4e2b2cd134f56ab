import type { ApiReference, ApiValue, Library } from "../library.js";

/** Exports that are also members of the default export. */
const exported = (names: Record<string, ApiReference>): Record<string, ApiReference> => ({ ...names, default: { members: names } });
/** What a handler of hapi answers with. */
const toolkit: ApiValue = { members: { redirect: { sinks: [{ kind: "redirect", at: "0" }] }, file: { sinks: [{ kind: "path", at: "0" }] } } };
const strategies: ApiValue = { members: { route: { callback: { "handler:1": toolkit } }, state: { secrets: ["1.password"] }, auth: { members: { strategy: { secrets: ["2.keys", "2.key", "2.cookie.password", "2.password", "2.clientSecret"] } } } } };

/** A client that logs in when it connects. */
const remote: ApiValue = { members: { connect: { secrets: ["0.password", "0.passphrase"] }, access: { secrets: ["0.password"] }, login: { secrets: ["1"] } } };

const wallet: ApiReference = { new: {}, secrets: ["0"], members: { fromMnemonic: { secrets: ["0"] }, fromPhrase: { secrets: ["0"] } } };

/** Packages that are told a credential by its place or in an option of their own, and of which no more is known. */
const libraries: readonly Library[] = [
  { package: "@azure/storage-blob", also: ["@azure/storage-queue", "@azure/storage-file-share", "@azure/storage-file-datalake"], capabilities: ["storage"], exports: { StorageSharedKeyCredential: { new: {}, secrets: ["1"] } } },
  { package: "@azure/identity", capabilities: ["auth"], exports: { ClientSecretCredential: { new: {}, secrets: ["2"] }, UsernamePasswordCredential: { new: {}, secrets: ["3"] } } },
  { package: "@azure/core-auth", also: ["@azure/openai", "@azure/search-documents", "@azure/ai-text-analytics"], capabilities: ["http-client"], exports: { AzureKeyCredential: { new: {}, secrets: ["0"] } } },
  { package: "@azure/cosmos", capabilities: ["data-access"], exports: { CosmosClient: { new: {}, secrets: ["0.key"] } } },
  { package: "algoliasearch", capabilities: ["search"], exports: { default: { secrets: ["1"], call: {} }, algoliasearch: { secrets: ["1"], call: {} } } },
  { package: "google-auth-library", capabilities: ["http-client"], exports: { OAuth2Client: { new: {}, secrets: ["1"] }, JWT: { new: {}, secrets: ["0.key", "2"] } } },
  { package: "mailgun.js", capabilities: ["mail"], exports: { default: { new: { members: { client: { secrets: ["0.key"] } } } } } },
  { package: "web-push", capabilities: ["http-client"], exports: exported({ setVapidDetails: { secrets: ["2"] }, setGCMAPIKey: { secrets: ["0"] } }) },
  { package: "ethers", also: ["viem"], capabilities: ["token"], exports: { ...exported({ Wallet: wallet, SigningKey: { new: {}, secrets: ["0"] } }), ethers: { members: { Wallet: wallet, SigningKey: { new: {}, secrets: ["0"] } } } }, subpaths: { "/accounts": { exports: { privateKeyToAccount: { secrets: ["0"] }, mnemonicToAccount: { secrets: ["0"] } } } } },
  { package: "mailgun-js", capabilities: ["mail"] },
  { package: "node-mailjet", capabilities: ["mail"], exports: exported({ apiConnect: { credentials: ["1"] }, smsConnect: { credentials: ["0"] }, Client: { new: {}, members: { apiConnect: { credentials: ["1"] } } } }) },
  { package: "@getbrevo/brevo", also: ["sib-api-v3-sdk"], capabilities: ["mail"] },
  { package: "nano", capabilities: ["data-access"], exports: { default: { call: { members: { auth: { secrets: ["1"] } } } } } },
  { package: "@datadog/datadog-api-client", capabilities: ["telemetry"], exports: { client: { members: { createConfiguration: { credentials: ["0.authMethods.apiKeyAuth", "0.authMethods.appKeyAuth"] } } } } },
  { package: "@sendgrid/client", capabilities: ["mail"], exports: exported({ setApiKey: { secrets: ["0"] } }) },
  { package: "discord.js", also: ["eris", "oceanic.js", "@discordjs/rest"], capabilities: ["http-client"], exports: exported({ Client: { new: { members: { login: { secrets: ["0"] } } } }, REST: { new: { members: { setToken: { secrets: ["0"] } } } } }) },
  { package: "pusher", capabilities: ["websocket"], exports: { default: { new: {}, secrets: ["0.secret"] } } },
  { package: "ably", capabilities: ["websocket"], exports: exported({ Rest: { new: {}, secrets: ["0", "0.key"] }, Realtime: { new: {}, secrets: ["0", "0.key"] } }) },
  { package: "cloudinary", capabilities: ["storage"], exports: { v2: { members: { config: { secrets: ["0.api_secret"] } } }, default: { members: { config: { secrets: ["0.api_secret"] }, v2: { members: { config: { secrets: ["0.api_secret"] } } } } } } },
  { package: "messagebird", capabilities: ["sms"], exports: exported({ initClient: { secrets: ["0"] }, default: { secrets: ["0"] } }) },
  { package: "ssh2", also: ["ssh2-sftp-client", "node-ssh", "ssh2-promise"], capabilities: ["storage"], exports: { Client: { new: remote }, NodeSSH: { new: remote }, default: { new: remote, members: { Client: { new: remote } } } } },
  { package: "basic-ftp", also: ["ftp", "promise-ftp"], capabilities: ["storage"], exports: { Client: { new: remote }, default: { new: remote, members: { Client: { new: remote } } } } },
  { package: "imap", also: ["imapflow", "imap-simple", "node-imap", "poplib"], capabilities: ["mail"], exports: { default: { new: {}, secrets: ["0.password"] }, ImapFlow: { new: {}, secrets: ["0.auth.pass", "0.auth.accessToken"] }, connect: { secrets: ["0.imap.password"] } } },
  { package: "jsforce", capabilities: ["http-client"], exports: exported({ Connection: { new: remote } }) },
  { package: "socket.io-client", capabilities: ["websocket"], exports: exported({ io: { secrets: ["1.auth.token"] }, connect: { secrets: ["1.auth.token"] } }) },
  { package: "@launchdarkly/node-server-sdk", also: ["launchdarkly-node-server-sdk"], capabilities: ["feature-flags"], exports: exported({ init: { secrets: ["0"] } }) },
  { package: "node-vault", also: ["hashi-vault-js"], capabilities: ["settings"], exports: { default: { secrets: ["0.token"], call: { members: { token: { secrets: ["0"] } } } } } },
  { package: "consul", capabilities: ["settings"], exports: { default: { new: {}, secrets: ["0.defaults.token"] } } },
  { package: "dockerode", capabilities: ["shell"], exports: { default: { new: { members: { pull: { secrets: ["1.authconfig.password"] } } } } } },
  { package: "weaviate-client", also: ["weaviate-ts-client"], capabilities: ["search"], exports: exported({ ApiKey: { new: {}, secrets: ["0"] } }) },
  { package: "@novu/node", also: ["@knocklabs/node", "@fusionauth/typescript-client", "twitter-api-v2", "expo-server-sdk"], capabilities: ["http-client"], exports: { TwitterApi: { new: {}, secrets: ["0", "0.appSecret", "0.accessSecret"] }, default: { new: {}, secrets: ["0.accessToken"] } } },
  { package: "apn", also: ["@parse/node-apn"], capabilities: ["http-client"], exports: exported({ Provider: { new: {}, secrets: ["0.token.key"] } }) },
  { package: "imagekit", also: ["@imagekit/nodejs", "@mux/mux-node", "jira-client", "jira.js", "shopify-api-node"], capabilities: ["http-client"], exports: { default: { new: {}, secrets: ["0.privateKey", "0.tokenSecret", "0.password"] } } },
  { package: "@keycloak/keycloak-admin-client", capabilities: ["http-client"], exports: { default: { new: { members: { auth: { secrets: ["0.password", "0.clientSecret"] } } } } } },
  { package: "aws4fetch", capabilities: ["http-client"], exports: { AwsClient: { new: {}, secrets: ["0.secretAccessKey"] } } },
  { package: "aws4", capabilities: ["http-client"], exports: exported({ sign: { secrets: ["1.secretAccessKey"] } }) },
  { package: "@aws-sdk/cloudfront-signer", capabilities: ["storage"], exports: { getSignedUrl: { secrets: ["0.privateKey"] }, getSignedCookies: { secrets: ["0.privateKey"] } } },
  { package: "livekit-server-sdk", capabilities: ["token"], exports: { AccessToken: { new: {}, secrets: ["1"] }, RoomServiceClient: { new: {}, secrets: ["2"] }, WebhookReceiver: { new: {}, secrets: ["1"] } } },
  { package: "agora-access-token", also: ["agora-token"], capabilities: ["token"], exports: exported(Object.fromEntries(["RtcTokenBuilder", "RtmTokenBuilder", "ChatTokenBuilder"].map((name): [string, ApiReference] => [name, { others: { secrets: ["1"] } }]))) },
  { package: "stream-chat", also: ["getstream"], capabilities: ["http-client"], exports: { StreamChat: { new: {}, secrets: ["1"], members: { getInstance: { secrets: ["1"] } } }, StreamClient: { new: {}, secrets: ["1"] }, connect: { secrets: ["1"] } } },
  { package: "@line/bot-sdk", capabilities: ["http-client"], exports: exported({ middleware: { secrets: ["0.channelSecret"] }, validateSignature: { secrets: ["1"] }, Client: { new: {}, secrets: ["0.channelAccessToken"] } }) },
  { package: "payload", capabilities: ["web-framework"], exports: exported({ buildConfig: { secrets: ["0.secret"] }, init: { secrets: ["0.secret"] } }) },
  { package: "@keystone-6/core", capabilities: ["web-framework"], subpaths: { "/session": { exports: { statelessSessions: { secrets: ["0.secret"] } } } } },
  { package: "@adminjs/express", also: ["@adminjs/fastify", "@adminjs/koa", "@adminjs/hapi"], capabilities: ["web-framework"], exports: exported({ buildAuthenticatedRouter: { secrets: ["1.cookiePassword"] } }) },
  { package: "@remix-run/node", also: ["@remix-run/cloudflare", "react-router", "@react-router/node"], capabilities: ["web-framework"], exports: { createCookie: { secrets: ["1.secrets"] }, createCookieSessionStorage: { secrets: ["0.cookie.secrets"] }, createSessionStorage: { secrets: ["0.cookie.secrets"] } } },
  { package: "@hapi/hapi", capabilities: ["web-framework"], exports: exported({ server: { call: strategies }, Server: { new: strategies }, ResponseToolkit: { new: toolkit } }) },
];

export default libraries;
