import { describe, expect, it } from "vitest";
import { checkProject, findingsOf } from "../../support/project.js";
import { privateKey, random, randomHex, webToken } from "../../support/secrets.js";

const rule = "no-hardcoded-secrets";
const token = ["sk", "live", random(32)].join("_");
const key = random(32);
const password = ["Tr0ub4dor", "3"].join("&");

/** Each place by itself. */
const check = (text: string, file = "src/a.ts"): Promise<string[]> => checkProject({ [file]: text }, { rule });
const at = (place: string, messageId: string, file = "src/a.ts"): string => `${file}:${place} ${rule} ${messageId}`;

describe("no-hardcoded-secrets", () => {
  it("follows what settings begin with into what is merged with it, and leaves what production refuses alone", async () => {
    const settings = (text: string): Readonly<Record<string, string>> => ({
      "server/config/index.js": `const _ = require("lodash");\nconst all = { secrets: { session: ${text} } };\nmodule.exports = _.merge(all, require("./" + process.env.NODE_ENV + ".js") || {});`,
      "server/auth.js": 'const jwt = require("jsonwebtoken");\nconst config = require("./config");\nexports.sign = (id) => jwt.sign({ id }, config.secrets.session);',
    });
    expect(await checkProject(settings('"share-task-word"'), { rule })).toEqual([at("3:41", "sink", "server/auth.js")]);
    expect(await checkProject(settings("process.env.SESSION_SECRET"), { rule })).toEqual([]);
    const signer = (guard: string): string => `import { createHmac } from "node:crypto";\nfunction phrase() {\n  const given = process.env.PHRASE;\n  ${guard}\n  return given || "words-of-a-laptop";\n}\nexport const sign = (body) => createHmac("sha256", phrase()).update(body).digest("hex");`;
    expect(await check(signer('if (process.env.NODE_ENV === "production" && !given) throw new Error("PHRASE");'))).toEqual([]);
    expect(await check(signer('if (process.env.NODE_ENV === "production" && !given) console.warn("PHRASE");'))).toHaveLength(1);
  });

  it("leaves what stands in for a setting somewhere to no-secret-fallbacks, also where it is written again", async () => {
    const files = {
      "src/a.ts": `export const secret = process.env.PAY_SECRET || "${key}";`,
      "src/b.ts": `import { createHmac } from "node:crypto";\nexport const sign = (name, body) => createHmac("sha256", process.env[name] || "${key}").update(body).digest("hex");`,
      "compose.yaml": `services:\n  api:\n    environment:\n      PAY_SECRET: \${PAY_SECRET:-${key}}\n`,
    };
    expect(await checkProject(files, { rule, cliOnly: true })).toEqual([]);
    expect(await checkProject(files, { rule: "no-secret-fallbacks" })).toHaveLength(1);
    expect(await checkProject(files, { rule, cliOnly: true, options: { developers: true } })).toHaveLength(2);
    const { "src/a.ts": _, ...others } = files;
    expect((await checkProject(others, { rule, cliOnly: true })).length).toBeGreaterThan(0);
  });

  it("tells of a constant that stands in for the secret of a caller or a record, and for a setting where another file declares it", async () => {
    const signer = (secret: string): string => `import jwt from "jsonwebtoken";\nexport const issue = (id: string, options: { secret?: string }, tenant: { webhookSecret: string | null }) => jwt.sign({ id }, ${secret});`;
    expect(await check(signer('options.secret || "pear-apple-plum"'))).toEqual([at("2:145", "sink")]);
    expect(await check(signer('tenant.webhookSecret ?? "pear-apple-plum"'))).toHaveLength(1);
    expect(await check(signer("options.secret || tenant.webhookSecret"))).toEqual([]);
    const broker = (password: string): string => `import amqp from "amqplib";\nexport const open = (url: URL) => amqp.connect({ hostname: url.hostname, username: url.username || "guest", password: url.password || "${password}" });`;
    expect(await check(broker("pear-apple-plum"))).toHaveLength(1);
    expect(await check(broker("guest"))).toEqual([]);
    expect(await check(signer('(process.env.SHOP_PHRASE as string) || "pear-apple-plum"'))).toHaveLength(1);
    // These are the business of no-secret-fallbacks.
    for (const setting of ["process.env.JWT_SECRET", "config.jwt.secret", 'config.get("JWT_SECRET")']) expect(await check(signer(`${setting} || "pear-apple-plum"`))).toEqual([]);
    expect(await check('import jwt from "jsonwebtoken";\nconst { JWT_SECRET } = process.env;\nexport const issue = (id: string) => jwt.sign({ id }, JWT_SECRET ?? "pear-apple-plum");')).toEqual([]);
    const inTwo = (declared: string): Readonly<Record<string, string>> => ({
      "src/defaults.ts": `export const STAND_IN = ${declared};`,
      "src/a.ts": 'import jwt from "jsonwebtoken";\nimport { STAND_IN } from "./defaults.js";\nconst secret = process.env.JWT_SECRET ?? STAND_IN;\nexport const issue = (id: string) => jwt.sign({ id }, secret);',
    });
    expect(await checkProject(inTwo('"pear-apple-plum"'), { rule })).toEqual([at("4:55", "sink")]);
    expect(await checkProject(inTwo("process.env.OTHER_SECRET"), { rule })).toEqual([]);
    expect(await checkProject(inTwo('"pear-apple-plum"'), { rule: "no-secret-fallbacks" })).toEqual([]);
  });

  it("leaves hashes of accounts alone that are called samples", async () => {
    const account = (name: string): string => `import bcrypt from "bcryptjs";\nexport async function setUp() {\n  const ${name} = [{ password: await bcrypt.hash("Harvest77", 10) }];\n  return ${name};\n}`;
    expect(await check(account("sampleUsers"))).toEqual([]);
    expect(await check(account("firstUsers"))).toHaveLength(1);
  });

  it("tells once of a key that one function gives to two calls, and of a text that stands in twice", async () => {
    expect(await check('import { createCipheriv, createDecipheriv } from "node:crypto";\nclass Box {\n  key() { return "0f-words-of-a-key-32-signs-long-ok"; }\n  hide(iv) { return createCipheriv("aes-256-gcm", this.key(), iv); }\n  show(iv) { return createDecipheriv("aes-256-gcm", this.key(), iv); }\n}')).toHaveLength(1);
    expect(await check('import { AES } from "crypto-js";\nexport function hide(text, given) {\n  const key = given.adc || "words of one key";\n  return AES.encrypt(text, key);\n}\nexport function show(text, given) {\n  const key = given.adc || "words of one key";\n  return AES.decrypt(text, key);\n}')).toHaveLength(1);
  });

  it("reads settings in a text, and leaves a word alone that opens a store on the same machine", async () => {
    const script = (host: string, word: string): Promise<string[]> => check(`export const script = \`set DB_HOST=${host}\nset DB_PASS=${word}\n\necho done\`;`);
    expect(await script("localhost", "postgres123")).toEqual([]);
    expect(await script("db.acme.io", "Quarry77lamp")).toHaveLength(1);
    const [found] = await findingsOf({ "src/a.ts": 'export const script = `set DB_HOST=db.acme.io\nset DB_PASS=Quarry77lamp\n\necho done`;' }, { rule });
    expect(found?.message).toContain("(12 characters)");
  });

  it("leaves examples by their name and patterns of addresses alone", async () => {
    const key = `0x${randomHex(64)}`;
    expect(await check(`export const walletResponseExample = { id: 1, privateKey: "${key}" };`)).toEqual([]);
    expect(await check('export const show = (req, res) => res.json({ secret: "balance-of-the-account-42" });')).toEqual([]);
    expect(await check(`export const show = (req, res) => res.json({ secret: "${randomHex(64)}" });`)).toHaveLength(1);
    expect(await check(`export const samples: Sample[] = [{ event: "form_response", body: { form: { token: "${key}" } } }];`)).toEqual([]);
    expect(await check(`export const answers: Answer[] = [{ event: "form_response", body: { form: { token: "${key}" } } }];`)).toHaveLength(1);
    expect(await check(`export const walletResponse = { id: 1, privateKey: "${key}" };`)).toHaveLength(1);
    const address = (rest: string): string => `echo "$URL" | sed -n 's|${["redis", "//:"].join(":")}${rest}|\\1|p'\n`;
    expect(await checkProject({ "bin/flush.sh": address("\\(.*\\)@.*") }, { rule, cliOnly: true })).toEqual([]);
    expect(await checkProject({ "bin/flush.sh": address(`${random(18)}@cache.acme.io`) }, { rule, cliOnly: true })).toHaveLength(1);
  });

  it.each([
    ["a key of a service that everybody may see", `export const stripe = { publicKey: "${key}", siteKey: "${key}" };`],
    ["a name in two parts", 'export const passwordField = { invalidPassword: "login_form__input-password", password: "login__password-field" };'],
    ["a key of no service", `export const cache = { orders: { key: "${key}" } };`],
    ["a word under the key of a service", 'export const stripe = { live: { key: "stripe-live-key-of-the-shop" } };'],
    ["a price of a service", `export const stripe = { prices: { priceKey: "${key}" } };`],
    ["the key of an object in a store", `export const slack = { image: { s3Key: "${key}", key: "uploads/2024/logo.png" } };`],
    ["one of several keys beside nobody", `sort({ key1: "${key}", key2: "${key}" });`],
    ["the first account of RabbitMQ", `export const headers = { authorization: "Basic ${Buffer.from(["guest", "guest"].join(":")).toString("base64")}" };`],
  ])("is silent about %s", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });

  it.each([
    ["a variable", `const a = "${token}";`, "1:12"],
    ["a template", `const a = \`Bearer ${token}\`;`, "1:19"],
    ["a template with values", `const a = \`\${prefix}:${token}\`;`, "1:22"],
    ["an argument", `connect("${token}");`, "1:10"],
    ["a comment", `// old: ${token}\nexport {};`, "1:9"],
    ["a class property", `class A { private readonly client = "${token}"; }`, "1:38"],
    ["a decorator", `@Use("${token}") class A {}`, "1:7"],
    ["an array", `const a = ["x", "${token}"];`, "1:18"],
    ["a connection string", `const url = "postgres://app:${random(12)}@db.acme.io/main";`, "1:14"],
  ])("reports a token in %s", async (_name, text, place) => {
    expect(await check(text)).toEqual([at(place, "token")]);
  });

  it.each([
    ["a private key over several lines", `const pem = \`${privateKey()}\`;`],
    ["a private key with escapes", `const pem = "${privateKey("PRIVATE KEY", "\\n")}";`],
    ["a web token", `const session = "${webToken({ sub: "42" })}";`],
  ])("reports %s", async (_name, text) => {
    expect((await check(text)).map((line) => line.replace(/.* /, ""))).toEqual(["token"]);
  });

  it.each([
    ["a variable", `const dbPassword = "${password}";`, "1:20"],
    ["a key", `const API_KEY = "${key}";`, "1:17"],
    ["a hexadecimal key", `const encryptionKey = "${randomHex(64)}";`, "1:23"],
    ["a property", `connect({ host: "db", password: "${password}" });`, "1:33"],
    ["a quoted property", `const headers = { "x-api-key": "${key}" };`, "1:32"],
    ["a nested property", `const a = { auth: { client: { clientSecret: "${key}" } } };`, "1:45"],
    ["a class property", `class A { private readonly apiSecret = "${key}"; }`, "1:40"],
    ["an assignment to a member", `config.jwtSecret = "${key}";`, "1:20"],
    ["an assignment to the environment", `process.env.API_SECRET = "${key}";`, "1:26"],
    ["a parameter default", `function connect(password = "${password}") {}`, "1:29"],
    ["a header set by a call", `request.set("X-Api-Key", "${key}");`, "1:26"],
    ["a bearer header", `const headers = { Authorization: "Bearer ${key}" };`, "1:34"],
    ["a basic header", `const headers = { authorization: "Basic ${Buffer.from(`admin:${password}`).toString("base64")}" };`, "1:34"],
    ["a comparison", `if (request.headers["x-api-key"] === "${key}") allow();`, "1:38"],
    ["a conditional", `const apiKey = isTest ? "none" : "${key}";`, "1:34"],
    ["a cast", `const apiKey = "${key}" as const;`, "1:16"],
    ["an enumeration", `enum Keys { apiKey = "${key}" }`, "1:22"],
    ["a list of keys", `const sessionKeys = ["${key}"];`, "1:22"],
    ["the phrase of a wallet", `const mnemonic = "${"apple river stone cloud tiger lemon chair brave ocean table green house"}";`, "1:18"],
    ["a key of a service by the object around it", `export const keys = { onesignal: { restKey: "${key}" } };`, "1:45"],
    ["a key of a service two objects in", `export default { stripe: { live: { key: "${key}" } } };`, "1:41"],
    ["a key of a service by its class", `class ZaloPay { static readonly KEY1 = "${key}"; }`, "1:40"],
    ["a key of a service by its own words", `const ONESIGNAL_REST_KEY = "${key}";`, "1:28"],
    ["one of several keys beside whom they were given to", `pay({ app_id: "2553", key1: "${key}" });`, "1:29"],
  ])("reports a secret by the name of %s", async (_name, text, place) => {
    expect(await check(text)).toEqual([at(place, "named")]);
  });

  it.each([
    ["jsonwebtoken", `import jwt from "jsonwebtoken";\njwt.sign({ id: 1 }, "secret");`, "2:21"],
    ["jsonwebtoken verify by a named import", `import { verify } from "jsonwebtoken";\nverify(token, "shh");`, "2:15"],
    ["a constant", `import jwt from "jsonwebtoken";\nconst phrase = "secret";\njwt.sign({ id: 1 }, phrase);`, "3:21"],
    ["a constant object", `import jwt from "jsonwebtoken";\nconst settings = { signing: "secret" } as const;\njwt.sign({ id: 1 }, settings.signing);`, "3:21"],
    ["an encoded constant", `import { SignJWT } from "jose";\nawait new SignJWT({}).sign(new TextEncoder().encode("secret"));`, "2:53"],
    ["HMAC", `import { createHmac } from "node:crypto";\ncreateHmac("sha256", "salty");`, "2:22"],
    ["a cipher", `import crypto from "crypto";\ncrypto.createCipheriv("aes-256-cbc", Buffer.from("abc"), iv);`, "2:50"],
    ["express-session", `import session from "express-session";\nexport const s = session({ secret: "keyboard cat" });`, "2:36"],
    ["cookie-session keys", `import session from "cookie-session";\nexport const s = session({ keys: ["one"] });`, "2:35"],
    ["cookie-parser", `import cookies from "cookie-parser";\nexport const c = cookies("secret");`, "2:26"],
    ["Nest JWT", `import { JwtModule } from "@nestjs/jwt";\nexport const m = JwtModule.register({ secret: "secret" });`, "2:47"],
    ["a Passport strategy", `import { Strategy } from "passport-jwt";\nexport const s = new Strategy({ secretOrKey: "secret" }, verify);`, "2:46"],
    ["Hono's jwt", `import { jwt } from "hono/jwt";\nexport const m = jwt({ secret: "it-is-very-secret" });`, "2:32"],
    ["a pool", `import { Pool } from "pg";\nexport const pool = new Pool({ password: "postgres" });`, "2:42"],
    ["a TypeORM data source", `import { DataSource } from "typeorm";\nexport const db = new DataSource({ type: "postgres", username: "app", password: "admin" });`, "2:81"],
    ["an AWS client", `import { S3Client } from "@aws-sdk/client-s3";\nexport const s3 = new S3Client({ credentials: { accessKeyId: "a", secretAccessKey: "minioadmin" } });`, "2:84"],
  ])("reports a constant that %s takes for a secret, weak as it may be", async (_name, text, place) => {
    expect(await check(text)).toEqual([at(place, "sink")]);
  });

  it("reports a constant of another file once, where it is taken, and says where it is", async () => {
    const findings = await findingsOf({
      "src/constants.ts": 'export const auth = { phrase: "secret" };',
      "src/a.ts": 'import jwt from "jsonwebtoken";\nimport { auth } from "./constants.js";\njwt.sign({}, auth.phrase);\njwt.verify(token, auth.phrase);',
    }, { rule });
    expect(findings.map((finding) => [finding.file, finding.range.start.line, finding.related.map((place) => place.file)])).toEqual([["src/a.ts", 3, ["src/constants.ts"]]]);
  });

  it("reports one secret once, by its form before its name", async () => {
    expect(await check(`import Stripe from "stripe";\nconst apiKey = "${token}";\nexport const stripe = new Stripe(apiKey);`)).toEqual([at("2:17", "token")]);
  });

  it("never says the secret", async () => {
    const [finding] = await findingsOf({ "src/a.ts": `const apiKey = "${key}";` }, { rule });
    expect(JSON.stringify(finding)).not.toContain(key.slice(0, 8));
  });

  it.each([
    ["what is called hashed", `const env = { HASHED_PASSWORD: "16:${randomHex(58).toUpperCase()}" };`],
    ["a signature that only tests hand over", `import { timingSafeEqual } from "node:crypto"; export const same = (left: Buffer, signature: string) => timingSafeEqual(left, Buffer.from(signature));`],
    ["a setting", "const apiKey = process.env.API_KEY;"],
    ["the name of a setting", 'const apiKeyName = "STRIPE_API_KEY";\nconst API_KEY_ENV = "MY_KEY";'],
    ["the name of a header", 'const apiKeyHeader = "x-api-key-v2";'],
    ["a placeholder", 'const password = "changeme";\nconst apiKey = "your-api-key";\nconst secret = "<secret>";\nconst token = "xxxxxxxxxxxx";'],
    ["a word", 'const messages = { password: "Password", secret: "secretKey" };'],
    ["a kind of thing that is given to a field of an account", 'export const entities = { user: { host: "hostEntity", user: "userEntity", password: "passwordEntity" } };'],
    ["a message", 'const errors = { password: "Password needs 8 characters" };'],
    ["a form field", 'const fields = { password: "user.password", token: "reset-token" };'],
    ["where an upload lies", 'export const covers = [{ token: "space/2021/05/29/a1cda7f419364993930a8381b37e2684" }, { token: "team/avatars/226b5ee3405f4df7b2525e3a267b70da" }];'],
    ["a path", 'const secret = "/run/secrets/db_password_1";\nconst tokenUrl = "https://auth.acme.io/oauth2/token";'],
    ["an identifier", `const id = "${randomHex(8)}-${randomHex(4)}-4${randomHex(3)}-a${randomHex(3)}-${randomHex(12)}";`],
    ["a hash", `const integrity = "sha384-${random(64)}";\nconst sha = "${randomHex(64)}";`],
    ["a hashed password", `const password = "$2b$10$${random(53)}";`],
    ["a public key", `const publicKey = \`${privateKey("PUBLIC KEY")}\`;`],
    ["a pattern", "const password = /^(?=.*[A-Z])(?=.*\\d).{8,}$/;"],
    ["an example of documentation", `const schema = { type: "object", example: { email: "a@b.co", password: "${password}" } };`],
    ["what is compared with a kind", 'if (token.type === "Punctuation2") next();\nif (error.code === "P2002") retry();'],
    ["the address of an article", 'const articles = { password: "how-to-choose-a-strong-password-in-2024" };'],
    ["a style", 'const token = "text-sm font-bold md:w-1/2";'],
    ["a public key that verifies", `import jwt from "jsonwebtoken";\njwt.verify(token, \`${privateKey("PUBLIC KEY")}\`);`],
    ["a secret of the settings that signs", 'import jwt from "jsonwebtoken";\nimport { settings } from "./settings.js";\njwt.sign({}, settings.secret);'],
    ["a name that holds what is loaded in the end", 'import { createHmac } from "node:crypto";\nimport { load } from "./load.js";\nexport async function f() { let id = "nobody"; try { id = (await load()).id; } catch (error) { throw new Error("no id", { cause: error }); } return { id }; }\nexport const g = async () => { const { id } = await f(); return createHmac("sha256", id); };'],
    ["a key that is made", 'import { createHmac, randomBytes } from "node:crypto";\ncreateHmac("sha256", randomBytes(32));'],
    ["a hash without a key", 'import { createHash } from "node:crypto";\ncreateHash("sha256");'],
  ])("stays silent on %s", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });

  it.each(["src/a.test.ts", "tests/helpers.ts", "prisma/seed/users.ts", "src/__fixtures__/users.ts", "src/i18n/de.ts"])("stays silent in %s", async (file) => {
    expect(await check(`export const password = "${password}";`, file)).toEqual([]);
  });

  it("leaves a fallback to no-secret-fallbacks", async () => {
    expect(await check(`export const apiKey = process.env.API_KEY ?? "${key}";\nexport const secret = process.env.S || "${token}";`)).toEqual([]);
    const taken = (from: string): string => `const { ROOT_PASSWORD } = ${from};\nexport const install = ({ rootPassword = ROOT_PASSWORD || "harvest-${"77"}" }) => rootPassword;`;
    expect(await check(taken("process.env"))).toEqual([]);
    expect(await check(taken("accounts()"))).toEqual(["src/a.ts:2:59 no-hardcoded-secrets named"]);
  });

  it("takes the tokens of a design for none", async () => {
    expect(await check('export const demo = { tokens: ["fontSizeHeading4"] };')).toEqual([]);
    expect(await check(`export const demo = { tokens: ["${token}"] };`)).not.toEqual([]);
  });

  it.each([
    ["options of a plugin", 'import jwt from "@fastify/jwt";\nexport const f = (app: any) => app.register(jwt, { secret: "marmalade" });', "2:60"],
    ["what a factory returns", 'import { JwtModule } from "@nestjs/jwt";\nexport const m = JwtModule.registerAsync({ useFactory: () => ({ secret: "marmalade" }) });', "2:73"],
    ["an encoder that a constant holds", 'import { jwtVerify } from "jose";\nconst key = new TextEncoder().encode("marmalade");\nexport const f = (t: string) => jwtVerify(t, key);', "3:46"],
    ["a parameter that a caller fills", 'import jwt from "jsonwebtoken";\nconst issue = (id: string, key: string) => jwt.sign({ id }, key);\nexport const a = () => issue("1", "marmalade");', "2:61"],
    ["a list of users", 'import basicAuth from "express-basic-auth";\nexport const a = basicAuth({ users: { admin: "marmalade" } });', "2:46"],
    ["a function that gives it", 'import { doubleCsrf } from "csrf-csrf";\nexport const a = doubleCsrf({ getSecret: () => "marmalade" });', "2:48"],
    ["a password by position", 'import { Sequelize } from "sequelize";\nexport const a = new Sequelize("shop", "app", "marmalade");', "2:47"],
    ["basic auth of a request", 'import axios from "axios";\nexport const a = () => axios.get("https://a.io", { auth: { username: "svc", password: "marmalade" } });', "2:87"],
    ["basic auth of superagent", 'import request from "superagent";\nexport const a = () => request.get("https://a.io").auth("svc", "marmalade");', "2:64"],
    ["the key of a strategy that authenticates by its base", 'import { PassportStrategy } from "@nestjs/passport";\nimport { Strategy } from "passport-jwt";\nexport class Jwt extends PassportStrategy(Strategy) {\n  constructor() {\n    super({ secretOrKey: "marmalade" });\n  }\n  authenticate(request) { return super.authenticate(request, { session: false }); }\n}', "5:26"],
    ["the secret of a strategy", 'import { PassportStrategy } from "@nestjs/passport";\nimport { Strategy } from "passport-jwt";\nexport class Jwt extends PassportStrategy(Strategy) {\n  constructor() {\n    super({ secretOrKey: "marmalade" });\n  }\n}', "5:26"],
    ["options that are assigned one by one", 'import { Strategy } from "passport-jwt";\nconst options: any = {};\noptions.secretOrKey = "marmalade";\nexport const s = new Strategy(options, () => {});', "3:23"],
    ["options that a constant holds", 'import { Pool } from "pg";\nconst options = { host: "db", password: "marmalade" };\nexport const pool = new Pool(options);', "2:41"],
    ["the keys of Koa", 'import Koa from "koa";\nconst app = new Koa();\napp.keys = ["marmalade"];', "3:13"],
    ["keys of Koa that a constant holds", 'import Koa from "koa";\nconst keys = ["marmalade"];\nconst app = new Koa();\napp.keys = keys;', "4:12"],
    ["a ring of keys", 'import Koa from "koa";\nimport Keygrip from "keygrip";\nconst app = new Koa();\napp.keys = new Keygrip(["marmalade"], "sha256");', "4:25"],
    ["a key that the browser's crypto imports", 'export const key = crypto.subtle.importKey("raw", new TextEncoder().encode("marmalade"), "HMAC", false, ["sign"]);', "1:76"],
    ["a token service", 'import neo4j from "neo4j-driver";\nexport const driver = neo4j.driver("neo4j://db", neo4j.auth.basic("neo4j", "marmalade"));', "2:76"],
    ["a key that is printed", 'import { createHmac } from "node:crypto";\nexport const f = () => createHmac("sha256", Buffer.from("marmalade").toString("hex"));', "2:57"],
    ["parts that are joined", 'import jwt from "jsonwebtoken";\nconst shop = "shop";\nexport const issue = () => jwt.sign({}, shop + "-signs");', "3:41"],
  ])("reports %s at a place that takes secrets", async (_name, text, place) => {
    expect(await check(text)).toEqual([at(place, "sink")]);
  });

  it("leaves a parameter alone that only a test fills with a constant, or not every caller", async () => {
    const files = { "src/hash.ts": 'import { scrypt } from "node:crypto";\nexport const hash = (value: string) => scrypt(value, "salt", 32, () => {});', "tests/hash.test.ts": 'import { hash } from "../src/hash.js";\nhash("marmalade");' };
    expect(await checkProject(files, { rule })).toEqual([]);
    expect(await checkProject({ "src/hash.ts": `${files["src/hash.ts"]}\nhash("marmalade");\nexport const f = (given: string) => hash(given);` }, { rule })).toEqual([]);
  });

  it("leaves a setting alone that the code fills, and what documentation shows", async () => {
    const files = { "src/config.ts": 'import { randomBytes } from "node:crypto";\nconst config = { secret: "marmalade" };\nif (config.secret === "marmalade") config.secret = randomBytes(32).toString("hex");\nexport default config;' };
    const use = 'import session from "express-session";\nimport config from "./config.js";\napp.use(session({ secret: config.secret }));';
    expect(await checkProject({ ...files, "src/a.ts": use }, { rule })).toEqual([]);
    expect(await check('import session from "express-session";\napp.use(session({ secret: "marmalade" }));', "docs/session.ts")).toEqual([]);
  });

  it("leaves records of somebody and parameters that settings fill alone", async () => {
    expect(await check('import jwt from "jsonwebtoken";\nimport mongoose from "mongoose";\nconst User = mongoose.model("User", new mongoose.Schema({}));\nexport const u = new User({ password: "marmalade" });\nexport const issue = (id: string, key: string) => jwt.sign({ id }, key);')).toEqual([]);
  });

  it.each([
    ["a password in a sum", `export const url = "postgres://app:" + "${random(12)}" + "@db.acme.io/main";`, "1:20"],
    ["constants in a sum", `const user = "app";\nconst word = "m4rmalade";\nexport const url = "mysql://" + user + ":" + word + "@" + process.env.DB_HOST + "/main";`, "3:20"],
    ["constants in a template", 'const word = "m4rmalade";\nexport const url = `amqp://app:${word}@mq.acme.io`;', "2:20"],
    ["a token in two pieces", `export const client = connect("sk_live_" + "${random(32)}");`, "1:31"],
    ["user and password in base64", 'export const header = "Basic " + Buffer.from("robot:m4rmalade").toString("base64");', "1:23"],
    ["user and password by btoa", "export const header = `Basic ${btoa(\"robot:m4rmalade\")}`;", "1:23"],
  ])("reports a secret put together from %s", async (_name, text, place) => {
    expect(await check(text)).toEqual([at(place, "token")]);
  });

  it.each([
    ["an unknown password", 'export const url = "postgres://app:" + password + "@db.acme.io/main";'],
    ["settings", "export const url = `postgres://${settings.user}:${settings.password}@${settings.host}/main`;"],
    ["an address", 'export const url = "https://acme.io:" + port + "/a@b";'],
    ["a header made of settings that begin as null", 'class Settings { id: string | null = null; key: string | null = null; }\nexport class Link { settings = new Settings(); header() { return `Basic ${Buffer.from(`${this.settings.id}:${this.settings.key}`).toString("base64")}`; } }'],
    ["a header with a token that is given", 'export const header = "Basic " + Buffer.from(`${user}:${password}`).toString("base64");'],
    ["a sum of very many parts", `export const text = "postgres://app:" + ${Array.from({ length: 600 }, (_, index) => `a${index}`).join(" + ")} + "@db";`],
    ["text", 'export const text = "a long text of which " + "nothing is a secret";'],
    ["the name of an encoding", 'import { createHmac } from "node:crypto";\nexport const f = (service: any) => {\n  const secret = service.decrypted().toString("utf-8");\n  return createHmac("sha256", Buffer.from(secret, "base64url"));\n};'],
    ["a name in the browser's storage", 'export const localStorageKey = "useFeatureStrategySettingsOfTheProject:v2";'],
    ["keys of something that is not Koa", 'const table: any = {};\ntable.keys = ["tenant", "order"];'],
    ["the token of rows that are changed", 'import { DataTypes, Model, Sequelize } from "sequelize";\nclass Card extends Model {}\nCard.init({ token: DataTypes.STRING }, { sequelize: new Sequelize("sqlite::memory:") });\nexport const reset = () => Card.update({ token: "tok_mastercard" }, { where: { service: "stripe" } });'],
    ["the key of analytics, which every page holds", `import mixpanel from "mixpanel";\nexport const client = mixpanel.init("${"1028494897a5520b" + "90e7344344060fa7"}");`],
    ["a public token of maps", `export const mapboxToken = "${"pk.ey" + "J1IjoiYWNtZSIsImEiOiJjajl0cnBubGoweTVlM3VwIn0"}.KZ8KK9l70omjXbEkkbHGsQ";`],
    ["a public key that is imported", 'export const key = crypto.subtle.importKey("spki", Buffer.from("marmalade", "base64"), "RSA-PSS", false, ["verify"]);'],
    ["the key of a strategy that authenticates by itself", 'import { PassportStrategy } from "@nestjs/passport";\nimport { Strategy } from "passport-jwt";\nexport class Anonymous extends PassportStrategy(Strategy) {\n  constructor() {\n    super({ secretOrKey: "marmalade" });\n  }\n  authenticate() { this.success({}); }\n}'],
    ["options with other names", 'import { PassportStrategy } from "@nestjs/passport";\nimport { Strategy } from "passport-local";\nexport class Local extends PassportStrategy(Strategy) {\n  constructor() {\n    super({ usernameField: "email", passwordField: "secret" });\n  }\n}'],
  ])("stays silent on %s", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });

  it("reports a constant that something secret is compared with", async () => {
    const constant = 'export const head = "m4r";\nexport const tail = "malade-7";\n';
    expect(await checkProject({ "src/constants.ts": constant, "src/a.ts": 'import { head, tail } from "./constants.js";\nexport const isKnown = (password: string) => password === head + tail;' }, { rule })).toEqual([at("2:59", "named")]);
    expect(await check('const kind = "oauth2-code";\nexport const isCode = (token: { kind: string }) => token.kind === kind;')).toEqual([]);
  });

  it("reads scripts, but not those that fill a database", async () => {
    const text = `export const password = "${password}";`;
    expect(await checkProject({ "scripts/deploy.ts": text, "scripts/seed-users.ts": text, "scripts/populate.ts": text }, { rule })).toEqual([at("1:25", "named", "scripts/deploy.ts")]);
  });

  it("reports what a function gives that is named after it", async () => {
    expect(await check(`export function getApiKey() {\n  return "${key}";\n}\nexport const getSecret = () => "${random(33)}";\nexport const getLabel = () => "${key}";`)).toEqual([at("2:10", "named"), at("4:32", "named")]);
  });

  it("reports what a destructured option falls back to, and what an encoder is given", async () => {
    expect(await check(`export const f = (options: any) => { const { password = "${password}" } = options; };`)).toEqual([at("1:57", "named")]);
    expect(await check(`export const hmacKey = Buffer.from("${randomHex(64)}", "hex");`)).toEqual([at("1:36", "named")]);
  });

  it("takes the key of a key's options, and a kind of things that hashes are told apart by for no secret", async () => {
    const files = {
      "src/topics.ts": 'export enum Topic { Orders = "orders", Billing = "billing" }\nexport enum Words { SigningKey = "marmalade", Other = "clementine" }',
      "src/cache.ts": 'import { createHmac } from "node:crypto";\nimport { Topic, Words } from "./topics.js";\nexport const a = createHmac("sha1", Topic.Billing);\nexport const b = createHmac("sha1", Words.SigningKey);',
      "src/sign.ts": 'import crypto from "node:crypto";\nexport const a = (key: string) => crypto.sign("SHA256", Buffer.from("x"), { key, dsaEncoding: "ieee-p1363" });\nexport const b = () => crypto.createHmac("sha256", "marmalade");',
    };
    expect(await checkProject(files, { rule })).toEqual([at("4:37", "sink", "src/cache.ts"), at("3:52", "sink", "src/sign.ts")]);
  });

  it("tells the members of one object apart, and reads what a function gives and a parameter falls back to", async () => {
    const files = {
      "src/keys.ts": 'export enum Phrases { First = "marmalade", Second = "clementine" }',
      "src/issue.ts": 'import jwt from "jsonwebtoken";\nimport { Phrases } from "./keys.js";\njwt.sign({}, Phrases.First);\njwt.verify("", Phrases.First);\njwt.sign({}, Phrases.Second);',
      "src/given.ts": 'import jwt from "jsonwebtoken";\nfunction phrase(): string {\n  return "marmalade";\n}\njwt.sign({}, phrase());\njwt.sign({}, unknown());',
      "src/fallback.ts": 'import { createHmac } from "node:crypto";\nexport const a = ({ phrase = "marmalade" }) => createHmac("sha256", phrase);\nexport const b = ({ phrase }: { phrase: string }) => createHmac("sha256", phrase);',
      "src/docs/guard.ts": 'import basicAuth from "express-basic-auth";\nexport const guard = basicAuth({ users: { reader: "marmalade" } });',
    };
    expect(await checkProject(files, { rule })).toEqual([at("2:51", "sink", "src/docs/guard.ts"), at("2:69", "sink", "src/fallback.ts"), at("5:14", "sink", "src/given.ts"), at("3:14", "sink", "src/issue.ts"), at("5:14", "sink", "src/issue.ts")]);
  });

  it("knows what a client is given by its place, by the name auth, and as the key of a wallet", async () => {
    const files = {
      "src/mail.ts": `import { ServerClient } from "postmark";\nexport const mail = new ServerClient("${random(36)}");\nexport const none = new ServerClient(process.env.MAIL);`,
      "src/named.ts": 'import { ServerClient } from "postmark";\nexport const mail = new ServerClient("outbound-transactional-mails-of-the-shop");',
      "src/github.ts": `import { Octokit } from "@octokit/rest";\nexport const github = new Octokit({ auth: "${randomHex(40)}", userAgent: "${random(30)}" });`,
      "src/pay.ts": `import paypal from "@paypal/checkout-server-sdk";\nexport const live = new paypal.core.LiveEnvironment("acme", "${random(64)}");`,
      "src/wallet.ts": `import { ethers } from "ethers";\nexport const wallet = new ethers.Wallet("0x${randomHex(64)}");`,
    };
    expect(await checkProject(files, { rule })).toEqual([at("2:43", "sink", "src/github.ts"), at("2:38", "sink", "src/mail.ts"), at("2:61", "sink", "src/pay.ts"), at("2:41", "sink", "src/wallet.ts")]);
  });

  it("puts a token together from constants and lists", async () => {
    const text = `const head = "sk_live_";\nconst tail = "${random(32)}";\nexport const a = head + tail;\nexport const b = ["sk", "live", "${random(32, undefined, 3)}"].join("_");\nexport const c = [head, name].join("");\nexport const d = [head, tail].join(unknown);`;
    expect(await check(text)).toEqual([at("3:18", "token"), at("4:18", "token")]);
  });

  it("takes the sign of a variable for a placeholder only in capitals, and a mail address for a user", async () => {
    expect(await check('const password = "Mx9$eeTq12";\nconst dbPassword = "pre$DB_PASSWORD9";')).toEqual([at("1:18", "named")]);
    expect(await check(`const url = "smtps://robot@acme.io:${random(12)}@smtp.acme.io";\nconst other = "https://acme.io/@robot:8080/a@b";`)).toEqual([at("1:14", "token")]);
  });

  it("takes the name of a value from the property beside it, and knows a password by its owner", async () => {
    const provider = `export const a = { provide: "PAYMENT_API_KEY", useValue: "${key}" };\nexport const b = { name: "x-api-key", value: "${random(30)}" };\nexport const c = { provide: "PAYMENT_REGION", useValue: "${key}" };`;
    expect(await check(provider)).toEqual([at("1:58", "named"), at("2:46", "named")]);
    expect(await check('const dbpassword = "k8Lq-zX2m";\nconst jobs = { rotateSecrets: "rotate-secrets-0-3", otpSecret: "otp:secret:v1:" };')).toEqual([at("1:20", "named")]);
    expect(await check(`import { V4 } from "paseto";\nexport const seal = (a: object) => V4.sign(a, "marmalade");`)).toEqual([at("2:47", "sink")]);
  });

  it("leaves what a service is told until somebody fills it in, but not what signs", async () => {
    expect(await check('import OpenAI from "openai";\nexport const a = new OpenAI({ apiKey: "sk-" });\nexport const b = new OpenAI({ apiKey: "your_api_key" });\nexport const c = new OpenAI({ apiKey: "marmalade" });')).toEqual([at("4:39", "sink")]);
    expect(await check('import { Strategy } from "passport-jwt";\nexport const s = new Strategy({ secretOrKey: "your-secret" }, verify);')).toEqual([at("2:46", "sink")]);
  });

  it("finds what is spread, assigned to a cast, handed to a callback and returned by a function named after it", async () => {
    const files = {
      "src/spread.ts": 'import session from "express-session";\nconst base = { secret: "marmalade" };\nexport const a = session({ ...base, resave: false });\nexport const b = session({ ...base, secret: process.env.S });',
      "src/cast.ts": 'import session from "express-session";\nconst options = { resave: false } as session.SessionOptions;\noptions.secret = "quince jam";\nexport const a = session(options);',
      "src/callback.ts": 'import { Strategy } from "passport-jwt";\nexport const a = new Strategy({ secretOrKeyProvider: (_request, _token, done) => done(null, "marmalade") }, verify);\nexport const b = new Strategy({ secretOrKeyProvider: (_request, _token, done) => done(null, find("marmalade")) }, verify);',
      "src/named.ts": `export function apiKeyFor(region: string) {\n  if (region === "eu") return "${key}";\n  return "eu-west-1";\n}\nexport class A { get apiSecret() { return "${random(33)}"; } get apiLabel() { return "${key}"; } }`,
    };
    expect(await checkProject(files, { rule })).toEqual([at("2:93", "sink", "src/callback.ts"), at("3:18", "sink", "src/cast.ts"), at("2:31", "named", "src/named.ts"), at("5:43", "named", "src/named.ts"), at("2:24", "sink", "src/spread.ts")]);
  });

  it("reads rings of keys by what holds them, and a password by the host that stands beside it", async () => {
    const files = {
      "src/rings.ts": `export const apiKeys = { acme: "${key}", keyId: "${key}", globex: "globex-v2-sandbox-account" };\nexport const partnerSecrets = new Map([["acme", "${random(31)}"]]);\nexport const cacheKeys = { acme: "${key}" };`,
      "src/db.ts": 'export const a = { connection: { host: "pg.acme.io", user: "shop", password: "winter-pass-7" } };\nexport const b = { user: "shop", password: "winter-pass-7" };\nexport const c = { host: "smtp_host", user: "smtp_user", password: "smtp_password" };',
      "src/words.ts": 'export const a = { jwtSecret: "h4rvest-moon", existingSecret: "api-auth-2024", secret: "secrets-v2" };',
    };
    expect(await checkProject(files, { rule })).toEqual([at("1:78", "named", "src/db.ts"), at("1:32", "named", "src/rings.ts"), at("2:49", "named", "src/rings.ts"), at("1:31", "named", "src/words.ts")]);
  });

  it("reads a table of keys by what its name says of one of them", async () => {
    const table = (name: string, held: string): Promise<string[]> => check(`export const ${name}: Record<string, string> = { a2efa818a34f: "${held}" };`);
    const hex = randomHex(32);
    for (const name of ["CLIENT_ID_SECRET_PAIRS", "signingKeysByTenant", "apiKeyMap", "secretPerPartner"]) expect(await table(name, hex)).toEqual([at(`1:${String(57 + name.length)}`, "named")]);
    for (const name of ["CLIENT_ID_PAIRS", "cacheKeysByTenant", "colorMap", "SECRET_BYTES"]) expect(await table(name, hex)).toEqual([]);
    expect(await table("apiKeyMap", "globex-sandbox")).toEqual([]);
  });

  it("finds a password in a statement and in a command, the key of a plugin, and what a field falls back to", async () => {
    const files = {
      "src/sql.ts": "export const a = \"ALTER USER app WITH PASSWORD 'winter9-sleep'\";\nexport const b = \"ALTER USER app WITH PASSWORD $1\";",
      "src/dump.ts": 'import { execSync } from "node:child_process";\nexecSync("PGPASSWORD=w1nter9 pg_dump shop");\nexecSync("PGPASSWORD=$PASSWORD pg_dump shop");',
      "src/csrf.ts": 'import csrf from "@fastify/csrf-protection";\nexport const a = (app: any) => app.register(csrf, { csrfOpts: { hmacKey: "marmalade" } });\nexport const b = (app: any) => app.register(csrf, { sessionKey: "csrfToken", sessionPlugin: "@fastify/session" });',
      "src/tokens.ts": 'import * as jwt from "jsonwebtoken";\nexport class A {\n  constructor(private readonly secret: string = "marmalade", private readonly other: string) {}\n  issue(id: string) { return jwt.sign({ id }, this.secret) + jwt.sign({ id }, this.other); }\n}',
    };
    expect(await checkProject(files, { rule })).toEqual([at("2:74", "sink", "src/csrf.ts"), at("2:10", "named", "src/dump.ts"), at("1:49", "token", "src/sql.ts"), at("3:15", "sink", "src/tokens.ts")]);
  });

  it("takes no schema of records and no stand-in of an unused secret for one, nor the pixels of an image", async () => {
    const files = {
      "src/schema.ts": 'import { Schema } from "mongoose";\nexport const a = new Schema({ apiKeys: [{ role: String, ref: "marmalade" }] });',
      "src/provider.ts": 'import GoogleProvider from "next-auth/providers/google";\nexport const a = GoogleProvider({ clientId: "dummy", clientSecret: "dummy" });',
      "src/model.ts": 'import OpenAI from "openai";\nexport const a = new OpenAI({ baseURL: "http://models.internal/v1", apiKey: "ollama" });',
      "src/wrong.ts": 'import { ValidationError } from "objection";\nexport const a = () => new ValidationError({ data: { currentPassword: [{ message: "is incorrect." }] } } as never);',
      "src/search.ts": `export const a = { appId: "B1G2GM9NG0", apiKey: "${randomHex(32)}", indexName: "shop" };`,
      "src/compiled.js": `"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nconst dbPassword = "${password}";`,
      "src/image.ts": `export const a = "data:image/png;base64,x/${"A".repeat(22)}${random(90, "BCDEFGHabcdefgh123456789")}==";`,
      "src/database/seeding/users.ts": `export const a = { email: "jo@acme.io", password: "${password}" };`,
      "src/store.ts": 'export const a = { AWS_SECRET_ACCESS_KEY: "localst4ck" };',
    };
    expect(await checkProject(files, { rule })).toEqual([]);
  });

  it("leaves what scripts, stubs and examples make up, what a developer's settings sign with, and web tokens that describe an answer", async () => {
    const sign = 'import jwt from "jsonwebtoken";\nexport const a = (id: string) => jwt.sign({ id }, "moonlit-harvest");';
    const files = {
      "verify_orders.ts": sign,
      "examples/issue.ts": sign,
      "src/StubLogin.ts": `export const token = { refreshToken: "${key}" };`,
      "src/config.development.ts": 'export default { jwt: { secret: "topHarvest511" } };',
      "src/orders.controller.ts": `import { ApiResponse } from "@nestjs/swagger";\nclass A { @ApiResponse({ schema: { example: { token: "${webToken({ id: 1, iat: 1 })}" } } }) get() {} }`,
      "src/sample.ts": `export const a = "${webToken({ userId: 7, iat: 1_516_239_022 })}";`,
      "src/data/users.ts": `export const mockVisitor = { session: "${webToken({ id: 2, iat: 1 })}" };`,
      "tools/token-mock-server.js": sign,
      "src/banners.ts": `/**\n * Publishable keys (not secrets: every browser gets them).\n */\nconst BANNER_API_KEY_LIVE = "${randomHex(32)}";\nconst BANNER_API_KEY_TRIAL = "${randomHex(32, 3)}";\nexport const keys = [BANNER_API_KEY_LIVE, BANNER_API_KEY_TRIAL];`,
      "src/page.ts": `export const FIREBASE_API_KEY = "${["AI", "za"].join("")}${random(35)}";`,
      "src/codes.ts": 'export const codes = { WEAK_PASSWORD: "ErrC:Ar03" };',
      "src/files.ts": 'import { Client } from "minio";\nexport const a = new Client({ endPoint: "localhost", accessKey: "minio", secretKey: "minio123" });',
    };
    expect(await checkProject(files, { rule })).toEqual([]);
  });

  it("reports what looks like these and is used", async () => {
    const sign = 'import jwt from "jsonwebtoken";\nexport const a = (id: string) => jwt.sign({ id }, "moonlit-harvest");';
    const files = {
      "src/orders.ts": sign,
      "src/config.production.ts": 'export default { jwt: { secret: "topHarvest511" } };',
      "src/config.development.ts": `export default { jwt: { secret: "${randomHex(40)}" } };`,
      "src/orders.controller.ts": `const token = "${webToken({ id: 1, iat: 1 })}";`,
      "src/banners.ts": `// Publishable keys.\nexport const mark = "blue";\n\nexport const BANNER_API_KEY = "${randomHex(32)}";`,
      "src/data/visitors.ts": `export const visitor = { session: "${webToken({ id: 2, iat: 1 })}" };`,
      "src/page.ts": `export const MAPS_KEY = "${["AI", "za"].join("")}${random(35)}";`,
      "src/files.ts": 'import { Client } from "minio";\nexport const a = new Client({ endPoint: "s3.acme.io", accessKey: "minio", secretKey: "minio123" });',
    };
    expect([...new Set((await checkProject(files, { rule })).map((found) => found.split(":")[0]))]).toEqual(["src/banners.ts", "src/config.development.ts", "src/config.production.ts", "src/data/visitors.ts", "src/files.ts", "src/orders.controller.ts", "src/orders.ts", "src/page.ts"]);
  });

  it("tells a part of an object once, whether the part or the whole is handed over", async () => {
    const files = {
      "src/jwt.constants.ts": 'export const jwtConstants = { secret: "moonlit-harvest" };',
      "src/a.ts": 'import { JwtModule, JwtService } from "@nestjs/jwt";\nimport { jwtConstants } from "./jwt.constants.js";\nexport const m = JwtModule.register({ secret: jwtConstants.secret });\nexport const sign = (jwt: JwtService) => jwt.sign({}, jwtConstants);',
    };
    expect(await checkProject(files, { rule })).toHaveLength(1);
  });

  it("leaves the mode of a fetch alone, and characters in a row", async () => {
    expect(await check('import { createAuthClient } from "better-auth/react";\nexport const a = createAuthClient({ fetchOptions: { credentials: "include" } });\nexport const encryptionKey = "0123456789abcdef0123456789abcdef";')).toEqual([]);
  });

  it("knows where further libraries take a secret, and the options of a method that signs", async () => {
    const files = {
      "src/night.ts": 'import { getToken } from "next-auth/jwt";\nexport const read = (req: object) => getToken({ req, secret: "marmalade" });',
      "src/iron.ts": 'import { getIronSession } from "iron-session";\nexport const a = (jar: object) => getIronSession(jar, { password: "marmalade", cookieName: "sid" });',
      "src/pepper.ts": 'import argon2 from "argon2";\nexport const a = (p: string) => argon2.hash(p, { secret: Buffer.from("marmalade") });',
      "src/codes.ts": 'import { authenticator } from "otplib";\nexport const a = () => authenticator.generate("MARMALADE");\nexport const b = (code: string) => authenticator.check(code, "QUINCEJAM");',
      "src/jose.ts": 'import { base64url, EncryptJWT } from "jose";\nconst seed = base64url.decode("bWFybWFsYWRl");\nexport const a = () => new EncryptJWT({}).setProtectedHeader({ alg: "dir" }).encrypt(seed);',
      "src/guard.ts": 'export class Guard {\n  constructor(private readonly jwt: any) {}\n  check(token: string) { return this.jwt.verifyAsync(token, { secret: "marmalade" }) && this.jwt.verifyAsync(token, { issuer: "marmalade" }); }\n}',
    };
    expect(await checkProject(files, { rule })).toEqual([
      at("2:47", "sink", "src/codes.ts"), at("3:62", "sink", "src/codes.ts"), at("3:71", "sink", "src/guard.ts"), at("2:67", "sink", "src/iron.ts"), at("3:86", "sink", "src/jose.ts"), at("2:62", "sink", "src/night.ts"), at("2:70", "sink", "src/pepper.ts"),
    ]);
  });

  it("knows by place and by option what further libraries take for a secret", async () => {
    const word = "marmalade";
    const takers: readonly (readonly [imports: string, use: string])[] = [
      ['import { compactVerify } from "jose"', "compactVerify(t, new TextEncoder().encode(word))"],
      ['import { hkdfSync } from "node:crypto"', 'hkdfSync("sha256", word, t, "", 32)'],
      ['import CryptoJS from "crypto-js"', "CryptoJS.DES.encrypt(t, word)"],
      ['import Iron from "@hapi/iron"', "Iron.seal({}, word, Iron.defaults)"],
      ['import nacl from "tweetnacl"', "nacl.secretbox(t, t, Buffer.from(word.padEnd(32)))"],
      ['import { hmac } from "@noble/hashes/hmac"', "hmac(t, word, t)"],
      ['import forge from "node-forge"', 'forge.hmac.create().start("sha256", word)'],
      ['import sodium from "libsodium-wrappers"', "sodium.crypto_auth(t, sodium.from_string(word))"],
      ['import jws from "jws"', "jws.sign({ payload: t, secret: word })"],
      ['import { ExpressAuth } from "@auth/express"', "ExpressAuth({ secret: word, providers: [] })"],
      ['import { discovery } from "openid-client"', 'discovery(t, "shop", word)'],
      ['import { createCookie } from "@remix-run/node"', 'createCookie("s", { secrets: [word] })'],
      ['import { useSession } from "h3"', "useSession(t, { password: word })"],
      ['import { Client } from "ssh2"', 'new Client().connect({ host: "h", password: word })'],
      ['import { Client } from "basic-ftp"', 'new Client().access({ host: "h", password: word })'],
      ['import Imap from "imap"', 'new Imap({ user: "shop", password: word })'],
      ['import { Client } from "discord.js"', "new Client({}).login(word)"],
      ['import AWS from "aws-sdk"', "AWS.config.update({ secretAccessKey: word })"],
      ['import admin from "firebase-admin"', "admin.credential.cert({ privateKey: word })"],
      ['import { AccessToken } from "livekit-server-sdk"', 'new AccessToken("shop", word)'],
    ];
    const files = Object.fromEntries(takers.map(([imports, use], index) => [`src/t${String(index).padStart(2, "0")}.ts`, `${imports};\nconst word = "${word}";\nexport const made = (t: any) => ${use};`]));
    expect((await checkProject(files, { rule })).map((line) => line.replace(/:.*(?= \S+ )/, ""))).toEqual(Object.keys(files).map((file) => `${file} ${rule} sink`));
  });

  it("reads a constant by the name of the property that it is given to, but not one that is named after the name of a secret", async () => {
    const files = {
      "src/a.ts": `import { join } from "./join.js";\nconst word = "${key}";\nconst PASSWORD_FIELD = "password1";\njoin({ to: { clientSecret: word } });\njoin({ password: PASSWORD_FIELD });\njoin({ label: word, id: word });`,
    };
    expect(await checkProject(files, { rule })).toEqual([at("4:28", "named")]);
  });

  it("takes what stores are filled with for made up, whatever is in front of the folder's name", async () => {
    const makes = { "users.ts": 'import bcrypt from "bcryptjs";\nexport const users = async () => [{ hash: await bcrypt.hash("Perf@12345", 10) }];' };
    expect(await checkProject({ "src/db/perf-seed/users.ts": makes["users.ts"] }, { rule })).toEqual([]);
    expect(await checkProject({ "src/db/seedlings/users.ts": makes["users.ts"] }, { rule })).toHaveLength(1);
  });

  it("takes the key of a setting for no credential", async () => {
    const route = (test: string): Record<string, string> => ({ "src/main.ts": `import express from "express";\nexport const app = express();\napp.put("/v1/settings", (req, res) => { if (${test}) res.json({}); });` });
    expect(await checkProject(route('req.body.setting_key === "home_banner_image"'), { rule })).toEqual([]);
    expect(await checkProject(route('req.body.access_key === "home_banner_image"'), { rule })).toHaveLength(1);
  });

  it("takes an account whose values repeat their names for a form to fill in, and no connection", async () => {
    const files = {
      "src/accounts.ts": 'export const accounts = [{ username: "username2", password: "password2" }, { username: "username3", password: "Harvest-moon-77" }];\nexport const store = { host: "pg.acme.io", user: "shop", password: "password2" };',
    };
    expect(await checkProject(files, { rule })).toEqual([at("1:111", "named"), at("2:68", "named")].map((line) => line.replace("src/a.ts", "src/accounts.ts")));
  });

  it("follows what a constructor is given, and what is put together before it is taken", async () => {
    const files = {
      "src/signer.ts": 'import jwt from "jsonwebtoken";\nexport class Signer {\n  private readonly word: string;\n  constructor(word: string) { this.word = word; }\n  sign(p: object) { return jwt.sign(p, this.word); }\n}\nexport const signer = new Signer("marmalade");',
      "src/other.ts": 'import jwt from "jsonwebtoken";\nimport { settings } from "./settings.js";\nexport class Other {\n  constructor(private readonly word: string) {}\n  sign(p: object) { return jwt.sign(p, this.word); }\n}\nexport const other = new Other(settings.word);',
      "src/parts.ts": 'import jwt from "jsonwebtoken";\nexport const a = (p: object) => jwt.sign(p, ["marma", "lade"].join("-"));\nexport const b = (p: object, x: string) => jwt.sign(p, ["marma", x].join("-"));\nexport const c = (p: object) => jwt.sign(p, atob("bWFybWFsYWRl"));',
    };
    expect(await checkProject(files, { rule })).toEqual([at("2:45", "sink", "src/parts.ts"), at("4:50", "sink", "src/parts.ts"), at("4:43", "sink", "src/signer.ts")]);
  });

  it("reads what stands in for a setting where it is taken, the options of another file, and no text that something unknown joins", async () => {
    const files = {
      "src/a.ts": 'import jwt from "jsonwebtoken";\nconst word = process.env.SIGNING_WORD ?? "marmalade";\nexport const a = (p: object) => jwt.sign(p, word);\nexport const b = (p: object, x: string) => jwt.sign(p, "v1:".concat(x));',
      "src/options.ts": 'export const options = { secret: "marmalade", resave: false };\nexport const kept = { secret: process.env.SESSION_SECRET, resave: false };',
      "src/session.ts": 'import session from "express-session";\nimport { kept, options } from "./options.js";\nexport const a = session(options);\nexport const b = session(kept);',
      "src/wrap.ts": 'import jwt from "jsonwebtoken";\nconst wrap = (p: object, { word }: { word: string }) => jwt.sign(p, word);\nexport const a = wrap({}, { word: "marmalade" });',
    };
    expect(await checkProject(files, { rule })).toEqual([at("3:45", "sink"), at("3:26", "sink", "src/session.ts"), at("2:69", "sink", "src/wrap.ts")]);
  });

  it("follows constants out of tables, maps, namespaces, data files, fields, branches and what is assigned later", async () => {
    const files = {
      "src/words.json": '{ "phrase": "marmalade", "ttl": "15m" }',
      "src/tables.ts": [
        'import jwt from "jsonwebtoken";',
        'import words from "./words.json" with { type: "json" };',
        'const byStage: Record<string, string> = { staging: "marmalade", production: "clementine" };',
        'const byUse = new Map([["reset", "quince jelly"], ["label", "Reset it"]]);',
        'namespace Keys { export const first = "damson"; }',
        'const mixed = { test: "t3st", staging: "lime curd", production: process.env.WORD };',
        "export const a = jwt.sign({}, byStage[process.env.STAGE!]!);",
        'export const b = jwt.sign({}, byUse.get("reset")!);',
        "export const c = jwt.sign({}, Keys.first);",
        "export const d = jwt.sign({}, words.phrase, { expiresIn: words.ttl });",
        "export const e = jwt.sign({}, mixed[process.env.STAGE!]!);",
        'export const f = jwt.sign({ kind: byUse.get("label"), stage: byStage[process.env.STAGE!] }, process.env.WORD!);',
      ].join("\n"),
      "src/bytes.ts": 'import { createHmac } from "node:crypto";\nconst bytes = new Uint8Array([1, 34, 89, 200, 13, 44, 178, 92]);\nexport const a = createHmac("sha256", bytes);\nexport const b = createHmac("sha256", Buffer.from([80, 75, 3, 4]));\nexport class Box { static word = Buffer.from("marmalade"); seal() { return createHmac("sha256", Box.word); } }',
      "src/branches.ts": [
        'import jwt from "jsonwebtoken";',
        "let word = process.env.WORD;",
        'if (!word) word = "marmalade";',
        "export const a = jwt.sign({}, word!);",
        'function wordOf(tenant: string) { if (tenant === "demo") return "clementine"; return process.env.WORD!; }',
        'export const b = jwt.sign({}, wordOf("acme"));',
        'export const c = (stage: string) => jwt.sign({}, stage === "production" ? process.env.WORD! : "damson");',
        'export const d = jwt.sign({}, process.env.NODE_ENV === "test" ? "quince" : process.env.WORD!);',
      ].join("\n"),
      "src/merged.ts": 'import session from "express-session";\nconst defaults = { secret: "marmalade" };\nconst rest = { resave: false };\nexport const a = session({ ...defaults, ...rest });\nexport const b = session(Object.assign({}, { secret: "clementine" }, rest));',
    };
    expect(await checkProject(files, { rule })).toEqual([
      at("3:19", "sink", "src/branches.ts"), at("6:31", "sink", "src/branches.ts"), at("7:95", "sink", "src/branches.ts"),
      at("3:39", "sink", "src/bytes.ts"), at("5:97", "sink", "src/bytes.ts"),
      at("2:28", "sink", "src/merged.ts"), at("5:54", "sink", "src/merged.ts"),
      at("6:40", "sink", "src/tables.ts"), at("7:31", "sink", "src/tables.ts"), at("8:31", "sink", "src/tables.ts"), at("9:31", "sink", "src/tables.ts"), at("10:31", "sink", "src/tables.ts"),
    ]);
  });

  it("reports a constant where it is handed to a function that signs with what it is given, unless each caller hands over one", async () => {
    const files = {
      "src/sign.ts": 'import { createHmac } from "node:crypto";\nexport function mac(options: { word: string; text: string }) { return createHmac("sha256", Buffer.from(options.word)).update(options.text).digest("hex"); }\nexport class Seal {\n  of(text: string, word: string) { return mac({ word, text }); }\n}',
      "src/a.ts": 'import { mac, Seal } from "./sign.js";\nexport const a = mac({ word: "marmalade", text: "1" });\nexport const b = mac({ word: process.env.WORD!, text: "clementine" });\nexport const c = new Seal().of("1", "damson");\nexport const d = new Seal().of("quince", process.env.WORD!);',
    };
    expect(await checkProject(files, { rule })).toEqual([at("2:30", "sink"), at("4:37", "sink")]);
  });

  it("reports weak words that a credential of a request is compared with, and none that say what kind it is", async () => {
    const files = {
      "src/app.ts": [
        'import express from "express";',
        'import basicAuth from "express-basic-auth";',
        "const app = express();",
        'const known = new Set(["marmalade"]);',
        'app.get("/a", (req, res) => { res.json(req.headers["x-api-key"] === "let-me-in"); });',
        'app.get("/b", (req, res) => { res.json(req.headers["x-client"] === "let-me-in"); });',
        'app.post("/c", (req, res) => { res.json(req.body.password === "marmalade"); });',
        'app.post("/d", (req, res) => { res.json(req.body.password === "undefined" || req.body.token === "access"); });',
        'app.get("/e", (req, res) => { res.json(known.has(req.header("x-api-key")!)); });',
        'app.use(basicAuth({ authorizer: (user: string, password: string) => user === "shop" && password === "clementine" }));',
        'export const strong = (password: string) => password !== "marmalade";',
        'app.post("/f", (req, res) => { const { providerKey, adminKey } = req.body; res.json(providerKey === "mail" || providerKey === "vertex-ai" || adminKey === "marmalade"); });',
      ].join("\n"),
    };
    expect(await checkProject(files, { rule })).toEqual([at("4:24", "compared", "src/app.ts"), at("5:69", "compared", "src/app.ts"), at("7:63", "compared", "src/app.ts"), at("10:101", "compared", "src/app.ts"), at("12:155", "compared", "src/app.ts")]);
  });

  it("reads the options that a library's type declares, providers, plugins, and what clients are told by a call", async () => {
    const files = {
      "src/module.ts": [
        'import { Module } from "@nestjs/common";',
        'import type { JwtModuleOptions, JwtOptionsFactory } from "@nestjs/jwt";',
        'import type { SessionOptions } from "express-session";',
        'export class Tokens implements JwtOptionsFactory { createJwtOptions(): JwtModuleOptions { return { secret: "marmalade", signOptions: { issuer: "shop" } }; } }',
        'export const options: SessionOptions = { secret: "clementine", resave: false, saveUninitialized: false, name: "sid" };',
        '@Module({ providers: [{ provide: "JWT_SECRET", useValue: "damson" }, { provide: "APP_NAME", useValue: "quince" }] })',
        "export class App {}",
      ].join("\n"),
      "src/clients.ts": [
        'import nano from "nano";',
        'import Hapi from "@hapi/hapi";',
        'import Yar from "@hapi/yar";',
        'import bcrypt from "bcrypt";',
        'import { createSign } from "node:crypto";',
        'import { GitHub } from "arctic";',
        'import { TransactionalEmailsApi } from "@getbrevo/brevo";',
        'export const a = () => nano("http://db").auth("root", "marmalade");',
        "const server = Hapi.server();",
        'export const b = () => server.register([{ plugin: Yar, options: { cookieOptions: { password: "clementine" }, name: "sid" } }]);',
        'const pepper = "damson";',
        "export const c = (password: string) => bcrypt.hash(password + pepper, 10);",
        "export const d = (password: string) => bcrypt.hash(password, 10);",
        'export const e = createSign("RSA-SHA256").update("text").sign("quince");',
        'export const f = [new GitHub("id", "lime curd", null), new GitHub("id", "your-secret", null)];',
        'export const g = new TransactionalEmailsApi().setApiKey(0, "greengage");',
      ].join("\n"),
    };
    expect(await checkProject(files, { rule })).toEqual([
      at("8:55", "sink", "src/clients.ts"), at("10:94", "sink", "src/clients.ts"), at("12:63", "sink", "src/clients.ts"), at("14:63", "sink", "src/clients.ts"), at("15:36", "sink", "src/clients.ts"), at("16:60", "sink", "src/clients.ts"),
      at("4:108", "sink", "src/module.ts"), at("5:50", "sink", "src/module.ts"), at("6:58", "sink", "src/module.ts"),
    ]);
  });

  it("follows constants through getters, fallbacks that a call gives, what subclasses set and what a constructor hands to its base", async () => {
    const files = {
      "src/settings.ts": [
        "const lookup = (key: string, fallback: string) => process.env[key] ?? fallback;",
        "const getEnv = (key: string, fallback: string) => process.env[key] ?? fallback;",
        "export class Settings {",
        '  get cookieWord() { return process.env.COOKIE_SIG || "marmalade"; }',
        '  get cookieName() { return process.env.COOKIE_NAME || "sid"; }',
        '  word(): string { return lookup("SIG", "clementine"); }',
        '  named(): string { return getEnv("SIGNING_SECRET", "quince"); }',
        "}",
        'export const tenants = { acme: { sig: "damson", label: "Acme" } };',
      ].join("\n"),
      "src/sign.ts": [
        'import jwt from "jsonwebtoken";',
        'import { Settings, tenants } from "./settings.js";',
        "const settings = new Settings();",
        "export const a = jwt.sign({ n: settings.cookieName }, settings.cookieWord);",
        "export const b = jwt.sign({}, settings.word());",
        "export const c = jwt.sign({}, settings.named());",
        "export const d = (name: keyof typeof tenants) => jwt.sign({ l: tenants[name].label }, tenants[name].sig);",
        "abstract class Issuer { protected abstract readonly word: string; protected abstract readonly other: string; issue(p: object) { return jwt.sign(p, this.word) + jwt.sign(p, this.other); } }",
        'export class Reset extends Issuer { protected readonly word = "lime curd"; protected readonly other = process.env.OTHER!; }',
        "class Base { constructor(private readonly word: string) {} issue(p: object) { return jwt.sign(p, this.word); } }",
        'export class First extends Base { constructor() { super("greengage"); } }',
        "export class Second extends Base { constructor() { super(process.env.SECOND!); } }",
        "const encode = (text: string) => new TextEncoder().encode(text);",
        'export const e = (name: string) => [jwt.sign({}, encode("bilberry") as never), jwt.sign({}, encode(name) as never)];',
        'export const f = [jwt.sign({}, Buffer.concat([Buffer.from("sloe"), Buffer.from("gin")])), jwt.sign({}, Buffer.concat([Buffer.from("sloe"), Buffer.from(process.env.GIN!)]))];',
        'export const provider = { provide: "API_SECRET", useValue: "rowan" };',
        'export class C { @Get() one(@Headers("x-internal-key") given: string, @Headers("x-kind") kind: string) { return given === "elderflower" && kind === "elderberry"; } }',
      ].join("\n"),
    };
    expect(await checkProject(files, { rule })).toEqual([at("4:55", "sink", "src/sign.ts"), at("5:31", "sink", "src/sign.ts"), at("7:87", "sink", "src/sign.ts"), at("8:148", "sink", "src/sign.ts"), at("11:57", "sink", "src/sign.ts"), at("14:50", "sink", "src/sign.ts"), at("15:32", "sink", "src/sign.ts"), at("16:60", "sink", "src/sign.ts"), at("17:123", "compared", "src/sign.ts")]);
  });

  it("follows constants out of schemas of settings, maps, lists of settings and filled bytes, and leaves defaults that sign nothing alone", async () => {
    const files = {
      "src/env.ts": [
        'import { z } from "zod";',
        'import { cleanEnv, str } from "envalid";',
        'import convict from "convict";',
        'export const env = z.object({ PHRASE: z.string().min(3).default("mulberry"), GREETING: z.string().default("hello there"), ISSUER: z.string().optional() }).parse(process.env);',
        'export const clean = cleanEnv(process.env, { PHRASE: str({ default: "loganberry" }), NAME: str({ default: "shop" }) });',
        'export const config = convict({ link: { signer: { format: String, default: "cloudberry", env: "SIGNER" } } });',
      ].join("\n"),
      "src/sign.ts": [
        'import jwt from "jsonwebtoken";',
        'import { createCipheriv, createHmac, pbkdf2Sync, privateDecrypt } from "node:crypto";',
        'import { clean, config, env } from "./env.js";',
        "export const a = jwt.sign({ greeting: env.GREETING }, env.PHRASE);",
        "export const b = [jwt.sign({ iss: env.ISSUER, name: clean.NAME }, clean.PHRASE), jwt.sign({}, env.ISSUER!)];",
        'export const c = createHmac("sha256", config.get("link.signer")).update("x");',
        "const rings = new Map<string, string>();",
        'rings.set("acme", "boysenberry");',
        'rings.set("other", process.env.OTHER!);',
        "export const d = (name: string) => jwt.sign({}, rings.get(name)!);",
        'export const e = jwt.sign({}, [process.env.KEY, process.env.SIGNING, "dewberry"].find(Boolean)!);',
        'export const f = createCipheriv("aes-256-ecb", Buffer.alloc(32, "huckleberry"), null);',
        'export const g = (password: string, salt: string) => pbkdf2Sync(password + "juniper", salt, 1000, 64, "sha512");',
        'export const h = (key: string, text: Buffer) => privateDecrypt({ key, passphrase: "salmonberry" }, text);',
        'const initialPasswordStr = "harvest888";',
      ].join("\n"),
    };
    const lines = (await checkProject(files, { rule })).map((line) => line.replace(/ .*/, ""));
    expect(lines).toEqual(["src/sign.ts:4:55", "src/sign.ts:5:67", "src/sign.ts:6:39", "src/sign.ts:10:49", "src/sign.ts:11:70", "src/sign.ts:12:65", "src/sign.ts:13:76", "src/sign.ts:14:83", "src/sign.ts:15:28"]);
  });

  it.each([
    ["the rules of a form", 'const rules = { password: "required|min:6|same:repeat", token: "required|string" };'],
    ["the hash of an account beside its salt", `const first = { userName: "first", password: "${randomHex(128)}", salt: "${randomHex(16)}" };`],
    ["a record that a library of made-up persons makes", 'import { faker } from "@faker-js/faker";\nexport const one = { email: faker.internet.email(), password: "Pa$$w0rd" };'],
  ])("stays silent on %s", async (_name, text) => {
    expect(await check(text)).toEqual([]);
  });

  it("reports the key of a query that is an id of an application in name only", async () => {
    expect(await check(`const url = "https://weather.acme.io/now?q=Rome&appid=${randomHex(32)}";`)).toEqual([at("1:55", "token")]);
    expect(await check('const url = "https://weather.acme.io/now?q=Rome&appid=shop";')).toEqual([]);
  });

  it("takes weak words for passwords where they open a cluster of somebody's own, and names of variables for none", async () => {
    expect(await check('const url = "mongodb+srv://admin:admin@orchard.q7x2k.mongodb.net/plums";')).toEqual([at("1:14", "token")]);
    expect(await check('const url = "mongodb+srv://username:password@orchard.q7x2k.mongodb.net/plums";')).toEqual([]);
    expect(await check('const url = "mongodb+srv://admin:admin@cluster0.mongodb.net/plums";')).toEqual([]);
    expect(await check('const url = "postgres://process.env.DB_USER:process.env.DB_WORD1@process.env.DB_HOST.acme.io/plums";')).toEqual([]);
  });

  it("leaves ids of keys in signed addresses, keys of forms and hand-made keys alone", async () => {
    const id = `AKIA${"Q7R2K5M3Z6X4W7B2"}`;
    expect(await check(`const picture = "https://pictures.acme.io/plum.png?AWSAccessKeyId=${id}&Expires=1790000000&Signature=x";`)).toEqual([]);
    expect(await check(`const id = "${id}";`)).toEqual([at("1:13", "token")]);
    expect(await check('const web3FormsAccessKey = "9f0c7a61-4be2-4d7a-9c53-71b2c8de04fa";')).toEqual([]);
    expect(await check('export const settings = { mailgunKey: "12345e1f2dfa123fede1ab1c12a3b12c", password: "pa$$word" };')).toEqual([]);
    expect(await check('const url = "mysql://shop:1234567890@db:3306/plums";')).toEqual([]);
  });
});

