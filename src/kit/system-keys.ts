/** What the shell, the operating system and npm set by themselves, and no operator of an application. */
const ofShell = "HOME|PATH|PWD|OLDPWD|INIT_CWD|USER|USERNAME|LOGNAME|SHELL|TERM|TMPDIR|TEMP|TMP|HOSTNAME|LANG|APPDATA|LOCALAPPDATA|USERPROFILE|npm_.*";

/** What platforms tell a program about where it runs, which their own libraries read by themselves: Lambda, Cloud Run, Kubernetes, Heroku, Fly, Railway, Render, App Service. */
const ofPlatform = "AWS_LAMBDA_.*|AWS_EXECUTION_ENV|AWS_REGION|AWS_DEFAULT_REGION|LAMBDA_.*|_HANDLER|K_SERVICE|K_REVISION|K_CONFIGURATION|KUBERNETES_SERVICE_HOST|DYNO|HEROKU_.*|FLY_.*|RAILWAY_.*|RENDER_.*|WEBSITE_(?:INSTANCE_ID|SITE_NAME|HOSTNAME)";

/** Keys that the shell, npm or the platform sets. */
export const givenKeys = new RegExp(`^(?:${ofShell}|${ofPlatform})$`);

/** Keys that the system, the runtime or a bundler sets, not the application's operator. */
export const systemKeys = new RegExp(`^(?:${ofShell}|${ofPlatform}|NODE_ENV|CI|TZ|VERCEL|IS_LOCAL|IS_OFFLINE|SST_.*|VITEST.*|JEST_.*|(?:VITE|NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC|EXPO_PUBLIC|REACT_APP|NEXT|VERCEL)_.*)$`);
