import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: JsonSource","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/tfjs/type-aliases/JsonSource.md","filePath":"docs/api/anygrad/tfjs/type-aliases/JsonSource.md"}');
const _sfc_main = { name: "api/anygrad/tfjs/type-aliases/JsonSource.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/tfjs/">anygrad/tfjs</a> / JsonSource</p><h1 id="type-alias-jsonsource" tabindex="-1">Type Alias: JsonSource <a class="header-anchor" href="#type-alias-jsonsource" aria-label="Permalink to &quot;Type Alias: JsonSource&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> JsonSource </span><span class="code-mark">=</span><span> ByteSource </span><span class="code-mark">|</span><span> string </span><span class="code-mark">|</span><span> object</span><span class="code-mark">;</span></span></code></pre></div><p>What holds model.json: its object, its text, or bytes.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/tfjs/type-aliases/JsonSource.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const JsonSource = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  JsonSource as default
};
