/** A kind of secret that is known by a fixed text in or before it, where a prefix alone says too little. */
export interface MarkedFormat {
  readonly id: string;
  /** The text that must be there; looked for first, so that other texts cost nothing. */
  readonly mark: string;
  /** Matched from `before` characters ahead of the mark on; bounded, so that it is linear. The first group, if any, is the secret. */
  readonly pattern: RegExp;
  readonly before: number;
}

type Row = readonly [id: string, mark: string, pattern: RegExp, before?: number];

/** A header, quoted with its value, whose name says that it lets somebody in. */
const keyHeader = /(?<=["'](?:x-)?)(?:[a-z]{2,12}-){0,2}(?:api|auth|access|secret|private|service|admin|deploy|subscription|functions|vault)-?(?:key|token|secret): (?=[\w.~+/=-]{0,60}\d)([\w.~+/=-]{20,250})["']/iy;

/* Forms as their providers document them. */
const rows: readonly Row[] = [
  ["slack-webhook", "hooks.slack.com/", /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9+/]{40,60}/y],
  ["discord-webhook", "/api/webhooks/", /\/api\/webhooks\/\d{17,20}\/[\w-]{60,70}/y],
  ["teams-webhook", ".webhook.office.com/", /\.webhook\.office\.com\/webhookb2\/[0-9a-f-]{36}@[0-9a-f-]{36}\/IncomingWebhook\/[0-9a-z]{32}/y],
  ["azure-storage-key", "AccountKey=", /AccountKey=([A-Za-z0-9+/]{40,90}={0,2})/y],
  ["azure-service-bus-key", "SharedAccessKey=", /SharedAccessKey=([A-Za-z0-9+/]{40,44}={0,2})/y],
  ["azure-sas", "sig=", /sig=([A-Za-z0-9%+/]{43,70}(?:%3D|=){0,2})/y],
  ["azure-client-secret", "Q~", /[\w~.-]{3}\dQ~([\w~.-]{31,34})(?![\w~.-])/y, 4],
  ["mailchimp-key", "-us", /[0-9a-f]{32}-us\d{1,2}(?![\w-])/y, 32],
  ["telegram-bot-token", ":A", /(?:bot)?(\d{8,10}:A[\w-]{34})(?![\w-])/y, 13],
  ["openai-key", "T3BlbkFJ", /(?<=sk-[A-Za-z0-9]{20})T3BlbkFJ[A-Za-z0-9]{20}/y],
  ["terraform-token", ".atlasv1.", /[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,70}/y, 14],
  ["mapbox-secret", "sk.eyJ", /sk\.eyJ[\w-]{60,200}\.[\w-]{22}/y],
  ["airtable-token", "pat", /(?<!\w)pat[A-Za-z0-9]{14}\.[0-9a-f]{64}/y],
  ["twilio-key", "SK", /(?<!\w)SK[0-9a-f]{32}(?![0-9a-zA-Z])/y],
  ["facebook-token", "EAA", /(?<!\w)EAA[MC][A-Za-z0-9]{100,300}/y],
  ["braintree-token", "access_token$production$", /access_token\$production\$[0-9a-z]{16}\$[0-9a-f]{32}/y],
  ["sql-server-password", "assword=", /[Pp]assword=(?![A-Za-z_$]{1,60}[.([])([^;"'`\s<>{}$]{6,60})(?=;)/y, 1],
  ["grafana-key", "eyJrIjoi", /eyJrIjoi[A-Za-z0-9+/=]{70,400}/y],
  ["key-in-query", "key=", /(?<=[?&])(?:x-)?api_?key=([A-Za-z0-9._~-]{20,120})/iy, 6],
  ["key-in-query", "key=", /(?<=[?&])(?:access|auth|subscription|license)[-_]?key=([A-Za-z0-9._~-]{20,120})/iy, 13],
  ["key-in-query", "appid=", /(?<=[?&])appid=([0-9a-f]{32})(?![0-9a-z])/y],
  ["token-in-query", "access_token=", /(?<=[?&])access_token=([A-Za-z0-9._~-]{20,250})/y],
  ["secret-in-query", "secret=", /(?<=[?&])(?:client_|app_)?secret=([A-Za-z0-9._~-]{16,120})/iy, 7],
  ["password-in-query", "assword=", /(?<=[?&;][Pp])assword=(?=[^&;"'`\s]{0,60}\d)([^&;"'`\s<>{}$%]{6,60})(?=$|[&;"'`\s])/my],
  // `…/send?account=shop&AccPass=…`
  ["password-in-query", "ass=", /(?<=[?&][A-Za-z_-]{0,12}[Pp])ass=(?=[^&;"'`\s]{0,60}\d)(?=[^&;"'`\s]{0,60}[A-Z])(?=[^&;"'`\s]{0,60}[a-z])([A-Za-z0-9!*._~-]{10,60})(?=$|[&;"'`\s])/my],
  ["firebase-server-key", ":APA91b", /(?<![\w-])AAAA[\w-]{3,26}:APA91b[\w-]{134}/y, 30],
  ["newrelic-license", "NRAL", /(?<![0-9a-zA-Z])[0-9a-f]{36}NRAL(?![0-9a-zA-Z])/y, 36],
  ["azure-devops-token", "AZDO", /(?<![0-9a-zA-Z])[0-9a-zA-Z]{76}AZDO[0-9a-zA-Z]{4}(?![0-9a-zA-Z])/y, 76],
  ["maxmind-key", "_mmk", /(?<![0-9a-zA-Z])[0-9a-zA-Z]{6}_[0-9a-zA-Z]{29}_mmk(?![\w-])/y, 36],
  ["facebook-app-token", "|", /(?<![0-9a-zA-Z])\d{15,16}\|[\w-]{27,40}(?![\w-])/y, 16],
  ["twitter-bearer-token", "AAAAAAAAAAAAAAAAAAAAAA", /(?<![\w%+/])A{22}[A-Za-z0-9%]{80,100}(?![A-Za-z0-9%+/=])/y],
  ["command-password", "--requirepass", /--requirepass[ =]["']?([^\s"'`$<>{}\[\]]{6,100})/y],
  ["command-password", "curl ", /curl (?:[^\s'"]{1,60} ){0,4}(?:-u|--user)[ =]["']?[\w.@-]{1,60}:(?=[^\s"']{0,60}\d)([^\s"'`$<>{}\[\]]{6,100})/y],
  ["command-password", "sshpass -p", /sshpass -p ?["']?(?=[^\s"']{0,60}(?:\d|[a-z][A-Z]))([^\s"'`$<>{}\[\]]{6,100})/y],
  ["authorization-header", "uthorization: ", /uthorization: (?:Bearer|Token|token|bearer) (?!eyJ)(?=[\w.~+/=-]{0,60}\d)([\w.~+/=-]{24,250})/y],
  // `proxy_set_header Authorization "Basic …"`
  ["authorization-header", "uthorization ", /uthorization ["'](?:Bearer|Token|token|bearer|Basic) (?!eyJ)(?=[\w.~+/=-]{0,60}\d)([\w.~+/=-]{20,250})["']/y],
  // `curl -H "X-Api-Key: …"`
  ["key-header", "ey: ", keyHeader, 30],
  ["key-header", "oken: ", keyHeader, 30],
  ["key-header", "ecret: ", keyHeader, 30],
  ["statement-password", "ASSWORD '", /(?<=P)ASSWORD '(?=[^']{0,60}\d)([^'\s$<>{}]{6,60})'/y],
  ["statement-password", "IDENTIFIED BY '", /IDENTIFIED BY '(?=[^']{0,60}\d)([^'\s$<>{}]{6,60})'/y],
  ["asaas-key", "$aact_", /\$aact_((?:prod_|hmlg_)?[A-Za-z0-9+/=:$-]{60,300})/y],
  ["linkedin-secret", "WPL_AP1.", /WPL_AP1\.[\w.=+/]{16,60}/y],
];

/** All marked formats. */
export const markedFormats: readonly MarkedFormat[] = rows.map(([id, mark, pattern, before = 0]) => ({ id, mark, pattern, before }));
