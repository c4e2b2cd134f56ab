import { Phrases } from "./phrases.js";

/*
 * What the steps, paths and fields of HTTP interfaces are called. Names are weak evidence: they count where the code
 * behind them cannot be read.
 */

/** Steps that turn requests without a principal away. */
export const authSteps = new Phrases(
  "^is|ensure|require|requires|required|check|verify|assert|must|enforce|needs auth|authn|authed|authenticated|authentication|login|logged|signed|session|token|jwt|bearer|apikey|identity",
  "^ensure|require|requires|required|check|verify|assert|must|enforce|needs user|account",
  // `isUserImportEnabled` asks for no user.
  "^is user|account$",
  "^is user|account auth|authenticated|authorized|logged|signed|login|valid|verified|active|allowed|in",
  "^is|ensure|require|requires|check|verify|assert|must|enforce|needs be|access|api|id|valid auth|authenticated|logged|signed|token|key|session|user",
  "^validate auth|jwt|token|session|bearer|apikey|authentication|access|api",
  "^auth$",
  "^authn$",
  "^authenticate",
  "^authentication$",
  "^authenticated",
  "^authed",
  "auth|authn|authentication|jwt|bearer|session|token|apikey guard|middleware|hook|handler|interceptor|required|check|checker|filter|plugin|gate",
  "api key guard|middleware|auth|hook|check",
  "jwt|bearer|basic|apikey|token|cookie|user|key|session auth|authentication|authenticate",
  "auth|login required",
  "^protect$",
  "^protected",
  "^with auth|session|user|authentication",
  "^only authenticated|logged",
  "^authorized user",
  "^jwt$",
  "^secured$",
);

/** Steps that find the principal if there is one and let everybody pass. */
export const attachingSteps = new Phrases(
  "optional|maybe|try|soft|lazy|anonymous auth|authenticate|authentication|jwt|user|session|login|token|viewer|principal|identity|account",
  "auth|authentication|jwt|user|session|login|viewer|principal|identity|account optional",
  "^attach|load|populate|append|hydrate|inject|resolve|add|fetch|set|extract|deserialize|decode|parse|read|get|find user|session|account|principal|auth|viewer|identity|jwt|token|current",
  "^current user",
  "clerk middleware",
  "passport initialize|session",
  "^session$",
  "^session middleware",
  "^initialize",
  "^with optional",
);

/** Those of them that say so: they turn wrong credentials away, and nobody who has none. */
export const optionalSteps = new Phrases("optional|maybe auth|authenticate|authenticated|authentication|jwt|user|session|login|token|viewer|principal|identity|account", "auth|authentication|jwt|user|session|login|viewer|principal|identity|account optional");

/** Steps that decide what a principal may do. */
export const authorizationSteps = new Phrases(
  "role|roles|permission|permissions|perms|scope|scopes|policy|policies|ability|abilities|acl|rbac|abac|owner|ownership|admin|superadmin|superuser|privilege|privileges|entitlement|casl|cerbos|openfga|grant|grants",
  "^authorize|authorise|authorized|authorised|authorization|authorisation|authz",
  "^can",
  "^deny|forbid",
  "authorize|authorization|authz guard|middleware$",
);

/** Markers of routes that are meant to be open. */
export const publicMarkers = new Phrases(
  "^public$",
  "^is public$",
  "^public route|endpoint|procedure|query|mutation|resolver|handler|access",
  "^public api$",
  "^public api route|endpoint|handler|access",
  "^skip|no|without|bypass|ignore|disable|exclude auth|authentication|authorization|guard|guards|jwt|login|security|token",
  "^allow|permit anonymous|unauthenticated|public|all|guest|unauthorized",
  "^unprotected|unauthenticated|anonymous|guest",
  "^open route|endpoint",
);

/** Steps that prove a request's origin without a principal: signatures, captchas, shared secrets of schedulers. */
export const authenticitySteps = new Phrases("verify|validate|check|require|assert webhook|signature|hmac|stripe|captcha|recaptcha|turnstile|hcaptcha|svix|cron|github|slack|twilio|signed", "webhook|signature|hmac|captcha|recaptcha guard|middleware|verifier|verification|check|auth");

/** Steps that turn calls away by something else than who makes them: programs, blocked subjects, places, what is switched off. */
export const filterSteps = new Phrases("cors", "bot|bots|captcha|recaptcha|hcaptcha|turnstile", "block|black|deny list|lists", "blocklist|blacklist|denylist|geoblock|geofence|maintenance|sanctions", "geo|country|region block|blocking|guard|filter|restriction", "feature flag|flags|toggle|switch");

/** Steps that say what browsers may do with an answer, to whomever it is sent. */
export const headerSteps = new Phrases("cors|csp|helmet|hsts", "security|response header|headers");

