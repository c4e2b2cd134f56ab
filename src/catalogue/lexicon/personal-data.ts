import { assetTokens } from "./assets.js";
import { splitWords } from "../../base/words.js";
import { Phrases } from "./phrases.js";

/** Why a value must not be written to a log. */
export type PersonalDataCategory = "credential" | "token" | "contact" | "identity" | "government-id" | "payment" | "health" | "special" | "location" | "employment";

/** What a number or the member of an enumeration tells as well as a text: `user.latitude`, `patient.bloodType`, `employee.salary`. */
export const numericCategories: ReadonlySet<PersonalDataCategory> = new Set(["identity", "government-id", "payment", "health", "special", "location", "employment"]);

interface Category {
  /** Names that say it by themselves; a phrase counts where the name ends with it. */
  readonly names: Phrases;
  /** Names that say it only of a member of a person: `user.age`. */
  readonly ofPerson?: Phrases;
}

/** The categories, in the order in which they are tried. */
const categories: Readonly<Record<PersonalDataCategory, Category>> = {
  credential: {
    names: new Phrases(
      "password|passwd|pwd|passphrase|passcode|secret|apikey|credentials|totp|otp$",
      "client|app|shared|webhook|signing|consumer|jwt secret$",
      "api|access|secret|private|signing|encryption|master|account|license key$",
      "mfa|recovery|backup|otp|verification|security code$", "stream|streaming key$",
      "security answer$", "mnemonic|seedphrase$", "seed|recovery|mnemonic|backup phrase$",
      // Portuguese, Spanish, French, German.
      "senha|contrasena|passwort|kennwort|motdepasse$", "mot de passe$",
      "connection string|uri$",
      "database|db|mongo|mongodb|redis|postgres|postgresql|mysql|amqp|rabbitmq url|uri|dsn$",
    ),
    ofPerson: new Phrases("pass|pin|pw$", "pin number$"),
  },
  token: {
    names: new Phrases("token|jwt|bearer|authorization|cookie$", "^sid$", "idtoken|accesstoken|refreshtoken$", "session|connect sid$", "set cookie$", "auth header$", "authorization|auth header$", "session id|token$", "magic link|url$", "invite|reset code|link$", "invitation link$", "csrf|xsrf token$"),
    ofPerson: new Phrases("auth|session$"),
  },
  contact: {
    names: new Phrases("email|msisdn|whatsapp$", "e mail$", "email|mail|postal|street|home|billing|shipping|mailing|delivery address$", "email|mail primary|alternative|alternate|secondary|current|main|original|contact|login address$", "primary|alternative|alternate|secondary|current mail|email|address email$", "phone|mobile|telephone|cell|fax|caller|callee|sender number|no$", "user|customer|client|member|organizer|owner|guest|student|teacher|employee|patient|recipient|sender mail$", "phone|telephone|cellphone$", "mobile phone$", "^mobile$", "whatsapp id|number$", "wa id$", "remote|sender|participant jid$", "address line|line1|line2$", "address line 1|2$", "address 1|2$", "post|postal|zip code$", "postcode|zipcode$", "telefono|telefone|celular|telefonnummer|handynummer|mobilnummer|courriel|domicilio|anschrift|hausnummer|postleitzahl$", "numero telephone|telefono|telefone|celular$", "numero de telephone|telefono|telefone|celular$", "code|codigo postal$", "correo electronico$", "user attributes$"),
    ofPerson: new Phrases("address|mobile|mail|tel|fax|street|city|zip|phone$"),
  },
  identity: {
    names: new Phrases("first|last|given|family|middle|maiden|legal|birth|full|sur name$", "firstname|lastname|surname|fullname|givenname|familyname|dob|birthday|birthdate|nationality$", "date of birth$", "birth date|day|place$", "patient|customer|cardholder|holder|employee|candidate|guest|contact|recipient|beneficiary|sender|caller|callee|passenger|attendee|applicant|participant|invitee|payer|payee|buyer|shopper|resident|donor|visitor name$", "prenom|sobrenome|apellido|apellidos|vorname|nachname|voornaam|achternaam|geburtsdatum$", "nom de famille|naissance$", "date naissance$", "date de naissance$", "fecha nacimiento$", "fecha de nacimiento$", "data nascimento$", "data de nascimento$", "nombre|nome completo$", "nom complet$", "primer|segundo nombre|apellido$", "geburtstag|geburtsname|geburtsort$"),
    // The name of a site that a session tells of is none of a person's.
    ofPerson: new Phrases("^name$", "real|screen|login|preferred|public|short|owner|author|assignee|agent|driver|doctor|student|parent|child|spouse|nick name$", "age|gender|sex|photo|avatar|signature|nickname|username$", "display|user|nick name$"),
  },
  "government-id": {
    names: new Phrases("ssn|aadhaar|itn|nino|bvn|personnummer|cpf|cnpj|curp|bsn|nif|dni|cedula|cuil|cuit|fiscalcode|codicefiscale|sozialversicherungsnummer|rentenversicherungsnummer|steuernummer|steueridentifikationsnummer|ausweisnummer|pasaporte|passaporte|passportnumber$", "fiscal code$", "codice fiscale$", "numero securite sociale$", "numero de securite sociale$", "steuer id|nummer$", "citizen|taxpayer|debtor|payer|holder|user|owner|resident tax code$", "social security number|no$", "social security$", "national id|identity|insurance|identification$", "national id|identification|insurance number$", "nhs number|no$", "medicare number|id$", "health card number$", "tax|taxpayer|fiscal id|number|identification$", "passport number|no|id$", "driver|drivers|driving license|licence number$", "driver|drivers|driving license|licence$", "id card|document number$", "vat id|number$"),
    // The plate of a car; other things have plates as well.
    ofPerson: new Phrases("nin|sin|tin|ein|pan$", "license|licence|number plate$"),
  },
  payment: {
    names: new Phrases("cvv|cvc|cvv2|iban|pan|ccnumber|creditcard$", "card|cc|credit|debit|pan number|no$", "credit|debit card$", "card holder|security|verification name|code$", "cardholder$", "card cvv|cvc|cid|expiry|pin$", "account|routing|iban number$", "bank account|details$", "sort code$", "track 1|2$", "track1|track2$", "pin block$"),
    ofPerson: new Phrases("bic|expiry$", "exp month|year$"),
  },
  health: {
    names: new Phrases("mrn|diagnosis|diagnoses|icd10|allergies|allergy$", "medical record|history|condition|record$", "medical record number$", "lab result|results$", "blood pressure$", "health plan|record|insurance$", "insurance id|number$", "insurance policy number$", "insurance|plan|policy member id|number$"),
    // What a pharmacy keeps has a name as well.
    ofPerson: new Phrases("treatment|disability|condition|medication|prescription$", "blood type|group$"),
  },
  special: {
    names: new Phrases("ethnicity|religion|biometric|biometrics|genome$", "political affiliation|opinion|party$", "sexual orientation$", "trade union$", "face id$", "dna code|sequence$", "genetic data|profile$"),
    ofPerson: new Phrases("race|fingerprint|union$"),
  },
  location: {
    names: new Phrases("ip|remote|client address$", "client|user|remote|source|caller|real|connecting|actor|request|requester|sender|visitor|login ip$", "x forwarded for$", "ipaddress|imei|imsi$", "mac|advertising address|id$", "geo location|point|coordinates$", "geolocation$", "gps coordinates|location|position$"),
    ofPerson: new Phrases("ip|latitude|longitude|lat|lng|lon|location|coords|coordinates$"),
  },
  employment: {
    names: new Phrases("salary|payroll$", "credit score|rating$", "tax return$", "bank|account balance$", "annual|monthly|household income$", "net worth$"),
    ofPerson: new Phrases("income|wage|balance|compensation$"),
  },
};

