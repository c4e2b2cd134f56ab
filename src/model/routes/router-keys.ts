import type { FunctionContext } from "../file-index.js";
import { type ExternalValue, type FactoryCall, holderOf, placeOfSite } from "../value.js";

/** Tells routers apart; one that comes from outside is told apart by the function that is given it. */
export function routerKey(value: ExternalValue, file: string, context: FunctionContext | undefined): string {
  if (value.site) return placeOfSite(value.site) + holderOf(value.site);
  return `given ${file}@${context?.node.span[0] ?? 0}`;
}

/** The key of an application as one: what its factory does with it and what the callers of that do is done with the same. */
export function applicationKey(value: ExternalValue, file: string, context: FunctionContext | undefined): string {
  const { site } = value;
  if (!site?.by) return routerKey(value, file, context);
  let by: FactoryCall | undefined = site.by;
  while (by?.kept) by = by.within;
  return routerKey({ ...value, site: { file: site.file, node: site.node, ...(site.heldBy && { heldBy: site.heldBy }), ...(by && { by }) } }, file, context);
}

/** The key of a router, and behind it those of what the factories on its way make: with what nobody adds to, it is kept there. */
export function routerKeys(value: ExternalValue, file: string, context: FunctionContext | undefined): readonly string[] {
  const keys = [routerKey(value, file, context)];
  const { site } = value;
  for (let call = site?.by; site && call; call = call.within) keys.push(placeOfSite({ file: site.file, node: site.node, ...(call.within && { by: call.within }) }) + holderOf(site));
  return keys;
}

/** What is done with a router, also where only the factory that made it does anything with it. */
export function operationsOf<T>(byRouter: ReadonlyMap<string, T>, keys: readonly string[]): T | undefined {
  for (const key of keys) {
    const found = byRouter.get(key);
    if (found) return found;
  }
  return undefined;
}

/** The routers that classes have from the one that a class they extend makes under `key`. */
export function heldRouters<T>(byRouter: ReadonlyMap<string, T>, key: string): readonly (readonly [string, T])[] {
  return [...byRouter].filter(([other]) => other.startsWith(`${key} held by `));
}
