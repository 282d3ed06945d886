import { gzipSync } from "node:zlib";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build as viteBuild } from "vite";
const page="/tmp/hp/user/page", out="/tmp/hp/vitew";
const gz=(b)=>gzipSync(b,{level:9}).length;
async function go(label, isExternal){
rmSync(out,{recursive:true,force:true});
await viteBuild({ root: page, logLevel: "error", configFile: false, build: { outDir: out, modulePreload: process.env.NOPRE?false:{ polyfill: false }, reportCompressedSize: false, target: "es2022", rolldownOptions:{} },
 plugins:[{name:"x",enforce:"pre",resolveDynamicImport(s,imp){ if(typeof s==="string"&&isExternal(s)) return {id:"/ext/"+s.replace("./",""),external:true}; }}]});
const files=readdirSync(out,{recursive:true}).filter(n=>n.endsWith(".js"));
const main=files.find(n=>n.includes("assets/index-"));const b=readFileSync(join(out,main));
console.log(label,b.length,gz(b), files.length);
return gz(b);}
const base=await go("base",()=>false);
const names=new Set();
await go("all late external",s=>{if(!/simd/.test(s)){names.add(s);return true;}return false;});
if(process.argv[2]) for(const n of names){ const r=await go(n,s=>s===n); }
console.log([...names].join(" "));
