import { describe, expect, it } from "vitest";
import { splitCommands } from "../../../src/repo/commands/shell.js";
import { commandText, unwrap } from "../../../src/repo/commands/unwrap.js";

const words = (text: string) => splitCommands(text).map((command) => command.words.join("|"));

it.each([
  ["operators", "a 1 && b||c ; d & e | f\ng", ["a|1", "b", "c", "d", "e", "f", "g"]],
  ["quotes and escapes", `a 'b c' "d \\"e\\" $F" g\\ h`, ["a|b c|d \"e\" $F|g h"]],
  ["empty words", "a '' \"\"", ["a||"]],
  ["operators in quotes", "a '&& b' \"; c\"", ["a|&& b|; c"]],
  ["comments, but no # inside a word", "a # b\nc#d", ["a", "c#d"]],
  ["redirections", "a > out.txt 2>&1 < in >>log && b &>/dev/null", ["a", "b"]],
  ["continued lines", "a \\\n  b \\\r\n c", ["a|b|c"]],
  ["substitutions", "a $(b && c) ${D:-e f} `g`", ["a|$(b && c)|${D:-e f}|`g`"]],
  ["brackets and keywords", "if ! a; then (cd b && c); fi; while d; do e; done", ["a", "cd|b", "c", "d", "e"]],
  ["a text between marks", "cat <<EOF > f\nnpx prisma db push\nEOF\nb", ["cat", "b"]],
  ["expressions of a workflow", "npm run ${{ matrix.task }} -- x", ["npm|run|${{ matrix.task }}|--|x"]],
])("splits %s", (_, text, expected) => {
  expect(words(text)).toEqual(expected);
});

it.each(["'", '"', "$(", "<<EOF", "a <<", "\\", ">", "a &&"])("ends on the broken text %j", (text) => {
  expect(() => splitCommands(text)).not.toThrow();
});

it("takes time in proportion to the text", () => {
  const started = performance.now();
  splitCommands("cat <<A <<B <<C\n".repeat(20_000) + "$((".repeat(20_000));
  expect(performance.now() - started).toBeLessThan(5_000);
});

describe("programs", () => {
  const program = (text: string) => {
    const found = unwrap(splitCommands(text)[0]?.words ?? []);
    return found && [found.name, ...found.args].join(" ");
  };

  it.each([
    ["NODE_ENV=test A=1 jest --ci", "jest --ci"],
    ["cross-env NODE_ENV=test jest", "jest"],
    ["npx --yes prisma@5.1.0 migrate deploy", "prisma migrate deploy"],
    ["pnpm --filter api exec prisma db push", "prisma db push"],
    ["yarn dlx -p x @biomejs/biome check", "biome check"],
    ["dotenv -e .env.test -- vitest run", "vitest run"],
    ["dotenvx run -f .env -- env-cmd -f .env tsc", "tsc"],
    ["doppler run --project x -- node dist/main.js", "node dist/main.js"],
    ["./node_modules/.bin/eslint .", "eslint ."],
    ["env-cmd ts-node -r tsconfig-paths/register ./node_modules/typeorm/cli.js migration:run", "typeorm migration:run"],
    ["node --require ts-node/register dist/main.js", "node --require ts-node/register dist/main.js"],
    ["node --experimental-vm-modules node_modules/jest/bin/jest.js --ci", "jest --ci"],
    ["timeout 60 sudo -u app node x", "node x"],
    ["wait-for-it.sh db:5432 -- node x", "node x"],
    ["c8 -r html node --test", "node --test"],
    ["A=1", undefined],
    ["npx", "npx"],
    ["doppler setup", "doppler setup"],
  ])("%s", (text, expected) => {
    expect(program(text)).toBe(expected);
  });

  it.each([
    ["sh -c 'npm run x'", "npm run x"],
    ["bash -lc 'a'", "a"],
    ["sh start.sh", undefined],
    ["nodemon --watch src --exec 'ts-node src/main.ts'", "ts-node src/main.ts"],
    ["tsup --watch --onSuccess 'node dist'", "node dist"],
    ["nodemon src/main.ts", undefined],
    ["sh -c", undefined],
  ])("finds the command in %s", (text, expected) => {
    const found = unwrap(splitCommands(text)[0]?.words ?? []);
    expect(found && commandText(found)).toBe(expected);
  });
});
