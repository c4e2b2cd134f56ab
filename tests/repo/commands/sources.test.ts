import { afterEach, expect, it } from "vitest";
import { listCommandSources } from "../../../src/repo/commands/sources.js";
import { openRepo } from "../../../src/repo/open-repo.js";
import { removeFolders, TemporaryFolder, type Tree } from "../support.js";

afterEach(removeFolders);

/** `kind file:line label @folder: text` of each source. */
function sources(tree: Tree): string[] {
  return listCommandSources(openRepo(new TemporaryFolder(tree).root)).map(({ kind, file, range, label, folder, text }) => `${kind} ${file}:${range.start.line} ${label} @${folder}: ${text.trim()}`);
}

it.each<[string, Tree, string[]]>([
  ["GitHub Actions", { ".github/workflows/ci.yml": "defaults: { run: { working-directory: api } }\njobs:\n  test:\n    steps:\n      - uses: actions/checkout@v4\n      - run: npm test\n      - run: |\n          npm ci\n        working-directory: web\n" }, ["ci .github/workflows/ci.yml:6 job test @api: npm test", "ci .github/workflows/ci.yml:7 job test @web: npm ci"]],
  ["a composite action", { ".github/actions/setup/action.yml": "name: setup\nruns:\n  steps:\n    - run: npm ci\n" }, ["ci .github/actions/setup/action.yml:4 action setup @: npm ci"]],
  ["GitLab", { ".gitlab-ci.yml": ".base: &base\n  - npm ci\nbefore_script: [echo]\ntest:\n  script:\n    - *base\n    - npm test\n" }, ["ci .gitlab-ci.yml:3 job before_script @: echo", "ci .gitlab-ci.yml:7 job test @: npm test", "ci .gitlab-ci.yml:2 job test @: npm ci"]],
  ["CircleCI", { ".circleci/config.yml": "jobs:\n  build:\n    steps:\n      - checkout\n      - run: npm test\n      - run:\n          command: npm run e2e\n          working_directory: api\n" }, ["ci .circleci/config.yml:5 job build @: npm test", "ci .circleci/config.yml:7 job build @api: npm run e2e"]],
  ["Bitbucket", { "bitbucket-pipelines.yml": "pipelines:\n  default:\n    - step:\n        name: Test\n        script:\n          - npm test\n" }, ["ci bitbucket-pipelines.yml:6 Test @: npm test"]],
  ["Azure", { "azure-pipelines.yml": "jobs:\n  - job: build\n    steps:\n      - script: npm test\n" }, ["ci azure-pipelines.yml:4 build @: npm test"]],
  ["Travis", { ".travis.yml": "script:\n  - npm test\n" }, ["ci .travis.yml:2 script @: npm test"]],
  ["Jenkins", { Jenkinsfile: "stage('x') { steps { sh 'npm test' \n sh(script: \"npm ci\") } }" }, ["ci Jenkinsfile:1 pipeline @: npm test", "ci Jenkinsfile:2 pipeline @: npm ci"]],
  ["containers", { "api/Dockerfile": "FROM node AS base\nRUN --mount=type=cache,target=/x npm ci\nFROM base\nENTRYPOINT [\"npm\", \"start\"]\n" }, ["image-build api/Dockerfile:2 RUN @api: npm ci", 'container api/Dockerfile:4 ENTRYPOINT @api: ["npm", "start"]']],
  ["compose", { "compose.yml": "services:\n  api:\n    build: ./api\n    command: npm run dev\n" }, ["container compose.yml:4 service api @api: npm run dev"]],
  ["platforms", { Procfile: "web: npm start\nrelease: npm run migrate\n", "fly.toml": "[deploy]\n  release_command = \"npx prisma migrate deploy\"\n", "railway.json": '{"deploy": {"startCommand": "node ."}}', "render.yaml": "services:\n  - rootDir: api\n    startCommand: npm start\n" }, [
    "platform Procfile:1 web @: npm start", "platform Procfile:2 release @: npm run migrate", "platform fly.toml:2 release_command @: npx prisma migrate deploy", "platform railway.json:1 deploy.startCommand @: node .", "platform render.yaml:3 startCommand @api: npm start",
  ]],
  ["scripts that are started by their names, and no others", { "package.json": '{"name":"a","scripts":{\n"start":"node .",\n"start:dev":"nodemon",\n"postinstall":"x",\n"deploy":"y",\n"predeploy":"z",\n"test":"jest",\n"start:prod":"node dist"}}' }, ["lifecycle package.json:2 script start @: node .", "lifecycle package.json:4 script postinstall @: x", "lifecycle package.json:5 script deploy @: y", "lifecycle package.json:6 script predeploy @: z", "lifecycle package.json:8 script start:prod @: node dist"]],
  ["git hooks", { ".husky/pre-commit": "npx lint-staged\n", "package.json": '{"name":"a","lint-staged":{"*.ts":["eslint --fix"]}}', "lefthook.yml": "pre-commit:\n  commands:\n    lint:\n      root: api\n      run: biome check\n" }, ["hook .husky/pre-commit:1 pre-commit @: npx lint-staged", "hook lefthook.yml:5 pre-commit @api: biome check", "hook package.json:1 lint-staged @: eslint --fix"]],
  ["broken files as none", { ".github/workflows/a.yml": "jobs: [", "railway.json": "{", Procfile: "", "render.yaml": "x" }, []],
])("finds the commands of %s", (_, tree, expected) => {
  expect(sources(tree)).toEqual(expected);
});
