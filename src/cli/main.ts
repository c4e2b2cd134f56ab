#!/usr/bin/env node
import { loadBundle } from "./bundle.js";
import { optimizeLater } from "./optimizing.js";

optimizeLater();
const bundle = loadBundle();
const { runProgram } = bundle?.program ?? (await import("./program.js"));
// A check uses most of the code; what another command leaves out would be compiled again at each check.
await runProgram(process.argv.slice(2), { afterCheck: () => bundle?.keepCompiled() });
