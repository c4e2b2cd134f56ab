/** What the shell, the operating system and npm set by themselves, and no operator of an application. */
const ofShell = "HOME|PATH|PWD|OLDPWD|INIT_CWD|USER|USERNAME|LOGNAME|SHELL|TERM|TMPDIR|TEMP|TMP|HOSTNAME|LANG|APPDATA|LOCALAPPDATA|USERPROFILE|npm_.*";

/** Keys that the shell or npm sets. */
export const shellKeys = new RegExp(`^(?:${ofShell})$`);

/** Keys that the system, the runtime or a bundler sets, not the application's operator. */
export const systemKeys = new RegExp(`^(?:${ofShell}|NODE_ENV|CI|TZ|VERCEL|IS_LOCAL|IS_OFFLINE|SST_.*|VITEST.*|JEST_.*|(?:VITE|NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC|EXPO_PUBLIC|REACT_APP|NEXT|VERCEL|AWS_LAMBDA|LAMBDA)_.*)$`);
