import { expect, it } from "vitest";
import { findTokens } from "../../../src/catalogue/secrets/find-tokens.js";
import { judgeNamedSecret } from "../../../src/catalogue/secrets/named-secrets.js";
import { random, randomHex } from "../../support/secrets.js";

/*
 * What providers issue, one a line, apart from how the catalogue writes it down: who, the heads (`|` between them), then
 * the pieces behind them: a letter for the kind of characters and how many, `uuid`, or a fixed text.
 */
const byForm = `
AWS access key id; AKIA|ASIA|ABIA|ACCA; t16
AWS Bedrock long key; ABSK; b120
AWS Bedrock short key; bedrock-api-key-YmVkcm9jay5h; b60
AWS MWS; amzn.mws.; uuid
AWS AppSync; da2-; l26
Google API; AIza; w35
Google OAuth secret; GOCSPX-; w28
Google OAuth access; ya29.; w60
Firebase FCM legacy; AAAA; a7 :APA91b w134
Azure AD client secret; ; a3 8Q~ w34
Azure storage; AccountKey=; b86 ==
Azure SAS; sv=2022-11-02&se=2026-01-01&sig=; b43 %3D
Azure Service Bus; SharedAccessKey=; b43 =
Azure DevOps PAT; ; a76 AZDO a4
Azure Cosmos; AccountEndpoint=https://x.documents.azure.com;AccountKey=; b86 ==
GitHub; ghp_|gho_|ghu_|ghs_|ghr_; a36
GitHub refresh, new; ghr_; a76
GitHub fine-grained; github_pat_; w82
GitLab; glpat-|gldt-|glft-|glsoat-; w20
GitLab, routable; glpat-; w27 . a2 a7
GitLab pipeline trigger; glptt-; h40
GitLab runner registration; GR1348941; w20
GitLab runner; glrt-; w20
GitLab runner, routable; glrt-t1_; w27 . a2 a7
GitLab CI job; glcbt-; h2 _ w20
GitLab feature flag; glffct-; w20
GitLab incoming mail; glimt-; w25
GitLab agent; glagent-; w50
GitLab OAuth; gloas-; w64
GitLab session; _gitlab_session=; h32
Bitbucket; BBDC-; a44
Bitbucket app password; ATBB; a32
Atlassian; ATATT3; w186
Slack bot; xoxb-; d12 - d12 - a24
Slack user; xoxp-|xoxe-; d12 - d12 - d12 - a32
Slack app; xapp-; d1 - u11 - d13 - h64
Slack configuration; xoxe.xoxb-|xoxe.xoxp-; d1 - a163
Slack configuration refresh; xoxe-; d1 - a146
Slack legacy; xoxo-|xoxs-|xoxa-|xoxr-; d12 - d12 - a24
Slack legacy, short; xoxa-|xoxr-; d1 - a30
Slack webhook; https://hooks.slack.com/services/T; u8 /B u9 / a24
Teams webhook; https://acme.webhook.office.com/webhookb2/; uuid @ uuid /IncomingWebhook/ h32 / uuid
Discord webhook; https://discord.com/api/webhooks/; d18 / w68
Telegram bot; ; d10 :A w34
Stripe secret; sk_live_|sk_test_|sk_prod_|rk_live_|rk_test_; a24
Stripe webhook; whsec_; a32
Square access; sq0atp-; w22
Square access, EAAA; EAAA; w60
Square secret; sq0csp-; w43
Braintree; access_token$production$; l16 $ h32
Shopify; shpat_|shpca_|shppa_|shpss_; h32
Plaid; access-sandbox-|access-development-|access-production-; uuid
Flutterwave; FLWSECK_TEST-|FLWSECK-; h32 -X
Flutterwave encryption; FLWSECK_TEST; l12
Paystack; sk_live_|sk_test_; h40
Razorpay; rzp_live_|rzp_test_; a14
EasyPost; EZAK|EZTK; a54
Shippo; shippo_live_|shippo_test_; h40
Duffel; duffel_live_|duffel_test_; w43
Twilio API key; SK; h32
SendGrid; SG.; w22 . w43
Mailchimp; ; h32 -us d2
Brevo; xkeysib-|xsmtpsib-; h64 - a16
Resend; re_; a8 _ a24
Mandrill; md-; w22
OpenAI; sk-; a20 T3BlbkFJ a20
OpenAI project; sk-proj-|sk-svcacct-|sk-admin-; w74 T3BlbkFJ w74
OpenAI project, short; sk-proj-|sk-svcacct-|sk-admin-; w58 T3BlbkFJ w58
Anthropic; sk-ant-api03-|sk-ant-admin01-; w93 AA
Hugging Face; hf_|api_org_; y34
Groq; gsk_; a52
Perplexity; pplx-; a48
xAI; xai-; a80
OpenRouter; sk-or-v1-; h64
NVIDIA; nvapi-; w64
Replicate; r8_; a37
Pinecone; pcsk_; a5 _ a63
LangSmith; lsv2_pt_|lsv2_sk_; h32 _ h10
Langfuse; sk-lf-; uuid
npm; npm_; a36
PyPI; pypi-AgEIcHlwaS5vcmc; w80
RubyGems; rubygems_; h48
Clojars; CLOJARS_; l60
NuGet; oy2; l43
Docker Hub; dckr_pat_; w27
Docker Hub organisation; dckr_oat_; w32
Artifactory; AKCp; a69
Artifactory reference; cmVmd; a59
Vault service; hvs.; w95
Vault batch; hvb.; w150
Terraform Cloud; ; a14 .atlasv1. w67
Pulumi; pul-; h40
Doppler; dp.pt.|dp.ct.|dp.sa.|dp.scim.|dp.audit.; a43
Doppler service; dp.st.prd.; a43
1Password service account; ops_eyJ; b250
1Password secret key; A3-; u6 - u11 - u5 - u5 - u5
1Password secret key, long; A3-; u6 - u6 - u5 - u5 - u5 - u5
Infracost; ico-; a32
DigitalOcean; dop_v1_|doo_v1_|dor_v1_; h64
Heroku; HRKU-AA; w58
Fly.io; fo1_; w43
Fly.io macaroon; fm1a_|fm1r_|fm2_; b200
Vercel; vcp_|vci_|vca_|vcr_|vck_; a24
Netlify; nfp_; a36
Render; rnd_; a32
Scalingo; tk-us-; w48
Cloudflare; cfut_|cfat_|cfk_; a40 h8
Cloudflare origin CA; v1.0-; h24 - h146
Tailscale; tskey-auth-|tskey-api-|tskey-client-; a16 - a32
Defined Networking; dnkey-; w26 - w52
Alibaba; LTAI; a20
Tencent; AKID; a32
PlanetScale; pscale_pw_|pscale_tkn_|pscale_oauth_; w43
Supabase; sbp_; h40
Supabase secret; sb_secret_; w31
Neon; napi_; l64
ClickHouse Cloud; 4b1d; a38
Databricks; dapi; h32
Databricks, numbered; dapi; h32 -2
MongoDB; mongodb+srv://app:; a16 @db.acme.io/main
PostgreSQL; postgresql://app:; a16 @db.acme.io/main
MySQL; mysql://app:; a16 @db.acme.io/main
MySQL by JDBC; jdbc:mysql://db.acme.io/main?user=app&password=; a16
MariaDB; mariadb://app:; a16 @db.acme.io/main
Redis; rediss://:; a16 @cache.acme.io
AMQP; amqps://app:; a16 @mq.acme.io
NATS; nats://app:; a16 @mq.acme.io
Kafka; kafka://app:; a16 @mq.acme.io
SQL Server; Server=db.acme.io;User Id=sa;Password=; a16 ;
HTTP; https://app:; a16 @acme.io/x
New Relic user; NRAK-; u27
New Relic insert; NRII-; w32
New Relic browser; NRJS-; h19
New Relic query; NRIQ-; w25
New Relic licence; ; h36 NRAL
Grafana Cloud; glc_; b60
Grafana service account; glsa_; a32 _ h8
Grafana legacy; eyJrIjoi; b90
Sentry user; sntryu_; h64
Sentry organisation; sntrys_eyJpYXQiO; b120 _ b43
Honeycomb; hcaik_|hcxik_; l58
Dynatrace; dt0c01.; u24 . u64
PostHog; phx_; a43
Rootly; rootly_; h64
SonarQube; squ_|sqp_|sqa_; h40
Sourcegraph; sgp_; h16 _ h40
Buildkite; bkua_; h40
CircleCI; CCIPAT_; a22 _ h40
Octopus; API-; u26
Harness; pat.|sat.; w22 . a24 . a20
Prefect; pnu_; a36
LaunchDarkly; sdk-|mob-|api-; uuid
Postman; PMAK-; h24 - h34
ReadMe; rdme_; l70
Linear; lin_api_; a40
Notion; ntn_; d11 a35
Notion, old; secret_; a43
Airtable; pat; a14 . h64
Figma; figd_|figp_|figo_; w42
Frame.io; fio-u-; w64
Contentful; CFPAT-; w43
HubSpot; pat-na1-|pat-eu1-; uuid
Typeform; tfp_; w50
Mapbox; sk.eyJ; w70 . w22
MaxMind; ; a6 _ a29 _mmk
Facebook; EAAM|EAAC; a120
Facebook app; ; d16 | w27
Twitter; AAAAAAAAAAAAAAAAAAAAAA; a90
LinkedIn; WPL_AP1.; a20
Clerk; sk_live_|sk_test_; a42
WorkOS; sk_test_; a60
Authress; sc_|ext_|scauth_|authress_; a12 . a5 .acc_ w16 . b60
Age; AGE-SECRET-KEY-1; u58
OpenShift; sha256~; w43
Settlemint; sm_aat_|sm_pat_|sm_sat_; a16
Intra42; s-s4t2ud-|s-s4t2af-; h64
Adobe; p8e-; w32
Salad Cloud; salad_cloud_; a4 _ a40
Ramp; ramp_sec_; a48
`;

