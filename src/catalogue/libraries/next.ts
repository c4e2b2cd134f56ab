import type { ApiReference, Library } from "../library.js";

const redirect: ApiReference = { sinks: [{ kind: "redirect", at: "0" }] };

/** Source: the reference of `next/navigation` and `next/server`. */
const library: Library = {
  package: "next",
  capabilities: ["web-framework"],
  exports: {
    NextApiRequest: { new: { is: "request" } },
    NextApiResponse: { new: { is: "response" } },
  },
  subpaths: {
    "/navigation": { exports: { redirect, permanentRedirect: redirect } },
    "/server": { exports: { NextRequest: { new: { is: "request" } }, NextResponse: { new: { is: "response" }, members: { redirect } } } },
  },
};

export default library;