/** Names that hold a category's word and mean something else; they decide before the categories. */
const harmless = new Phrases(
  "forgot|reset|change|update|confirm|compare|verify|validate|hash|generate|set password$",
  "public|primary|foreign|cache|partition|idempotency|sort|i18n|object|routing|row|lookup|map|storage|bucket|s3|translation key",
  "max|min|total|prompt|completion|input|output|used|num|reasoning token|tokens",
  "next|page|pages|pagination|continuation|cursor|sync|cancel|cancellation|abort|design|color|theme|dedup|dedupe|deduplication|idempotency token|tokens",
  "token|tokens count|type|expiry|limit|usage|ttl|budget|name",
  "balance|amount|price|supply|symbol of token|tokens",
  "provider|injection|inject|di|container|registry|module token|tokens",
  "^expire|expires|expired|expiry|expiration|lifetime",
  "cookie consent|parser|policy|name|domain|options",
  "allow|with|include credentials$",
  "session count|timeout|store|type|name",
  "csrf|mfa|otp|totp enabled",
  "from|reply|no|support|noreply|notification|admin|default|company|system|alert|alerts|ops email|mail|phone",
  "sender email|mail",
  "email|mail|sms template|provider|service|queue|client|transport|job|subject|type",
  "account|secret|token|key|variable|env|config|file|host|class|table|event|queue|job|function|method|module|package|service|column|field|index|key|role|tag|route|action|server|bucket|domain|schema|database|db|event|topic|company|business|product|category|plan|restaurant|shop|store|brand|organization|organisation|team|school|hotel|hospital|clinic|venue|course|city|country name",
  "table|column|view|dataset|file|class|package|repo|repository|branch|image|module|model|field|role|group full name",
  "memory|contract|wallet|token|server|base|bind|listen|web|url|multi|payment|ilp|ledger|deposit|withdrawal|eth|ethereum|btc|bitcoin|solana|chain|pointer address",
  "cache|max|image|min age",
  "raw|race condition",
  "country|currency|language|status|error|exit|response|http|area|dial|postal|discount|promo|coupon code",
  "license|licence key",
  "sub|super|dash|score|trello|id|business|post card",
  "storage|file|object|bucket|document|template|log location",
  // The number of a business, as Meta calls it: https://developers.facebook.com/docs/whatsapp/cloud-api
  "display phone",
);