export const rateLimitSteps = new Phrases("rate limit|limiter|limiting|limited|limits", "ratelimit|ratelimiter|ratelimiting|limiter|limiters|throttle|throttler|throttling|throttled|quota|quotas|arcjet|bruteforce", "slow down", "brute force", "speed limit|limiter", "too many requests", "request limit|limiter");

export const validationSteps = new Phrases(
  "^validate|validates|validated|validation|validator|celebrate",
  "validation|validator|validate pipe|middleware|handler|hook$",
  "zod|joi|valibot|schema|yup|ajv|typebox|vine|parse|class pipe",
  "^z|s|v|tb|zod|joi|yup|ajv|valibot|typebox|arktype|vine|standard|schema|body|query|params|request|input|dto validator|validate|validation|middleware",
  "^parse body|query|params|request|input|payload",
  "^check schema",
  "^with validation|schema|body|validated",
);

/** Wrappers that forward rejections and whose argument is the handler in truth. */
export const errorWrappers = new Phrases("^async handler|wrapper|wrap|route|middleware|error|errors|controller", "^express async handler", "^catch async|error|errors|exceptions", "^wrap$", "^wrap async|handler|route|controller|request|middleware", "^try catch", "^handle async|errors|error|promise", "^safe handler|async|route", "^with error");

/** Steps and helpers that read or apply a page. */
export const paginationSteps = new Phrases("paginate*", "pagination", "pageable");

export const idempotencySteps = new Phrases("idempot*");

/** Headers that carry an idempotency key, in lower case. */
export const idempotencyHeaders: ReadonlySet<string> = new Set(["idempotency-key", "x-idempotency-key", "idempotency_key", "idempotent-replayed", "x-idempotent-key"]);

/** Headers that say how a request was sent, and not by whom, in lower case. */
export const transportHeaders: ReadonlySet<string> = new Set([
  "user-agent", "accept", "accept-language", "accept-encoding", "content-type", "content-length", "content-encoding", "host", "origin", "referer",
  "referrer", "date", "range", "if-match", "if-none-match", "if-modified-since", "cache-control", "connection", "upgrade", "x-requested-with",
  "x-timestamp", "x-request-timestamp", "x-request-id", "x-correlation-id", "x-timezone", "x-custom-lang", "x-app-version", "x-client-version",
  "x-api-version",
]);

/** Names of ids that tie log lines of one request together. */
export const requestIdNames = new Phrases("request|req|correlation|trace|span|cid id|ids$", "requestid|reqid|correlationid|traceid", "traceparent");

/** Inputs that choose a part of a list. */
export const pageInputs: ReadonlySet<string> = new Set([
  "page", "pagesize", "perpage", "limit", "offset", "skip", "take", "first", "last", "after", "before", "cursor", "nexttoken", "pagetoken", "pagenumber", "pageno", "pageindex", "nextcursor", "startingafter", "endingbefore", "maxresults", "startafter", "exclusivestartkey", "lastevaluatedkey", "range", "$top", "$skip", "top", "itemsperpage", "rows", "since",
]);

export const sortInputs: ReadonlySet<string> = new Set(["sort", "sortby", "order", "orderby", "direction", "sortorder", "sortdirection", "orderdirection", "sortfield", "sorting"]);

export const filterInputs: ReadonlySet<string> = new Set(["filter", "filters", "where", "q", "query", "search", "searchterm", "keyword", "term"]);

/** A field's name as `pageInputs` and its kin hold it. */
export function fieldKey(name: string): string {
  return name.replace(/[_\-\s[\]]/g, "").toLowerCase();
}

/** Why a path is worth attacking; by the words of one of its static segments. */
export const highRiskPaths: Readonly<Record<"credentials" | "account" | "messages" | "transfer" | "money" | "webhook" | "search", Phrases>> = {
  credentials: new Phrases("login|signin|logon|authenticate|otp|totp|mfa|passkey|passkeys|webauthn|oauth|oauth2|sso|token|tokens|refresh|verify|verification|password|passwd|pwd|captcha", "pin$", "pin code|login|reset", "sign|log in|on", "2 fa", "magic link|links", "forgot|forgotten|reset|recover|recovery|change password|pwd|account|email|pin", "pass reset|recovery", "forgot|forget|reset|recover$", "forgetpassword|forgotpassword|resetpassword|passwordreset|changepassword|forgotpwd|resetpwd|pwdreset|changepwd", "confirm email|account|password", "two factor", "api key|keys|token|tokens"),
  account: new Phrases("signup|register|registration|onboarding", "sign|create up|account", "invite|invites|invitation|invitations"),
  messages: new Phrases("contact|feedback|newsletter|subscribe|unsubscribe", "send|resend email|sms|code|otp|mail|message|verification|invitation", "resend"),
  transfer: new Phrases("upload|uploads|import|imports|export|exports|download|bulk|batch"),
  money: new Phrases("checkout|pay|payment|payments|charge|charges|refund|refunds|transfer|transfers|withdraw|withdrawal|withdrawals|payout|payouts|coupon|coupons|redeem|gift"),
  webhook: new Phrases("webhook|webhooks|callback|callbacks"),
  search: new Phrases("search|autocomplete|suggest|lookup"),
};

