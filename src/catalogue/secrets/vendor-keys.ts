import { splitWords } from "../../base/words.js";
import { isProvider } from "./contextual.js";
import { isMachineMade, isTestKey } from "./secret-values.js";

/** Services whose keys open an account; those of services that a page calls itself (maps, searches, counters of visits) are not among them. */
const vendors: ReadonlySet<string> = new Set(
  `stripe paypal braintree adyen mollie klarna square paystack flutterwave razorpay payu payos payfast paymob midtrans xendit iyzico vnpay vnp momo zalopay zalo sepay phonepe cashfree esewa khalti
  onesignal sendgrid mailgun mailjet mandrill postmark resend brevo sendinblue sparkpost twilio vonage nexmo plivo messagebird infobip clickatell sinch termii
  openai anthropic claude cohere mistral groq deepseek gemini perplexity huggingface replicate pinecone elevenlabs deepgram assemblyai openrouter
  cloudinary imagekit uploadcare backblaze wasabi bunny spaces openweather openweathermap weather tmdb omdb newsapi coinmarketcap alphavantage finnhub etherscan moralis rapidapi ipinfo ipstack fixer
  shopify woocommerce hubspot salesforce zendesk mailchimp klaviyo notion airtable telegram discord slack github gitlab jira fcm apns upstash datadog newrelic docusign zoom agora daily livekit`.split(/\s+/),
);
/** Others that many programs call. */
const otherVendors: ReadonlySet<string> = new Set(
  `google facebook instagram whatsapp meta twitter tiktok linkedin microsoft apple amazon github gitlab bitbucket youtube spotify steam reddit pinterest dropbox line kakao naver wechat weixin dingtalk feishu lark
  alipay mercadopago mercado paymongo pagseguro asaas omise chapa mpesa fawry moyasar zarinpal mtn airtel orange pix binance coinbase alchemy infura polygonscan bscscan pinata quicknode
  supabase firebase clerk auth0 workos stytch pusher ably pubnub mapbox tinymce sentry posthog mixpanel segment amplitude algolia typesense meilisearch sanity contentful strapi recaptcha hcaptcha turnstile
  xai grok together fireworks nvidia voyage jina cerebras dashscope qwen zhipu moonshot tavily serpapi serper firecrawl langfuse langsmith brave bing
  minio s3 r2 aws gcp shippo easypost fedex ups dhl aftership plaid dwolla onfido veriff sumsub virustotal vt gsb urlscan whoisxml`.split(/\s+/),
);

/** Whether a word is the name of another service, which checks its keys itself. */
export function isKnownService(word: string): boolean {
  return vendors.has(word) || otherVendors.has(word) || isProvider(word);
}

/** What may stand between whose key it is and the word: `onesignal.restKey`, `stripe.live.key`. */
const kinds: ReadonlySet<string> = new Set("rest live test sandbox prod production server backend private hash checksum integrity restricted mac main primary".split(" "));
/** Whom a shop or a program is to a service: `{ app_id, key1, key2 }`. */
const customer = /^(?:app|partner|merchant|client|customer|account)_?(?:id|code|no)$/i;

/**
 * Whether a name that says no more than that it is a key belongs to a service: by a word of its own, by the names of the objects
 * around it, or as one of several keys beside whom they were given to.
 */
export function isKeyOfVendor(name: string, beside: readonly string[], around: readonly string[]): boolean {
  const words = splitWords(name);
  const last = words.findLastIndex((word) => /^key\d?$/.test(word));
  if (last === -1 || words.slice(last + 1).some((word) => !/^\d$/.test(word))) return false;
  const before = words.slice(0, last);
  if (before.some((word) => !kinds.has(word) && !vendors.has(word))) return false;
  if (before.some((word) => vendors.has(word)) || around.some((outer) => splitWords(outer).some((word) => vendors.has(word)))) return true;
  return /\d$/.test(name) && beside.some((other) => customer.test(other));
}

/** Words of keys that services give to pages, which everybody may see, and of ones under which something is kept. */
const seenByAll = /^(?:public|publishable|pk|site|client|browser|js|maps?|mapbox|pusher|reverb|analytics|ga4?|gtm|measurement|posthog|mixpanel|amplitude|segment|write|sentry|bugsnag|giphy|tenor|search|algolia|firebase|vapid|recaptcha|hcaptcha|captcha|turnstile|cache|event|storage|cookie|idempotency)$/;

/** Whether a name says that a key is one which its service gives to pages: `GIPHY_KEY`, `mapsApiKey`. */
export function isKeyOfPages(name: string): boolean {
  const words = splitWords(name);
  return words.at(-1) === "key" && !words.includes("secret") && !words.includes("private") && words.some((word) => /^(?:giphy|tenor|maps?|mapbox|pusher|analytics|posthog|mixpanel|amplitude|bugsnag|recaptcha|hcaptcha|turnstile|algolia|publishable)$/.test(word));
}

/** Whether a setting of an environment is a key of a service that nobody has listed, by its name and a value that a machine has made: `FREIGHT_KEY`. */
export function isKeyOfSomeService(name: string, value: string): boolean {
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_KEY$/.test(name) && isMachineMade(value) && !isTestKey(value) && !splitWords(name).some((word) => seenByAll.test(word));
}
