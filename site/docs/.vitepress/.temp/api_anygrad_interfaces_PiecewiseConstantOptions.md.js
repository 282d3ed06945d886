import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: PiecewiseConstantOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/PiecewiseConstantOptions.md","filePath":"docs/api/anygrad/interfaces/PiecewiseConstantOptions.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/PiecewiseConstantOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / PiecewiseConstantOptions</p><h1 id="interface-piecewiseconstantoptions" tabindex="-1">Interface: PiecewiseConstantOptions <a class="header-anchor" href="#interface-piecewiseconstantoptions" aria-label="Permalink to &quot;Interface: PiecewiseConstantOptions&quot;">​</a></h1><p>The options of <a href="/api/anygrad/namespaces/schedules/functions/piecewiseConstant.html">piecewiseConstant</a>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="boundaries" tabindex="-1">boundaries <a class="header-anchor" href="#boundaries" aria-label="Permalink to &quot;boundaries&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly boundaries</span><span class="code-mark">:</span><span> readonly number</span><span class="code-mark">[];</span></span></code></pre></div><p>Steps, strictly increasing.</p><hr><h3 id="values" tabindex="-1">values <a class="header-anchor" href="#values" aria-label="Permalink to &quot;values&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly values</span><span class="code-mark">:</span><span> readonly number</span><span class="code-mark">[];</span></span></code></pre></div><p>One learning rate more than there are boundaries.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/PiecewiseConstantOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const PiecewiseConstantOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  PiecewiseConstantOptions as default
};
