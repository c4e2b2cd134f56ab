/** Imports a module of the build with the type of its source: `built<typeof import("../../src/index.js")>("src/index.js")`. */
export async function built<Module>(file: string): Promise<Module> {
  const url = new URL(`../../dist/${file}`, import.meta.url).href;
  // The build is made from these sources, so their types hold.
  return (await import(/* @vite-ignore */ url)) as Module;
}
