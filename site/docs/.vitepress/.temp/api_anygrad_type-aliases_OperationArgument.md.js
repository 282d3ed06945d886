import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Type Alias: OperationArgument","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/type-aliases/OperationArgument.md","filePath":"docs/api/anygrad/type-aliases/OperationArgument.md"}');
const _sfc_main = { name: "api/anygrad/type-aliases/OperationArgument.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / OperationArgument</p><h1 id="type-alias-operationargument" tabindex="-1">Type Alias: OperationArgument <a class="header-anchor" href="#type-alias-operationargument" aria-label="Permalink to &quot;Type Alias: OperationArgument&quot;">​</a></h1><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-keyword">type</span><span> OperationArgument </span><span class="code-mark">=</span><span> </span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-string"> &quot;input&quot;</span></span>
<span class="line"><span class="code-mark">  |</span><span> number</span></span>
<span class="line"><span class="code-mark">  |</span><span class="code-mark"> {</span></span>
<span class="line"><span>  shape</span><span class="code-mark">:</span><span> Shape</span><span class="code-mark">;</span></span>
<span class="line"><span>  trainable</span><span class="code-mark">?:</span><span> boolean</span><span class="code-mark">;</span></span>
<span class="line"><span class="code-mark">};</span></span></code></pre></div><p>What an op takes at a place: a tensor that the layer is applied to, a number, or a weight.</p><h2 id="union-members" tabindex="-1">Union Members <a class="header-anchor" href="#union-members" aria-label="Permalink to &quot;Union Members&quot;">​</a></h2><p><code>&quot;input&quot;</code></p><hr><p><code>number</code></p><hr><h3 id="type-literal" tabindex="-1">Type Literal <a class="header-anchor" href="#type-literal" aria-label="Permalink to &quot;Type Literal&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span class="code-mark">{</span></span>
<span class="line"><span>  shape</span><span class="code-mark">:</span><span> Shape</span><span class="code-mark">;</span></span>
<span class="line"><span>  trainable</span><span class="code-mark">?:</span><span> boolean</span><span class="code-mark">;</span></span>
<span class="line"><span class="code-mark">}</span></span></code></pre></div><h4 id="shape" tabindex="-1">shape <a class="header-anchor" href="#shape" aria-label="Permalink to &quot;shape&quot;">​</a></h4><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly shape</span><span class="code-mark">:</span><span> Shape</span><span class="code-mark">;</span></span></code></pre></div><p>Shape of the weight.</p><h4 id="trainable" tabindex="-1">trainable? <a class="header-anchor" href="#trainable" aria-label="Permalink to &quot;trainable?&quot;">​</a></h4><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly trainable</span><span class="code-mark">?:</span><span> boolean</span><span class="code-mark">;</span></span></code></pre></div><p>Whether it is learned. Default false.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/type-aliases/OperationArgument.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const OperationArgument = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  OperationArgument as default
};