/** First words of names that hold a truth value or say what to do: `hasPassword`, `sendEmailToOwner`. */
const booleanHeads: ReadonlySet<string> = new Set([
  "limit", "limite", "quota", "delete", "remove", "save", "revoke", "validate", "check", "activate", "activated", "resolve", "decrypt", "encrypt",
  "generate", "create", "make", "build", "handle", "parse", "extract", "send", "notify", "get", "fetch", "find", "load", "ask", "is", "has",
  "should", "can", "needs", "requires", "allow", "allows", "use", "uses", "enable", "enabled", "disable", "disabled", "did", "was", "will", "must",
  "does", "skip", "show", "hide", "include", "without", "no",
]);

/** First words of numbers: `totalEmails`. */
const counts = /^(?:total|num|number|count|max|min|avg)$/;

/** Last words that change nothing: `emailValue` is an e-mail address. */
const transparentTails: ReadonlySet<string> = new Set([
  "value", "values", "str", "string", "text", "raw", "plain", "list", "array", "data", "confirmation", "confirm", "repeat", "again", "lower",
  "lowercase", "normalized", "trimmed", "new", "old", "current", "encoded", "base64", "b64", "json", "e164",
]);

/** What a value is read out of. */
const carriers: ReadonlySet<string> = new Set(["cookie", "cookies", "header", "headers", "token", "jwt", "session"]);

/** What tokens are for that let somebody in. */
const openingTokens: ReadonlySet<string> = new Set(["access", "refresh", "id", "auth", "bearer", "session", "api", "reset", "device", "invite", "invitation", "csrf", "xsrf", "push", "fcm", "apns", "gcm", "user", "jwt", "oauth", "verification", "login", "registration", "personal", "bot"]);

