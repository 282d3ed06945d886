import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Function: contrastive()","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/losses/functions/contrastive.md","filePath":"docs/api/anygrad/namespaces/losses/functions/contrastive.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/losses/functions/contrastive.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/losses/">losses</a> / contrastive</p><h1 id="function-contrastive" tabindex="-1">Function: contrastive() <a class="header-anchor" href="#function-contrastive" aria-label="Permalink to &quot;Function: contrastive()&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">function</span><span class="code-name"> contrastive</span><span class="code-mark">(</span><span>options</span><span class="code-mark">?):</span><span> Loss</span><span class="code-mark">;</span></span></code></pre></div><p>For the distance p between two embeddings, t p² + (1 − t) max(margin − p, 0)², averaged over the outputs; t is 1 for a pair that belongs together, 0 for another one (Hadsell et al., 2006).</p><h2 id="parameters" tabindex="-1">Parameters <a class="header-anchor" href="#parameters" aria-label="Permalink to &quot;Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Parameter</th><th>Type</th><th>Description</th></tr></thead><tbody><tr><td><code>options?</code></td><td>{ <code>margin?</code>: <code>number</code>; }</td><td>-</td></tr><tr><td><code>options.margin?</code></td><td><code>number</code></td><td>The distance from which on a pair that does not belong together costs nothing. Default 1.</td></tr></tbody></table><h2 id="returns" tabindex="-1">Returns <a class="header-anchor" href="#returns" aria-label="Permalink to &quot;Returns&quot;">​</a></h2><p><a href="/api/anygrad/interfaces/Loss.html"><code>Loss</code></a></p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/losses/functions/contrastive.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const contrastive = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  contrastive as default
};