describe("no-hardcoded-secrets, what is no secret of the application", () => {
  it("takes the key of a keyed hash for its secret, not the text that is hashed", async () => {
    const files = {
      "src/a.ts": [
        'import { createHmac } from "node:crypto";',
        'const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();',
        'const derived = (secret: string, day: string) => { const date = createHmac("sha256", `AWS4${secret}`).update(day).digest(); return createHmac("sha256", date).update("aws4_request").digest(); };',
        'export const sign = (secret: string, day: string, text: string) => hmac(hmac(hmac(`AWS4${secret}`, day), "aws4_request"), text);',
        'export const other = (secret: string, text: string) => createHmac("sha256", derived(secret, "20260101")).update(text).digest("hex");',
        'export const bad = (text: string) => createHmac("sha256", createHmac("sha256", "juniper").update("v1").digest()).update(text).digest("hex");',
      ].join("\n"),
    };
    expect(await checkProject(files, { rule })).toEqual([at("6:80", "sink")]);
  });

  it("takes neither what may be done with keys nor names of the code's own for secrets", async () => {
    const text = [
      'import { createAccessControl } from "better-auth/plugins/access";',
      'import { betterAuth } from "better-auth";',
      'export const ac = createAccessControl({ apiKey: ["create", "delete"], secret: ["read"] });',
      'export const names = { secretAccessKey: "__resolvedSecretAccessKey", sessionToken: "__resolvedSessionToken" };',
      'export const auth = betterAuth({ secret: "mulberry" });',
    ].join("\n");
    expect(await check(text)).toEqual([at("5:42", "sink")]);
  });

  it("leaves what is called a dummy, what tests hand over and the environment of test runners alone", async () => {
    const files = {
      "src/a.ts": [
        'import CryptoJS from "crypto-js";',
        'import { createHmac } from "node:crypto";',
        'const DUMMY_SECRETS = { PASS: "PASS0000", FAIL: "FAIL0000" };',
        "const KEYS = { PASS: \"PASS0000\" };",
        "export const encrypt = (text: string) => CryptoJS.AES.encrypt(text, DUMMY_SECRETS.PASS);",
        "export const real = (text: string) => CryptoJS.AES.encrypt(text, KEYS.PASS);",
        'export const check = (secret: string, text: string) => createHmac("sha256", secret).update(text).digest("hex");',
      ].join("\n"),
      "tests/a.test.ts": 'import { check } from "../src/a.js";\ncheck("quince", "text");\n',
      "vite.config.ts": `import { defineConfig } from "vitest/config";\nexport default defineConfig({ test: { env: { ENCRYPTION_KEY: "${key}" } } });\n`,
      "src/drivers/pg/test.ts": `export const connection = { password: "${password}" };\n`,
      "src/utils/tests.ts": `export const signIn = (password = "${password}") => password;\n`,
    };
    expect(await checkProject(files, { rule })).toEqual([at("6:66", "sink")]);
  });
});

