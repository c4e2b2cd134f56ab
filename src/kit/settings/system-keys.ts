/** What the shell, the operating system and npm set by themselves, and no operator of an application. */
const ofShell = "HOME|PATH|PWD|OLDPWD|INIT_CWD|USER|USERNAME|LOGNAME|SHELL|TERM|TMPDIR|TEMP|TMP|HOSTNAME|LANG|TZ|APPDATA|LOCALAPPDATA|USERPROFILE|ProgramFiles|ProgramData|ProgramW6432|SystemRoot|SystemDrive|windir|ComSpec|pm_id|NODE_APP_INSTANCE|NODE_OPTIONS|VSCODE_.*|npm_.*";

/** What platforms tell a program about where it runs, which their own libraries read by themselves: Lambda, Cloud Run, Kubernetes, Heroku, Fly, Railway, Render, App Service. */
const ofPlatform = "AWS_LAMBDA_.*|AWS_EXECUTION_ENV|AWS_REGION|AWS_DEFAULT_REGION|LAMBDA_.*|_HANDLER|K_SERVICE|K_REVISION|K_CONFIGURATION|KUBERNETES_(?:SERVICE_HOST|SERVICE_PORT|PORT)|DYNO|HEROKU_.*|FLY_.*|RAILWAY_.*|RENDER_.*|WEBSITE_(?:INSTANCE_ID|SITE_NAME|HOSTNAME)";

/** What the specification of OpenTelemetry has every library of it read by itself. */
const ofTelemetry = "OTEL_.*";

/** Keys that the shell, npm or the platform sets. */
export const givenKeys = new RegExp(`^(?:${ofShell}|${ofPlatform}|${ofTelemetry})$`);

/** Keys that the system, the runtime or a bundler sets, not the application's operator. */
export const systemKeys = new RegExp(`^(?:${ofShell}|${ofPlatform}|${ofTelemetry}|NODE_ENV|CI|VERCEL|IS_LOCAL|IS_OFFLINE|SST_.*|VITEST.*|JEST_.*|(?:VITE|NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC|EXPO_PUBLIC|REACT_APP|NEXT|VERCEL)_.*)$`);

/** Where the process listens: it has a default, and a wrong one fails at the start. */
export const listenKeys = /(^|_)(PORT|HOST|IP)$|^(?:port|host)$/;
