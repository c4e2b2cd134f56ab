/** Keys that the tools of Postgres, Docker and Node read by themselves. */
const ofTools = /^(?:PG[A-Z]{3,20}|COMPOSE_\w+|DOCKER_\w+|BUILDKIT_\w+|NODE_OPTIONS|NODE_EXTRA_CA_CERTS|UV_THREADPOOL_SIZE|OTEL_\w+|DEBUG)$/;

/** Keys that libraries read by themselves where they are installed, as they document it. */
const ofLibraries: readonly (readonly [key: RegExp, library: RegExp])[] = [
  [/^TYPEORM_/, /^typeorm$/],
  [/^AWS_/, /^(?:@aws-sdk\/.+|aws-sdk)$/],
  [/^(?:GOOGLE_(?:APPLICATION_CREDENTIALS|CLOUD_PROJECT)|GCLOUD_PROJECT)$/, /^(?:@google-cloud\/.+|firebase-admin|googleapis)$/],
  [/^AZURE_/, /^@azure\//],
  [/^SENTRY_/, /^@sentry\//],
  [/^OPENAI_/, /^(?:openai|@ai-sdk\/openai)$/],
  [/^ANTHROPIC_/, /^@(?:anthropic-ai\/sdk|ai-sdk\/anthropic)$/],
  [/^(?:NEXTAUTH|AUTH)_/, /^(?:next-auth|@auth\/.+)$/],
  [/^BETTER_AUTH_/, /^better-auth$/],
  [/^NEW_RELIC_/, /^newrelic$/],
  [/^DD_/, /^dd-trace$/],
];

/** Whether a tool or one of the installed packages reads a key of the environment, so that no code of the project has to. */
export function isReadByItself(key: string, installed: readonly string[]): boolean {
  return ofTools.test(key) || ofLibraries.some(([pattern, library]) => pattern.test(key) && installed.some((name) => library.test(name)));
}
