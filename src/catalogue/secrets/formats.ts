/** The characters that a token goes on with behind its prefix. */
export type Alphabet = "hex" | "base62" | "base64url" | "base64" | "lower36" | "upper36" | "dashed" | "dotted";

/** A kind of token that is known by how it begins. */
export interface TokenFormat {
  readonly id: string;
  readonly prefix: string;
  readonly alphabet: Alphabet;
  readonly min: number;
  readonly max: number;
}

type Row = readonly [id: string, prefixes: string, alphabet: Alphabet, min: number, max?: number];

/*
 * Token formats as their providers document them. Only prefixes that say by themselves whose token it is: others need
 * the name beside them, and are found by that. `|` separates prefixes.
 */
const rows: readonly Row[] = [
  ["aws-access-key-id", "AKIA|ASIA|ABIA|ACCA", "upper36", 16],
  ["aws-bedrock-key", "ABSK", "base64", 109, 269],
  ["aws-mws", "amzn.mws.", "dashed", 36],
  ["aws-appsync", "da2-", "lower36", 26],
  ["google-api-key", "AIza", "base64url", 35],
  ["google-oauth-secret", "GOCSPX-", "base64url", 28],
  ["google-oauth-access", "ya29.", "base64url", 20, 500],
  ["github-token", "ghp_|gho_|ghu_|ghs_|ghr_", "base62", 36, 76],
  ["github-fine-grained", "github_pat_", "base64url", 82],
  ["gitlab-token", "glpat-|gldt-|glft-|glrt-|glsoat-|glffct-|glcbt-|glimt-|gloas-|glagent-", "dotted", 20, 300],
  ["gitlab-trigger", "glptt-", "hex", 40],
  ["gitlab-runner", "GR1348941", "base64url", 20],
  ["bitbucket-token", "BBDC-", "base64", 40, 50],
  ["bitbucket-app-password", "ATBB", "base62", 32],
  ["atlassian-token", "ATATT3", "base64url", 150, 250],
  ["slack-token", "xoxb-|xoxp-|xoxe-|xoxo-|xoxs-|xoxa-|xoxr-", "dashed", 24, 250],
  ["slack-app-token", "xapp-", "dashed", 40, 200],
  ["stripe-secret", "sk_live_|sk_test_|sk_prod_|rk_live_|rk_test_|rk_prod_", "base62", 24, 120],
  ["stripe-webhook", "whsec_", "base64", 32, 80],
  ["square-secret", "sq0csp-|sq0atp-", "base64url", 22, 60],
  ["shopify-token", "shpat_|shpca_|shppa_|shpss_", "hex", 32],
  ["plaid-token", "access-sandbox-|access-development-|access-production-", "dashed", 36],
  ["flutterwave-secret", "FLWSECK_TEST-|FLWSECK-", "dashed", 12, 60],
  ["razorpay-key", "rzp_live_|rzp_test_", "base62", 14],
  ["easypost-key", "EZAK|EZTK", "base62", 54],
  ["shippo-token", "shippo_live_|shippo_test_", "hex", 40],
  ["duffel-token", "duffel_live_|duffel_test_", "base64url", 43],
  ["sendgrid-key", "SG.", "dotted", 66],
  ["brevo-key", "xkeysib-|xsmtpsib-", "dashed", 81],
  ["resend-key", "re_", "base64url", 32, 36],
  ["mandrill-key", "md-", "base64url", 22],
  ["openai-key", "sk-proj-|sk-svcacct-|sk-admin-", "base64url", 40, 220],
  ["anthropic-key", "sk-ant-", "base64url", 90, 120],
  ["huggingface-token", "hf_|api_org_", "base62", 34],
  ["groq-key", "gsk_", "base62", 52],
  ["perplexity-key", "pplx-", "base62", 48],
  ["xai-key", "xai-", "base62", 80],
  ["openrouter-key", "sk-or-v1-", "hex", 64],
  ["nvidia-key", "nvapi-", "base64url", 60, 70],
  ["replicate-token", "r8_", "base62", 37],
  ["pinecone-key", "pcsk_", "base64url", 68, 72],
  ["langsmith-key", "lsv2_pt_|lsv2_sk_", "base64url", 43],
  ["langfuse-key", "sk-lf-", "dashed", 36],
  ["npm-token", "npm_", "base62", 36],
  ["pypi-token", "pypi-AgEIcHlwaS5vcmc", "base64url", 50, 1000],
  ["rubygems-key", "rubygems_", "hex", 48],
  ["clojars-token", "CLOJARS_", "base62", 60],
  ["docker-token", "dckr_pat_|dckr_oat_", "base64url", 27, 32],
  ["artifactory-key", "AKCp", "base62", 69],
  ["vault-token", "hvs.|hvb.", "base64url", 90, 300],
  ["pulumi-token", "pul-", "hex", 40],
  ["doppler-token", "dp.pt.|dp.st.|dp.ct.|dp.sa.|dp.scim.|dp.audit.", "dotted", 40, 60],
  ["onepassword-token", "ops_eyJ", "base64url", 200, 2000],
  ["infracost-key", "ico-", "base62", 32],
  ["digitalocean-token", "dop_v1_|doo_v1_|dor_v1_", "hex", 64],
  ["heroku-key", "HRKU-AA", "base64url", 50, 60],
  ["fly-token", "fo1_|fm1a_|fm1r_|fm2_", "base64", 43, 1000],
  ["vercel-token", "vcp_|vci_|vca_|vcr_|vck_", "base62", 20, 60],
  ["netlify-token", "nfp_", "base62", 36],
  ["render-key", "rnd_", "base62", 32],
  ["cloudflare-token", "cfut_|cfat_|cfk_", "base62", 48],
  ["tailscale-key", "tskey-auth-|tskey-api-|tskey-client-|tskey-scim-|tskey-webhook-", "dashed", 24, 80],
  ["defined-key", "dnkey-", "dashed", 70, 90],
  ["planetscale-token", "pscale_pw_|pscale_tkn_|pscale_oauth_", "base64url", 32, 64],
  ["supabase-key", "sbp_|sb_secret_", "base64url", 31, 64],
  ["neon-key", "napi_", "base62", 60, 70],
  ["databricks-token", "dapi", "hex", 32],
  ["newrelic-key", "NRAK-|NRII-|NRIQ-|NRJS-", "base62", 19, 32],
  ["grafana-token", "glc_|glsa_", "base64url", 32, 400],
  ["sentry-token", "sntryu_|sntrys_", "base64url", 64, 400],
  ["honeycomb-key", "hcaik_|hcxik_", "lower36", 58],
  ["dynatrace-token", "dt0c01.", "dotted", 89],
  ["posthog-key", "phx_", "base62", 43, 48],
  ["rootly-key", "rootly_", "hex", 64],
  ["sonarqube-token", "squ_|sqp_|sqa_", "hex", 40],
  ["sourcegraph-token", "sgp_", "base64url", 40, 60],
  ["buildkite-token", "bkua_", "hex", 40],
  ["circleci-token", "CCIPAT_", "base64url", 60, 66],
  ["prefect-key", "pnu_", "base62", 36],
  ["launchdarkly-key", "sdk-", "dashed", 36],
  ["postman-key", "PMAK-", "dashed", 59],
  ["readme-key", "rdme_", "base62", 70],
  ["linear-key", "lin_api_", "base62", 40],
  ["notion-token", "ntn_", "base62", 40, 50],
  ["figma-token", "figd_|figp_|figo_", "base64url", 40, 54],
  ["frameio-token", "fio-u-", "base64url", 64],
  ["contentful-token", "CFPAT-", "base64url", 43],
  ["hubspot-token", "pat-na1-|pat-eu1-", "dashed", 36],
  ["typeform-token", "tfp_", "base64url", 40, 59],
  ["age-key", "AGE-SECRET-KEY-1", "upper36", 58],
  ["openshift-token", "sha256~", "base64url", 43],
  ["settlemint-token", "sm_aat_|sm_pat_|sm_sat_", "base62", 16],
  ["intra42-secret", "s-s4t2ud-|s-s4t2af-", "hex", 64],
  ["ramp-secret", "ramp_sec_", "base62", 48],
];

/** All formats, one for each prefix. */
export const tokenFormats: readonly TokenFormat[] = rows.flatMap(([id, prefixes, alphabet, min, max = min]) => prefixes.split("|").map((prefix) => ({ id, prefix, alphabet, min, max })));