describe("no-hardcoded-secrets, what real backends hold", () => {
  it("reports the password that new accounts are made with, and no text that stands for one", async () => {
    const files = {
      "src/hash.ts": 'import bcrypt from "bcrypt";\nexport class Hasher { async make(text: string) { return bcrypt.hash(text, 10); } }\n',
      "src/members.ts": [
        'import bcrypt from "bcrypt";',
        'import { Hasher } from "./hash.js";',
        "const hasher = new Hasher();",
        'export const a = async () => ({ hash: await hasher.make("123456") });',
        'export const b = async (given: string) => ({ hash: await hasher.make(given) });',
        'export const c = async () => { const hash = await bcrypt.hash("welcome1", 12); return { hash }; };',
        'export const d = async () => { await bcrypt.hash("spend some time", 12); };',
        'export const e = async () => { const dummyHash = await bcrypt.hash("welcome1", 12); return dummyHash; };',
      ].join("\n"),
      "src/database/factories/member.ts": 'import bcrypt from "bcrypt";\nexport const hash = bcrypt.hashSync("welcome1", 12);\n',
    };
    expect(await checkProject(files, { rule })).toEqual([at("4:57", "hashed", "src/members.ts"), at("6:63", "hashed", "src/members.ts")]);
    const accounts = 'import bcrypt from "bcrypt";\nexport const accounts = () => [{ mail: "anna", hash: bcrypt.hashSync("Meadow77", 10) }, { mail: "bert", hash: bcrypt.hashSync("Quarry78", 10) }];';
    expect(await check(accounts)).toHaveLength(1);
    expect(await checkProject({ "src/a.ts": accounts }, { rule, preset: "strict" })).toHaveLength(2);
  });

  it("reports the cookie of a session, and no other", async () => {
    const value = random(40);
    expect(await check(`export const headers = { Cookie: "lang=de; remember_web=${value}" };`)).toEqual([at("1:34", "named")]);
    expect(await check(`export const headers = { Cookie: "lang=de; build=${value}", cookie: "session=<value of your own browser>" };`)).toEqual([]);
  });

  it("takes neither code for a password, nor the key of pages, nor how an address is made, for secrets", async () => {
    expect(await check("// const password=req.body.password;\nconst password=req.body.password;\nexport const hash = async () => { const keptPassword=makeHash(password, 10); return keptPassword; };")).toEqual([]);
    const web = ["AI", "za", random(35)].join("");
    expect(await check(`export const firebase = { apiKey: "${web}", authDomain: "plums.web.app", projectId: "plums" };`)).toEqual([]);
    expect(await check(`export const maps = { apiKey: "${web}" };`)).toEqual([at("1:32", "token")]);
    expect(await check("// ss://base64(method:pass-word-1)@host:port#remark\nexport {};")).toEqual([]);
    expect(await check('const url = "mongodb+srv://plum:plum@orchard.qwxyz.mongodb.net/plums";')).toEqual([at("1:14", "token")]);
    expect(await check('const url = "mongodb+srv://plum:plum@orchard.abcde.mongodb.net/plums";')).toEqual([]);
  });

  it("takes neither how a request is let in, nor what stands in for a password of a command, for secrets", async () => {
    const request = (options: string): string => `import superagent from "superagent";\nexport const f = (token: string) => superagent.get("https://api.acme.io").auth(token, ${options});`;
    expect(await check(request('{ type: "bearer" }'))).toEqual([]);
    expect(await check(request('"juniper"'))).toEqual([at("2:87", "sink")]);
    expect(await check('// redis-server --requirepass default\nexport {};')).toEqual([]);
    expect(await check('export const LEGACY_TOKEN = "longvalueofnumbersandletters.inbothcases.splitin3by2periods";')).toEqual([]);
  });

  it("takes a web token whose month is over for none", async () => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const issued = (days: number): string => [part({ alg: "HS256", typ: "JWT" }), part({ sub: "shop", iat: 1_700_000_000, exp: 1_700_000_000 + days * 86_400 }), random(43)].join(".");
    expect(await check(`export const shown = { token: "${issued(30)}" };`)).toEqual([]);
    expect(await check(`export const shown = { token: "${issued(60)}" };`)).toEqual([at("1:32", "token")]);
  });

  it("takes passwords of seeds, of what tries the application out and of examples for made up, keys and tokens among them for real", async () => {
    const files = {
      "src/db/seedUsers.ts": `export const member = { email: "a@acme.io", password: "${password}" };`,
      "test-login.js": `export const password = "${password}";\nexport const apiKey = "${key}";`,
      "src/docs/members/schema.ts": `export const shown = { password: "${password}" };`,
      "performance/load.js": `export const password = "${password}";`,
      "scripts/simulate-season.js": `export const password = "${password}";`,
      "check-database.js": 'import { Client } from "pg";\nexport const here = new Client({ host: "localhost", user: "postgres", password: "root" });\nexport const there = new Client({ host: "db.acme.io", user: "postgres", password: "root" });',
      "src/database.js": 'import { Client } from "pg";\nexport const here = new Client({ host: "localhost", user: "postgres", password: "root" });',
      "src/permissions.ts": 'export const roles = { "user-api-key": ["shop.device.all", "shop.device.tunnel-22222"] };',
      "src/pay.ts": 'import Stripe from "stripe";\nexport const stripe = new Stripe("sk_test_dummy");',
    };
    expect(await checkProject(files, { rule })).toEqual([at("3:83", "sink", "check-database.js"), at("2:23", "named", "test-login.js")]);
  });

  it("leaves a word that opens a store of this machine alone in the application too, and what says how fields are called elsewhere", async () => {
    const files = {
      "src/database.js": 'import { Client } from "pg";\nexport const here = new Client({ host: "localhost", user: "nico", password: "admin123" });',
      "src/auth.ts": 'import { betterAuth } from "better-auth";\nexport const auth = betterAuth({ session: { fields: { token: "sessionToken", expiresAt: "expires" } } });',
      "src/data-source.example.ts": 'import { DataSource } from "typeorm";\nexport const source = new DataSource({ type: "mariadb", host: "shop-host", username: "dev-username", password: "dev-password" });',
      "scripts/create-test-supplier.ts": `export const password = "${password}";`,
    };
    expect(await checkProject(files, { rule })).toEqual([]);
    const live = {
      "src/database.js": 'import { Client } from "pg";\nexport const there = new Client({ host: "pg.acme.io", user: "nico", password: "admin123" });',
      "src/near.js": `import { Client } from "pg";\nexport const here = new Client({ host: "localhost", user: "nico", password: "${password}" });`,
      "src/auth.ts": 'import { betterAuth } from "better-auth";\nexport const auth = betterAuth({ secret: "sessionToken", session: { fields: { token: "sessionToken" } } });',
      "src/data-source.ts": 'import { DataSource } from "typeorm";\nexport const source = new DataSource({ type: "mariadb", host: "shop.acme.io", username: "dev-username", password: "dev-password" });',
    };
    expect((await checkProject(live, { rule })).map((line) => line.replace(/:.*/, ""))).toEqual(["src/auth.ts", "src/data-source.ts", "src/database.js", "src/near.js"]);
  });

  it("reads migrations for keys that services gave out, and for nothing that is made up there", async () => {
    const service = ["SG", random(22), random(43)].join(".");
    const files = {
      "src/migrations/20240101-settings.ts": `export const rows = [{ key: "mailKey", value: process.env.SENDGRID_API_KEY || "${service}" }];`,
      "src/migrations/20240102-admin.ts": `export const admin = { email: "a@acme.io", password: "${password}" };\nexport const store = "postgres://shop:${random(16)}@pg.acme.io/shop";`,
      "src/mail.ts": 'import nodemailer from "nodemailer";\nexport const mail = nodemailer.createTransport({ host: "mail.acme.io", auth: { user: "#", pass: "#" } });',
      "test-app/people.js": `export const people = { a: { phoneNumber: "+841", password: "${password}" } };`,
    };
    expect((await checkProject(files, { rule })).map((line) => line.replace(/:.*/, ""))).toEqual(["src/migrations/20240101-settings.ts"]);
  });

  it("tells a constant once that several files use, and copies of a secret once", async () => {
    const files = {
      "src/settings.js": 'module.exports = { jwt: { secret: "marmalade" }, cookie: { secret: "mulberries" } };',
      "src/issue.js": 'const jwt = require("jsonwebtoken");\nconst settings = require("./settings");\nexports.issue = (id) => jwt.sign({ id }, settings.jwt.secret);',
      "src/check.js": 'const jwt = require("jsonwebtoken");\nconst { jwt: { secret } } = require("./settings");\nconst { jwt: kept } = require("./settings");\nexports.check = (token) => jwt.verify(token, kept.secret);',
      "src/cookies.js": 'const cookies = require("cookie-parser");\nconst settings = require("./settings");\nexports.parse = cookies(settings.cookie.secret);',
      "src/a.ts": `import { charge } from "./pay.js";\nexport const a = charge("${token}");\nexport const b = charge("${token}");`,
      "src/b.ts": `import { charge } from "./pay.js";\nexport const c = charge("${token}");`,
    };
    expect(await checkProject(files, { rule, cliOnly: true })).toEqual([at("2:26", "token", "src/a.ts"), at("4:46", "sink", "src/check.js"), at("3:25", "sink", "src/cookies.js")]);
    expect(await checkProject(files, { rule, cliOnly: true, preset: "strict" })).toHaveLength(6);
  });

  it("leaves users that MongoDB's shell makes, accounts of trials, a store beside its host, and stand-ins alone", async () => {
    const files = {
      "docker/mongo-init.js": 'db = db.getSiblingDB("shop");\ndb.createUser({ user: "app", pwd: "harvest123", roles: [] });',
      "scripts/order.js": 'import { call } from "./call.js";\nconst TEST_PASSWORD = "Harvest-123!";\nawait call({ username: "a", password: TEST_PASSWORD });',
      "src/settings.ts": 'export const settings = { mysql: { host: "db", username: "shop", password: "123456" } };',
      "src/store.ts": 'import { Sequelize } from "sequelize";\nimport { settings } from "./settings.js";\nexport const store = new Sequelize("shop", settings.mysql.username, settings.mysql.password, { host: settings.mysql.host });',
      "src/here.ts": 'import { Sequelize } from "sequelize";\nexport const here = new Sequelize("shop", "root", "root", { host: "localhost" });',
      "src/auth.ts": 'import { JwtModule } from "@nestjs/jwt";\nexport const m = JwtModule.register({ secret: "session-mode-placeholder" });',
    };
    expect(await checkProject(files, { rule })).toEqual([]);
    const live = {
      "src/users.js": `import { db } from "./db.js";\nawait db.createUser({ user: "app", pwd: "${password}" });`,
      "scripts/order.js": `import { call } from "./call.js";\nconst HARVEST = "${password}";\nawait call({ username: "a", password: HARVEST });`,
      "src/settings.ts": 'export const settings = { mysql: { host: "mysql.acme.io", username: "shop", password: "123456" } };',
      "src/store.ts": 'import { Sequelize } from "sequelize";\nimport { settings } from "./settings.js";\nexport const store = new Sequelize("shop", settings.mysql.username, settings.mysql.password, { host: settings.mysql.host });',
      "src/there.ts": 'import { Sequelize } from "sequelize";\nexport const there = new Sequelize("shop", "root", "root", { host: "mysql.acme.io" });',
      "src/auth.ts": 'import { JwtModule } from "@nestjs/jwt";\nexport const m = JwtModule.register({ secret: "placeholders-of-mine" });',
    };
    expect((await checkProject(live, { rule })).map((line) => line.replace(/:.*/, ""))).toEqual(["scripts/order.js", "src/auth.ts", "src/store.ts", "src/there.ts", "src/users.js"]);
  });

  it("knows what mail services and gateways give out, and takes no sample and no key out of a data file for one", async () => {
    const mailKey = ["kmvk", "ntrk", "htxq", "fdjg"].join("");
    const user = ["xnd", "live", random(28)].join("_");
    const live = {
      "src/mail.js": `module.exports = { host: "smtp.acme.io", auth: { user: "shop@acme.io", pass: "${mailKey}" } };`,
      "src/pay.js": `module.exports = { headers: { authorization: "Basic ${Buffer.from(`${user}:`).toString("base64")}" } };`,
    };
    expect((await checkProject(live, { rule })).map((line) => line.replace(/:.*/, ""))).toEqual(["src/mail.js", "src/pay.js"]);
    const files = {
      "src/mail.js": 'module.exports = { host: "smtp.acme.io", auth: { user: "shop@acme.io", pass: "harvestmoonshine" } };',
      "src/pay.js": `module.exports = { headers: { authorization: "Basic ${Buffer.from("apikey:").toString("base64")}" } };`,
      "src/docs.ts": 'export const tokens = { accessToken: { value: "thisIsASampleBearerAuthToken123" } };',
      "src/account.json": JSON.stringify({ type: "service_account", client_email: "a@b.iam", private_key: privateKey() }),
      "src/drive.js": 'const { google } = require("googleapis");\nconst { client_email, private_key } = require("./account.json");\nmodule.exports = new google.auth.JWT(client_email, null, private_key, []);',
    };
    expect(await checkProject(files, { rule, cliOnly: true })).toEqual([]);
  });

  it("takes what is to be filled in for no password of a mail service, and for one that signs", async () => {
    const mail = (pass: string): string => `import nodemailer from "nodemailer";\nconst word = "${pass}";\nexport const mail = nodemailer.createTransport({ host: "smtp.acme.io", auth: { user: "shop", pass: word } });`;
    expect(await check(mail("<your_password>"))).toEqual([]);
    expect(await check(mail("harvest"))).toHaveLength(1);
    expect(await check('import jwt from "jsonwebtoken";\njwt.sign({ id: 1 }, "<your_secret>");')).toHaveLength(1);
  });

  it("follows options through other files, spreads, injected classes and containers, and is silent where these hold settings", async () => {
    const files = {
      "src/options.ts": 'export const store = { host: "db.acme.io", user: "shop", password: "marmalade" };\nexport const kept = { host: "db.acme.io", user: "shop", password: process.env.DB_PASSWORD };\nexport const session = { cookieName: "sid", password: "quince jelly for everybody in the house" };',
      "src/store.ts": 'import { Pool } from "pg";\nimport { kept, store } from "./options.js";\nexport const a = new Pool({ ...store, max: 3 });\nexport const b = new Pool({ ...kept, max: 3 });',
      "src/session.ts": 'import { getIronSession } from "iron-session";\nimport { session } from "./options.js";\nexport const of = (a: any, b: any) => getIronSession(a, b, { ...session, ttl: 60 });',
      "src/settings.ts": 'export class Settings { word = "clementine"; other = process.env.WORD; }',
      "src/auth.ts": 'import jwt from "jsonwebtoken";\nimport { Settings } from "./settings.js";\nexport class Auth {\n  constructor(private settings: Settings) {}\n  a() { return jwt.sign({}, this.settings.word); }\n  b() { return jwt.sign({}, this.settings.other!); }\n}',
      "src/container.ts": 'import { asValue, createContainer } from "awilix";\ncreateContainer().register({ jwtSecret: asValue("damson"), issuer: asValue("acme") });\ncreateContainer().register({ jwtSecret: asValue(process.env.JWT_SECRET) });',
      "src/google.ts": 'import Google from "@auth/core/providers/google";\nexport const provider = Google({ clientId: "a", clientSecret: process.env.SECRET, profile: () => ({ auth: "google" }) });',
    };
    expect((await checkProject(files, { rule })).map((line) => line.replace(/ .*/, ""))).toEqual(["src/auth.ts:5:29", "src/container.ts:2:49", "src/options.ts:1:68", "src/session.ts:3:65"]);
  });

  it("tells what a data file holds there alone, and a default that two functions have once", async () => {
    const files = {
      "config.json": JSON.stringify({ mongo: { password: "Quince-Jelly-22" } }),
      "src/a.ts": 'import mongoose from "mongoose";\nimport config from "../config.json" with { type: "json" };\nmongoose.connect("mongodb://db.acme.io", { pass: config.mongo.password });',
      "src/box.ts": 'import CryptoJS from "crypto-js";\nconst phrase = "marmalade and clementines";\nexport const seal = (text: string, key = phrase) => CryptoJS.AES.encrypt(text, key);\nexport const open = (text: string, key = phrase) => CryptoJS.AES.decrypt(text, key);',
    };
    expect((await checkProject(files, { rule, cliOnly: true })).map((line) => line.replace(/ .*/, ""))).toEqual(["config.json:1:22", "src/box.ts:3:80"]);
  });

  it("knows codes that let somebody in, credentials in comments, forms and what pm2 starts, and what only looks like them", async () => {
    const live = {
      "src/code.ts": 'import { Router } from "express";\nexport const router = Router().post("/v1/users", (req, res) => res.json({ role: req.body.adminCode === "marmalade" ? 1 : 0 }));',
      "src/mail.ts": `export {};\n//   pass: "${["Quince", "2024", "x"].join("")}",\n`,
      "src/form.ts": 'const body = new URLSearchParams();\nbody.append("client_secret", "marmalade-sky");\nexport { body };',
      "ecosystem.config.js": 'module.exports = { apps: [{ name: "api", env_production: { JWT_SECRET: "marmalade-for-all" } }] };',
      "src/push.ts": `export const headers = { Authorization: "Basic ${random(48)}" };`,
      "src/cards.ts": `import { EncryptionTransformer } from "typeorm-encrypted";\nexport const cards = new EncryptionTransformer({ key: "${randomHex(64)}", algorithm: "aes-256-gcm" });`,
    };
    expect((await checkProject(live, { rule })).map((line) => line.replace(/:.*/, "")).sort()).toEqual(Object.keys(live).sort());
    const harmless = {
      "src/code.ts": 'import { Router } from "express";\nexport const router = Router().post("/v1/users", (req, res) => res.json({ role: req.body.countryCode === "marmalade" ? 1 : 0 }));',
      "src/mail.ts": 'export {};\n//   pass: "yourPassword1",\n//   user: "Quince2024x",\n',
      "src/form.ts": 'const body = new URLSearchParams();\nbody.append("client_id", "marmalade-sky");\nbody.append("client_secret", process.env.SECRET!);\nexport { body };',
      "ecosystem.config.js": 'module.exports = { apps: [{ name: "api", env: { NODE_ENV: "development", JWT_SECRET: "marmalade-for-all" } }] };',
      "src/files.ts": 'import { S3Client } from "@aws-sdk/client-s3";\nexport const files = new S3Client({ endpoint: "http://localhost:9000", credentials: { accessKeyId: "local", secretAccessKey: "local" } });',
      "src/pages.ts": `export const search = { searchOnlyApiKey: "${randomHex(32)}", indexName: "orders" };\nexport const map = "https://maps.googleapis.com/maps/api/js?key=${["AI", "za"].join("")}${random(35)}&libraries=places";`,
    };
    expect(await checkProject(harmless, { rule })).toEqual([]);
  });

  it("tells a key and not its id where both are written down", async () => {
    const id = ["AK", "IA", "QRSTUVWX23456723"].join("");
    expect(await check(`export const a = { accessKeyId: "${id}", secretAccessKey: "${random(40)}" };`)).toEqual([at(`1:${74}`, "named")]);
    expect(await check(`export const a = { accessKeyId: "${id}", secretAccessKey: process.env.AWS_SECRET };`)).toHaveLength(1);
  });

  it("knows codes that always let in, options that are filled one by one, locals and private parts of keys, and what only looks like them", async () => {
    const route = (test: string): string => `import { Router } from "express";\nexport const router = Router().post("/v1/otp", (req, res) => res.json({ ok: ${test} }));`;
    const live = {
      "src/otp.ts": route('req.body.otp === "998877"'),
      "src/stats.ts": route('req.query.key === "stats4bosses"'),
      "src/mail.ts": 'import { createTransport } from "nodemailer";\nconst options: any = { host: "smtp.acme.io", auth: {} };\noptions.auth.user = "robot";\noptions.auth.pass = "marmalade";\nexport const mail = createTransport(options);',
      "src/app.ts": 'import express from "express";\nexport const app = express();\napp.locals.jwtSecret = "marmalade";',
      "src/jwk.ts": `export const jwk = { kty: "EC", crv: "P-256", x: "${random(43)}", d: "${random(43)}" };`,
    };
    expect((await checkProject(live, { rule })).map((line) => line.replace(/:.*/, "")).sort()).toEqual(Object.keys(live).sort());
    const harmless = {
      "src/otp.ts": route('req.body.otp === "expired"'),
      "src/stats.ts": route('req.query.key === "created-at"'),
      "src/mail.ts": 'import { createTransport } from "nodemailer";\nconst options: any = { host: "smtp.acme.io", auth: {} };\noptions.auth.user = "robot";\noptions.auth.pass = process.env.MAIL_PASS;\nexport const mail = createTransport(options);',
      "src/app.ts": 'import express from "express";\nexport const app = express();\napp.locals.title = "marmalade";\napp.locals.jwtSecret = process.env.JWT_SECRET;',
      "src/jwk.ts": `export const jwk = { kty: "EC", crv: "P-256", x: "${random(43)}", y: "${random(43)}" };\nexport const path = { d: "${random(43)}" };`,
      "src/rest.ts": `export const accessToken = "${random(30)}"; // Add full token here`,
      "src/letters.ts": 'import Letters from "email-templates";\nconst account = () => { if (process.env.LOCAL) return { user: "robot", pass: process.env.LOCAL_PASS }; return { type: "OAuth2", clientSecret: process.env.GMAIL_SECRET }; };\nexport const letters = new Letters({ transport: { host: "smtp.acme.io", auth: account() } });',
      "src/cookie.ts": `export const headers = { Cookie: "connect.sid=s%3A${random(64)}" };`,
    };
    expect(await checkProject(harmless, { rule })).toEqual([]);
  });

  it("follows a script that exports one of several modules and options behind a cast, and takes marks for a key", async () => {
    const keys = (production: string, development: string): Record<string, string> => ({
      "config/keys.js": 'if (process.env.NODE_ENV === "production") {\n  module.exports = require("./production");\n} else {\n  module.exports = require("./development");\n}',
      "config/production.js": `module.exports = { signWith: ${production} };`,
      "config/development.js": `module.exports = { signWith: ${development} };`,
      "routes/login.js": 'const jwt = require("jsonwebtoken");\nconst keys = require("../config/keys");\nmodule.exports = (id) => jwt.sign({ id }, keys.signWith);',
    });
    expect(await checkProject(keys('"marmalade"', '"jam"'), { rule })).toEqual(["routes/login.js:3:43 no-hardcoded-secrets sink"]);
    expect(await checkProject(keys("process.env.SIGN_WITH", '"jam"'), { rule })).toEqual([]);
    const strategy = (secret: string): string => `import { Strategy, type StrategyOptions } from "passport-jwt";\nconst options = {} as StrategyOptions;\noptions.secretOrKey = ${secret};\nexport const strategy = new Strategy(options, (_payload, done) => done(null, false));`;
    expect(await check(strategy('"marmalade"'))).toHaveLength(1);
    expect(await check(strategy("process.env.JWT_KEY!"))).toEqual([]);
    const signed = (secret: string): string => `import jwt from "jsonwebtoken";\nexport const sign = (id: string) => jwt.sign({ id }, "${secret}");`;
    expect(await check(signed("%@!(#)"))).toHaveLength(1);
    expect(await check(signed("******"))).toEqual([]);
  });

  it("knows further keys of queries and headers, and leaves what tells things apart and what stands in documentation", async () => {
    expect(await check(`export const url = "https://rates.acme.io/latest?base=EUR&access_key=${randomHex(32)}";`)).toHaveLength(1);
    expect(await check('export const url = "https://rates.acme.io/latest?access_key=YOUR_ACCESS_KEY_FOR_RATES";')).toEqual([]);
    const client = (secret: string): string => `import { GraphQLClient } from "graphql-request";\nexport const client = new GraphQLClient("https://data.acme.io/v1/graphql", { headers: { "x-hasura-admin-secret": ${secret} } });`;
    expect(await check(client('"marmalade-toast"'))).toHaveLength(1);
    expect(await check(client("process.env.DATA_SECRET!"))).toEqual([]);
    const uuid = `${randomHex(8)}-${randomHex(4)}-${randomHex(4)}-${randomHex(4)}-${randomHex(12)}`;
    expect(await check(`export const seat = { row: 4, token: "${uuid}" };`)).toEqual([]);
    expect(await check(`export const seat = { row: 4, token: "${random(36)}" };`)).toHaveLength(1);
    expect(await check(`export const stripe = "${["sk", "test", "4eC39HqLyjWDarjtT1zdp7dc"].join("_")}";`)).toEqual([]);
    expect(await check('export const defaults = { rootPassword: "^YOURPWD$" };')).toEqual([]);
    expect(await check('export const db = { host: "db", user: "app", password: "docker" };\nexport const far = { host: "db.acme.io", user: "app", password: "docker" };')).toEqual([at("2:65", "named")]);
    expect(await check(`import { PostgreSqlContainer } from "@testcontainers/postgresql";\nexport const start = () => new PostgreSqlContainer().withPassword("x").start();\nexport const password = "${password}";`, "src/db/harness.ts")).toEqual([]);
  });

  it("takes a bracket that nothing closes and what is written with % for parts of a password, and older names of clusters", async () => {
    const url = (password: string, host = "db.acme.io"): string => `export const url = "${["mongodb://shop", `${password}@${host}/shop`].join(":")}";`;
    expect(await check(url("Qu1tt3{[marm4lade"))).toHaveLength(1);
    expect(await check(url("Qu1tt3%40marm4lade"))).toHaveLength(1);
    expect(await check(url("Marmalade", "cluster-q7w8e.mongodb.net"))).toHaveLength(1);
    for (const password of ["{password}", "<db-password>", "%DB_PASS%", "$DB_PASSWORD", "[secret1]"]) expect(await check(url(password))).toEqual([]);
    expect(await check(url("<password>", "cluster0-abcde.mongodb.net"))).toEqual([]);
  });

  it("tells a word once where it has the same name or stands in the same address", async () => {
    const address = ["mongodb+srv://shop:marmalade", "cluster0.q7w8e.mongodb.net/shop"].join("@");
    const files = { "src/a.ts": `export const url = "${address}";`, "src/b.ts": `export const url = "${address}";`, "src/users.ts": 'export const users = [{ login: "anna", password: "Ysp@1234" }, { login: "bert", password: "Ysp@1234" }];' };
    expect((await findingsOf(files, { rule, cliOnly: true })).map(({ file, range }) => `${file}:${range.start.line}`)).toEqual(["src/a.ts:1", "src/users.ts:1"]);
  });

  it("adds up texts that are given a name, and leaves sentences and words alone", async () => {
    expect(await check(`export const secret = "${random(16)}" + "${random(16)}";`)).toEqual([at("1:23", "named")]);
    expect(await check(`export const options = { apiKey: ("${randomHex(20)}" + "${randomHex(20)}") };`)).toHaveLength(1);
    expect(await check('export const texts = { password: "Choose one of twelve letters " + "with 2 numbers", token: "access" + "-token" };')).toEqual([]);
    expect(await check('export const secretName = "orders/" + "jwt-2";\nexport const keyPrefix = (id: string) => "session:" + id;')).toEqual([]);
  });

  it("knows what the clients of a socket prove themselves with", async () => {
    const join = (body: string): string => `import { Server } from "socket.io";\nnew Server().use((socket, next) => {\n  ${body}\n  next();\n});`;
    expect(await check(join('if (socket.handshake.auth.token !== "marmalade-2") return next(new Error("no"));'))).toEqual([at("3:39", "compared")]);
    expect(await check(join('const token = socket.handshake.auth.token;\n  if (token !== "marmalade-2") return next(new Error("no"));'))).toHaveLength(1);
    expect(await check(join('if (socket.handshake.auth.kind !== "editor") return next(new Error("no"));'))).toEqual([]);
    expect(await check(join("if (socket.handshake.auth.token !== process.env.SOCKET_TOKEN) return next(new Error());"))).toEqual([]);
  });

  it("tells a constant once that a key is made of before the key signs", async () => {
    const sign = (text: string): string => `import { createSecretKey } from "node:crypto";\nimport { SignJWT } from "jose";\nconst WORD = ${text};\nconst key = createSecretKey(Buffer.from(WORD));\nexport const sign = (id: string) => new SignJWT({ id }).sign(key);`;
    expect(await check(sign('"marmalade"'))).toEqual([at("4:41", "sink")]);
    expect(await check(sign("process.env.WORD!"))).toEqual([]);
    const cursor = 'import { createHmac, timingSafeEqual } from "node:crypto";\nconst WORD = "marmalade-jar";\nexport function isWhole(body: Buffer, mark: Buffer) {\n  const expected = createHmac("sha256", WORD).update(body).digest().subarray(0, 6);\n  return timingSafeEqual(mark, expected);\n}';
    expect(await check(cursor)).toEqual([at("4:41", "sink")]);
  });

  it("tells the first of the accounts that a file makes, and no form of a page on a phone", async () => {
    const account = (mail: string, password: string): string => `{ email: "${mail}@acme.io", password: "${password}", role: "owner" }`;
    const accounts = `export const accounts = [${account("anna", "Harvest77")}, ${account("bert", "Meadow78")}];`;
    expect(await check(accounts)).toHaveLength(1);
    expect(await checkProject({ "src/a.ts": accounts }, { rule, preset: "strict" })).toHaveLength(2);
    expect(await check('export const stores = [{ host: "a.acme.io", user: "shop", password: "Harvest77" }, { host: "b.acme.io", user: "shop", password: "Meadow78" }];')).toHaveLength(2);
    expect(await check(accounts, "src/utils/manualSeedOwners.ts")).toEqual([]);
    expect(await check('import { useMutation } from "@tanstack/react-query";\nexport function useLogin(login: any) {\n  const { mutateAsync } = useMutation(login);\n  return () => mutateAsync({ email: "anna@acme.io", password: "123456" });\n}')).toEqual([]);
  });

  it("takes many letters whose case changes all the time for a key, and no name in them", async () => {
    const drawn = "qXwTzKbRmVhJnPcYdLgFsWtBxZkMvRjHpQyNfDcG";
    expect(await check(`export const storage = { secretKey: "${drawn}" };`)).toHaveLength(1);
    expect(await check('export const storage = { secretKey: "TheNameOfTheSecretThatTheStoreIsAskedFor" };')).toEqual([]);
    expect(await check(`export const url = "https://sms.acme.io/send?account=shop&AccPass=${["vT9cY6mS", "2dZ4eV8w"].join("")}";`)).toHaveLength(1);
    expect(await check('export const url = "https://sms.acme.io/send?account=shop&AccPass=yourAccountPass1&boardingPass=window";')).toEqual([]);
  });

  it("leaves the address alone that the description of an answer shows, and reports the same in use", async () => {
    const address = `otpauth://totp/shop?secret=${"KVKFKRCP"}NZQUYMLX&issuer=shop`;
    expect(await check(`import { ApiProperty } from "@nestjs/swagger";\nexport class Enabled {\n  @ApiProperty({ example: "${address}" }) url!: string;\n}`)).toEqual([]);
    expect(await check(`export const url = "${address}";`)).toHaveLength(1);
    // What everybody shows.
    expect(await check(`export const url = "${address.replace(/secret=\w+/, `secret=${"JBSWY3DP"}EHPK3PXP`)}";`)).toEqual([]);
  });

  it("takes the name of a client beside its secret for none", async () => {
    const client = (members: string): Promise<string[]> => check(`export const client = makeClient({ ${members} });\ndeclare function makeClient(options: object): object;`);
    expect(await client(`apiKey: "${randomHex(32)}", apiSecretKey: process.env.SHOP_SECRET`)).toEqual([]);
    expect(await client(`apiKey: "${randomHex(32)}", apiSecretKey: "${randomHex(32, 3)}"`)).toHaveLength(1);
    expect(await client(`apiKey: "${randomHex(32)}", scopes: ["read"]`)).toHaveLength(1);
  });

  it("takes accounts that are called made up for none, and reports others and what a machine has made", async () => {
    const accounts = (name: string, password: string): Promise<string[]> => check(`export const ${name} = { "ada@acme.io": { password: "${password}", role: "admin" } };`);
    expect(await accounts("mockCredentials", "warehouse123")).toEqual([]);
    expect(await accounts("credentials", "warehouse123")).toHaveLength(1);
    expect(await accounts("mockCredentials", random(24))).toHaveLength(1);
  });

  it("leaves what stands in for a setting and is hashed to no-secret-fallbacks", async () => {
    const made = (first: string): Promise<string[]> => check(`import express from "express";\nimport bcrypt from "bcrypt";\nexport const app = express();\napp.post("/v1/users", async (req, res) => { const password = ${first} || "marmalade1"; res.json({ hash: await bcrypt.hash(password, 10) }); });`);
    expect(await made("req.body.password || process.env.FIRST_PASSWORD")).toEqual([]);
    expect(await made("req.body.password")).toHaveLength(1);
  });

  it("leaves the passwords that a seeder makes up alone", async () => {
    const seeded = 'import { hash } from "bcrypt";\nexport const f = async () => ({ role: "admin", password: await hash("marmalade1", 5) });';
    expect(await check(seeded, "src/database/seeder.ts")).toEqual([]);
    expect(await check(seeded, "src/database/seed-users.ts")).toEqual([]);
    expect(await check(seeded, "src/database/users.ts")).toHaveLength(1);
  });

  it("asks the keys of a provider of logins for secrets, and not the kinds of its tokens", async () => {
    const provider = (configuration: string): Promise<string[]> => check(`import { Provider } from "oidc-provider";\nexport const provider = new Provider("https://id.acme.io", ${configuration});`);
    expect(await provider('{ formats: { AccessToken: "opaque", ClientCredentials: "opaque" }, ttl: { RefreshToken: 600 } }')).toEqual([]);
    expect(await provider('{ cookies: { keys: ["rhubarb-crumble"] } }')).toHaveLength(1);
    expect(await provider('{ clients: [{ client_id: "till", client_secret: "rhubarb-crumble" }] }')).toHaveLength(1);
  });

  it("takes what a client of Stripe is given until somebody has a key for none, and words that open a store of this machine", async () => {
    const client = (key: string): Promise<string[]> => check(`import Stripe from "stripe";\nexport const stripe = new Stripe("${key}");`);
    for (const key of ["dummy", "sk_test_dummy", "sk_test_dummy_key_for_build", "sk_test_mock_key", "sk_test_not_configured", "unset", "not-set"]) expect(await client(key)).toEqual([]);
    expect(await client("marmalade-of-oranges")).toHaveLength(1);
    const address = (password: string, host: string): Promise<string[]> => check(`export const url = "${["postgresql://shop", `${password}@${host}/shop`].join(":")}";`);
    expect(await address("shop_dev_1", "localhost:5433")).toEqual([]);
    expect(await address("shop_dev_1", "pg.acme.io")).toHaveLength(1);
    expect(await address("Qu1ttenBr0t-9", "localhost:5433")).toHaveLength(1);
  });

  it("takes zeros that are encoded for none that somebody hammered, and the digits of a hash for a token whatever chance made of them", async () => {
    const padded = `qTzKb1Rm${"A".repeat(11)}VhJnPcYdL2gFsWtBxZkMvRjHpQyNfDcG3`;
    expect(await check(`export const dropbox = { ACCESS_TOKEN: "${padded}" };`)).toHaveLength(1);
    expect(await check('export const dropbox = { ACCESS_TOKEN: "aaabcaaabcaaabcaaabcaaabc1" };')).toEqual([]);
    const digits = ["a1c3a3c7d4a1c9a7", "e8c1a3d1c7a4c3a9"].join("");
    expect(await check(`export const account = { token: "${digits}" };`)).toHaveLength(1);
  });

  it("leaves what lists of features are called, and reports keys among them", async () => {
    expect(await check('export const flags = { apiKey: "new-api-key-page-2", secret: "secret-santa-2025" };')).toEqual([]);
    expect(await check(`export const flags = { apiKey: "${key}" };`)).toHaveLength(1);
  });

  it("leaves keys that every visitor is sent and what Meta's subscription is asked with", async () => {
    const google = ["AI", "za", random(35)].join("");
    expect(await check(`export const key = "${google}";`, "public/config/app.js")).toEqual([]);
    expect(await check(`export const key = "${google}";`, "src/config/app.js")).toHaveLength(1);
    const asked = (name: string): string => `export function hook(req: any, res: any) {\n  if (req.query["${name}"] === "apple-orchard-7") res.send(req.query["hub.challenge"]);\n}`;
    expect(await check(asked("hub.verify_token"))).toEqual([]);
    expect(await check(asked("verify_token"))).toHaveLength(1);
  });

  it("leaves passwords in files that try the application out, also in a header", async () => {
    const header = `export const headers = { Authorization: "Basic ${Buffer.from("shop:harvest77").toString("base64")}" };`;
    expect(await check(header, "performance/load.js")).toEqual([]);
    expect(await check(header, "src/load.js")).toHaveLength(1);
    const login = 'export const login = { user: "jo", password: "harvest77" };';
    expect(await check(login, "testLogin.js")).toEqual([]);
    expect(await check(login, "src/login.js")).toHaveLength(1);
  });

  it("reports what a new account gets for a password that nobody sent", async () => {
    const create = (given: string): string => `import bcrypt from "bcryptjs";\nimport express from "express";\nexport const app = express();\napp.post("/v1/users", async (req, res) => {\n  const password = ${given};\n  res.json({ id: await save(await bcrypt.hash(password, 10)) });\n});\ndeclare function save(hash: string): Promise<string>;`;
    expect(await check(create('req.body.password || "123456"'))).toHaveLength(1);
    expect(await check(create("req.body.password || invite()"))).toEqual([]);
  });

  it("tells what a JSON file holds there alone, also where the code takes it apart", async () => {
    const secret = ["GOC", "SPX-", random(28)].join("");
    const files = { "src/google.json": `{ "web": { "client_secret": "${secret}" } }`, "src/mail.ts": 'import { google } from "googleapis";\nimport settings from "./google.json";\nconst { client_secret } = settings.web;\nexport const client = new google.auth.OAuth2("id", client_secret, "https://acme.io");' };
    expect(await checkProject(files, { rule, cliOnly: true })).toEqual(["src/google.json:1:30 no-hardcoded-secrets token"]);
  });

  it("leaves the mailbox of Nodemailer's own for trials and accounts that nobody owns alone", async () => {
    const mail = (host: string): string => `import nodemailer from "nodemailer";\nexport const mail = nodemailer.createTransport({ host: "${host}", auth: { user: "shop", pass: "harvest-moon" } });`;
    expect(await check(mail("smtp.ethereal.email"))).toEqual([]);
    expect(await check(mail("smtp.acme.io"))).toHaveLength(1);
    const accounts = (address: string): string => `import bcrypt from "bcryptjs";\nexport async function fill(store: any) {\n  for (let i = 0; i < 9; i++) await store.add({ email: \`${address}\`, password: await bcrypt.hash("harvest", 10) });\n}`;
    expect(await check(accounts("test${i}@acme.io"))).toEqual([]);
    expect(await check(accounts("${store.name}${i}@acme.io"))).toHaveLength(1);
  });

  it("tells of a constant that the same credential is compared with in several files once", async () => {
    const door = (word: string): string => `export const guard = (req: any, res: any, next: any) => (req.headers["x-shop-key"] === "${word}" ? next() : res.status(401).end());`;
    const found = (second: string): Promise<string[]> => checkProject({ "src/a.ts": door("apple-orchard-7"), "src/b.ts": door(second) }, { rule, preset: "recommended", cliOnly: true });
    expect(await found("apple-orchard-7")).toHaveLength(1);
    expect(await found("plum-orchard-8")).toHaveLength(2);
  });

  it("takes what a service is asked with until somebody fills it in, and the hash of a password, for none", async () => {
    const client = (token: string): string => `const sid = "AC1";\nconst authToken = "${token}";\nexport const client = require("twilio")(sid, authToken);`;
    expect(await check(client("your_auth_token"), "src/a.js")).toEqual([]);
    expect(await check(client("apple-orchard"), "src/a.js")).toHaveLength(1);
    const compared = (sent: string): string => `import auth from "express-basic-auth";\nimport { sha512 } from "js-sha512";\nconst stored = "${randomHex(128)}";\nexport const check = (password: string) => auth.safeCompare(${sent}, stored);`;
    expect(await check(compared("sha512(password)"))).toEqual([]);
    expect(await check(compared("password"))).toHaveLength(1);
  });

  it("leaves the copies of a stand-in to no-secret-fallbacks, also as an address", async () => {
    const address = ["mongodb+srv://shop", `${random(16)}@cluster0.a1b2c.mongodb.net/shop`].join(":");
    const files = { "src/a.ts": `export const uri = process.env.MONGO_URI || "${address}";`, "src/b.ts": `export const uri = "${address}";` };
    expect(await checkProject(files, { rule, cliOnly: true })).toEqual([]);
    expect(await checkProject({ "src/b.ts": files["src/b.ts"] }, { rule, cliOnly: true })).toHaveLength(1);
  });

  it("takes a constant that a secret is hashed with for the name of what is made of it", async () => {
    const made = (hashed: string): string => `import { createHmac } from "node:crypto";\nexport const make = (botToken: string, body: string) => createHmac("sha256", "WebAppData").update(${hashed}).digest();`;
    expect(await check(made("botToken"))).toEqual([]);
    expect(await check(made("body"))).toHaveLength(1);
    const used = (hashed: string): string => `import { createHmac } from "node:crypto";\nexport const sign = (botToken: string, body: string) => {\n  const made = createHmac("sha256", "WebAppData").update(${hashed}).digest();\n  return createHmac("sha256", made).update(body).digest("hex");\n};`;
    expect(await check(used("botToken"))).toEqual([]);
    expect((await check(used('"orders"'))).length).toBeGreaterThan(0);
  });

  it("asks what a password opens: words open nothing on the machine itself, unless it is called a server of production", async () => {
    const store = (host: string, word: string, name = "store"): Promise<string[]> => check(`export const ${name} = { host: "${host}", user: "shop", password: "${word}" };`);
    expect(await store("localhost", "Harvest-moon-42")).toEqual([]);
    expect(await store("localhost", random(20))).toHaveLength(1);
    expect(await store("db.acme.io", "Harvest-moon-42")).toHaveLength(1);
    expect(await store("127.0.0.1", "Harvest-moon-42", "mysqlOnline")).toHaveLength(1);
    const used = (host: string): Promise<string[]> => checkProject({ "src/stores.ts": `export const Store = { host: "${host}", password: "Harvest-moon-42" };`, "src/connect.ts": 'import { DataSource } from "typeorm";\nimport { Store } from "./stores.js";\nexport const source = new DataSource({ type: "mysql", host: Store.host, password: Store.password });' }, { rule });
    expect(await used("localhost")).toEqual([]);
    expect(await used("db.acme.io")).toHaveLength(1);
  });

  it("leaves a key of Google's alone that pages show, and reports one that a server asks with", async () => {
    const google = ["AI", "za", random(35)].join("");
    const asked = `export const near = () => fetch("https://maps.googleapis.com/maps/api/place/details/json?key=${google}");`;
    const page = 'import { createRoot } from "react-dom/client";\nimport { Map } from "./Map";\ncreateRoot(document.body).render(<Map />);';
    const inPage = { "package.json": '{ "name": "shop", "scripts": { "start": "node ." }, "dependencies": { "react": "19", "react-dom": "19", "express": "5" } }', "src/web/main.tsx": page, "src/web/Map.tsx": `export const Map = () => <Draw googleKey="${google}" />;` };
    expect(await checkProject(inPage, { rule })).toEqual([]);
    expect(await checkProject({ ...inPage, "src/places.ts": asked }, { rule })).toHaveLength(1);
    expect(await check(asked, "services/public/reviews/handler.ts")).toHaveLength(1);
    expect(await check(`// const site = {\n//   apiKey: "${google}",\n//   authDomain: "shop.firebaseapp.com",\n// };`)).toEqual([]);
  });

  it("knows a key by the service that the objects around it name, and takes what stands over one for none", async () => {
    const uuid = [8, 4, 4, 4, 12].map((length, place) => randomHex(length, place + 5)).join("-");
    expect(await check(`export const outside = { HUBSPOT: { local: { ID: "${uuid}", PAT: "${uuid}" } } };`)).toHaveLength(1);
    expect(await check(`export const outside = { ORDERS: { local: { ID: "${uuid}", PAT: "${uuid}" } } };`)).toEqual([]);
    const signed = (word: string): Promise<string[]> => check(`import { createHmac } from "node:crypto";\nexport const sign = (body: string) => createHmac("sha256", "${word}").update(body).digest("hex");`);
    expect(await signed("XXX")).toEqual([]);
    expect(await signed("Xmas")).toHaveLength(1);
    const mail = (word: string): Promise<string[]> => checkProject({ "src/mail.ts": `export const account = { host: "smtp.acme.io", auth: { user: "a@acme.io", pass: "${word}" } };`, "src/send.ts": 'import nodemailer from "nodemailer";\nimport { account } from "./mail.js";\nexport const transport = nodemailer.createTransport(account);' }, { rule });
    expect(await mail("*****")).toEqual([]);
    expect(await mail("kestrel-meadow")).toHaveLength(1);
  });

  it("reports what a stack of the CDK writes down in plain text, and leaves what a build has made alone", async () => {
    const stack = (text: string): Promise<string[]> => check(`import { SecretValue } from "aws-cdk-lib";\nexport const pager = SecretValue.${text};`, "infra/stack.ts");
    expect(await stack('unsafePlainText("kestrel-meadow-words")')).toHaveLength(1);
    expect(await stack('unsafePlainText("")')).toEqual([]);
    expect(await stack('secretsManager("shop/pager")')).toEqual([]);
    expect(await check(`export const manifest = { middlewareSecret: "${key}" };`, ".vercel/output/functions/entry.js")).toEqual([]);
    expect(await check(`export const manifest = { middlewareSecret: "${key}" };`, "vercel/entry.js")).toHaveLength(1);
  });

  it("tells a constant once that one place hands over and another names", async () => {
    const files = { "src/constants.ts": 'export const PHRASE_SECRET = "words-of-kestrels";', "src/sign.ts": 'import jwt from "jsonwebtoken";\nimport { PHRASE_SECRET } from "./constants.js";\nexport const issue = (id: string) => jwt.sign({ id }, PHRASE_SECRET);', "src/check.ts": 'import jwt from "jsonwebtoken";\nimport { PHRASE_SECRET } from "./constants.js";\nexport const read = (token: string) => jwt.verify(token, PHRASE_SECRET);' };
    expect(await checkProject(files, { rule, preset: "recommended", cliOnly: true })).toHaveLength(1);
  });

  it("tells of a constant where it is declared that a function of the project only signs with, and of none for tests alone", async () => {
    const signer = 'import { createHmac } from "node:crypto";\nconst mac = (body: string, phrase: string) => createHmac("sha256", phrase).update(body).digest("hex");\nexport const sign = (body: string, given: string) => {\n  const phrase = given;\n  return mac(body, phrase);\n};';
    const files = { "src/constants.ts": 'export const PHRASE = "words-of-kestrels";', "src/sign.ts": signer, "src/orders.ts": 'import { PHRASE } from "./constants.js";\nimport { sign } from "./sign.js";\nexport const order = (body: string) => sign(body, PHRASE);', "src/tokens.ts": 'import jwt from "jsonwebtoken";\nimport { PHRASE } from "./constants.js";\nexport const read = (token: string) => jwt.verify(token, PHRASE);' };
    expect(await checkProject(files, { rule, preset: "recommended", cliOnly: true })).toHaveLength(1);
    const made = (asked: string): Promise<string[]> => check(`import jwt from "jsonwebtoken";\nfunction phrase(given?: string): string {\n  if (given) return given;\n  if (${asked}) return "kestrel-words-of-ci";\n  throw new Error("phrase");\n}\nexport const issue = (id: string) => {\n  const secret = phrase(process.env.PHRASE);\n  return jwt.sign({ id }, secret);\n};`);
    expect(await made('process.env.NODE_ENV === "test" || process.env.CI === "true"')).toEqual([]);
    expect(await made('process.env.NODE_ENV === "stage"')).toHaveLength(1);
  });

  it("takes what is called after skipping for the name of a mark, and accounts that a migration makes for made up", async () => {
    expect(await check(`export const auth = { skipJwtAuthKey: "${random(25)}", encryptionKey: "${random(25)}" };`)).toHaveLength(1);
    const account = `export const user = { email: "kestrel@acme.io", name: "Kestrel", password: "${password}" };`;
    expect(await check(account, "scripts/migrate/index.ts")).toEqual([]);
    expect(await check(account, "scripts/grant/index.ts")).toHaveLength(1);
  });

  it("takes kinds within kinds for no credential, and addresses of accounts for no keys", async () => {
    const compared = (read: string, text: string): Promise<string[]> => check(`import express from "express";\nexpress().post("/a", (req, res) => { res.json(${read} === "${text}"); });`);
    expect(await compared("req.body.providerKey", "jupiter/router")).toEqual([]);
    expect(await compared('req.header("X-Event-Key")', "repo:push")).toEqual([]);
    expect(await compared('req.header("X-Event-Key")', "kestrel-meadow")).toHaveLength(1);
    expect(await compared('req.header("x-api-key")', "kestrel/meadow")).toHaveLength(1);
    const address = "TokenKestre1Meadow9QzYhWvRr7bXcUe2nAmPdFgSk5";
    expect(await check(`export const DEFAULT_ACCOUNT_KEYS = ["${address}"];`)).toEqual([]);
    expect(await check(`export const STORAGE_ACCOUNT_KEY = "${random(43)}0";`)).toHaveLength(1);
  });

  it("leaves a word that a stand-in for AWS takes alone, and what stands-ins and made-up messages hold", async () => {
    const client = (options: string): Promise<string[]> => check(`import { DynamoDBClient } from "@aws-sdk/client-dynamodb";\nexport const make = (endpointUrl: string) => new DynamoDBClient({ ${options}credentials: { accessKeyId: "local", secretAccessKey: "kestrel" } });`);
    expect(await client("endpoint: endpointUrl, ")).toEqual([]);
    expect(await client('endpoint: "http://localhost:8000", ')).toEqual([]);
    expect(await client('endpoint: "https://store.acme.io", ')).toHaveLength(1);
    expect(await client("")).toHaveLength(1);
    const sign = 'import jwt from "jsonwebtoken";\nexport const token = () => jwt.sign({ id: 1 }, "kestrel-words");';
    for (const file of ["mockApis/auth.ts", "packages/shop-int-test-ts/src/runner.ts", "utils/storybook/data.js"]) expect(await check(sign, file)).toEqual([]);
    for (const file of ["apis/auth.ts", "packages/shop-print-tester/src/runner.ts"]) expect(await check(sign, file)).toHaveLength(1);
    const message = (mail: string): Promise<string[]> => check(`export const payload = { recipient: "${mail}", token: "${randomHex(40)}" };`);
    expect(await message("anna@example.com")).toEqual([]);
    expect(await message("anna@acme.io")).toHaveLength(1);
    expect(await check("export const looks = 'postgresql://[^:]+:[^@]+@';\nexport const there = /mysql:\\/\\/[^:]+:[^@]+@/;")).toEqual([]);
  });

  it("reports words that a whole application is handed for what signs, and none for what it is called", async () => {
    expect(await check('import Koa from "koa";\nconst app = new Koa();\napp.context.jwtKey = "kestrel-words";\napp.context.title = "kestrel-words";')).toEqual([at("3:22", "sink")]);
    expect(await check('import express from "express";\nconst app = express();\napp.locals.sessionSecret = "kestrel-words";\napp.set("jwtSecret", "kestrel-words");\napp.set("views", "kestrel-words");')).toHaveLength(2);
    expect(await check('import express from "express";\nconst app = express();\napp.set("jwtSecret", process.env.JWT_SECRET);\ncache.set("jwtSecret", "kestrel-words");')).toEqual([]);
  });

  it("takes the password of a user for tests for made up", async () => {
    const user = (mail: string, word: string): Promise<string[]> => check(`export const build = (unique: string) => ({ email: \`${mail}-\${unique}@acme.io\`, slug: unique, password: "${word}" });`);
    expect(await user("testuser", "kestrel123")).toEqual([]);
    expect(await user("clerk", "kestrel123")).toHaveLength(1);
    expect(await user("testuser", `${key}Aa1`)).toHaveLength(1);
  });

  it("leaves passwords of scripts that check an interface alone, keys that a bundler puts into a page, and what an example's host is reached with", async () => {
    const login = `export const login = { url: "/login", email: "admin@acme.io", password: "${password}" };`;
    for (const file of ["src/scripts/check-login.ts", "src/scripts/qa_orders_test.ts"]) expect(await check(login, file)).toEqual([]);
    expect(await check(login, "src/scripts/grant-rights.ts")).toHaveLength(1);
    const map = ["AI", "za", random(35)].join("");
    expect(await check(`export const lines = "VITE_MAPS_KEY=${map}";`)).toEqual([]);
    expect(await check(`export const lines = "MAPS_KEY=${map}";`)).toHaveLength(1);
    const address = (word: string): Promise<string[]> => check(`export const address = "mongodb+srv://demo_user:${word}@cluster0.example.mongodb.net/shop";`);
    expect(await address("demo_password")).toEqual([]);
    expect(await address(`${random(14)}7`)).toHaveLength(1);
  });

  it("knows a key by its name where that says how it is written, and one of base 64 that begins with a slash by chance", async () => {
    const hex = randomHex(64);
    expect(await check(`export const MASTER_KEY_HEX = "${hex}";`)).toHaveLength(1);
    expect(await check(`export const signingKeyBase64 = "${random(43)}=";`)).toHaveLength(1);
    expect(await check(`export const publicKeyPem = "${hex}";\nexport const COLOR_HEX = "${hex}";`)).toEqual([]);
    const secret = (value: string): Promise<string[]> => check(`export const taxes = { clientSecret: "${value}" };`);
    expect(await secret(`/${random(42)}=`)).toHaveLength(1);
    expect(await secret(`/${random(39)}`)).toHaveLength(1);
    expect(await secret("/run/secrets/taxes_client_secret_2024_v2")).toEqual([]);
  });

  it("leaves what says what a key looks like, what lies along the rows of a keyboard, and a word with a digit for a password alone", async () => {
    expect(await check(`export const settings = { mapsApiKey: "looks_like_${randomHex(32).toUpperCase()}" };`)).toEqual([]);
    const key = (value: string): Promise<string[]> => check(`export const apiKey = "${value}";`);
    expect(await key("0asd123qwe456zxc789")).toEqual([]);
    expect(await key("0asd123qwe456kfw7u2")).toHaveLength(1);
    expect(await check('export const valid = { newPassword: "password2" };')).toEqual([]);
    expect(await check('export const valid = { newPassword: "harvest2" };')).toHaveLength(1);
  });

  it("reports what a header is compared with once it is cut and decoded, and words that only steer a stand-in are none", async () => {
    const guard = (text: string, compared: string): Promise<string[]> => check(`import express from "express";\nconst settings = { adminAuth: ${text} };\nexpress().use((req, res, next) => {\n  const auth = req.headers["authorization"] as string;\n  const wanted = Buffer.from(settings.adminAuth, "utf8").toString("base64");\n  if (${compared}) return res.sendStatus(401);\n  next();\n});`);
    expect(await guard('"clerk:kestrel"', "auth.slice(6) !== wanted")).toEqual([at("6:25", "compared")]);
    expect(await guard('"clerk:kestrel"', 'auth.split(" ")[1] !== wanted')).toHaveLength(1);
    expect(await guard("process.env.ADMIN_AUTH", "auth.slice(6) !== wanted")).toEqual([]);
    expect(await guard('"clerk:kestrel"', 'auth.slice(0, 6) !== "Basic "')).toEqual([]);
    const login = (word: string): Promise<string[]> => check(`import express from "express";\nexpress().post("/login", (req, res) => { if (req.body.password === "${word}") res.sendStatus(500); else res.json({}); });`);
    expect(await login("error")).toEqual([]);
    expect(await login("kestrel")).toHaveLength(1);
  });

  it("leaves an address of a store of files alone that was signed for a few weeks, and one that leads to mail", async () => {
    const signed = (from: string, to: string): Promise<string[]> => check(`// https://shop.blob.core.windows.net/bills/1.pdf?sv=2023-08-03&spr=https&st=${from}&se=${to}&sr=b&sig=${random(42)}k%3D`);
    expect(await signed("2026-03-16T15%3A28%3A20Z", "2026-03-16T16%3A28%3A20Z")).toEqual([]);
    expect(await signed("2026-03-16T15:28:20Z", "2028-03-16T15:28:20Z")).toHaveLength(1);
    expect(await check('export const text = "[mail](acme://mailto:anna.berg@acme.io)";')).toEqual([]);
    expect(await check('export const text = "[mail](acme://anna:Harvest-77-b@acme.io)";')).toHaveLength(1);
    expect(await check('export const text = "put mongodb+srv://user:NEWPASS@... there";')).toEqual([]);
  });

  it("takes a token of Google's beside how many seconds it lives for what was answered once", async () => {
    const answer = (beside: string): Promise<string[]> => check(`/** { "access_token": "${["ya29", random(60)].join(".")}", ${beside} } */\nexport const a = 1;`);
    expect(await answer('"expires_in": 3600, "scope": "openid"')).toEqual([]);
    expect(await answer('"scope": "openid", "token_type": "Bearer"')).toHaveLength(1);
  });
});
