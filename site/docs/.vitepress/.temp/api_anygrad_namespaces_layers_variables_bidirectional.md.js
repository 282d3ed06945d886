import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Variable: bidirectional","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/layers/variables/bidirectional.md","filePath":"docs/api/anygrad/namespaces/layers/variables/bidirectional.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/layers/variables/bidirectional.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/layers/">layers</a> / bidirectional</p><h1 id="variable-bidirectional" tabindex="-1">Variable: bidirectional <a class="header-anchor" href="#variable-bidirectional" aria-label="Permalink to &quot;Variable: bidirectional&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">const</span><span> bidirectional</span><span class="code-mark">:</span><span> BidirectionalMaker</span><span class="code-mark">;</span></span></code></pre></div><p>A recurrent layer that goes through a sequence both ways (Schuster and Paliwal, 1997). The outputs of all steps are both in the order of the inputs. Its weights are those of the layer, named <code>forward_…</code> and <code>backward_…</code>. Where the layer has <code>returnState: true</code>, <code>apply</code> gives the output, the states of the way forward and those of the other.</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError INVALID_ARGUMENT for another layer</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/layers/variables/bidirectional.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const bidirectional = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  bidirectional as default
};
