import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: SymbolicTensor","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/SymbolicTensor.md","filePath":"docs/api/anygrad/interfaces/SymbolicTensor.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/SymbolicTensor.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / SymbolicTensor</p><h1 id="interface-symbolictensor" tabindex="-1">Interface: SymbolicTensor <a class="header-anchor" href="#interface-symbolictensor" aria-label="Permalink to &quot;Interface: SymbolicTensor&quot;">​</a></h1><p>A tensor before there are numbers: what a layer will make of its inputs. <code>input</code> gives the first one, <code>apply</code> the others, and <code>model</code> reads the network off the last one.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="shape" tabindex="-1">shape <a class="header-anchor" href="#shape" aria-label="Permalink to &quot;shape&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly shape</span><span class="code-mark">:</span><span> ExampleShape</span><span class="code-mark">;</span></span></code></pre></div><p>Shape of an example, without the batch axis; null where it depends on the length of sequences.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/SymbolicTensor.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SymbolicTensor = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SymbolicTensor as default
};
