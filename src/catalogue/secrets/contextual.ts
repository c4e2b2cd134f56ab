import { patternOf } from "./shape.js";

/** Secrets whose form fits other things as well: they count where the name says whose they are. */
interface ContextualFormat {
  /** A word of the name. */
  readonly provider: string;
  readonly patterns: readonly RegExp[];
}

const uuid = "h8 - h4 - h4 - h4 - h12";

/* Provider's word, then the shapes of its secrets, as the providers document them. */
const rows: readonly (readonly [provider: string, ...shapes: string[]])[] = [
  ["aws", "b40"],
  ["azure", "l52", "a76 AZDO a4", "b43-88"],
  ["azdo", "l52", "a76 AZDO a4"],
  ["atlassian", "l20 h4", "a24"],
  ["jira", "l20 h4", "a24"],
  ["confluence", "l20 h4", "a24"],
  ["gocardless", "live_ w40"],
  ["lob", "live_ h35", "test_ h35"],
  ["coinbase", "w64"],
  ["mailgun", "key- h32", "h32 - h8 - h8"],
  ["postmark", uuid],
  ["mandrill", "w22"],
  ["cohere", "a40"],
  ["deepseek", "sk- h32"],
  ["jfrog", "a73", "a64"],
  ["artifactory", "a73", "a64"],
  ["vault", "s. a24"],
  ["spaces", "DO00 u16-17", "a43"],
  ["railway", uuid],
  ["heroku", uuid],
  ["netlify", "w40-46"],
  ["cloudflare", "w40", "h37"],
  ["fastly", "w32"],
  ["alibaba", "a30"],
  ["aliyun", "a30"],
  ["tencent", "a32"],
  ["yandex", "AQVN w35-38", "YC w38", "t1. w1-60 . w86"],
  ["ibm", "w44"],
  ["linode", "h64"],
  ["hetzner", "a64"],
  ["upstash", "a32-60", "b40-80"],
  ["confluent", "u16", "b64"],
  ["datadog", "h32", "h40", "ddapp_ a20-60"],
  ["dd", "h32", "h40"],
  ["sentry", "h64"],
  ["sumo", "su a12", "a64"],
  ["sumologic", "su a12", "a64"],
  ["pagerduty", "w20"],
  ["snyk", uuid],
  ["codecov", "a32", uuid],
  ["travis", "w22"],
  ["twitch", "l30"],
  ["sonar", "h40", "a40"],
  ["okta", "00 w40"],
  ["auth0", "w64"],
  ["intercom", "dG9r b56-60", "b60"],
  ["asana", "d1 / d16 : h32", "h32"],
  ["algolia", "h32"],
  ["ethereum", "0x h64", "h64"],
  ["eth", "0x h64", "h64"],
  ["wallet", "0x h64", "h64"],
  ["deployer", "0x h64", "h64"],
  ["relayer", "0x h64", "h64"],
  ["minter", "0x h64", "h64"],
  ["networks", "0x h64", "h64"],
  ["sidekiq", "h8 : h8"],
  ["kraken", "b80-90"],
  ["kucoin", "h24", uuid],
  ["bittrex", "h32"],
  ["travelperk", "a40"],
  ["zendesk", "a40"],
  ["zoom", "a22-32"],
  ["trello", "h32", "h64"],
  ["facebook", "d15-16 | w27-40", "h32"],
  ["maxmind", "a6 _ a29 _mmk", "a16"],
  ["twilio", "h32"],
  ["plaid", "h30"],
  ["hubspot", uuid],
  ["hapikey", uuid],
  ["razorpay", "a24"],
];

const byProvider = new Map(rows.map(([provider, ...shapes]): [string, ContextualFormat] => [provider, { provider, patterns: shapes.map(patternOf) }]));

/** Whether a word is a provider's whose secrets are told by their shape. */
export function isProvider(word: string): boolean {
  return byProvider.has(word);
}

/** Whether a value has the form of a secret of one of the providers that the words of its name say. */
export function isProvidersSecret(words: readonly string[], value: string): boolean {
  return words.some((word) =>
    byProvider.get(word)?.patterns.some((pattern) => {
      pattern.lastIndex = 0;
      return pattern.test(value) && pattern.lastIndex === value.length;
    }),
  );
}
