/** The parts that an answer was made from, each once, in no order. */
export type Parts = readonly number[];

/** An answer with what it was made from, and the revision in which it last held. */
export interface Noted<Answer> {
  readonly answer: Answer;
  readonly parts: Parts;
  heldAt: number;
  /** The part that stands for all of `parts` in what is made of the answer, where those are many. */
  part: number | undefined;
}

/** What is made of an answer of more parts than this depends on one part that stands for them. */
const manyParts = 40;

const noParts: Parts = [];

/** What has been read since an answer was begun. */
interface Frame {
  serial: number;
  parts: number[];
  /** What all parts came with at once, if they did: such lists are shared. */
  shared: Parts | undefined;
}

/**
 * Watches which parts of something that changes (the files of a project in an editor) each answer was made from, so that
 * an edit costs only the answers that it touches. An answer holds until one of its parts changes. Answers are noted while
 * `watch` runs; without it nothing is.
 */
export class Revisions {
  /** The one that notes what is read now. */
  static active: Revisions | undefined;

  #now = 1;
  /** By part: the revision in which it last changed. */
  readonly #changedAt: number[] = [];
  /** By part: finds out whether it has changed, where that takes work. */
  readonly #renew: (((part: number) => void) | undefined)[] = [];
  /** By part: the revision for which that was found out. */
  readonly #renewedAt: number[] = [];
  /** By part: the frame that has it already. */
  readonly #marks: number[] = [];
  readonly #frames: Frame[] = [];
  readonly #renewing = new Set<number>();
  /** By part: the answer for whose parts it stands. */
  readonly #stoodFor = new Map<number, Noted<unknown>>();
  #depth = 0;
  #serial = 0;

  /** Runs something with its reads noted. */
  watch<Result>(run: () => Result): Result {
    const before = Revisions.active;
    Revisions.active = this;
    try {
      return run();
    } finally {
      Revisions.active = before;
    }
  }

  /** The number of the revision that is looked at. */
  get now(): number {
    return this.#now;
  }

  /** A new part. With `renew` it is asked, once a revision and before an answer made from it is given, to `touch` the part if it has changed. */
  part(renew?: (part: number) => void): number {
    this.#changedAt.push(this.#now);
    this.#renew.push(renew);
    this.#renewedAt.push(this.#now);
    return this.#marks.push(0) - 1;
  }

  /** Begins another revision. */
  advance(): void {
    this.#now += 1;
  }

  /** Says that a part has changed in this revision. */
  touch(part: number): void {
    this.#changedAt[part] = this.#now;
  }

  /** Notes that the answer being made depends on a part. */
  read(part: number): void {
    const frame = this.#frames[this.#depth - 1];
    if (this.#depth === 0 || !frame || this.#marks[part] === frame.serial) return;
    this.#marks[part] = frame.serial;
    frame.parts.push(part);
    frame.shared = undefined;
  }

  /** Notes that the answer being made depends on all that another was made from. */
  use(noted: Noted<unknown>): void {
    const { parts } = noted;
    const frame = this.#frames[this.#depth - 1];
    if (this.#depth === 0 || !frame || frame.shared === parts) return;
    if (parts.length > manyParts) {
      this.read(this.#partFor(noted));
      return;
    }
    const isFirst = frame.parts.length === 0;
    for (const part of parts) {
      if (this.#marks[part] === frame.serial) continue;
      this.#marks[part] = frame.serial;
      frame.parts.push(part);
      frame.shared = undefined;
    }
    if (isFirst) frame.shared = parts;
  }

  /** What is made of an answer depends on these. */
  partsFor(noted: Noted<unknown>): Parts {
    return noted.parts.length > manyParts ? [this.#partFor(noted)] : noted.parts;
  }

  #partFor(noted: Noted<unknown>): number {
    return (noted.part ??= this.#standFor(noted));
  }

  /** A part that changes when one of those changes that an answer was made from, or the answer is made again. */
  #standFor(noted: Noted<unknown>): number {
    const part = this.part((own) => {
      const now = this.#stoodFor.get(own);
      if (!now || !this.holds(now)) this.touch(own);
    });
    this.#stoodFor.set(part, noted);
    return part;
  }

  /** Makes an answer and notes what it is made from; so is what it is made for. */
  note<Answer>(make: () => Answer, before?: Noted<Answer>): Noted<Answer> {
    const noted = this.noteApart(make);
    this.replace(before, noted);
    this.use(noted);
    return noted;
  }

  /** Says that an answer has come in the place of another: what is made of that one is out of date. */
  replace(before: Noted<unknown> | undefined, after: Noted<unknown>): void {
    if (before?.part === undefined) return;
    after.part = before.part;
    this.#stoodFor.set(before.part, after);
    this.touch(before.part);
  }

  /** Makes an answer and notes what it is made from, for somebody who depends on a part that stands for it. */
  noteApart<Answer>(make: () => Answer): Noted<Answer> {
    const depth = this.#depth;
    let frame = this.#frames[depth];
    if (!frame) this.#frames.push((frame = { serial: 0, parts: [], shared: undefined }));
    frame.serial = ++this.#serial;
    frame.parts = [];
    frame.shared = undefined;
    this.#depth = depth + 1;
    try {
      const answer = make();
      return { answer, parts: this.#partsSoFar(), heldAt: this.#now, part: undefined };
    } finally {
      this.#depth = depth;
    }
  }

  /** What the answer being made was made from so far. */
  #partsSoFar(): Parts {
    const frame = this.#frames[this.#depth - 1];
    if (this.#depth === 0 || !frame || frame.parts.length === 0) return noParts;
    if (frame.shared) return frame.shared;
    // Inner answers mark parts as theirs: what was read before and after one is listed twice.
    const serial = ++this.#serial;
    const parts = frame.parts.filter((part) => {
      if (this.#marks[part] === serial) return false;
      this.#marks[part] = serial;
      return true;
    });
    frame.serial = serial;
    frame.parts = [...parts];
    return parts;
  }

  /** Notes an answer as made from all that was read so far for the one being made. */
  noteSoFar<Answer>(answer: Answer): Noted<Answer> {
    return { answer, parts: this.#partsSoFar(), heldAt: this.#now, part: undefined };
  }

  /** Whether an answer still holds. */
  holds(noted: Noted<unknown>): boolean {
    if (noted.heldAt === this.#now) return true;
    for (const part of noted.parts) if (this.changedSince(part, noted.heldAt)) return false;
    noted.heldAt = this.#now;
    return true;
  }

  /** Finds out whether a part has changed, where that takes work. */
  renew(part: number): void {
    const renew = this.#renew[part];
    if (!renew || this.#renewedAt[part] === this.#now || this.#renewing.has(part)) return;
    // While that is found out it counts as changed: nothing old is built on.
    this.#renewing.add(part);
    try {
      renew(part);
      this.#renewedAt[part] = this.#now;
    } finally {
      this.#renewing.delete(part);
    }
  }

  /** Whether a part has changed after a revision. */
  changedSince(part: number, revision: number): boolean {
    if (this.#renewing.has(part)) return true;
    this.renew(part);
    return (this.#changedAt[part] ?? 0) > revision;
  }
}
