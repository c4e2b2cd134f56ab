import type { Capability } from "../capabilities.js";
import type { ApiReference, ApiValue, ArgumentPath, Library } from "../library.js";

/** Where the parts of an API are told a secret: `Client` is a class that is made with `new`, `sign()` a function, `Client#login` a method of what is made, `auth.digest.Mac` a member. The places stand behind it, with commas between. */
type Places = Readonly<Record<string, string>>;
type Row = readonly [capability: Capability, packages: string, places?: Places];

/*
 * Clients of services, as their documentation shows them. Options that are called after secrets (`apiKey`, `secretKey`,
 * `password`) need no row of their own: what is listed are packages, and secrets that stand by place or under other names.
 */
const rows: readonly Row[] = [
  // Messages
  ["sms", "telnyx", { default: "0", "default()": "0" }],
  ["sms", "africastalking clicksend @infobip-api/sdk msg91 fast2sms @alicloud/dysmsapi20170525 @alicloud/pop-core @alicloud/openapi-client qcloud-sms smsglobal @d7networks/sdk sinch @sinch/sdk-core bandwidth-sdk kavenegar ghasedak melipayamak-api netgsm mocean-sdk textbelt"],
  ["mail", "mailersend mailtrap zeptomail elasticemail smtp2go @trycourier/courier @sendinblue/client @azure/communication-email nodemailer-mailgun-transport nodemailer-sendgrid-transport"],
  ["mail", "@emailjs/nodejs", { "init()": "0.privateKey" }],
  ["mail", "@plunk/node loops", { default: "0", LoopsClient: "0" }],
  ["http-client", "onesignal-node", { Client: "1", UserClient: "0" }],
  ["http-client", "@onesignal/node-onesignal", { "createConfiguration()": "0.restApiKey,0.userAuthKey,0.organizationApiKey,0.appKey,0.userKey" }],
  ["http-client", "fcm-node fcm-push pushy", { default: "0" }],
  ["http-client", "node-gcm", { Sender: "0" }],
  ["http-client", "pubnub jpush-sdk @pusher/push-notifications-server sendbird-platform-sdk-typescript @novu/api @line/client viber-bot messaging-api-messenger messaging-api-line messaging-api-telegram whatsapp-api-js"],
  ["http-client", "telegram", { TelegramClient: "2", "sessions.StringSession": "0" }],
  ["http-client", "@twurple/auth", { AppTokenAuthProvider: "1", StaticAuthProvider: "1", RefreshingAuthProvider: "0.clientSecret" }],
  ["http-client", "tmi.js", { Client: "0.identity.password", client: "0.identity.password" }],
  ["http-client", "twit twitter-lite twitter snoowrap spotify-web-api-node"],
  ["http-client", "@atproto/api", { "AtpAgent#login": "0.password", "BskyAgent#login": "0.password" }],
  ["http-client", "facebook-nodejs-business-sdk", { "FacebookAdsApi.init()": "0" }],
  ["http-client", "fb", { "setAccessToken()": "0" }],
  // Payments
  ["payment", "iyzipay midtrans-client xendit xendit-node omise pagarme mercadopago paypal-rest-sdk conekta culqi-node checkout-sdk-node-v1 iamport @portone/server-sdk @tosspayments/sdk alipay-sdk wechatpay-node-v3 wechat-pay chargebee-typescript vnpay zarinpal-checkout payu-sdk phonepe-pg-sdk-node asaas gerencianet gn-api-sdk-typescript efi-sdk pagseguro-nodejs-sdk moyasar tap-payments hyperpay paymob-node monnify-nodejs squad-sdk"],
  ["payment", "paystack paystack-node @paystack/paystack-sdk", { default: "0", "default()": "0" }],
  ["payment", "flutterwave-node-v3", { default: "1" }],
  ["payment", "cashfree-pg", { "Cashfree.XClientSecret": "0" }],
  ["payment", "instamojo-nodejs", { "setKeys()": "0,1" }],
  ["payment", "paytmchecksum", { "generateSignature()": "1", "verifySignature()": "1" }],
  ["payment", "@payos/node", { default: "1,2", PayOS: "1,2" }],
  ["payment", "sslcommerz-lts sslcommerz", { default: "1" }],
  ["payment", "gocardless-nodejs", { "default()": "0" }],
  ["payment", "dwolla-v2", { Client: "0.secret" }],
  ["payment", "checkout-sdk-node", { Checkout: "0" }],
  ["payment", "authorizenet", { "APIContracts.MerchantAuthenticationType#setTransactionKey": "0" }],
  // Models
  ["ai", "@openrouter/ai-sdk-provider @openrouter/sdk elevenlabs elevenlabs-node @elevenlabs/elevenlabs-js @elevenlabs/client voyageai @tavily/core tavily @mendable/firecrawl-js firecrawl langfuse langsmith ibm-watson ibm-cloud-sdk-core portkey-ai openai-edge @cerebras/cerebras_cloud_sdk @perplexity-ai/perplexity_ai @runpod/sdk @e2b/code-interpreter dashscope-node @zilliz/milvus2-sdk-node composio-core stability-client leonardo-sdk play.ht"],
  ["ai", "exa-js", { default: "0" }],
  ["ai", "@fal-ai/client @fal-ai/serverless-client", { "fal.config()": "0.credentials", "config()": "0.credentials" }],
  ["search", "@elastic/app-search-node", { default: "1" }],
  ["search", "@elastic/enterprise-search solr-client @upstash/vector @upstash/search flexsearch-server"],
  // Storage and clouds
  ["storage", "ali-oss cos-nodejs-sdk-v5 backblaze-b2 @uploadcare/upload-client @uploadcare/rest-client dropbox box-node-sdk @vercel/kv webdav bunnycdn-storage filestack-js"],
  ["storage", "qiniu", { "auth.digest.Mac": "1" }],
  ["http-client", "adal-node", { "AuthenticationContext#acquireTokenWithClientCredentials": "2" }],
  ["http-client", "appwrite node-appwrite", { "Client#setKey": "0", "Client#setJWT": "0" }],
  ["http-client", "pocketbase", { "default#authWithPassword": "1" }],
  ["http-client", "contentful-management @datocms/cma-client-node @prismicio/client heroku-client probot do-wrapper @linode/api hcloud-js @kinde/management-api-js"],
  ["http-client", "@vercel/sdk", { Vercel: "0.bearerToken" }],
  ["http-client", "@tryghost/admin-api", { default: "0.key" }],
  ["http-client", "@directus/sdk", { "staticToken()": "0" }],
  ["http-client", "trello", { default: "1" }],
  ["http-client", "@woocommerce/woocommerce-rest-api woocommerce-api xero-node node-zendesk @zohocrm/nodejs-sdk-2.0 bigcommerce-api-node magento2-rest-client odoo-await pipedrive @freshworks/api-sdk hellosign-sdk @dropbox/sign docusign-sdk smartsheet @sumup/sdk"],
  ["http-client", "node-quickbooks", { default: "1,2" }],
  ["http-client", "@infisical/sdk infisical-node @bitwarden/sdk-napi @1password/sdk"],
  ["http-client", "node-geocoder @mapbox/mapbox-sdk ipinfo openweather-apis"],
  ["http-client", "@googlemaps/google-maps-services-js", { "Client#geocode": "0.params.key", "Client#reverseGeocode": "0.params.key", "Client#directions": "0.params.key", "Client#distancematrix": "0.params.key", "Client#placeDetails": "0.params.key", "Client#placesNearby": "0.params.key", "Client#placeAutocomplete": "0.params.key", "Client#textSearch": "0.params.key" }],
  ["http-client", "opencage-api-client", { "geocode()": "0.key" }],
  ["http-client", "@maxmind/geoip2-node", { WebServiceClient: "1" }],
  ["http-client", "node-ipinfo", { default: "0", IPinfoWrapper: "0" }],
  ["http-client", "google-spreadsheet", { GoogleSpreadsheet: "1.apiKey", "GoogleSpreadsheet#useApiKey": "0", "GoogleSpreadsheet#useServiceAccountAuth": "0.private_key" }],
  ["http-client", "express-recaptcha", { RecaptchaV2: "1", RecaptchaV3: "1" }],
  ["http-client", "hcaptcha", { "verify()": "0" }],
  ["http-client", "recaptcha2 google-recaptcha @nestlab/google-recaptcha"],
  // Exchanges and chains
  ["http-client", "@alpacahq/alpaca-trade-api binance node-binance-api binance-api-node @binance/connector ccxt bybit-api kucoin-node-sdk okx-api coinbase-pro-node coinbase kraken-api bitget-api gate-api", { default: "1" }],
  ["token", "web3", { "default#eth.accounts.privateKeyToAccount": "0" }],
  ["token", "@solana/web3.js", { "Keypair.fromSecretKey()": "0", "Keypair.fromSeed()": "0" }],
  ["token", "tronweb", { default: "0.privateKey", TronWeb: "0.privateKey" }],
  ["token", "stellar-sdk @stellar/stellar-sdk @stellar/stellar-base", { "Keypair.fromSecret()": "0" }],
  ["token", "bip39", { "mnemonicToSeed()": "0", "mnemonicToSeedSync()": "0" }],
  ["token", "xrpl", { "Wallet.fromSeed()": "0", "Wallet.fromSecret()": "0" }],
  ["token", "algosdk", { "mnemonicToSecretKey()": "0" }],
  ["token", "bitcoinjs-lib ecpair", { "ECPair.fromWIF()": "0" }],
  // What is watched
  ["telemetry", "@logdna/logger", { "createLogger()": "0" }],
  ["telemetry", "winston-loggly-bulk @axiomhq/js", { Loggly: "0.token", Axiom: "0.token" }],
  // Queues and machines
  ["queue", "@stomp/stompjs stomp-client", { Client: "0.connectHeaders.passcode" }],
  ["queue", "rhea", { "connect()": "0.password" }],
  ["queue", "pulsar-client", { AuthenticationToken: "0.token" }],
  ["http-client", "node-routeros routeros-client node-pop3 @marsaud/smb2 smb2 telnet-client proxmox-api node-unifi"],
  ["auth", "activedirectory"],
  // Log-ins
  ["auth", "oauth", { OAuth2: "1", OAuth: "3" }],
  ["auth", "oauth-1.0a", { default: "0.consumer.secret" }],
  ["auth", "client-oauth2 oauth2-client @badgateway/oauth2-client"],
  // Ciphers
  ["token", "typeorm-encrypted", { EncryptionTransformer: "0.key", JSONEncryptionTransformer: "0.key" }],
  ["token", "prisma-field-encryption", { "fieldEncryptionExtension()": "0.encryptionKey", "fieldEncryptionMiddleware()": "0.encryptionKey" }],
  ["token", "sequelize-encrypted", { "default()": "1" }],
  ["token", "@47ng/cloak", { "encryptStringSync()": "1", "decryptStringSync()": "1", "encryptString()": "1", "decryptString()": "1" }],
  ["token", "aes256", { "encrypt()": "0", "decrypt()": "0", "createCipher()": "0" }],
  ["token", "aes-js", { "ModeOfOperation.ctr": "0", "ModeOfOperation.cbc": "0", "ModeOfOperation.ecb": "0" }],
  ["token", "fernet", { Secret: "0", Token: "0.secret" }],
  ["token", "branca", { "default()": "0" }],
  ["token", "node-jose", { "JWK.asKey()": "0.k" }],
  // Modules of Nest around clients
  ["http-client", "@golevelup/nestjs-stripe nestjs-stripe nestjs-telegraf nestjs-twilio nestjs-cloudinary nestjs-minio-client nestjs-minio nestjs-s3 nestjs-pusher nestjs-razorpay nestjs-openai nestjs-slack nestjs-sendgrid @ntegral/nestjs-sendgrid nestjs-resend nestjs-firebase nest-winston-loki @nestjs-modules/ioredis @liaoliaots/nestjs-redis @songkeys/nestjs-redis nestjs-redis nestjs-rmq nestjs-amqp nestjs-meilisearch nestjs-typesense @tiendanube/nestjs"],
];

