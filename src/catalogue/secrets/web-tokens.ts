/** Whether the payload of a JSON web token is one that documentation shows everywhere. */
function isSample(payload: string): boolean {
  return /"(?:sub|\w*[iI]d)":\s*"1234567890"|"iat":\s*1516239022|John Doe/.test(payload);
}

/** Whether the payload says that the token lived for a month at most: longer ones may still open what they were made for when they are committed. */
function isShortLived(payload: string): boolean {
  const [, issued] = /"iat":\s*(\d{9,11})/.exec(payload) ?? [];
  const [, expires] = /"exp":\s*(\d{9,11})/.exec(payload) ?? [];
  return issued !== undefined && expires !== undefined && Number(expires) - Number(issued) <= 31 * 86_400;
}

/** Whether the payload is that of the key which pages show Supabase's interface, whose rights the database's own rules limit (https://supabase.com/docs/guides/api/api-keys). */
function isOfPage(payload: string): boolean {
  return /"role":\s*"anon"/.test(payload) && /"(?:iss|ref)":/.test(payload);
}

/** Whether a text is a JSON web token that opens nothing: the sample of documentation, one that every page shows, or one whose month is over before anybody reads it. */
export function isSpentWebToken(token: string): boolean {
  if (!token.startsWith("eyJ")) return false;
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("latin1");
  return isSample(payload) || isOfPage(payload) || isShortLived(payload);
}
