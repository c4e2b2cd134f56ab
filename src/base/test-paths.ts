/** A file `test.ts` is one, unless tests are what the application is about: `routes/tests.ts`, `test/test.ts` of a module. */
const testItself = /(?:^|\/)(?!routes?|controllers?|models?|entit(?:y|ies)|services?|modules?|schemas?|pages|api|repositor(?:y|ies)|tests?)[\w.@-]+\/tests?\.[cm]?[jt]s$/i;

/** What helps tests: `test-utils.ts`, `orders.test.helpers.ts`, `testData.ts`, `test-fixtures.skip.ts`. */
const helpsTests = /(?:^|[/._-])test(?:s|ing)?[._-]?(?:util(?:s|ity|ities)?|helpers?|hooks?|support|setup|data|fixtures?|mocks?|constants|harness|factor(?:y|ies))(?:\.(?:skip|server|client|node|browser|shared|base))?\.[cm]?[jt]sx?$/i;

/** Where Cucumber has what its features are run with. */
const ofCucumber = /(?:^|\/)features\/(?:step_?definitions|bootstrap)\//i;

/** Whether a file is a test, or helps tests, by its name alone. */
export function isTestName(path: string): boolean {
  if (testItself.test(path) || helpsTests.test(path) || ofCucumber.test(path)) return true;
  return /\.(test|spec|e2e|integ|cy|stories)(-spec)?\.[cm]?[jt]sx?$|\.smoke\.[cm]?[jt]s$/i.test(path) || /[a-z]Test(Utils?|Helpers?|Data|Setup|Fixtures?|Mocks?)\.[cm]?[jt]sx?$/.test(path);
}

/** Whether a file belongs to tests by its path alone, whatever it holds. */
export function isTestPath(path: string): boolean {
  return isTestName(path) || /(?:^|\/)(?:tests?|__tests__|__mocks__|e2e|cypress)\//i.test(path);
}

/** Whether a folder is called what stands in for a server of others: `mock-server/`, `mock-oauth-server/`, `fakeApi/`, `bank-stub/`, `wiremock/`. */
export function isStandInFolder(name: string): boolean {
  return /^(?:mock|fake|stub)s?(?:[-_]?|[-_][\w-]{1,30}[-_])(?:apis?|servers?|services?|backends?)$|^[\w-]{1,40}[-_](?:mock|stub|fake)s?$|^wiremock$/i.test(name);
}
