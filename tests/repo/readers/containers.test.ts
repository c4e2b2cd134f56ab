import { describe, expect, it } from "vitest";
import { parseCompose } from "../../../src/repo/readers/compose.js";
import { finalInstructions, isDockerfile, parseDockerfile, variablesOf } from "../../../src/repo/readers/dockerfile.js";

describe("Dockerfile", () => {
  const file = parseDockerfile("Dockerfile", [
    "# syntax=docker/dockerfile:1",
    "ARG NODE=20",
    "FROM --platform=linux/amd64 node:${NODE} AS build",
    "ENV A=1 B=\"two words\" \\",
    "    # a comment between",
    "    C=three",
    "RUN npm ci \\",
    "  && npm run build",
    "RUN <<EOF",
    "npx prisma generate",
    "EOF",
    "",
    "from build as test",
    "USER app",
    "FROM node:20-slim",
    "ENV OLD the old form",
    'CMD ["node", "dist/main.js"]',
    "ONBUILD RUN echo x",
  ].join("\n"));

  it("reads stages with their images, names and places", () => {
    expect(file.globalArguments.map(({ text }) => text)).toEqual(["NODE=20"]);
    expect(file.stages.map(({ image, name, range }) => [image, name, range.start.line])).toEqual([["node:${NODE}", "build", 3], ["build", "test", 13], ["node:20-slim", undefined, 15]]);
  });

  it("joins continued lines, past comments, and reads scripts between marks", () => {
    const [, run, script] = file.stages[0]?.instructions ?? [];
    expect(run).toMatchObject({ name: "RUN", text: "npm ci && npm run build", range: { start: { line: 7, column: 1 }, end: { line: 8, column: 19 } } });
    expect(script).toMatchObject({ text: "npx prisma generate", range: { start: { line: 9 }, end: { line: 11 } } });
  });

  it("reads variables in all forms and the JSON form of commands", () => {
    const variables = file.stages.flatMap(({ instructions }) => instructions.flatMap(variablesOf)).map(({ key, value }) => [key, value]);
    expect(variables).toEqual([["A", "1"], ["B", "two words"], ["C", "three"], ["OLD", "the old form"]]);
    expect(file.stages[2]?.instructions.map(({ name, words }) => [name, words])).toEqual([["ENV", undefined], ["CMD", ["node", "dist/main.js"]], ["RUN", undefined]]);
  });

  it("follows a last stage that builds on others", () => {
    const stacked = parseDockerfile("Dockerfile", "FROM node AS base\nUSER node\nFROM base AS loop\nFROM base\nCMD npm start");
    expect(finalInstructions(stacked).map(({ name }) => name)).toEqual(["USER", "CMD"]);
  });

  it.each([["", 0], ["FROM", 1], ["RUN x", 0], ["FROM a\nRUN <<EOF\nnever closed", 1], ["FROM a\nRUN x \\", 1]])("reads what it can of %j", (text, stages) => {
    expect(parseDockerfile("Dockerfile", text).stages).toHaveLength(stages);
  });

  it.each([["Dockerfile", true], ["api/Dockerfile.prod", true], ["dev.Dockerfile", true], ["Containerfile", true], ["Dockerfile.dockerignore", false], ["src/dockerfile-parser.ts", false], ["Docker.md", false]])("%s", (name, expected) => {
    expect(isDockerfile(name)).toBe(expected);
  });
});

describe("compose", () => {
  it("reads services with commands, variables and users in both forms", () => {
    const { services } = parseCompose("compose.yml", [
      "x-env: &env",
      "  NODE_ENV: production",
      "services:",
      "  api:",
      "    build: { context: ./api, dockerfile: Dockerfile.prod }",
      "    command: npm run start",
      "    user: 0",
      "    env_file: [.env, { path: .env.local }]",
      "    environment:",
      "      <<: *env",
      "      PORT: 80",
      "      EMPTY:",
      "  db:",
      "    image: postgres:16",
      "    entrypoint: [docker-entrypoint.sh, postgres]",
      "    environment:",
      "      - POSTGRES_USER=app",
      "      - PASSED",
    ].join("\n"));
    expect(services[0]).toMatchObject({ name: "api", nameRange: { start: { line: 4, column: 3 } }, build: { context: "./api", dockerfile: "Dockerfile.prod" }, command: { text: "npm run start" }, user: "0", envFiles: [".env", ".env.local"] });
    expect(services[0]?.environment.map(({ key, value }) => [key, value])).toEqual([["PORT", "80"], ["EMPTY", undefined], ["NODE_ENV", "production"]]);
    expect(services[1]).toMatchObject({ image: "postgres:16", build: undefined, entrypoint: { words: ["docker-entrypoint.sh", "postgres"] } });
    expect(services[1]?.environment.map(({ key, value, range }) => [key, value, range.start.line])).toEqual([["POSTGRES_USER", "app", 17], ["PASSED", undefined, 18]]);
  });

  it.each(["", "services:", "services: []", "version: 3\nservices:\n  a: null", "a: [b"])("reads no service from %j", (text) => {
    expect(parseCompose("compose.yml", text).services).toEqual([]);
  });
});
