import type { Sink } from "../concerns.js";
import type { ApiReference, ArgumentPath, Library } from "../library.js";

/** Functions whose argument must not be what a request brought. */
function sinks(kind: Sink["kind"], at: ArgumentPath, ...names: readonly string[]): Record<string, ApiReference> {
  return Object.fromEntries(names.map((name) => [name, { sinks: [{ kind, at }] }]));
}

const withDefault = (exported: Record<string, ApiReference>): Record<string, ApiReference> => ({ ...exported, default: { members: exported } });

/** Settings under which a parser reads what a document says that it is made of. */
const entities: Sink["when"] = [{ at: "1.noent", is: true }, { at: "1.replaceEntities", is: true }, { at: "1.dtdload", is: true }];

const libraries: readonly Library[] = [
  { package: "execa", also: ["cross-spawn", "shelljs", "zx", "node-pty", "child-process-promise", "tinyexec"], capabilities: ["shell"], exports: { ...sinks("shell", "0", "execa", "execaSync", "execaCommand", "execaCommandSync", "command", "commandSync", "exec", "spawn", "default", "x"), $: { sinks: [{ kind: "shell", at: "0" }] } } },
  { package: "vm2", also: ["isolated-vm", "eval", "safe-eval", "static-eval", "notevil", "jsonata", "expr-eval", "mathjs"], capabilities: ["shell"], exports: { VM: { new: { members: sinks("code", "0", "run") } }, NodeVM: { new: { members: sinks("code", "0", "run") } }, ...sinks("code", "0", "evaluate", "eval", "parse", "compile", "runInNewContext"), default: { sinks: [{ kind: "code", at: "0" }], members: sinks("code", "0", "evaluate", "eval", "parse", "compile") } } },
  { package: "serialize-javascript", also: ["node-serialize", "funcster", "cryo"], capabilities: ["utility"], exports: withDefault(sinks("deserialise", "0", "unserialize", "deserialize", "deepDeserialize")) },
  // These make data alone, of a fixed list of types: no more than JSON does.
  { package: "superjson", also: ["devalue", "flatted"], capabilities: ["utility"] },
  { package: "js-yaml", capabilities: ["yaml"], exports: withDefault({ load: { below: { "4.0": { sinks: [{ kind: "deserialise", at: "0", unless: ["1.schema"] }] } } }, dump: {}, safeLoad: {} }) },
  { package: "yaml", also: ["yamljs"], capabilities: ["yaml"] },
  { package: "libxmljs", also: ["libxmljs2", "node-expat", "xml2js", "fast-xml-parser", "xmlbuilder", "xmlbuilder2", "xml-js", "sax", "saxes", "@xmldom/xmldom"], capabilities: ["xml"], exports: withDefault(Object.fromEntries(["parseXml", "parseXmlString", "parseXmlAsync"].map((name) => [name, { sinks: [{ kind: "xml", at: "0", when: entities }] }]))) },
  { package: "xpath", capabilities: ["xml"], exports: withDefault(sinks("xpath", "0", "select", "select1", "evaluate", "parse")) },
  { package: "ldapjs", also: ["ldapts", "activedirectory2"], capabilities: ["data-access"], exports: { createClient: { call: "client" }, Client: { new: "client" }, default: { members: { createClient: { call: "client" } } } }, values: { client: { members: { search: { sinks: [{ kind: "ldap", at: "1.filter" }, { kind: "ldap", at: "0" }] }, bind: { sinks: [{ kind: "ldap", at: "0" }], secrets: ["1"] } } } } },
  // Languages that only fill in and repeat are there for what their users write; the others run code.
  { package: "handlebars", also: ["mustache", "liquidjs", "hbs"], capabilities: ["template"] },
  { package: "ejs", also: ["pug", "nunjucks", "eta", "dot", "jade", "swig", "swig-templates", "art-template", "squirrelly", "doT"], capabilities: ["template"], exports: { ...withDefault({ ...sinks("template", "0", "compile", "render", "renderString", "template", "precompile"), ...sinks("path", "0", "renderFile", "compileFile") }), Environment: { new: { members: sinks("template", "0", "renderString") } } } },
  { package: "twig", capabilities: ["template"], exports: withDefault(sinks("template", "0.data", "twig")) },
  { package: "puppeteer", also: ["playwright", "puppeteer-core", "playwright-core", "html-pdf", "wkhtmltopdf"], capabilities: ["shell"], exports: { default: { members: { launch: { call: "browser" } } }, launch: { call: "browser" }, chromium: { members: { launch: { call: "browser" } } } }, values: { browser: { members: { newPage: { call: { members: { goto: { sinks: [{ kind: "url", at: "0" }] }, setContent: { sinks: [{ kind: "html", at: "0" }] } } } }, newContext: { call: "browser" }, close: {} } } } },
  { package: "nodemailer", also: ["@nestjs-modules/mailer"], capabilities: ["mail"], exports: { createTransport: { call: "mailer", effect: { makes: "client" }, secrets: ["0.auth.pass"] }, default: { members: { createTransport: { call: "mailer", effect: { makes: "client" }, secrets: ["0.auth.pass"] } } }, MailerService: { new: "mailer" }, Transporter: { new: "mailer" } }, values: { mailer: { is: "mailer", members: { sendMail: { sinks: [{ kind: "email", at: "0.html" }] }, verify: {} } } } },
  { package: "@sendgrid/mail", capabilities: ["mail"], exports: { default: { members: { setApiKey: { secrets: ["0"] }, send: {} } }, setApiKey: { secrets: ["0"] } } },
  { package: "twilio", capabilities: ["sms"], exports: { default: { secrets: ["1"], new: {}, call: {}, members: { validateRequest: { secrets: ["0"] } } }, Twilio: { new: {}, secrets: ["1"] }, validateRequest: { secrets: ["0"] }, validateRequestWithBody: { secrets: ["0"] } } },
  { package: "stripe", capabilities: ["payment"], exports: { default: { new: "client", credentials: ["0"] }, Stripe: { new: "client", credentials: ["0"] } }, values: { client: { is: "http-client", members: { webhooks: { members: { constructEvent: { middleware: { role: "webhook-signature", direct: true }, secrets: ["2"] }, constructEventAsync: { middleware: { role: "webhook-signature", direct: true }, secrets: ["2"] } } } } } } },
  { package: "svix", also: ["standardwebhooks", "@octokit/webhooks"], capabilities: ["token"], exports: { Webhook: { new: { members: { verify: { middleware: { role: "webhook-signature", direct: true } } } }, secrets: ["0"] } } },
  { package: "chokidar", also: ["watchpack", "node-watch"], capabilities: ["file-system"], exports: { watch: { effect: { makes: "watcher", opens: true } }, default: { members: { watch: { effect: { makes: "watcher", opens: true } } } } } },
  { package: "re2", also: ["safe-regex", "xregexp"], capabilities: ["regexp"], exports: { default: { new: {} } } },
  { package: "lodash", also: ["lodash-es", "underscore"], capabilities: ["utility"], exports: withDefault(sinks("template", "0", "template")) },
  { package: "adm-zip", capabilities: ["file-system"], exports: { default: { new: { members: sinks("path", "0", "extractAllTo", "extractAllToAsync", "addLocalFile", "addLocalFolder") } } } },
  { package: "unzipper", also: ["unzip", "unzip-stream"], capabilities: ["file-system"], exports: withDefault(sinks("path", "0.path", "Extract")) },
  { package: "tar", also: ["tar-stream", "tar-fs"], capabilities: ["file-system"], exports: withDefault({ ...sinks("path", "0.cwd", "x", "extract", "c", "create"), extract: { sinks: [{ kind: "path", at: "0.cwd" }] } }) },
  { package: "extract-zip", capabilities: ["file-system"], exports: { default: { sinks: [{ kind: "path", at: "0" }, { kind: "path", at: "1.dir" }] } } },
  { package: "decompress", capabilities: ["file-system"], exports: { default: { sinks: [{ kind: "path", at: "0" }, { kind: "path", at: "1" }] } } },
  { package: "rimraf", also: ["del"], capabilities: ["file-system"], exports: { default: { sinks: [{ kind: "path", at: "0" }], members: sinks("path", "0", "sync", "rimraf", "rimrafSync") }, ...sinks("path", "0", "rimraf", "rimrafSync", "sync", "deleteAsync", "deleteSync") } },
];

export default libraries;
