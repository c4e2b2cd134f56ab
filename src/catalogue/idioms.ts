import { wordTable } from "../base/word-table.js";

/** How a framework says something: what a message tells a reader to write. */
export interface FrameworkIdioms {
  readonly auth: string;
  readonly rateLimit: string;
  readonly errorHandler: string;
}

const middleware: FrameworkIdioms = {
  auth: "put a middleware that rejects callers without credentials before the handler, or before its router is mounted",
  rateLimit: "put a rate limiter before the handler",
  errorHandler: "an error handler",
};

/** By the framework's name in the route table. */
const idioms: Readonly<Record<string, FrameworkIdioms>> = wordTable({
  express: { auth: "put a middleware that rejects before the handler, or `router.use(requireAuth)` above this line", rateLimit: "put `rateLimit({ windowMs, limit })` before the handler", errorHandler: "a middleware of four parameters behind all routes" },
  fastify: { auth: "add `onRequest: [fastify.authenticate]` to the route, or `addHook(\"onRequest\", …)` to its plugin", rateLimit: "await `register(rateLimit)` before the routes, or set `config: { rateLimit: { max, timeWindow } }`", errorHandler: "`setErrorHandler`" },
  koa: { auth: "put a middleware that throws 401 before the handler, or `router.use(requireAuth)` above this line", rateLimit: "put `ratelimit({ driver, duration, max })` before the handler", errorHandler: "an outermost middleware that catches what `next()` throws" },
  hono: { auth: "put `bearerAuth(…)`, `jwt(…)` or a middleware that rejects before the handler, or `app.use(path, …)` above this line", rateLimit: "put `rateLimiter({ windowMs, limit, keyGenerator })` before the handler", errorHandler: "`app.onError`" },
  nestjs: { auth: "put `@UseGuards(JwtAuthGuard)` on the method or its controller, or provide the guard as `APP_GUARD`", rateLimit: "provide `ThrottlerGuard` as `APP_GUARD`, or put it and `@Throttle(…)` on the method", errorHandler: "an exception filter (`APP_FILTER` or `useGlobalFilters`)" },
  hapi: { auth: "name a strategy in `options.auth`, or set `server.auth.default(…)`", rateLimit: "register a limiter plugin and set it in `options.plugins`", errorHandler: "an `onPreResponse` extension" },
  elysia: { auth: "add a `beforeHandle` or macro that answers 401, or a scoped `resolve` before the route", rateLimit: "use `rateLimit()` before the route", errorHandler: "`onError`" },
  trpc: { auth: "build it on a procedure whose middleware throws `UNAUTHORIZED`", rateLimit: "build it on a procedure with a limiting middleware", errorHandler: "an `errorFormatter`" },
  orpc: { auth: "build it on a base whose middleware throws `UNAUTHORIZED`", rateLimit: "build it on a base with a limiting middleware", errorHandler: "an error interceptor" },
  next: { auth: "check the session first in the handler and answer 401, or wrap the handler", rateLimit: "ask a limiter first in the handler and answer 429", errorHandler: "a wrapper that maps errors" },
  h3: { auth: "call `requireUserSession(event)` or throw `createError({ statusCode: 401 })` first", rateLimit: "ask a limiter first and throw 429", errorHandler: "an `onError` hook" },
  nitro: { auth: "call `requireUserSession(event)` or throw `createError({ statusCode: 401 })` first, or in a file of `server/middleware/`", rateLimit: "set a limiter in `routeRules`, or ask one first and throw 429", errorHandler: "an `errorHandler` in the configuration" },
  "ts-rest": { auth: "give the route `{ middleware: [requireUser], handler }`, or `globalMiddleware` to its endpoints", rateLimit: "give the route a limiter in `middleware`", errorHandler: "the error handler of the framework that serves the contract" },
  feathers: { auth: "put `authenticate(\"jwt\")` into the hooks of the service (`around: { all: […] }`)", rateLimit: "put a limiter before the transports", errorHandler: "`errorHandler()`" },
  overnightjs: { auth: "put `@Middleware(requireUser)` on the method", rateLimit: "put `@Middleware(rateLimit(…))` on the method", errorHandler: "`app.use((error, request, response, next) => …)` behind `addControllers`" },
  inversify: { auth: "give `requireUser` to the method's decorator behind its path, or to `@controller`", rateLimit: "give `rateLimit(…)` to the method's decorator behind its path", errorHandler: "`server.setErrorConfig((app) => app.use((error, request, response, next) => …))`" },
  "routing-controllers": { auth: "put `@Authorized()` on the action and give `authorizationChecker`", rateLimit: "put `@UseBefore(rateLimit(…))` on the action", errorHandler: "an error middleware (`@Middleware({ type: \"after\" })`)" },
  tsoa: { auth: "put `@Security(…)` on the method or its controller", rateLimit: "put `@Middlewares(rateLimit(…))` on the method", errorHandler: "a middleware of four parameters behind `RegisterRoutes`" },
  adonisjs: { auth: "add `.use(middleware.auth())` to the route or its group", rateLimit: "add `.use(throttle)` to the route or its group", errorHandler: "an exception handler with codes" },
  lambda: { auth: "give the event an `authorizer`, or check the caller first in the handler", rateLimit: "set throttling on the gateway and name it in `routes.rateLimitedAtGateway`", errorHandler: "`httpErrorHandler()`" },
});

/** What a framework's users write; a plain description for one that is not listed. */
export function idiomsOf(framework: string): FrameworkIdioms {
  return idioms[framework] ?? middleware;
}
