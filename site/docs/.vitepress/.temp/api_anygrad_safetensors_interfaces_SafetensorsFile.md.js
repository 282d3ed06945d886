import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: SafetensorsFile","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/safetensors/interfaces/SafetensorsFile.md","filePath":"docs/api/anygrad/safetensors/interfaces/SafetensorsFile.md"}');
const _sfc_main = { name: "api/anygrad/safetensors/interfaces/SafetensorsFile.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/safetensors/">anygrad/safetensors</a> / SafetensorsFile</p><h1 id="interface-safetensorsfile" tabindex="-1">Interface: SafetensorsFile <a class="header-anchor" href="#interface-safetensorsfile" aria-label="Permalink to &quot;Interface: SafetensorsFile&quot;">​</a></h1><p>What a safetensors file holds.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="arrays" tabindex="-1">arrays <a class="header-anchor" href="#arrays" aria-label="Permalink to &quot;arrays&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly arrays</span><span class="code-mark">:</span><span> Readonly</span><span class="code-mark">&lt;</span><span>Record</span><span class="code-mark">&lt;</span><span>string</span><span class="code-mark">,</span><span> ForeignArray</span><span class="code-mark">&gt;&gt;;</span></span></code></pre></div><p>The arrays by name, in the order of the file.</p><hr><h3 id="metadata" tabindex="-1">metadata <a class="header-anchor" href="#metadata" aria-label="Permalink to &quot;metadata&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly metadata</span><span class="code-mark">:</span><span> Readonly</span><span class="code-mark">&lt;</span><span>Record</span><span class="code-mark">&lt;</span><span>string</span><span class="code-mark">,</span><span> string</span><span class="code-mark">&gt;&gt;;</span></span></code></pre></div><p>Texts by name.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/safetensors/interfaces/SafetensorsFile.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SafetensorsFile = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SafetensorsFile as default
};
