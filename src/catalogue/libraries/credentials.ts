import type { ApiReference, ApiValue, Library } from "../library.js";

/** Exports that are also members of the default export. */
const exported = (names: Record<string, ApiReference>): Record<string, ApiReference> => ({ ...names, default: { members: names } });
const strategies: ApiValue = { members: { auth: { members: { strategy: { secrets: ["2.keys", "2.key", "2.cookie.password", "2.password", "2.clientSecret"] } } } } };

const wallet: ApiReference = { new: {}, secrets: ["0"], members: { fromMnemonic: { secrets: ["0"] }, fromPhrase: { secrets: ["0"] } } };

/** Packages that are told a credential by its place or in an option of their own, and of which no more is known. */
const libraries: readonly Library[] = [
  { package: "@azure/storage-blob", also: ["@azure/storage-queue", "@azure/storage-file-share", "@azure/storage-file-datalake"], capabilities: ["storage"], exports: { StorageSharedKeyCredential: { new: {}, secrets: ["1"] } } },
  { package: "@azure/identity", capabilities: ["auth"], exports: { ClientSecretCredential: { new: {}, secrets: ["2"] }, UsernamePasswordCredential: { new: {}, secrets: ["3"] } } },
  { package: "@azure/core-auth", also: ["@azure/openai", "@azure/search-documents", "@azure/ai-text-analytics"], capabilities: ["http-client"], exports: { AzureKeyCredential: { new: {}, secrets: ["0"] } } },
  { package: "@azure/cosmos", capabilities: ["data-access"], exports: { CosmosClient: { new: {}, secrets: ["0.key"] } } },
  { package: "algoliasearch", capabilities: ["search"], exports: { default: { secrets: ["1"], call: {} }, algoliasearch: { secrets: ["1"], call: {} } } },
  { package: "google-auth-library", capabilities: ["http-client"], exports: { OAuth2Client: { new: {}, secrets: ["1"] } } },
  { package: "mailgun.js", capabilities: ["mail"], exports: { default: { new: { members: { client: { secrets: ["0.key"] } } } } } },
  { package: "web-push", capabilities: ["http-client"], exports: exported({ setVapidDetails: { secrets: ["2"] }, setGCMAPIKey: { secrets: ["0"] } }) },
  { package: "ethers", also: ["viem"], capabilities: ["token"], exports: { ...exported({ Wallet: wallet, SigningKey: { new: {}, secrets: ["0"] } }), ethers: { members: { Wallet: wallet, SigningKey: { new: {}, secrets: ["0"] } } } }, subpaths: { "/accounts": { exports: { privateKeyToAccount: { secrets: ["0"] }, mnemonicToAccount: { secrets: ["0"] } } } } },
  { package: "@hapi/hapi", capabilities: ["web-framework"], exports: exported({ server: { call: strategies }, Server: { new: strategies } }) },
];

export default libraries;
