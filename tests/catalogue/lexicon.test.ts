import { describe, expect, it } from "vitest";
import { attachingSteps, authenticitySteps, authorizationSteps, authSteps, callbackPaths, errorWrappers, fieldKey, highRiskPaths, idempotencySteps, infrastructurePaths, onceOnlyResources, openPaths, pageInputs, publicMarkers, rateLimitSteps, requestIdNames, validationSteps } from "../../src/catalogue/lexicon/http.js";
import { containerOf, isSanitiserName, personalDataOf } from "../../src/catalogue/lexicon/personal-data.js";
import { Phrases } from "../../src/catalogue/lexicon/phrases.js";

describe("phrases", () => {
  it("match whole words in sequence", () => {
    const phrases = new Phrases("rate limit", "^can", "guard$", "idempot*");
    for (const name of ["rateLimit", "RATE_LIMIT", "x-rate-limit", "apiRateLimiterGuard", "canEdit", "withIdempotency"]) expect(phrases.in(name), name).toBe(true);
    for (const name of ["moderateLimits", "limitRate", "cancel", "scan", "guardian", "limit"]) expect(phrases.in(name), name).toBe(false);
  });

  it("need room", () => {
    expect(new Phrases("a b c").in("a b")).toBe(false);
    expect(new Phrases("a").in("")).toBe(false);
  });
});

const cases = (phrases: Phrases, yes: readonly string[], no: readonly string[]): void => {
  it.each(yes)("%s", (name) => {
    expect(phrases.in(name)).toBe(true);
  });
  it.each(no)("not %s", (name) => {
    expect(phrases.in(name)).toBe(false);
  });
};

describe("authentication", () => {
  cases(authSteps, ["requireAuth", "isAuthenticated", "ensureLoggedIn", "JwtAuthGuard", "AuthGuard", "authMiddleware", "auth", "verifyToken", "checkJwt", "requireApiKey", "verifyAccessToken", "bearerAuth", "protect", "authenticate", "ensure_authenticated", "withAuth", "loginRequired", "ApiKeyGuard", "requireUser", "isUser", "isUserLoggedIn", "protectedProcedure"], ["author", "authorRouter", "createUser", "userController", "getAuthors", "tokenizer", "sessionStore", "rateLimit", "validateBody", "logger", "isUserImportEnabled", "isAccountFrozen"]);
});

describe("attaching", () => {
  cases(attachingSteps, ["optionalAuth", "authOptional", "attachUser", "loadUser", "clerkMiddleware", "currentUser", "populateSession", "setUser"], ["requireAuth", "authMiddleware", "createUser"]);
});

describe("authorization", () => {
  cases(authorizationSteps, ["requireRole", "RolesGuard", "canEdit", "isAdmin", "checkPermissions", "authorize", "denyAll", "requireScope", "PoliciesGuard"], ["cancelOrder", "scopedLogger", "candidate", "authenticate"]);
});

describe("public markers", () => {
  cases(publicMarkers, ["Public", "IsPublic", "SkipAuth", "NoAuth", "AllowAnonymous", "Unprotected", "publicProcedure", "AllowUnauthenticated"], ["PublicKey", "publish", "publicUserDto"]);
});

describe("authenticity", () => {
  cases(authenticitySteps, ["verifyWebhook", "validateSignature", "verifyStripeSignature", "checkCaptcha", "WebhookGuard"], ["verifyUser", "createWebhook"]);
});

describe("rate limit", () => {
  cases(rateLimitSteps, ["rateLimit", "apiLimiter", "ThrottlerGuard", "slowDown", "RateLimiterMiddleware", "ratelimit", "loginRateLimiter"], ["limit", "pagination", "moderate"]);
});

describe("validation", () => {
  cases(validationSteps, ["validate", "validateBody", "zValidator", "ValidationPipe", "ZodPipe", "celebrate", "parseBody", "schemaValidator", "bodyValidator"], ["invalidate", "parseDate", "requireAuth"]);
});

describe("wrappers and ids", () => {
  cases(errorWrappers, ["asyncHandler", "catchAsync", "wrapAsync", "expressAsyncHandler", "tryCatch", "wrap"], ["wrapper3d", "catchUp", "handlers"]);
  cases(requestIdNames, ["requestId", "req_id", "correlationId", "traceId", "x-request-id"], ["userId", "requests", "traceLevel"]);
  cases(idempotencySteps, ["IdempotencyInterceptor", "idempotent", "checkIdempotencyKey"], ["identity"]);
});

