import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: NamedFile","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/tfjs/type-aliases/NamedFile.md","filePath":"docs/api/anygrad/tfjs/type-aliases/NamedFile.md"}');
const _sfc_main = { name: "api/anygrad/tfjs/type-aliases/NamedFile.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/tfjs/">anygrad/tfjs</a> / NamedFile</p><h1 id="type-alias-namedfile" tabindex="-1">Type Alias: NamedFile <a class="header-anchor" href="#type-alias-namedfile" aria-label="Permalink to &quot;Type Alias: NamedFile&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> NamedFile </span><span class="code-mark">=</span><span> Blob </span><span class="code-mark">&amp;</span><span class="code-mark"> {</span></span>
<span class="line"><span>  name</span><span class="code-mark">:</span><span> string</span><span class="code-mark">;</span></span>
<span class="line"><span class="code-mark">};</span></span></code></pre></div><p>A file with its name, as a page&#39;s File has it.</p><h2 id="type-declaration" tabindex="-1">Type Declaration <a class="header-anchor" href="#type-declaration" aria-label="Permalink to &quot;Type Declaration&quot;">​</a></h2><h3 id="name" tabindex="-1">name <a class="header-anchor" href="#name" aria-label="Permalink to &quot;name&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly name</span><span class="code-mark">:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>The name, without folders.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/tfjs/type-aliases/NamedFile.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const NamedFile = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  NamedFile as default
};
