import { graphStyle } from "./graph-svg.js";

/** The looks of the page. No file, font or picture is fetched. */
export const style = `:root { color-scheme: light dark; --back: #f6f7f9; --card: #ffffff; --ink: #1b2330; --faint: #5b6678; --line: #dde2ea; --error: #c62a3b; --error-back: #fdecee; --warn: #8a5a00; --warn-back: #fdf3dc; --link: #1c5fc4; --code: #f2f4f8; --mark: #ffd9dd; --ok: #1d7a46; }
@media (prefers-color-scheme: dark) { :root { --back: #12161d; --card: #1a202b; --ink: #e6eaf1; --faint: #9aa6b8; --line: #2d3646; --error: #ff8593; --error-back: #3b1d24; --warn: #f0bf5f; --warn-back: #372b14; --link: #85b4ff; --code: #141a23; --mark: #6a2732; --ok: #66d394; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 9rem; }
body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; overflow-wrap: anywhere; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--card); padding: .5rem 1rem; z-index: 3; }
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .25rem; letter-spacing: -.01em; } h1 small { font-weight: 400; color: var(--faint); }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; letter-spacing: -.005em; }
p { margin: .25rem 0 .5rem; } .faint { color: var(--faint); }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 1rem 0 0; padding: 0; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; margin: 1.25rem 0; }
.figures div { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .7rem 1rem; }
.figures dt { color: var(--faint); font-size: .85rem; } .figures dd { margin: 0; font-size: 1.7rem; line-height: 1.2; font-weight: 650; font-variant-numeric: tabular-nums; }
.figures .error dd { color: var(--error); } .figures .warn dd { color: var(--warn); } .figures .ok dd { color: var(--ok); }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; } 
th, td { text-align: left; padding: .45rem .8rem; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: normal; } tr:last-child > * { border-bottom: 0; }
thead th { color: var(--faint); font-weight: 600; white-space: nowrap; } tbody th { font-weight: 500; } td.number, th.number { text-align: right; } th[scope=row] { white-space: nowrap; } th code { background: none; padding: 0; }
button { font: inherit; color: var(--link); background: none; border: 0; padding: 0; text-align: left; cursor: pointer; text-decoration: underline; text-underline-offset: .15em; }
.picture { background: var(--back); border: 1px solid var(--line); border-radius: 10px; padding: .75rem; overflow-x: auto; text-align: center; } .picture svg { max-width: 100%; height: auto; }
summary { cursor: pointer; padding: .2rem 0 .5rem; }
.bad-edges { margin: .75rem 0 0; padding-left: 1.25rem; font-size: .95rem; }
form { position: sticky; top: 0; z-index: 2; background: var(--back); padding: .75rem 0; border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; }
form label { display: grid; font-size: .8rem; color: var(--faint); flex: 1 1 9rem; min-width: 0; } form label.text { flex: 2 1 14rem; }
input, select { font: inherit; font-size: 1rem; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .4rem .6rem; width: 100%; min-height: 2.6rem; }
form button { min-height: 2.6rem; padding: 0 .5rem; } output { flex: 1 1 100%; font-size: .9rem; color: var(--faint); }
.file { content-visibility: auto; contain-intrinsic-size: auto none auto 24rem; margin: 1.25rem 0; }
.file h3 { font: 600 .95rem/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; margin: 0 0 .5rem; } .tag { font: 500 .75rem/1 system-ui, sans-serif; color: var(--faint); border: 1px solid var(--line); border-radius: 99px; padding: .15rem .5rem; margin-left: .4rem; white-space: nowrap; }
article { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--error); border-radius: 10px; padding: .8rem 1rem; margin: 0 0 .75rem; } article.warn { border-left-color: var(--warn); }
article h4 { margin: 0 0 .3rem; font-size: .9rem; font-weight: 500; display: flex; flex-wrap: wrap; gap: .25rem .6rem; align-items: center; } article h4 a { font-weight: 650; }
.severity { font-size: .78rem; font-weight: 650; border-radius: 6px; padding: .1rem .5rem; color: var(--error); background: var(--error-back); } .warn .severity { color: var(--warn); background: var(--warn-back); }
code { font: .9em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--code); border-radius: 4px; padding: .05em .3em; }
pre { font: .82rem/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--code); border: 1px solid var(--line); border-radius: 8px; margin: .6rem 0; padding: .5rem 0; overflow-x: auto; tab-size: 2; overflow-wrap: normal; }
pre b { font-weight: 400; display: block; padding: 0 .8rem; color: var(--faint); width: max-content; min-width: 100%; } pre b.at { color: var(--ink); } pre i { font-style: normal; display: inline-block; text-align: right; margin-right: 1rem; color: var(--faint); user-select: none; } mark { background: var(--mark); color: inherit; border-radius: 3px; padding: .1em 0; }
.related { margin: .4rem 0; padding-left: 1.1rem; font-size: .9rem; color: var(--faint); } .help { border-left: 2px solid var(--ok); padding-left: .7rem; font-size: .95rem; }
[hidden] { display: none !important; }
footer { padding: 2.5rem 1.25rem; color: var(--faint); font-size: .9rem; }
@media (max-width: 40rem) { header, main, footer { padding-left: .85rem; padding-right: .85rem; } header { padding-top: 1.25rem; } h1 { font-size: 1.35rem; } form { position: static; } html { scroll-padding-top: 1rem; } .figures { grid-template-columns: 1fr 1fr; gap: .5rem; } .figures dd { font-size: 1.35rem; } th, td { padding: .4rem .55rem; } .wide { display: none; } summary { padding: .3rem 0; } }
@media print { form, nav { display: none; } .file { content-visibility: visible; } }
${graphStyle}`;
