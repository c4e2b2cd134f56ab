import type { ApiReference, ApiValue, ArgumentPath, Library, OptionTest } from "../library.js";

/** A call that gives a step that refuses requests without a principal, unless one of the options says otherwise. */
const auth = (...optionalWhen: readonly OptionTest[]): ApiValue => ({ middleware: { role: "auth", ...(optionalWhen.length > 0 && { optionalWhen }) } });
const direct: ApiValue = { middleware: { role: "auth", direct: true } };
const attach: ApiValue = { middleware: { role: "attach" } };
const authz: ApiValue = { middleware: { role: "authz" } };

const signs: Record<string, ApiReference> = { sign: { secrets: ["1"] }, verify: { secrets: ["1"] }, decode: {} };
const encodes: Record<string, ApiReference> = { encode: { secrets: ["1"] }, decode: { secrets: ["1"] } };

const oneTimeCodes: Record<string, ApiReference> = { generate: { secrets: ["0"] }, check: { secrets: ["1"] }, verify: { secrets: ["0.secret"] }, keyuri: { secrets: ["2"] } };
const spokenCodes: Record<string, ApiReference> = Object.fromEntries(["totp", "hotp"].map((name): [string, ApiReference] => [name, { secrets: ["0.secret"], members: { verify: { secrets: ["0.secret"] }, verifyDelta: { secrets: ["0.secret"] } } }]));
const peppered: Record<string, ApiReference> = { hash: { secrets: ["1.secret"] }, verify: { secrets: ["2.secret"] } };

/** Functions of a key by their names, and where each takes it. */
const taking = (at: ArgumentPath, ...names: readonly string[]): Record<string, ApiReference> => Object.fromEntries(names.map((name) => [name, { secrets: [at] }]));
const exported = (names: Record<string, ApiReference>, itself: ApiValue = {}): Record<string, ApiReference> => ({ ...names, default: { ...itself, members: names } });
/** Clients of OAuth providers: `new Google(clientId, clientSecret, redirectURI)`; those of a tenant or a server of one's own take it in front. Source: https://arcticjs.dev */
const oauthClients = [
  "Google", "GitHub", "Discord", "Facebook", "LinkedIn", "Slack", "Spotify", "Twitch", "Reddit", "Notion", "Figma", "Linear", "Dropbox", "Atlassian",
  "Bitbucket", "Box", "Coinbase", "Line", "Naver", "Kakao", "Patreon", "Strava", "Tumblr", "Twitter", "VK", "Yahoo", "Yandex", "Zoom", "Roblox",
  "Intuit", "Lichess", "Polar", "Shikimori", "StartGG", "TikTok", "Bungie", "EpicGames", "FortyTwo", "DonationAlerts", "AniList", "BattleNet",
  "Etsy", "MercadoLibre", "MercadoPago", "MyAnimeList", "Withings", "WorkOS", "Osu",
];
const oauthTenants = ["Auth0", "GitLab", "Keycloak", "MicrosoftEntraId", "AmazonCognito", "Authentik", "Gitea", "KeyCloak", "Salesforce", "Mastodon", "Synology"];

const verifies = taking("1", "jwtVerify", "jwtDecrypt", "compactVerify", "compactDecrypt", "flattenedVerify", "flattenedDecrypt", "generalVerify", "generalDecrypt");
const ciphers: Record<string, ApiReference> = Object.fromEntries(["AES", "DES", "TripleDES", "RC4", "RC4Drop", "Rabbit", "RabbitLegacy", "Blowfish"].map((name) => [name, { members: taking("1", "encrypt", "decrypt") }]));
const hashes = taking("1", "HmacMD5", "HmacSHA1", "HmacSHA224", "HmacSHA256", "HmacSHA384", "HmacSHA512", "HmacSHA3", "HmacRIPEMD160");
const cryptoJs: Record<string, ApiReference> = { ...ciphers, ...hashes, ...taking("0", "PBKDF2", "EvpKDF"), algo: { members: { HMAC: { members: taking("1", "create") } } } };
const box: ApiReference = { secrets: ["2"], members: { open: { secrets: ["2"] } } };
const keyed = { exports: { default: { secrets: ["1"] } } } as const;

