import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build as viteBuild } from "vite";
const page="/tmp/hp/user/page", out="/tmp/hp/vitel";
rmSync(out,{recursive:true,force:true});
await viteBuild({ root: page, logLevel: "error", configFile: false, build: { minify:false, outDir: out, modulePreload: { polyfill: false }, target: "es2022" }});
const d=join(out,"assets");
const by={};
for(const f of readdirSync(d)){ if(f.startsWith("index-"))continue; const t=readFileSync(join(d,f),"utf8");
 const m=t.match(/import \{([^}]*)\} from "\.\/index-[^"]*"/); if(m){ const t2=[...readdirSync(d)]; by[f]=m[1].split(",").map(s=>s.trim()); } }
const idx=readFileSync(join(d,readdirSync(d).find(f=>f.startsWith("index-"))),"utf8");
const ex=Object.fromEntries([...idx.match(/export \{([^}]*)\}/)[1].matchAll(/(\S+) as (\S+?)(?:,|\s|$)/g)].map(m=>[m[2],m[1]]));
const use={};
for(const [f,l] of Object.entries(by)) for(const s of l){const n=ex[s.split(" as ")[0]];(use[n]??=[]).push(f.replace(/-.*/,""));}
for(const [n,l] of Object.entries(use).sort((a,b)=>a[1].length-b[1].length||String(a[1]).localeCompare(String(b[1])))) console.log(n.padEnd(30),l.join(" "));
