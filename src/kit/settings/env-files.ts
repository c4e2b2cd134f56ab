import { baseName } from "../../base/paths.js";
import { findTokens, type FoundToken } from "../../catalogue/secrets/find-tokens.js";

const envFile = /^\.env$|^\.env[.-][\w.-]+$|^[\w.-]+\.env$|^env\.[\w.-]+$|^env-[\w.-]+$|^[\w-]+\.env\.(?:examples?|samples?|templates?|tpl|dist|defaults?)$/i;
/** Files of other kinds whose names begin alike. */
const otherKind = /\.([cm]?[jt]sx?|json|ya?ml|md|sh|bash|d\.ts|vault|enc|gpg|age)$/i;
const example = /(^|[._-])(examples?|samples?|templates?|tpl|dist|defaults?|schema)([._-]|$)/i;

/** Whether a file is an env file by its name: `.env`, `.env.production`, `prod.env`, `env.example`. */
export function isEnvFile(file: string): boolean {
  const name = baseName(file);
  return envFile.test(name) && !otherKind.test(name);
}

/** Whether a bundler puts the value of a key into the page that everybody loads, or only reads it while it builds. */
export function isPublicKey(key: string): boolean {
  return /^(VITE|NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC|EXPO_PUBLIC|REACT_APP|GATSBY)_|^(SKIP_PREFLIGHT_CHECK|GENERATE_SOURCEMAP|DISABLE_ESLINT_PLUGIN|FAST_REFRESH|INLINE_RUNTIME_CHUNK)$/.test(key);
}

/** Whether an env file shows which keys there are: `.env.example`, `.env.sample`, `env-example-relational`. */
export function isEnvExample(file: string): boolean {
  return isEnvFile(file) && example.test(baseName(file));
}

/** `.env.development`: what developers start with, by its name. */
export function isEnvOfDevelopers(file: string): boolean {
  return /(?:^|[._-])(?:dev|development|local)(?:[._-]|$)/i.test(baseName(file));
}

/** Where the server of a bundler listens, and what it opens. */
const ofBundler = /^(?:PORT|HOST|HTTPS|BROWSER|CI|NODE_ENV|WDS_SOCKET_\w+|CHOKIDAR_USEPOLLING|ESLINT_NO_DEV_ERRORS|MODE)$/i;

/** Whether everybody who loads the page has what is in it: `VITE_API_URL`. */
export function holdsPublic(entries: readonly { readonly key: string }[]): boolean {
  return entries.some(({ key }) => isPublicKey(key)) && entries.every(({ key }) => isPublicKey(key) || ofBundler.test(key));
}

/** The tokens of a value of an env file, which its key may say are for everybody: `FIREBASE_API_KEY`. Their places are counted from where the value begins. */
export function tokensIn({ key, value }: { readonly key: string; readonly value: string }): readonly FoundToken[] {
  const before = key.length + 1;
  return findTokens(`${key}=${value}`).flatMap(({ start, end, ...found }) => (start < before ? [] : [{ ...found, start: start - before, end: end - before }]));
}
