import type { EnvironmentRead } from "../project/environment.js";
import type { SettingsModule } from "./settings-modules.js";

/** The settings that have the key; of several that have not, one to say what is meant. */
export function settingsFor({ keys = [] }: EnvironmentRead, modules: readonly SettingsModule[], home: string | undefined): string {
  const holder = modules.find((module) => module.keys?.some(({ name }) => keys.includes(name)));
  const [first, ...others] = holder ? [holder] : modules;
  if (!first) return home === undefined ? "a settings module that puts the environment through a schema" : `the settings of ${home}`;
  return others.length === 0 ? `the settings of ${first.file}` : `settings such as those of ${first.file}`;
}

/** Whether the schema of some settings has each key that is read. */
export function isListed({ keys = [] }: EnvironmentRead, modules: readonly SettingsModule[]): boolean {
  return keys.length > 0 && keys.every((key) => modules.some((module) => module.keys?.some(({ name }) => name === key)));
}
