// scratch: page size and attribution
import { gzipSync } from "node:zlib";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build as viteBuild } from "vite";
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const page="/tmp/hp/user/page", out="/tmp/hp/vite", out2="/tmp/hp/webpack";
const gz=(b)=>gzipSync(b,{level:9}).length;
rmSync(out,{recursive:true,force:true});rmSync(out2,{recursive:true,force:true});
await viteBuild({ root: page, logLevel: "error", configFile: false, build: { outDir: out, sourcemap: process.argv.includes("--map")?"hidden":false, modulePreload: { polyfill: false }, reportCompressedSize: false, target: "es2022" } });
const files=readdirSync(out,{recursive:true}).filter(n=>n.endsWith(".js"));
const main=files.find(n=>n.includes("assets/index-")), simd=files.find(n=>n.includes("simd"));
const sz=(d,f)=>{const b=readFileSync(join(d,f));return [b.length,gz(b)];};
console.log("vite", sz(out,main), sz(out,simd), "total", sz(out,main)[1]+sz(out,simd)[1]);
if (!process.argv.includes("--novite")) {
await new Promise((res,rej)=>require("webpack")({mode:"production",target:["web","es2022"],context:page,entry:"./main.js",output:{path:out2,filename:"main.js",publicPath:"auto"},performance:{hints:false}},(e,r)=>e?rej(e):res(r)));
const w=readdirSync(out2).filter(n=>n.endsWith(".js"));
const simd2=w.find(n=>{const t=readFileSync(join(out2,n),"utf8");return readFileSync("/work/h-page/dist/kernels/simd.js","utf8").includes(t.match(/H4sI[\w+/]{9000,}={0,2}/)?.[0]??"@@")});
console.log("webpack", sz(out2,"main.js"), sz(out2,simd2), "total", sz(out2,"main.js")[1]+sz(out2,simd2)[1]);
}
