const mark = "repository: ";

/** The cause of findings that one decision of the whole repository brought about: in `recommended` one of them stands for all files. */
export function repositoryCause(cause: string): string {
  return mark + cause;
}

/** Whether one finding of a cause stands for all files. */
export function isRepositoryCause(cause: string): boolean {
  return cause.startsWith(mark);
}

const habitMark = "habit: ";

/** Up to so many files, each has its finding of a habit. */
export const fewWithHabit = 3;

/** The cause of findings that are one decision of the whole repository only where more than a few files have them: in `recommended` one of them stands for all then. */
export function habitCause(cause: string): string {
  return habitMark + cause;
}

/** Whether one finding of a cause stands for all files where they are more than a few. */
export function isHabitCause(cause: string): boolean {
  return cause.startsWith(habitMark);
}