/** Words of values that can be read no more. Encoding is none of them. */
const protectedWords: ReadonlySet<string> = new Set([
  "hash", "hashed", "hashes", "encrypted", "enc", "cipher", "ciphertext", "masked", "mask", "redacted", "redact", "sanitized", "sanitised",
  "obfuscated", "anonymized", "anonymised", "pseudonym", "pseudonymized", "pseudonymised", "digest", "truncated", "safe", "hidden", "scrubbed",
  "censored", "last4", "hmac", "tokenized", "tokenizer", "dummy", "fake", "test", "example", "mock",
]);

/** What a name says of the value behind it. */
export interface PersonalName {
  readonly category: PersonalDataCategory;
  /** It says so only of a member of a person's record. */
  readonly onlyOfPerson: boolean;
}

/** Whether a name holds a category's word and means something else: `restaurantName`. */
export function isHarmlessName(name: string): boolean {
  return harmless.in(name);
}

/** Whether a name says that what it holds can be read no more: `redactedConfig`, `masked_user`. */
export function isProtectedName(name: string): boolean {
  return splitWords(name).some((word) => word !== "test" && word !== "example" && protectedWords.has(word));
}

/** The category of personal data or credentials that a name stands for; its last words decide. Undefined for everything else. */
export function personalDataOf(name: string): PersonalName | undefined {
  const all = splitWords(name);
  // `idTokenOrCode`
  const either = all.indexOf("or");
  const words = either > 0 && /^(?:token|idtoken|email|phone|mobile|password)$/.test(all[either - 1] ?? "") ? all.slice(0, either) : [...all];
  // `totalEmails`
  if (counts.test(words[0] ?? "") && words.length > 1 && words.at(-1)?.endsWith("s") === true) return undefined;
  // `jobIdsForSentEmails` are ids.
  // `languageFromCookie` is a language.
  const purpose = words.findIndex((word, index) => index > 0 && index < words.length - 1 && (word === "for" || word === "per" || (word === "from" && carriers.has(words[index + 1] ?? ""))));
  if (purpose > 0) words.length = purpose;
  // `usedInPayroll`, `sentViaEmail` tell where and how.
  if (words.length > 2 && /^(?:in|via|through|on|at)$/.test(words.at(-2) ?? "")) return undefined;
  // `API_LOAD_SECRETS`
  if (words.slice(1, -1).some((word) => /^(?:load|enable|enabled|disable|disabled|allow|skip)$/.test(word))) return undefined;
  if (words.length === 0 || booleanHeads.has(words[0] ?? "") || words.some((word) => protectedWords.has(word))) return undefined;
  while (words.length > 1 && words.at(-2) !== "connection" && (transparentTails.has(words.at(-1) ?? "") || /^\d+$/.test(words.at(-1) ?? "") && !endsLikeTrack(words))) words.pop();
  const last = words.at(-1) ?? "";
  // `originalTokens` are counted; `refreshTokens` open something.
  if (last === "tokens" && words.length > 1 && !openingTokens.has(words.at(-2) ?? "")) return undefined;
  const single = singular(last);
  const variants = single === last ? [words] : [words, [...words.slice(0, -1), single]];
  if (variants.some((variant) => harmless.inWords(variant) || assetTokens.inWords(variant))) return undefined;
  for (const onlyOfPerson of [false, true]) {
    for (const [category, { names, ofPerson }] of entries) {
      const phrases = onlyOfPerson ? ofPerson : names;
      if (phrases && variants.some((variant) => phrases.inWords(variant))) return { category, onlyOfPerson };
    }
  }
  return undefined;
}

// `Object.entries` forgets the type of the keys.
const entries = Object.entries(categories) as readonly (readonly [PersonalDataCategory, Category])[];

function endsLikeTrack(words: readonly string[]): boolean {
  const before = words.at(-2);
  return before === "line" || before === "track" || before === "address";
}

