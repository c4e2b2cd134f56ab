/** A simple command of a shell text: its words without quotes and redirections. */
export interface ShellCommand {
  readonly words: readonly string[];
}

const keywords = new Set(["if", "then", "elif", "else", "while", "until", "do", "done", "fi", "!", "{", "}", "time"]);

/**
 * The simple commands of a shell text, in order: what stands between `&&`, `||`, `;`, `|`, `&`, brackets and line
 * breaks. Variables and substitutions stay as written. Nothing is run; what is no valid shell gives the best guess.
 */
export function splitCommands(text: string): ShellCommand[] {
  return new ShellReader(text).read();
}

/** One pass over a shell text. */
class ShellReader {
  private readonly text: string;
  private readonly commands: ShellCommand[] = [];
  private words: string[] = [];
  private word: string | undefined;
  /** The next word names a file that input or output goes to. */
  private redirected = false;
  /** Marks whose lines follow at the next line break. */
  private readonly heredocs: string[] = [];
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  read(): ShellCommand[] {
    while (this.at < this.text.length) this.step();
    this.endCommand();
    return this.commands;
  }

  private step(): void {
    const character = this.text[this.at] ?? "";
    if (character === "\\") this.readEscape();
    else if (character === "'" || character === '"') this.readQuoted(character);
    else if (character === "$" && (this.text[this.at + 1] === "(" || this.text[this.at + 1] === "{")) this.readSubstitution();
    else if (character === "#" && this.word === undefined) this.at = this.endOfLine();
    else if (character === "\n") this.endLine();
    else if (/\s/.test(character)) this.endWord();
    else if (character === "<" || character === ">") this.readRedirection();
    else if (character === "&" && this.text[this.at + 1] === ">") this.readRedirection();
    else if (";|&()".includes(character)) this.endCommand();
    else this.append(character);
    this.at++;
  }

  private append(text: string): void {
    this.word = (this.word ?? "") + text;
  }

  private readEscape(): void {
    const next = this.text[this.at + 1] ?? "";
    const skipped = this.text.startsWith("\\\r\n", this.at) ? 2 : 1;
    this.at += skipped;
    if (next !== "\n" && next !== "\r") this.append(next);
  }

  private readQuoted(quote: string): void {
    this.append("");
    for (this.at++; this.at < this.text.length && this.text[this.at] !== quote; this.at++) {
      const escaped = quote === '"' && this.text[this.at] === "\\" && '"\\$`\n'.includes(this.text[this.at + 1] ?? "x");
      if (escaped) this.at++;
      this.append(this.text[this.at] ?? "");
    }
  }

  /** `$(…)` and `${…}` belong to their word, brackets inside them included. */
  private readSubstitution(): void {
    const [open, close] = this.text[this.at + 1] === "(" ? ["(", ")"] : ["{", "}"];
    const start = this.at;
    let depth = 0;
    for (; this.at < this.text.length; this.at++) {
      if (this.text[this.at] === open) depth++;
      else if (this.text[this.at] === close && --depth === 0) break;
    }
    this.append(this.text.slice(start, this.at + 1));
  }

  private readRedirection(): void {
    // The number of a stream belongs to the redirection.
    if (this.word !== undefined && /^\d+$/.test(this.word)) this.word = undefined;
    this.endWord();
    const [operator = ""] = /^(&>>?|<<<|<<-?|>>|<&|>&|<>|>\||[<>])/.exec(this.text.slice(this.at, this.at + 3)) ?? [];
    this.at += operator.length - 1;
    if (operator === "<<" || operator === "<<-") {
      const mark = /^\s*(["']?)(\w+)\1/.exec(this.text.slice(this.at + 1, this.at + 100));
      if (mark?.[2] !== undefined) this.heredocs.push(mark[2]);
    }
    this.redirected = true;
  }

  private endWord(): void {
    if (this.word === undefined) return;
    const isKeyword = this.words.length === 0 && keywords.has(this.word);
    if (!this.redirected && !isKeyword) this.words.push(this.word);
    this.redirected = false;
    this.word = undefined;
  }

  private endCommand(): void {
    this.endWord();
    this.redirected = false;
    if (this.words.length > 0) this.commands.push({ words: this.words });
    this.words = [];
  }

  private endLine(): void {
    this.endCommand();
    for (const mark of this.heredocs.splice(0)) {
      let line: string;
      do {
        const start = this.at + 1;
        this.at = start;
        this.at = this.endOfLine() + 1;
        line = this.text.slice(start, this.at).trim();
      } while (line !== mark && this.at < this.text.length);
    }
  }

  /** The offset in front of the line break that ends the current line. */
  private endOfLine(): number {
    const end = this.text.indexOf("\n", this.at);
    return (end === -1 ? this.text.length : end) - 1;
  }
}
