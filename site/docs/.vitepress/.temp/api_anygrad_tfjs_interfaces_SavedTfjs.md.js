import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: SavedTfjs","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/tfjs/interfaces/SavedTfjs.md","filePath":"docs/api/anygrad/tfjs/interfaces/SavedTfjs.md"}');
const _sfc_main = { name: "api/anygrad/tfjs/interfaces/SavedTfjs.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/tfjs/">anygrad/tfjs</a> / SavedTfjs</p><h1 id="interface-savedtfjs" tabindex="-1">Interface: SavedTfjs <a class="header-anchor" href="#interface-savedtfjs" aria-label="Permalink to &quot;Interface: SavedTfjs&quot;">​</a></h1><p>What <a href="/api/anygrad/tfjs/functions/saveTfjs.html">saveTfjs</a> gives: files by their names.</p><h2 id="extends" tabindex="-1">Extends <a class="header-anchor" href="#extends" aria-label="Permalink to &quot;Extends&quot;">​</a></h2><ul><li><code>Readonly</code>&lt;<code>Record</code>&lt;<code>string</code>, <code>string</code> | <code>Uint8Array</code>&lt;<code>ArrayBuffer</code>&gt;&gt;&gt;</li></ul><h2 id="indexable" tabindex="-1">Indexable <a class="header-anchor" href="#indexable" aria-label="Permalink to &quot;Indexable&quot;">​</a></h2><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-mark">[</span><span>key: string</span><span class="code-mark">]</span><span>: string </span><span class="code-mark">|</span><span> Uint8Array</span><span class="code-mark">&lt;</span><span>ArrayBuffer</span><span class="code-mark">&gt;</span></span></code></pre></div><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="modeljson" tabindex="-1">model.json <a class="header-anchor" href="#modeljson" aria-label="Permalink to &quot;model.json&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly </span><span class="code-string">&quot;model.json&quot;</span><span>: string</span><span class="code-mark">;</span></span></code></pre></div><p>The description, JSON.</p><hr><h3 id="weightsbin" tabindex="-1">weights.bin <a class="header-anchor" href="#weightsbin" aria-label="Permalink to &quot;weights.bin&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly </span><span class="code-string">&quot;weights.bin&quot;</span><span>: Uint8Array</span><span class="code-mark">&lt;</span><span>ArrayBuffer</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>The weights, 32-bit floats.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/tfjs/interfaces/SavedTfjs.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SavedTfjs = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SavedTfjs as default
};
