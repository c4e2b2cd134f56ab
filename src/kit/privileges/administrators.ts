/** An administrator of a database server, where somebody connects as one. */
export interface Administrator {
  readonly user: string;
  /** Undefined where the text does not tell. */
  readonly host: string | undefined;
}

/** The users that servers and their hosts make first, and that may do everything. Sources: the manuals and official images of the servers, and the defaults of hosted ones. */
const administrators = "root|postgres|sa|admin|administrator|superuser|sysadmin|sysdba|doadmin|avnadmin|rdsadmin|azure_superuser|cloudsqlsuperuser|mysqladmin|dbadmin";
const administrator = new RegExp(`^(?:${administrators})$`, "i");
const address = new RegExp(`^\\s*(?:postgres(?:ql)?|mysqlx?|mariadb|mongodb|cockroachdb|mssql|sqlserver)(?:\\+\\w{1,20})?://(${administrators})(?:@[\\w-]{1,60}(?=:))?(?::[^@\\s/]{0,400})?@([^\\s/?:,]{1,200})`, "i");
/** `Server=db;User Id=sa;…` and `sqlserver://db:1433;user=sa;…`. */
const pairUser = new RegExp(`;\\s*(?:user id|uid|user|username)=(${administrators})\\s*(?:;|$)`, "i");
const pairHost = /(?:^|;)\s*(?:server|data source|host)=([^;,:]{1,200})|^\s*sqlserver:\/\/([^;:]{1,200})/i;
const localHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?|0\.0\.0\.0|host\.docker\.internal|.{1,100}\.localhost)$/i;
const databaseWords = "DB|DATABASE|PG|POSTGRES|POSTGRESQL|MYSQL|MARIADB|MSSQL|SQL|SQLSERVER|MONGO|MONGODB|TYPEORM|SEQUELIZE|KNEX|MIKRO_ORM";
const userKey = new RegExp(`(?:^|_)(?:${databaseWords})_?(?:USER|USERNAME|USER_NAME|USR|UID)$`, "i");
/** Users that may change the schema or set the server up are meant to be able to; tests have servers of their own. */
const otherPurpose = /MIGRAT|ADMIN|ROOT|SHADOW|OWNER|SETUP|INIT|SUPER|MASTER|DIRECT|TEST|E2E|(?:^|_)CI(?:_|$)/i;
const localPurpose = /(?:^|_)(?:DEV|DEVELOPMENT|LOCAL)(?:_|$)/i;

/** Whether a name is that of an administrator. */
export function isAdministrator(user: string): boolean {
  return administrator.test(user);
}

/** Whether a host is the machine itself. */
export function isLocalHost(host: string | undefined): boolean {
  return host !== undefined && localHost.test(host);
}

/** The administrator that a connection string logs in as. */
export function administratorOf(text: string): Administrator | undefined {
  const [, user, host] = address.exec(text) ?? [];
  if (user !== undefined) return { user, host };
  const [, paired] = pairUser.exec(text) ?? [];
  const [, server, named] = pairHost.exec(text) ?? [];
  return paired === undefined ? undefined : { user: paired, host: server ?? named };
}

/** The text of a compose or env value, with what stands in for unset variables: `${DB_USER:-postgres}` is `postgres`. */
export function withDefaults(text: string): string {
  return text.replace(/\$\{\w{1,100}:?-([^{}]{0,500})\}/g, "$1");
}

/** The administrator that a variable gives to an application; `hostOf` looks the host up that belongs to a user's key. `local` says that its name speaks of a developer's machine. */
export function administratorInVariable(key: string, value: string, hostOf: (keys: readonly string[]) => string | undefined): (Administrator & { readonly local: boolean }) | undefined {
  if (otherPurpose.test(key)) return undefined;
  const text = withDefaults(value);
  const local = localPurpose.test(key);
  const found = administratorOf(text);
  if (found) return { ...found, local };
  if (!userKey.test(key) || !isAdministrator(text)) return undefined;
  const stem = key.replace(/(?:USER|USERNAME|USER_NAME|USR|UID)$/i, "");
  return { user: text, host: hostOf([`${stem}HOST`, `${stem}HOSTNAME`, `${stem}SERVER`, `${stem}ADDRESS`]), local };
}

/** The administrator that a setting of an application falls back to, by its key. */
export function administratorByDefault(key: string, value: string): string | undefined {
  return userKey.test(key) && !otherPurpose.test(key) && isAdministrator(value) ? value : undefined;
}

/** Variables by which the images of servers make their first user. An application may read them as well. */
export function namesFirstUser(key: string): boolean {
  return /^(?:POSTGRES|POSTGRESQL|MYSQL|MARIADB|MONGODB?)_USER(?:NAME)?$/.test(key);
}