/** Tokens that a model of language reads or writes, which let nobody in. */
export const measuredTokens = new Phrases("count|estimate|measure|max token|tokens", "token|tokens count|counter|counts|estimate|usage");

/** Segments of paths that the infrastructure asks for: exempt from versions, pages and schemas. */
export const infrastructurePaths = new Phrases(
  "^health|healthy|healthz|healthd|healthcheck|healthchecker|checkhealth|heartbeat|lbheartbeat|livez|readyz|ready|readiness|live|liveness|ping|status|alive|metrics|prometheus|docs|doc|documentation|swagger|openapi|redoc|scalar|reference|static|assets|favicon|robots|sitemap|playground|graphiql|voyager|version|startup|startupz|probe|csp|hello$",
  "^health|ready|live|liveness|readiness check|checks|checker|probe|z|status",
  "^server|app|service|system|api|check health",
  "^connectivity|connection|health check$",
  "^api docs|doc|documentation|reference|spec|json",
  "^docs|swagger|openapi json|yaml|yml|ui|spec|stats|html",
  "^favicon|robots|sitemap|openapi|swagger|manifest|metrics|health|status|version ico|txt|xml|json|yaml|yml|png|svg",
  "webmanifest$",
  "^well known$",
  "^llms",
  "^security|humans|ads txt",
  "^rss|feed|atom xml",
  "^og|opengraph|twitter image",
  "^og$",
  "^web manifest|site webmanifest",
  "^acme challenge$",
);

/** Paths on which an identity provider calls back. */
export const callbackPaths = new Phrases("callback$", "callbacks$", "^acs$", "redirect$", "oauth|oidc|saml|sso callback|redirect|acs|return");

/** Paths that are open by their nature: they are how a principal comes to be, or prove their origin otherwise. */
export const openPaths = new Phrases("login|signin|logon|signup|register|registration|refresh|callback|webhook|webhooks|oauth|oauth2|saml|sso|oidc|jwks|captcha|recaptcha", "^sign|log in|up|on", "^create account$", "^refresh token|tokens", "^auth|login|session status$", "^forgot|forget|forgotten|reset|recover password|pwd|account|email|pin", "^password|pwd|pass reset|forgot|recover|recovery|forgotten", "^send|request|resend password|pwd|pass reset|recovery", "^new password$", "^set|choose|create new password", "^forgetpassword|forgotpassword|resetpassword|passwordreset|forgotpwd|resetpwd|pwdreset$", "^forgot|forget|reset|recover$", "^verify|confirm email|account|mail|registration|otp|code|token", "^email|account verify|verification|confirm|confirmation|activate|activation", "^resend verification|confirmation|code|otp|email", "^request verify|verification", "^send|request code|otp$", "^send|resend|request|verify mobile|phone|sms|email|whatsapp otp|code|verification", "^send|request|resend|verify forgot|forgotten|forget|reset|recover password", "^activate", "^verify$", "^verification$", "magic link", "^csrf", "^csp report|reports|violation|violations", "^report violation|violations|csp", "^openid configuration", "^auth initiate|start|begin|handshake$", "^auth|login|signin|oauth|sso providers|methods|method|options|available|config|contexts|crumb|key|keys", "^auth|cli|oauth device$", "^auth|oauth|oauth2|sso|social|login|signin|connect google|facebook|github|gitlab|apple|twitter|linkedin|microsoft|azure|discord|slack|twitch|spotify|steam|yahoo|bitbucket|okta|keycloak|auth0|cognito$", "device code|authorization", "^otp send|verify|request|resend$", "^error$", "^unsupported|offline|maintenance$", "^not found$", "^username|nickname|email available|availability|exists|taken|duplicate", "^user|users|username|email check$", "^pending user|users|registration|signup", "^duplicate|check|available username|nickname|email", "^remote config$", "^webauthn|passkey|passkeys authenticate|authentication|assertion|challenge|credential|options|verify", "^apply for", "^unsubscribe", "^iniciar|inicio|cerrar sesion$", "^registrarse|cadastrar|connexion|deconnexion$", "^verificar|confirmar|reenviar email|correo|conta|cuenta|codigo|ativacao|activacion", "^recuperar|esqueci|esqueceu|olvide|redefinir|restablecer|resetar senha|contrasena|clave", "recovery request", "^verify|confirm|enrol|enroll 2 fa", "^verify|confirm mfa|totp");

