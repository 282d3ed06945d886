import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: DigitsOptions","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/worker/interfaces/DigitsOptions.md","filePath":"docs/api/anygrad/worker/interfaces/DigitsOptions.md"}');
const _sfc_main = { name: "api/anygrad/worker/interfaces/DigitsOptions.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/worker/">anygrad/worker</a> / DigitsOptions</p><h1 id="interface-digitsoptions" tabindex="-1">Interface: DigitsOptions <a class="header-anchor" href="#interface-digitsoptions" aria-label="Permalink to &quot;Interface: DigitsOptions&quot;">​</a></h1><p>Options of <code>datasets.digits</code>.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="normalize" tabindex="-1">normalize? <a class="header-anchor" href="#normalize" aria-label="Permalink to &quot;normalize?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly normalize</span><span class="code-mark">?:</span><span> NormalizationMethod</span><span class="code-mark">;</span></span></code></pre></div><p>How pixels become floats. Default &quot;simple&quot; (÷ 255).</p><hr><h3 id="seed" tabindex="-1">seed? <a class="header-anchor" href="#seed" aria-label="Permalink to &quot;seed?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly seed</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Seed of the drawing, a whole number from 0: another seed gives other digits. Default 1.</p><hr><h3 id="test" tabindex="-1">test? <a class="header-anchor" href="#test" aria-label="Permalink to &quot;test?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly test</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Number of test examples. Default 2,000.</p><hr><h3 id="train" tabindex="-1">train? <a class="header-anchor" href="#train" aria-label="Permalink to &quot;train?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly train</span><span class="code-mark">?:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Number of training examples. Default 10,000.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/worker/interfaces/DigitsOptions.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const DigitsOptions = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  DigitsOptions as default
};