/** What says nothing by itself: who, the name beside it, its pieces. */
const byName = `
AWS secret key; AWS_SECRET_ACCESS_KEY; b40
Atlassian, old; ATLASSIAN_API_TOKEN; l20 h4
GoCardless; GOCARDLESS_TOKEN; live_ w40
Lob; LOB_API_KEY; live_ h35
Coinbase; COINBASE_SECRET; w64
Mailgun; MAILGUN_KEY; key- h32
Mailgun signing; MAILGUN_SIGNING_KEY; h32 - h8 - h8
Postmark; POSTMARK_TOKEN; uuid
Cohere; CO_API_KEY; a40
DeepSeek; DEEPSEEK_API_KEY; sk- h32
JFrog; JFROG_TOKEN; a73
JFrog, short; JFROG_API_KEY; a64
Vault legacy; VAULT_TOKEN; s. a24
DigitalOcean Spaces; SPACES_SECRET; a43
Railway; RAILWAY_TOKEN; uuid
Heroku, old; HEROKU_API_KEY; uuid
Netlify, old; NETLIFY_AUTH_TOKEN; w43
Cloudflare, old; CLOUDFLARE_API_TOKEN; w40
Cloudflare global; CLOUDFLARE_API_KEY; h37
Fastly; FASTLY_API_TOKEN; w32
Alibaba secret; ALIBABA_SECRET; a30
Yandex; YANDEX_API_KEY; AQVN w36
Yandex static; YANDEX_SECRET; YC w38
Yandex IAM; YANDEX_TOKEN; t1. w20 . w86
IBM Cloud; IBM_API_KEY; w44
Linode; LINODE_TOKEN; h64
Hetzner; HETZNER_TOKEN; a64
Upstash; UPSTASH_REDIS_REST_TOKEN; a48
Confluent; CONFLUENT_SECRET; b64
Confluent key; CONFLUENT_API_KEY; u16
Datadog; DD_API_KEY; h32
Datadog application; DATADOG_APP_KEY; h40
Sentry, old; SENTRY_AUTH_TOKEN; h64
Sumo; SUMO_ACCESS_KEY; a64
PagerDuty; PAGERDUTY_TOKEN; w20
Snyk; SNYK_TOKEN; uuid
Codecov; CODECOV_TOKEN; uuid
Travis; TRAVIS_TOKEN; w22
Intercom; INTERCOM_TOKEN; dG9r b56
Asana; ASANA_TOKEN; d1 / d16 : h32
Algolia admin; ALGOLIA_ADMIN_KEY; h32
Twitch; TWITCH_SECRET; l30
Okta; OKTA_TOKEN; 00 w40
Auth0; AUTH0_CLIENT_SECRET; w64
Ethereum; WALLET_PRIVATE_KEY; 0x h64
Sidekiq; SIDEKIQ_SECRET; h8 : h8
Kraken; KRAKEN_SECRET; b86
KuCoin; KUCOIN_API_KEY; h24
Bittrex; BITTREX_SECRET; h32
TravelPerk; TRAVELPERK_TOKEN; a40
Zendesk; ZENDESK_TOKEN; a40
Zoom; ZOOM_SECRET; a32
Trello; TRELLO_TOKEN; h64
Azure DevOps PAT; AZURE_DEVOPS_TOKEN; l52
`;

