/** The action that allows everything, or everything of one service; undefined if none of them does. */
export function wildcardAction(actions: readonly string[]): string | undefined {
  return actions.find((action) => action === "*" || /^[\w-]{1,60}:\*$/.test(action));
}

const grantAll = /\bgrant\s+all(?:\s+privileges)?\s+on\s+(?:\S{1,200}\s+){1,12}?to\s+(?:(?:role|user|group)\s+)?["'`]?([\w$.{}-]{1,100})/gi;
/** Whoever may do everything already, and roles that own what they are granted. */
const alreadyAll = /^(?:postgres|root|admin|sa|service_role|supabase_admin|rds_superuser|cloudsqlsuperuser|dashboard_user|pg_database_owner|\$\{?POSTGRES_USER\}?)$/i;

/** What every database of PostgreSQL begins with, as a dump writes it down. */
const ofDump = /\bon\s+schema\s+public\s+to\s+public$/i;

/** A statement that grants everything. */
export interface Grant {
  readonly index: number;
  readonly text: string;
  /** Who is granted it. */
  readonly to: string;
}

/** The statements of a text that grant everything to a user of an application. Comments are passed over. */
export function grantsOfAll(text: string): readonly Grant[] {
  if (!/\bgrant\s+all\b/i.test(text)) return [];
  // Comments keep their length, so that places stay right.
  const code = text.replace(/--[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*\*\//g, (comment) => comment.replace(/[^\n]/g, " "));
  return [...code.matchAll(grantAll)].flatMap((match) => {
    const [statement, to = ""] = match;
    return alreadyAll.test(to) || (ofDump.test(statement) && text.includes("PostgreSQL database dump")) ? [] : [{ index: match.index, text: statement, to }];
  });
}