/** Forms for people whom nobody knows yet. */
export const strangersForms = new Phrases("^contact us|form|sales$", "^inquiry|inquiries|enquiry|enquiries$", "^newsletter subscribe|subscription|subscriptions$");

/** Resources that belong to somebody, or tell how a system is run: who may read them is nothing that is left to chance. */
export const privateResources = new Phrases("order|orders|invoice|invoices|payment|payments|transaction|transactions|transfer|transfers|refund|refunds|payout|payouts|balance|balances|wallet|wallets|billing|subscription|subscriptions|cart|carts|basket|baskets|checkout|wishlist|wishlists|favorite|favorites|favourite|favourites", "booking|bookings|reservation|reservations|appointment|appointments|ticket|tickets|application|applications|submission|submissions|enrollment|enrollments|attendance|grade|grades|result|results|prescription|prescriptions|diagnosis|record|records", "message|messages|conversation|conversations|chat|chats|inbox|mail|mails|email|emails|notification|notifications|invitation|invitations|invite|invites|contact|contacts|lead|leads|inquiry|inquiries|enquiry|enquiries|subscriber|subscribers", "^stat|stats|statistics|analytics", "log|logs|audit|audits|report|reports|dashboard|metrics|export|exports|backup|backups|dump|debug|admin|internal|ops|backoffice|staff|setting|settings|config|configuration|session|sessions|token|tokens|key|keys|secret|secrets|credential|credentials|upload|uploads|document|documents|file|files", "^me|my|mine|own|self|current", "inventory|stock|salary|salaries|payroll|expense|expenses|revenue|sale|sales|role|roles|permission|permissions");

/** Resources whose creation a retry must not repeat. */
export const onceOnlyResources = new Phrases("payment|payments|order|orders|checkout|checkouts|transfer|transfers|charge|charges|refund|refunds|subscription|subscriptions|booking|bookings|invoice|invoices|payout|payouts|withdrawal|withdrawals|purchase|purchases|reservation|reservations|deposit|deposits", "^pay$");

/** Verbs of paths that ask for a change: `/posts/:id/publish`, `/terms/accept-all`. */
export const changingVerbs: ReadonlySet<string> = new Set([
  "accept", "activate", "add", "approve", "archive", "assign", "ban", "block", "buy", "cancel", "capture", "change", "charge", "clear", "clone",
  "close", "complete", "copy", "create", "deactivate", "decline", "delete", "demote", "deploy", "destroy", "disable", "dislike", "dismiss",
  "duplicate", "edit", "enable", "enrol", "enroll", "execute", "expire", "finalize", "finish", "fix", "flush", "follow", "freeze", "generate",
  "grant", "hide", "import", "insert", "install", "invite", "join", "kick", "launch", "leave", "like", "link", "lock", "mark", "merge", "migrate",
  "move", "mute", "pause", "pay", "pin", "populate", "post", "promote", "publish", "purge", "push", "put", "reassign", "rebuild", "recalculate",
  "redeem", "refund", "regenerate", "register", "reindex", "reject", "release", "remove", "rename", "reopen", "repair", "reschedule", "resend",
  "reset", "restart", "restore", "resume", "retire", "retry", "revoke", "rotate", "run", "save", "seed", "send", "set", "ship", "start", "stop",
  "submit", "subscribe", "suspend", "switch", "sync", "toggle", "transfer", "trash", "trigger", "unarchive", "unassign", "unban", "unblock", "undo",
  "unfollow", "unfreeze", "unhide", "uninstall", "unlike", "unlink", "unlock", "unmute", "unpin", "unpublish", "unsubscribe", "update", "upgrade",
  "upload", "void", "vote", "withdraw",
]);

/** Verbs of paths that do something to a thing that is there: doing it again leaves it as it is, or asks for nothing new. */
export const settlingVerbs: ReadonlySet<string> = new Set([
  "authenticate", "authorize", "sync", "cancel", "update", "edit", "set", "delete", "remove", "get", "list", "find", "search", "query", "validate",
  "verify", "check", "preview", "calculate", "estimate", "quote", "export", "archive", "unarchive", "close", "manage", "portal", "swap", "webhook",
  "webhooks", "callback", "confirm", "reject", "approve", "resume", "pause", "modify", "change", "link", "unlink", "uncancel", "reactivate",
  "activate", "deactivate", "enable", "disable", "attach", "detach", "switch", "assign", "unassign", "upgrade", "downgrade", "retry", "resend",
  "send", "remind", "count", "filter", "reorder", "sort", "import", "upsert", "save",
]);

/** Keys under which an error payload carries its stable code. */
export const errorCodeKeys: ReadonlySet<string> = new Set(["code", "errorcode", "error_code", "type", "errcode", "err_code"]);
