import type { Library } from "../library.js";

const library: Library = {
  package: "next",
  capabilities: ["web-framework"],
  exports: {
    NextApiRequest: { new: { is: "request" } },
    NextApiResponse: { new: { is: "response" } },
  },
  subpaths: {
    "/server": { exports: { NextRequest: { new: { is: "request" } }, NextResponse: { new: { is: "response" } } } },
  },
};

export default library;