describe("paths", () => {
  cases(infrastructurePaths, ["health", "healthz", "health-check", "health-checker", "metrics", "api-docs", ".well-known", "robots.txt", "favicon.ico", "swagger", "openapi.json", "docs-json", "__lbheartbeat__", "app.webmanifest"], ["healthcare", "status-updates", "documents", "live-events", "versions"]);
  cases(callbackPaths, ["callback", "oauth-callback"], ["callbacks-list"]);
  cases(openPaths, ["login", "sign-in", "register", "refresh-token", "forgot-password", "webhooks", "verify-email", "resend-verification", "send-code", "request-otp", "pwdreset", "reset-pwd"], ["users", "orders", "signatures", "send-message", "code"]);
  cases(onceOnlyResources, ["payments", "checkout", "refunds"], ["paymentless", "ordering"]);

  it("knows why a path is worth attacking", () => {
    const reason = (segment: string): string | undefined => Object.entries(highRiskPaths).find(([, phrases]) => phrases.in(segment))?.[0];
    expect(reason("sign-in")).toBe("credentials");
    expect(reason("2fa")).toBe("credentials");
    expect(reason("register")).toBe("account");
    expect(reason("upload")).toBe("transfer");
    expect(reason("checkout")).toBe("money");
    expect(reason("search")).toBe("search");
    expect(reason("users")).toBeUndefined();
    expect(reason("research")).toBeUndefined();
  });

  it("reads field names in any spelling", () => {
    for (const name of ["page", "pageSize", "per_page", "page[size]", "next-token"]) expect(pageInputs.has(fieldKey(name)), name).toBe(true);
    for (const name of ["homepage", "name", "limitation"]) expect(pageInputs.has(fieldKey(name)), name).toBe(false);
  });
});

describe("personal data", () => {
  it.each([
    ["password", "credential"],
    ["userPassword", "credential"],
    ["newPasswordConfirmation", "credential"],
    ["DB_PASSWORD", "credential"],
    ["apiKey", "credential"],
    ["client_secret", "credential"],
    ["accessToken", "token"],
    ["refresh_token", "token"],
    ["authorization", "token"],
    ["sessionId", "token"],
    ["email", "contact"],
    ["userEmails", "contact"],
    ["emailAddress", "contact"],
    ["phoneNumber", "contact"],
    ["mobile", "contact"],
    ["addressLine1", "contact"],
    ["firstName", "identity"],
    ["date_of_birth", "identity"],
    ["ssn", "government-id"],
    ["fiscal_code", "government-id"],
    ["codiceFiscale", "government-id"],
    ["dni", "government-id"],
    ["taxpayerTaxCode", "government-id"],
    ["celular", "contact"],
    ["codigoPostal", "contact"],
    ["nombreCompleto", "identity"],
    ["passportNumber", "government-id"],
    ["cardNumber", "payment"],
    ["cvv", "payment"],
    ["cardCid", "payment"],
    ["iban", "payment"],
    ["diagnosis", "health"],
    ["religion", "special"],
    ["clientIp", "location"],
    ["salary", "employment"],
    ["emailBase64", "contact"],
  ])("%s is %s", (name, category) => {
    expect(personalDataOf(name)).toEqual({ category, onlyOfPerson: false });
  });

  it.each(["age", "address", "username", "name", "latitude", "ip", "fax"])("%s only of a person", (name) => {
    expect(personalDataOf(name)?.onlyOfPerson).toBe(true);
  });

  it.each([
    "passwordPolicy", "passwordStrength", "passwordResetUrl", "passwordChangedAt", "hasPassword", "isPasswordValid", "forgotPassword", "passport", "bypass", "compass", "secretName", "publicKey", "primaryKey", "foreignKey", "cacheKey", "idempotencyKey", "dedupToken", "insert_deduplication_token", "idempotencyToken", "keyboard", "tokenCount", "maxTokens", "promptTokens", "gasToken", "rewardTokens", "tokenType", "tokenizer", "author", "authMethod", "cookieConsent", "emailTemplate", "emailSent", "emailVerified", "emailCount",
    "languageFromCookie", "stateFromToken", "emailProvider", "mailer", "fileName", "hostName", "className", "maxAge", "page", "usage", "message", "session_count", "panel", "span", "last4", "cardBrand", "cardType", "discard", "accountId", "userId", "healthCheck", "raceCondition", "trace", "ipVersion", "description", "script", "recipe", "latency", "passwordHash", "hashedPassword", "maskedEmail", "encryptedSsn", "redactedToken", "emailHash", "statusCode", "errorCode", "countryCode", "walletAddress", "tableName", "tableFullName", "repositoryFullName",
  ])("%s is nothing", (name) => {
    expect(personalDataOf(name)).toBeUndefined();
  });

  it("knows objects that hold much", () => {
    expect(containerOf("user")).toBe("person");
    expect(containerOf("customers")).toBe("person");
    expect(containerOf("createUserDto")).toBe("message");
    expect(containerOf("req")).toBe("message");
    expect(["smtpUser", "mongoDbAuthUser"].map(containerOf)).toEqual([undefined, undefined]);
    expect(containerOf("userId")).toBeUndefined();
    expect(containerOf("userCount")).toBeUndefined();
    expect(containerOf("maskedUser")).toBeUndefined();
  });

  it("knows sanitisers by name", () => {
    for (const name of ["maskEmail", "redact", "sanitizeUser", "toSafe", "hashToken", "sha256", "stripSensitive", "toPublicJson"]) expect(isSanitiserName(name), name).toBe(true);
    for (const name of ["encode", "toString", "toJSON", "stringify"]) expect(isSanitiserName(name), name).toBe(false);
  });
});
