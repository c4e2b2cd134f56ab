/** Passwords such as a developer's own store has: the first one, a word or a few, a number, a word with a number behind it. */
const ofOwnStore = /^(?:(?=.{0,12}$)[a-z]{0,12}[@_-]?\d{0,6}|[a-z]{13,16})$/i;
const thisMachine = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|::1|host\.docker\.internal)$/i;
/** What the examples of stores have for a password. */
const usual = /^(?:docker|postgres|mysql|mariadb|mongo|redis|root|admin|pass|password|user|test|dev|local|example)?$/i;
/** Names of containers beside each other. */
const containers = /^(?:postgres|mysql|mariadb|mongo|mongodb|redis|db|database)$/i;

/** Whether a password protects nothing where only a developer reaches what it opens. */
export function isOfOwnStore(password: string): boolean {
  return ofOwnStore.test(password);
}

/** Whether a password is words and numbers with what SQL Server asks of one, a capital and a mark: `Your_password123!`. */
export function isOfOwnSqlServer(password: string): boolean {
  return password.length <= 30 && (/^(?:[A-Za-z](?:[a-z]|[@$0]){2,14}[._@!#()-]{0,2}){1,3}\d{0,6}[._@!#$()-]{0,2}$/.test(password) || /^\d{1,4}[A-Za-z]{2,10}\W{0,2}$/.test(password));
}

/** Whether a password is one that somebody has made up of words and numbers, which protects nothing where nobody else gets to. */
function isOfWords(password: string): boolean {
  return isOfOwnStore(password) || isOfOwnSqlServer(password.replaceAll("_", "."));
}

/** Whether a host is the machine itself, which nobody else reaches by this name. */
export function isThisMachine(host: string): boolean {
  return thisMachine.test(host);
}

/** Whether an address leads to the machine itself: `prisma+postgres://localhost:51213/?api_key=…`. */
export function isOnThisMachine(address: string): boolean {
  const [, host] = /^[a-z][\w+.-]{0,30}:\/\/(?:[^\s/@]{0,200}@)?(\[::1\]|[\w.-]{1,200})/i.exec(address) ?? [];
  return host !== undefined && thisMachine.test(host.replace(/[[\]]/g, ""));
}

/** Whether a password protects nothing at a host that nobody else reaches: on this machine any that is made of words, in a container what everybody calls it. */
export function isOfStoreAt(host: string | undefined, password: string | undefined): boolean {
  if (host === undefined || password === undefined) return false;
  return isThisMachine(host) ? isOfWords(password) : containers.test(host) && usual.test(password);
}

/** Whether a host is this machine or, in a file of settings for it, a container beside it. */
export function isOwnMachine(host: string): boolean {
  return thisMachine.test(host) || containers.test(host);
}

interface Setting {
  readonly key: string;
  readonly value: string;
}

/** Where clients of a store of files find it: `AWS_ENDPOINT`, `S3_ENDPOINT_URL`, `MINIO_HOST`. */
const fileStore = /^(?:AWS|S3|AWS_S3|MINIO|STORAGE|R2)(?:_[A-Z]+){0,2}_(?:ENDPOINT|HOST|URL)(?:_URL)?$/;
/** What such a store is opened with. */
const keyOfFileStore = /^(?:AWS|S3|AWS_S3|MINIO|STORAGE|R2)_(?:[A-Z]+_){0,2}(?:ACCESS_KEY(?:_ID)?|SECRET(?:_ACCESS)?(?:_KEY)?|KEY(?:_ID)?|ROOT_PASSWORD)$/;

/** Whether a setting opens a store of files that runs on the machine itself or in a container beside it, as the settings around it say. */
export function opensOwnFileStore(key: string, settings: readonly Setting[]): boolean {
  if (!keyOfFileStore.test(key)) return false;
  const hosts = settings.filter((one) => fileStore.test(one.key) && one.value !== "").map(({ value }) => /^(?:[a-z][\w+.-]{0,20}:\/\/)?([\w.-]{1,200})/i.exec(value)?.[1] ?? "");
  return hosts.length > 0 && hosts.every((host) => isThisMachine(host) || /^(?:minio|localstack|s3|object-?storage)$/i.test(host));
}

/** Addresses of networks that nobody reaches from outside, and ranges for documentation. */
const inner = /^(?:10|127|0)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\.|^192\.0\.2\.|^198\.51\.100\.|^203\.0\.113\.|^(?:1\.2\.3\.4|1\.1\.1\.1|8\.8\.8\.8|(\d+)(?:\.\1){3})$/;

/** Names that services which run stores give them. */
const managedStore = /^(?!.*(?:your|example|xxx))[\w.-]{8,200}\.(?:rds\.amazonaws\.com|supabase\.co(?:m)?|neon\.tech|ondigitalocean\.com|rlwy\.net|aivencloud\.com|psdb\.cloud|database\.windows\.net)$/i;

/** The host of what a password opens, as the setting of the same name says: `DB_HOST_STAGING` beside `DB_PASSWORD_STAGING`. */
function hostOf(key: string, settings: readonly Setting[]): string | undefined {
  const [, owner, place = ""] = /^([A-Z0-9_]{2,40}?_)(?:PASS|PASSWORD|PWD|PASSWD)(_[A-Z0-9_]{2,40})?$/.exec(key) ?? [];
  return owner === undefined ? undefined : settings.find((one) => one.key === `${owner}HOST${place}` || one.key === `${owner}SERVER${place}`)?.value;
}

/** Whether a password opens what runs at an address of the internet, as the setting of its host says: `DB_PASS` beside `DB_HOST=185.…`. */
export function opensOutside(key: string, settings: readonly Setting[]): boolean {
  const host = hostOf(key, settings) ?? "";
  return managedStore.test(host) || (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) && !inner.test(host));
}

/** Whether a password opens what runs on the machine itself, as the setting of its host says. */
export function opensHere(key: string, settings: readonly Setting[]): boolean {
  const host = hostOf(key, settings);
  return host !== undefined && isOwnMachine(host);
}
