import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: CrossentropyAttributes","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/CrossentropyAttributes.md","filePath":"docs/api/anygrad/interfaces/CrossentropyAttributes.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/CrossentropyAttributes.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / CrossentropyAttributes</p><h1 id="interface-crossentropyattributes" tabindex="-1">Interface: CrossentropyAttributes <a class="header-anchor" href="#interface-crossentropyattributes" aria-label="Permalink to &quot;Interface: CrossentropyAttributes&quot;">​</a></h1><p>Options of <code>ops.categoricalCrossentropy</code> and <code>ops.sparseCategoricalCrossentropy</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="fromlogits" tabindex="-1">fromLogits? <a class="header-anchor" href="#fromlogits" aria-label="Permalink to &quot;fromLogits?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>fromLogits</span><span class="code-mark">?:</span><span> boolean</span><span class="code-mark">;</span></span></code></pre></div><p>true: predictions are logits, which go through a softmax; false (default): they are probabilities.</p><hr><h3 id="labelsmoothing" tabindex="-1">labelSmoothing? <a class="header-anchor" href="#labelsmoothing" aria-label="Permalink to &quot;labelSmoothing?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>labelSmoothing</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Share s of every target that is distributed evenly over the classes: t becomes t · (1 − s) + s / classes (Szegedy et al., arXiv:1512.00567). Default 0.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/CrossentropyAttributes.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const CrossentropyAttributes = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  CrossentropyAttributes as default
};
