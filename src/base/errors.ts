/** A mistake that the user can mend: wrong settings, unknown rule, not a git repository. Ends a run with exit code 2. */
export class UserError extends Error {
  override readonly name = "UserError";
  /** A stable identifier such as `unknown-rule`. */
  readonly code: string;
  /** What to do about it, one sentence. */
  readonly hint: string;

  constructor(code: string, message: string, hint: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

/** The exit codes of the command line. */
export const exitCode = { clean: 0, findings: 1, userError: 2, internalError: 3 } as const;

/** The text of whatever was thrown. */
export function errorMessage(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Whether `thrown` is an error of Node's file system with one of `codes`, or any code if none is given. */
export function isFileSystemError(thrown: unknown, ...codes: string[]): boolean {
  if (!(thrown instanceof Error) || !("code" in thrown) || typeof thrown.code !== "string") return false;
  return codes.length === 0 || codes.includes(thrown.code);
}