const alphabets: Readonly<Record<string, string>> = {
  d: "5274908163",
  h: "0123456789abcdef",
  l: "abcdefghijklmnopqrstuvwxyz0123456789",
  u: "ABCDEFGHJKLMNPQRSTUVWXYZ23456",
  t: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
  y: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
};

/** A text of such pieces; the same on every run. */
function textOf(pieces: string): string {
  const parts = pieces.split(" ").map((piece, index) => {
    if (piece === "uuid") return [8, 4, 4, 4, 12].map((length, at) => randomHex(length, 7 + at)).join("-");
    const [, letter, count] = /^([dhlutyawb])(\d+)$/.exec(piece) ?? [];
    return letter === undefined ? piece : random(Number(count), alphabets[letter], 7 + index);
  });
  return parts.join("");
}

/** Who, the middle, and the pieces of each line; the middle may hold a semicolon. */
function rows(table: string): (readonly [who: string, middle: string, pieces: string])[] {
  return table.trim().split("\n").map((line) => {
    const parts = line.split("; ");
    return [parts[0] ?? "", parts.slice(1, -1).join("; "), parts.at(-1) ?? ""];
  });
}

it.each(rows(byForm).flatMap(([who, heads, pieces]) => heads.split("|").map((head) => [who, head, pieces] as const)))("knows a secret of %s that begins with %j", (_who, head, pieces) => {
  const text = head + textOf(pieces);
  const [found, ...others] = findTokens(`const a = "${text}";`);
  expect(others).toEqual([]);
  expect(found && text.includes(`const a = "${text}";`.slice(found.start, found.end))).toBe(true);
  // Of a name or a comment nothing is left.
  expect(findTokens(`const a = "${head}";`)).toEqual([]);
});

it.each(rows(byName))("knows a secret of %s by the name %s", (_who, name, pieces) => {
  const text = textOf(pieces);
  expect(judgeNamedSecret(name, text)).toBeDefined();
  expect(judgeNamedSecret(`${name}_NAME`, text)).toBeUndefined();
});
