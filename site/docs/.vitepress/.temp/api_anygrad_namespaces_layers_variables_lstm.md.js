import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Variable: lstm","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/namespaces/layers/variables/lstm.md","filePath":"docs/api/anygrad/namespaces/layers/variables/lstm.md"}');
const _sfc_main = { name: "api/anygrad/namespaces/layers/variables/lstm.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / <a href="/api/anygrad/namespaces/layers/">layers</a> / lstm</p><h1 id="variable-lstm" tabindex="-1">Variable: lstm <a class="header-anchor" href="#variable-lstm" aria-label="Permalink to &quot;Variable: lstm&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">const</span><span> lstm</span><span class="code-mark">:</span><span> RecurrentMaker</span><span class="code-mark">&lt;</span><span>LstmOptions</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>Long short-term memory (Hochreiter and Schmidhuber, 1997): [n, steps, features] gives the last h, [n, units], or with <code>returnSequences</code> all of them, [n, steps, units]. The gates are in Keras&#39;s order: input, forget, candidate, output.</p><h2 id="throws" tabindex="-1">Throws <a class="header-anchor" href="#throws" aria-label="Permalink to &quot;Throws&quot;">​</a></h2><p>AnygradError INVALID_ARGUMENT</p><h2 id="example" tabindex="-1">Example <a class="header-anchor" href="#example" aria-label="Permalink to &quot;Example&quot;">​</a></h2><div class="language-js"><button title="Copy Code" class="copy"></button><span class="lang">js</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">import</span><span class="code-mark"> {</span><span> layers</span><span class="code-mark">,</span><span> sequential </span><span class="code-mark">}</span><span class="code-keyword"> from</span><span class="code-string"> &quot;anygrad&quot;</span><span class="code-mark">;</span></span>
<span class="line"></span>
<span class="line"><span class="code-keyword">const</span><span> net </span><span class="code-mark">=</span><span class="code-name"> sequential</span><span class="code-mark">([</span><span>layers</span><span class="code-mark">.</span><span class="code-name">lstm</span><span class="code-mark">({</span><span> units</span><span class="code-mark">:</span><span class="code-number"> 8</span><span class="code-mark"> }),</span><span> layers</span><span class="code-mark">.</span><span class="code-name">dense</span><span class="code-mark">({</span><span> units</span><span class="code-mark">:</span><span class="code-number"> 1</span><span class="code-mark"> })],</span><span class="code-mark"> {</span><span> inputShape</span><span class="code-mark">:</span><span class="code-mark"> [</span><span class="code-number">20</span><span class="code-mark">,</span><span class="code-number"> 3</span><span class="code-mark">]</span><span class="code-mark"> });</span></span>
<span class="line"><span>console</span><span class="code-mark">.</span><span class="code-name">log</span><span class="code-mark">(</span><span>net</span><span class="code-mark">.</span><span>outputShape</span><span class="code-mark">,</span><span> net</span><span class="code-mark">.</span><span>parameters</span><span class="code-mark">.</span><span>total</span><span class="code-mark">);</span><span class="code-comment"> // [1] 393</span></span></code></pre></div></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/namespaces/layers/variables/lstm.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const lstm = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  lstm as default
};
