/** Passwords such as a developer's own store has: the first one, a word, a number, a word with a number behind it. */
const ofOwnStore = /^(?=.{0,12}$)[a-z]{0,12}[@_-]?\d{0,6}$/i;
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

/** Whether a host is the machine itself, which nobody else reaches by this name. */
export function isThisMachine(host: string): boolean {
  return thisMachine.test(host);
}

/** Whether a password protects nothing at a host that nobody else reaches: on this machine any that a developer's own store has, in a container what everybody calls it. */
export function isOfStoreAt(host: string | undefined, password: string | undefined): boolean {
  if (host === undefined || password === undefined) return false;
  return isThisMachine(host) ? isOfOwnStore(password) : containers.test(host) && usual.test(password);
}

/** Whether a host is this machine or, in a file of settings for it, a container beside it. */
export function isOwnMachine(host: string): boolean {
  return thisMachine.test(host) || containers.test(host);
}
