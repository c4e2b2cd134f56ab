const mark = "repository: ";

/** The cause of findings that one decision of the whole repository brought about: in `recommended` one of them stands for all files. */
export function repositoryCause(cause: string): string {
  return mark + cause;
}

/** Whether one finding of a cause stands for all files. */
export function isRepositoryCause(cause: string): boolean {
  return cause.startsWith(mark);
}