const passport: Record<string, ApiReference> = { authenticate: auth({ at: "0", is: "anonymous" }), initialize: { middleware: { role: "context" } }, session: attach, authorize: attach, use: {}, serializeUser: {}, deserializeUser: {} };

const libraries: readonly Library[] = [
  { package: "passport", also: ["koa-passport", "@fastify/passport"], capabilities: ["auth"], exports: { ...passport, default: { members: passport } } },
  { package: "passport-jwt", also: ["passport-http-bearer", "passport-local", "passport-http", "passport-oauth2", "passport-*"], capabilities: ["auth"], exports: { Strategy: { new: {}, secrets: ["0.secretOrKey", "0.secretOrKeyProvider", "0.clientSecret"] }, default: { new: {} }, ExtractJwt: {} } },
  { package: "express-jwt", also: ["koa-jwt"], capabilities: ["auth"], exports: { expressjwt: { ...auth({ at: "0.credentialsRequired", is: false }), secrets: ["0.secret"] }, default: { ...auth({ at: "0.credentialsRequired", is: false }, { at: "0.passthrough", is: true }), secrets: ["0.secret"] } } },
  { package: "express-oauth2-jwt-bearer", also: ["access-token-jwt"], capabilities: ["auth"], exports: { auth: auth({ at: "0.authRequired", is: false }), requiredScopes: authz, scopeIncludesAny: authz, claimCheck: authz, claimEquals: authz, claimIncludes: authz } },
  { package: "express-openid-connect", capabilities: ["auth"], exports: { auth: { middleware: { role: "auth", optionalWhen: [{ at: "0.authRequired", is: false }] }, secrets: ["0.secret", "0.clientSecret"] }, requiresAuth: auth(), claimCheck: authz, claimEquals: authz, claimIncludes: authz } },
  { package: "@clerk/express", also: ["@clerk/backend", "@clerk/nextjs", "@clerk/fastify", "@hono/clerk-auth", "@clerk/clerk-sdk-node", "@clerk/*"], capabilities: ["auth"], exports: { clerkMiddleware: attach, requireAuth: auth(), getAuth: {}, ClerkExpressRequireAuth: auth(), ClerkExpressWithAuth: attach, clerkPlugin: attach, auth: {} } },
  { package: "better-auth", also: ["@thallesp/nestjs-better-auth", "@better-auth/*"], capabilities: ["auth"], exports: { betterAuth: { secrets: ["0.secret"], call: { members: { api: { members: { getSession: {} } }, handler: {} } } }, AuthGuard: direct, AllowAnonymous: {} }, subpaths: { "/node": { exports: { toNodeHandler: {}, fromNodeHeaders: {} } } } },
  { package: "@elysiajs/jwt", also: ["@elysiajs/bearer", "@elysia/jwt", "@elysia/bearer"], capabilities: ["auth", "token"], exports: { jwt: { ...attach, secrets: ["0.secret"] }, bearer: attach, default: { ...attach, secrets: ["0.secret"] } } },
  { package: "supertokens-node", capabilities: ["auth"], subpaths: { "/recipe/session/framework/express": { exports: { verifySession: auth({ at: "0.sessionRequired", is: false }) } }, "/recipe/session/framework/fastify": { exports: { verifySession: auth({ at: "0.sessionRequired", is: false }) } }, "/framework/express": { exports: { middleware: attach, errorHandler: { middleware: { role: "error-handler" } } } } } },
  { package: "keycloak-connect", also: ["nest-keycloak-connect"], capabilities: ["auth"], exports: { default: { new: { members: { protect: auth(), middleware: attach, enforcer: authz, checkSso: attach } } }, AuthGuard: direct, ResourceGuard: { middleware: { role: "authz", direct: true } }, RoleGuard: { middleware: { role: "authz", direct: true } } } },
  // These only decorate the instance; hooks that call the decorations enforce.
  { package: "@fastify/jwt", also: ["fastify-jwt"], capabilities: ["auth", "token"], exports: { default: { middleware: { role: "context" }, secrets: ["0.secret"] } } },
  { package: "@fastify/auth", also: ["@fastify/basic-auth", "@fastify/session", "@fastify/secure-session", "@fastify/oauth2"], capabilities: ["auth"], exports: { default: { middleware: { role: "context" }, secrets: ["0.secret", "0.key", "0.credentials.client.secret"] } } },
  { package: "@fastify/bearer-auth", capabilities: ["auth"], exports: { default: { ...auth({ at: "1.addHook", is: false }), secrets: ["0.keys"] } } },
  { package: "@hono/auth-js", also: ["@hono/oidc-auth", "@hono/firebase-auth", "@hono/casbin"], capabilities: ["auth"], exports: { verifyAuth: auth(), authHandler: {}, initAuthConfig: attach, oidcAuthMiddleware: auth(), verifyFirebaseAuth: auth() } },
  { package: "next-auth", also: ["@auth/core", "@auth/*", "@kinde-oss/*", "@auth0/*", "auth0", "@okta/*", "@logto/*", "@propelauth/*", "@stytch/*", "stytch", "oauth4webapi", "lucia", "simple-oauth2", "@node-oauth/oauth2-server", "grant", "samlify", "@node-saml/*", "nuxt-auth-utils", "iron-session", "otpauth", "@simplewebauthn/server"], capabilities: ["auth"], exports: { default: { secrets: ["0.secret", "0.cookies.keys"] }, Auth: { secrets: ["1.secret"] }, ExpressAuth: { secrets: ["0.secret"] }, getServerSession: {}, requireUserSession: { middleware: { role: "auth", direct: true } }, getUserSession: {}, setUserSession: {}, replaceUserSession: {}, clearUserSession: {}, getIronSession: { secrets: ["1.password", "2.password"] }, sealData: { secrets: ["1.password"] }, unsealData: { secrets: ["1.password"] } }, subpaths: { "/middleware": { exports: { default: { middleware: { role: "auth" } } } }, "/jwt": { exports: { getToken: { secrets: ["0.secret"] }, encode: { secrets: ["0.secret"] }, decode: { secrets: ["0.secret"] } } } } },
  { package: "oidc-provider", capabilities: ["auth"], exports: exported({ Provider: { new: {}, secrets: ["1.cookies.keys"] } }, { new: {}, secrets: ["1.cookies.keys"] }) },
  { package: "arctic", capabilities: ["auth"], exports: Object.fromEntries([...oauthClients.map((name) => [name, "1"] as const), ...oauthTenants.map((name) => [name, "2"] as const), ["Apple", "3"] as const].map(([name, at]): [string, ApiReference] => [name, { new: {}, credentials: [at] }])) },
  { package: "@workos-inc/node", also: ["@workos-inc/*"], capabilities: ["auth"], exports: { WorkOS: { new: {}, credentials: ["0"] } } },
  { package: "@descope/node-sdk", also: ["@descope/*"], capabilities: ["auth"], exports: { default: { credentials: ["0.managementKey", "0.authManagementKey"] } } },
  { package: "cookies", capabilities: ["auth"], exports: { default: { new: {}, call: {}, secrets: ["2.keys"] } } },
  { package: "@hapi/yar", also: ["@hapi/cookie", "@hapi/bell"], capabilities: ["auth"] },
  { package: "@fastify/csrf-protection", capabilities: ["auth"], exports: { default: { secrets: ["0.csrfOpts.hmacKey"] } } },
  { package: "otplib", capabilities: ["auth"], exports: Object.fromEntries(["authenticator", "totp", "hotp"].map((name) => [name, { members: oneTimeCodes }])) },
  { package: "speakeasy", capabilities: ["auth"], exports: { ...spokenCodes, default: { members: spokenCodes } } },
  { package: "argon2", also: ["@node-rs/argon2"], capabilities: ["password-hashing"], exports: { ...peppered, default: { members: peppered } } },
  { package: "casl", also: ["@casl/*", "casbin", "accesscontrol", "role-acl", "@cerbos/*", "nest-access-control", "nestjs-casl", "nest-casbin", "permitio", "@openfga/sdk", "express-casbin", "connect-roles", "easy-rbac"], capabilities: ["auth"] },
  { package: "jsonwebtoken", also: ["fast-jwt", "@tsndr/cloudflare-worker-jwt"], capabilities: ["token"], harmless: ["*Error"], exports: { ...signs, default: { members: signs }, JsonWebTokenError: {}, TokenExpiredError: {}, createSigner: { secrets: ["0.key"] }, createVerifier: { secrets: ["0.key"] } } },
  { package: "jwt-simple", capabilities: ["token"], exports: { ...encodes, default: { members: encodes } } },
  { package: "keygrip", capabilities: ["token"], exports: { default: { new: {}, secrets: ["0"] } } },
  { package: "paseto", capabilities: ["token"], harmless: ["errors"], exports: Object.fromEntries(["V1", "V2", "V3", "V4"].map((version) => [version, { members: { sign: { secrets: ["1"] }, encrypt: { secrets: ["1"] }, decrypt: { secrets: ["1"] }, verify: {} } }])) },
  { package: "jose", also: ["jwks-rsa", "jwt-decode"], capabilities: ["token"], harmless: ["errors"], exports: { ...verifies, importJWK: { secrets: ["0.k"] }, GeneralSign: { new: { members: { addSignature: { secrets: ["0"] } } } }, ...Object.fromEntries(["SignJWT", "EncryptJWT", "CompactSign", "CompactEncrypt", "FlattenedSign", "FlattenedEncrypt"].map((name): [string, ApiReference] => [name, { new: { members: { sign: { secrets: ["0"] }, encrypt: { secrets: ["0"] } }, others: { call: "self" } } }])), decodeJwt: {}, createRemoteJWKSet: {} } },
  { package: "express-session", also: ["cookie-session", "koa-session", "client-sessions", "koa-generic-session"], capabilities: ["auth"], exports: { default: { middleware: { role: "session" }, secrets: ["0.secret", "0.keys"] } } },
  { package: "cookie-parser", also: ["@fastify/cookie"], capabilities: ["web-framework"], exports: { default: { middleware: { role: "body-parser" }, secrets: ["0", "0.secret"], members: { sign: { secrets: ["1"] }, unsign: { secrets: ["1"] } } }, sign: { secrets: ["1"] }, unsign: { secrets: ["1"] } } },
  { package: "cookie-signature", capabilities: ["token"], exports: { default: { members: { sign: { secrets: ["1"] }, unsign: { secrets: ["1"] } } }, sign: { secrets: ["1"] }, unsign: { secrets: ["1"] } } },
  { package: "csrf-csrf", also: ["tiny-csrf"], capabilities: ["auth"], exports: { doubleCsrf: { secrets: ["0.getSecret", "0.secret"] }, default: { secrets: ["0"] } } },
  { package: "express-basic-auth", also: ["basic-auth", "koa-basic-auth", "http-auth"], capabilities: ["auth"], exports: { default: { ...auth(), secrets: ["0.users"], members: { safeCompare: { secrets: ["1"] } } } } },
  { package: "crypto-js", also: ["cryptr", "simple-crypto-js", "simple-encryptor"], capabilities: ["token"], exports: { ...cryptoJs, default: { new: {}, secrets: ["0"], members: cryptoJs } }, subpaths: { "/hmac-sha256": keyed, "/hmac-sha512": keyed, "/hmac-sha1": keyed, "/aes": { exports: { default: { members: taking("1", "encrypt", "decrypt") } } } } },
  { package: "string-crypto", capabilities: ["token"], exports: { default: { new: { members: taking("1", "encryptString", "decryptString") } } } },
  { package: "tweetnacl", also: ["tweetnacl-util"], capabilities: ["token"], exports: exported({ secretbox: box, sign: { secrets: ["1"], members: { detached: { secrets: ["1"] } } }, box: { secrets: ["3"], members: { open: { secrets: ["3"] } } } }) },
  { package: "libsodium-wrappers", also: ["libsodium-wrappers-sumo", "sodium-native"], capabilities: ["token"], exports: exported({ ...taking("2", "crypto_secretbox_easy", "crypto_secretbox_open_easy", "crypto_auth_verify"), ...taking("1", "crypto_auth", "crypto_sign", "crypto_sign_detached") }) },
  { package: "@noble/hashes", also: ["@noble/*"], capabilities: ["token"], subpaths: Object.fromEntries(["/hmac", "/hmac.js", "/pbkdf2", "/pbkdf2.js", "/hkdf", "/hkdf.js"].map((name) => [name, { exports: { hmac: { secrets: ["1"], members: { create: { secrets: ["1"] } } }, ...taking("1", "pbkdf2", "pbkdf2Async", "hkdf") } }])) },
  { package: "@noble/ciphers", capabilities: ["token"], subpaths: Object.fromEntries(["/aes", "/aes.js", "/chacha", "/chacha.js", "/webcrypto"].map((name) => [name, { exports: taking("0", "gcm", "cbc", "ctr", "siv", "chacha20poly1305", "xchacha20poly1305") }])) },
  { package: "node-forge", capabilities: ["token"], exports: exported({ hmac: { members: { create: { call: { members: taking("1", "start") } } } }, cipher: { members: taking("1", "createCipher", "createDecipher") }, pkcs5: { members: taking("0", "pbkdf2") } }) },
  { package: "@hapi/iron", also: ["iron-webcrypto"], capabilities: ["token"], exports: exported(taking("1", "seal", "unseal")) },
  { package: "csrf", capabilities: ["auth"], exports: { default: { new: { members: taking("0", "create", "verify") } } } },
  { package: "jws", capabilities: ["token"], exports: exported({ sign: { secrets: ["0.secret", "0.privateKey"] }, verify: { secrets: ["2"] }, createSign: { secrets: ["0.secret"] } }) },
  { package: "njwt", capabilities: ["token"], exports: exported(taking("1", "create", "verify")) },
  { package: "jsrsasign", capabilities: ["token"], exports: exported({ KJUR: { members: { jws: { members: { JWS: { members: { sign: { secrets: ["3", "3.utf8", "3.hex", "3.b64"] }, ...taking("1", "verify", "verifyJWT") } } } } } } }) },
  { package: "@hapi/jwt", capabilities: ["token", "auth"], exports: exported({ token: { members: { generate: { secrets: ["1", "1.key"] }, verify: { secrets: ["1", "1.key"] } } } }) },
  { package: "hawk", capabilities: ["auth"], exports: exported({ client: { members: { header: { secrets: ["2.credentials.key"] } } } }) },
  { package: "openid-client", capabilities: ["auth"], exports: { discovery: { secrets: ["2", "2.client_secret"] }, ...taking("0", "ClientSecretPost", "ClientSecretBasic", "ClientSecretJwt"), Issuer: { new: "issuer", members: { discover: { call: "issuer" } } } }, values: { issuer: { members: { Client: { new: {}, secrets: ["0.client_secret"] } } } } },
  { package: "hono-sessions", capabilities: ["auth"], exports: { sessionMiddleware: { secrets: ["0.encryptionKey"] } } },
];

export default libraries;
