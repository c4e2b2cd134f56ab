import { extractFacts } from "../../src/facts/extract.js";
import { createModel } from "../../src/model/create-model.js";
import type { ModelOptions, ProjectModel } from "../../src/model/project-model.js";

/** Files by root-relative path. */
export type ProjectLiteral = Readonly<Record<string, string>>;

const defaults: ModelOptions = {
  layerOf: () => undefined,
  customLayers: new Map(),
  names: {},
  features: [],
  settings: {},
  isGenerated: () => false,
};

/** The model of a project literal; nothing touches the disk. */
export function modelOf(files: ProjectLiteral, options: Partial<ModelOptions> = {}): ProjectModel {
  const facts = new Map(
    Object.entries(files)
      .filter(([file]) => /\.[cm]?[jt]sx?$/.test(file))
      .map(([file, text]) => [file, extractFacts(file, text)]),
  );
  return createModel({ root: "/project", facts, options: { ...defaults, ...options }, readText: (file) => files[file], extractFacts });
}

