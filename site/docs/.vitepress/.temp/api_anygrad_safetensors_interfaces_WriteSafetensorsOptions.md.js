import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: WriteSafetensorsOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/safetensors/interfaces/WriteSafetensorsOptions.md","filePath":"docs/api/anygrad/safetensors/interfaces/WriteSafetensorsOptions.md"}');
const _sfc_main = { name: "api/anygrad/safetensors/interfaces/WriteSafetensorsOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/safetensors/">anygrad/safetensors</a> / WriteSafetensorsOptions</p><h1 id="interface-writesafetensorsoptions" tabindex="-1">Interface: WriteSafetensorsOptions <a class="header-anchor" href="#interface-writesafetensorsoptions" aria-label="Permalink to &quot;Interface: WriteSafetensorsOptions&quot;">​</a></h1><p>Options of <a href="/api/anygrad/safetensors/functions/writeSafetensors.html">writeSafetensors</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="dtype" tabindex="-1">dtype? <a class="header-anchor" href="#dtype" aria-label="Permalink to &quot;dtype?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly dtype</span><span class="code-mark">?:</span><span> ElementType</span><span class="code-mark">;</span></span></code></pre></div><p>The type that arrays of floats get in the file, such as &quot;float16&quot;, of half the size. Default: that of their numbers.</p><hr><h3 id="metadata" tabindex="-1">metadata? <a class="header-anchor" href="#metadata" aria-label="Permalink to &quot;metadata?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly metadata</span><span class="code-mark">?:</span><span> Readonly</span><span class="code-mark">&lt;</span><span>Record</span><span class="code-mark">&lt;</span><span>string</span><span class="code-mark">,</span><span> string</span><span class="code-mark">&gt;&gt;;</span></span></code></pre></div><p>Texts by name. Default: none.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/safetensors/interfaces/WriteSafetensorsOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const WriteSafetensorsOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  WriteSafetensorsOptions as default
};
