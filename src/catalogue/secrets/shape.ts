/**
 * The characters of a piece of a shape, by its letter: `d20` are twenty digits, `a10-20` ten to twenty letters and
 * digits. Pieces are separated by spaces; anything else between them stands for itself.
 */
export const alphabets = {
  d: "0-9",
  h: "0-9a-fA-F",
  l: "0-9a-z",
  u: "0-9A-Z",
  t: "2-7A-Z",
  y: "A-Za-z",
  a: "0-9A-Za-z",
  w: "0-9A-Za-z_-",
  b: "0-9A-Za-z+/=",
  p: "0-9A-Za-z_.-",
} as const;

type Letter = keyof typeof alphabets;

/** A stretch of a shape: characters of an alphabet, or a fixed text. */
export type Piece = { readonly letter: Letter; readonly min: number; readonly max: number } | { readonly text: string };

/** The pieces of a shape such as `h8 - h4 - h12`. */
export function piecesOf(shape: string): readonly Piece[] {
  return shape.split(" ").map((part): Piece => {
    const [, letter, min, max] = /^([dhlutyawbp])(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    return letter === undefined ? { text: part } : { letter: letter as Letter, min: Number(min), max: Number(max ?? min) }; // one of the letters that the pattern names
  });
}

/** A pattern that matches a text of the shape where it is asked to, and only if the text ends there. Bounded, so that it is linear. */
export function patternOf(shape: string): RegExp {
  const pieces = piecesOf(shape);
  const parts = pieces.map((piece) => ("text" in piece ? piece.text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&") : `[${alphabets[piece.letter]}]{${piece.min},${piece.max}}`));
  const last = pieces.at(-1);
  return new RegExp(parts.join("") + (last && "letter" in last ? `(?![${alphabets[last.letter === "p" ? "a" : last.letter]}])` : ""), "y");
}
