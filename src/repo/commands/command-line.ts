/** A command as somebody wrote it, and where it runs. */
export interface CommandLine {
  readonly text: string;
  /** Of the list form, which no shell reads. */
  readonly words?: readonly string[];
  /** Root-relative folder. */
  readonly folder: string;
}
