/** What there are more of each day that an application is used. What is set up once (roles, categories, templates, levels) is not among it. */
export const growing = new Set(
  "account activity answer appeal applicant appointment article asset attachment attempt blog booking borrower buyer candidate cart charge chat claim client comment contact conversation coupon customer deal delivery device document donation donor driver email employee enrollment entry event expense favorite favourite feedback file follower guest history image incident inquiry invoice issue item job lead lender letter like listing loan log measurement member message movie news note notice notification offer order organization parcel participant passenger patient payment payout person photo picture player post product project proposal pupil purchase question rating reader reading recipe recipient record refund registration rental report reservation response result review rider sale shipment shop student submission subscriber supplier survey task ticket track trainee transaction transfer trip upload user vehicle vendor video visit visitor volunteer vote voucher worker".split(" "),
);

/** What there is more of each day for one owner as well: a customer's orders, a channel's messages, the comments below a post. */
export const growingForOne = new Set(
  "activity answer applicant appointment article audit blog booking candidate charge chat claim client comment complaint consultation contact conversation coupon customer delivery document donation email employee enquiry event expense feedback file follower guest history inquiry invoice issue lead like loan log measurement message news note notice notification order patient payment payout post product purchase rating reader reading receipt redemption refund rental reply report request reservation response result review reward sale shipment story student submission subscriber task ticket trade transaction transfer trip tweet update upload user video visit vote voucher withdrawal".split(" "),
);

/** Whose rows are many, where a column names them without saying that it holds their key. */
export const largeOwners = new Set("account article assignee author blog branch buyer by channel client company conversation course creator customer dealer device doctor driver employee employer guest hotel member merchant organisation organization owner passenger patient post producer product profile project property receiver recipient restaurant room school seller sender sensor shop store student supplier teacher team tenant thread trader user vehicle vendor viewer wallet warehouse website workspace writer".split(" "));

/** What has few rows of anything to itself. */
export const smallOwners = new Set("appointment attachment basket batch bill booking cart charge checkout claim date day delivery draft entry group hour image invitation invoice item job line message month name number option order parcel payment period photo purchase question quote receipt record refund reference request reservation row run schedule session shipment shift slot step submission task ticket token transaction transfer trip type variant visit week year".split(" "));

/** What an application keeps few of: what describes its other rows, and what its owners set up. */
export const few = new Set(
  "amenity api app area automation badge bank banner capability category chain channel city classification cluster color colour column component config configuration connector constant container cron currency dashboard database datacenter day default definition department destination dimension district division domain edition engine enum environment facility faculty faq feature field filter flag floor format forum framework function gateway genre grade grant group holiday hook hub icon index ingredient integration interest interval kind kpi label lane language layer layout level library license line locale map mapping market meta metric milestone mode model module mood namespace nationality network occupation office option org organization origin package page panel parameter parser part path period permission phase pipe pipeline plan platform plugin policy pool portal position preference preset price priority privilege profession program programme protocol provider province quarter queue quota rank rate reason region relation repository resolution reward ring role route router row rule scale schedule schema scope script season secret section sector segment sequence series service setting shape shard size skill slide social source speciality specialty sport stage standard state station status step storage street studio style subject suite surface symbol system tag target tax taxonomy template term theme tier timezone tone tool trait translation trigger type unit variable variant version view vocabulary volume weekday widget word workflow year zone".split(" "),
);

/** Words of what is written beside an answer, as often as that is asked for: copies of what another server has, sessions, tokens, counters, audit trails. */
export const marks = new Set([
  "auth", "authenticate", "authenticated", "authentication", "view", "views", "viewed", "opened", "visited", "visit", "visits", "hit", "hits",
  "counter", "counters", "seen", "audit", "audits", "log", "logs", "session", "sessions", "token", "tokens", "cache", "cached", "activity",
  "activities", "analytics", "telemetry", "metrics", "stat", "stats", "statistic", "statistics", "quota", "quotas", "usage", "usages", "nonce",
  "nonces",
]);

/** Words of what is put right or brought up to date on the way to an answer, which comes to the same however often it is done. */
export const upkeep = new Set([
  "backfill", "block", "blocked", "cleanup", "expire", "expired", "heal", "heartbeat", "liveness", "lock", "locked", "memoize", "migrate",
  "migrated", "normalize", "persist", "prune", "purge", "reconcile", "reconciled", "refresh", "repair", "resync", "stale", "sync", "upgrade", "warm",
]);