/** What has members: the tree that the dotted names of a row make. */
interface Tree {
  value: ApiValue;
  readonly members: Map<string, Tree>;
  readonly methods: Map<string, ApiValue>;
}

const treeOf = (): Tree => ({ value: {}, members: new Map(), methods: new Map() });

function at(tree: Tree, names: readonly string[]): Tree {
  return names.reduce((parent, name) => {
    const own = parent.members.get(name) ?? treeOf();
    parent.members.set(name, own);
    return own;
  }, tree);
}

function referenceOf({ value, members, methods }: Tree): ApiValue {
  const made: ApiValue = { members: Object.fromEntries(methods), others: { call: "self" } };
  return { ...value, ...(methods.size > 0 && { new: made }), ...(members.size > 0 && { members: Object.fromEntries([...members].map(([name, member]) => [name, referenceOf(member)])) }) };
}

function exportsOf(places: Places): Record<string, ApiReference> {
  const tree = treeOf();
  for (const [name, paths] of Object.entries(places)) {
    const secrets = paths.split(",") as ArgumentPath[]; // what a row holds are places
    const [path = "", method] = name.split("#");
    const own = at(tree, path.replace("()", "").split("."));
    if (method !== undefined) own.methods.set(method, { secrets });
    else own.value = { ...own.value, secrets, ...(path.endsWith("()") || own.value.new !== undefined ? {} : { new: {} }) };
  }
  const names = Object.fromEntries([...tree.members].map(([name, member]) => [name, referenceOf(member)] as const));
  const { default: whole = {}, ...others } = names;
  // What is exported by name is a member of the module as well: `const { Client } = require("…")`, `sdk.Client`.
  return { ...others, default: { ...whole, members: { ...others, ...whole.members } } };
}

const libraries: readonly Library[] = rows.map(([capability, packages, places]) => {
  const [name = "", ...also] = packages.split(" ");
  return { package: name, also, capabilities: [capability], ...(places && { exports: exportsOf(places) }) };
});

export default libraries;
