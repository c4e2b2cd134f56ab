import { groupBy } from "../../base/group-by.js";
import { oncePer } from "../../base/once-per.js";
import type { FunctionContext } from "../modules/file-index.js";
import { type ExternalValue, type FactoryCall, holderOf, placeOfSite } from "../values/value.js";

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

/** Stands between the key of a router that a class makes and the class that has it from there, as `holderOf` writes it. */
export const heldBy = " held by ";

type RoutersByKey = ReadonlyMap<string, unknown>;

/** The keys of routers that classes have from a class they extend, by the key of the one that is made there. */
const heldKeys = oncePer((byRouter: RoutersByKey): ReadonlyMap<string, readonly string[]> => {
  const held = [...byRouter.keys()].filter((key) => key.includes(heldBy));
  return groupBy(held, (key) => key.slice(0, key.indexOf(heldBy)));
});

/** The routers that classes have from the one that a class they extend makes under `key`; the map is not changed after the first question. */
export function heldRouters<T>(byRouter: ReadonlyMap<string, T>, key: string): readonly (readonly [string, T])[] {
  return (heldKeys(byRouter).get(key) ?? []).flatMap((other) => {
    const found = byRouter.get(other);
    return found === undefined ? [] : [[other, found] as const];
  });
}
