/** Passwords such as a developer's own store has: the first one, a word, a number, a word with a number behind it. */
const ofOwnStore = /^(?=.{0,12}$)[a-z]{0,12}[@_-]?\d{0,6}$/i;
const thisMachine = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|::1|host\.docker\.internal)$/i;
/** Names of containers beside each other. */
const containers = /^(?:postgres|mysql|mariadb|mongo|mongodb|redis|db|database)$/i;

/** Whether a password protects nothing where only a developer reaches what it opens. */
export function isOfOwnStore(password: string): boolean {
  return ofOwnStore.test(password);
}

/** Whether a host is the machine itself, which nobody else reaches by this name. */
export function isThisMachine(host: string): boolean {
  return thisMachine.test(host);
}

/** Whether a host is this machine or, in a file of settings for it, a container beside it. */
export function isOwnMachine(host: string): boolean {
  return thisMachine.test(host) || containers.test(host);
}
