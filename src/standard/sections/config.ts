import type { StandardSection } from "../clause.js";

export const configuration: StandardSection = {
  id: "config",
  title: "Configuration and secrets",
  clauses: [
    {
      id: "CONF-1",
      title: "Typed settings",
      asks: ["Use `pydantic-settings` for config."],
      reading: "One settings module puts the environment through a schema when the process starts; all other code imports the result and never reads the environment.",
    },
    {
      id: "CONF-2",
      title: "Secrets from the environment",
      asks: ["Read secrets from environment variables, never hardcode."],
      reading: "No secret stands in code or tracked files, and no secret has a fallback: a missing one stops the process.",
    },
    {
      id: "CONF-3",
      title: "`.env` stays local",
      asks: ["Keep `.env` local-only; do not commit sensitive values."],
      reading: "`.env` is ignored by git; an example file names every key with placeholders.",
    },
    {
      id: "CONF-4",
      title: "Explicit environments",
      asks: ["Define environment-specific behavior explicitly (dev/stage/prod)."],
      reading: "The settings schema lists the environments, and what differs between them is a setting with a name, not a comparison with `NODE_ENV` somewhere in the code.",
    },
  ],
};