function singular(word: string): string {
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  return word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

const persons: ReadonlySet<string> = new Set([
  "user", "customer", "patient", "account", "holder", "profile", "employee", "member", "person", "contact", "guest", "recipient", "subscriber",
  "applicant", "student", "teacher", "doctor", "passenger", "buyer", "seller", "borrower", "resident", "beneficiary", "payer", "payee", "cardholder",
  "lead", "prospect", "attendee", "donor", "nurse", "candidate", "tutor", "trainer", "visitor", "participant", "citizen", "physician", "dentist",
  "therapist", "caregiver", "pupil", "learner", "mentor", "mentee", "freelancer", "landlord", "volunteer", "instructor", "traveler", "traveller",
  "shopper", "voter", "invitee", "policyholder", "claimant", "investor", "taxpayer", "renter", "trainee", "clinician", "colleague", "spouse",
]);
/** What a record of somebody is called besides. */
const recordTail: ReadonlySet<string> = new Set(["data", "info", "details", "doc", "document", "record", "obj", "object", "entity", "row"]);
/** Profiles and accounts of things. */
const notPersons = new Phrases("quality|language|color|colour|aws|connection|performance|build|security|scan|encoding|network|device|audio|video|permission|commission|pricing|price|risk|rate|tax|fee|bonus|shipping profile|profiles$", "id|url|uri|path|file|key|value|match|ip|ice|host|date|slot|payment|invoice|text|module|version candidate|candidates$", "service|storage|ledger|cloud|aws|azure|bot|system|stripe|paypal|connect|connected|merchant|payment|gateway|provider|ad|ads account|accounts$");
/** Systems that know users of their own, by name: `smtpUser`, `mongoDbAuthUser`. */
const systems: ReadonlySet<string> = new Set(["mongo", "mongodb", "postgres", "mysql", "redis", "smtp", "imap", "ftp", "sftp", "ssh", "amqp", "rabbitmq"]);
const messages: ReadonlySet<string> = new Set(["dto", "payload", "body", "headers", "cookies", "query", "params", "session", "req", "request", "ctx", "context", "event"]);

/** Whether a name says that what is called an account or a profile is a thing's. */
export function isThingsRecord(name: string): boolean {
  return notPersons.in(name);
}

/** What an object as a whole holds, by its name: a person's record, or what a client sent. Plurals count. */
export function containerOf(name: string): "person" | "message" | undefined {
  const all = splitWords(name);
  // `createUserDto` is no function.
  if (all.at(-1) === "dto") return "message";
  // `tupleWithUser` is a tuple.
  const preposition = all.findIndex((word, index) => index > 0 && /^(with|for|by|of|to|from)$/.test(word));
  const words = preposition === -1 ? all : all.slice(0, preposition);
  // `maxStudents` are counted.
  if (words.some((word) => protectedWords.has(word)) || booleanHeads.has(words[0] ?? "") || (words.length > 1 && counts.test(words[0] ?? ""))) return undefined;
  if (notPersons.inWords(words) || words.some((word) => systems.has(word))) return undefined;
  const last = words.at(-1) ?? "";
  if (messages.has(last)) return "message";
  // `userData`, `customer_info`, `userdoc`
  const joined = recordTail.has(last) && words.length > 1 ? (words.at(-2) ?? "") : last.replace(/(?<=^user)(?:data|info|details|doc|record|obj|object|row)$|^(?:auth|app|current|logged|new|db)(?=users?$)/, "");
  return persons.has(joined) || persons.has(singular(joined)) ? "person" : undefined;
}

/** Names of functions whose result can be read no more, or holds no more than is safe. */
const sanitisers = new Phrases(
  "mask|masked|redact|redacted|sanitize|sanitise|sanitizer|sanitiser|scrub|censor|obfuscate|anonymize|anonymise|pseudonymize|pseudonymise|hash|hashed|hmac|digest|fingerprint|encrypt|last4|sha1|sha256|sha512|md5|bcrypt|argon2|scrypt|tokenize",
  "^to safe|public|log|loggable|redacted",
  "^safe",
  "strip|remove|omit|drop|hide pii|sensitive|secrets|secret|private|password|credentials",
);

/** Whether a function of this name takes personal data out, hides it or makes it unreadable. */
export function isSanitiserName(name: string): boolean {
  return sanitisers.in(name);
}
