import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: SizeRegularizer","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/SizeRegularizer.md","filePath":"docs/api/anygrad/interfaces/SizeRegularizer.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/SizeRegularizer.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / SizeRegularizer</p><h1 id="interface-sizeregularizer" tabindex="-1">Interface: SizeRegularizer <a class="header-anchor" href="#interface-sizeregularizer" aria-label="Permalink to &quot;Interface: SizeRegularizer&quot;">​</a></h1><p>A penalty on the size of a weight&#39;s numbers.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="config" tabindex="-1">config <a class="header-anchor" href="#config" aria-label="Permalink to &quot;config&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly config</span><span class="code-mark">:</span><span class="code-mark"> {</span></span>
<span class="line"><span>  l1</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span>
<span class="line"><span>  l2</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span>
<span class="line"><span class="code-mark">};</span></span></code></pre></div><p>The factors on Σ |w| and Σ w².</p><h4 id="l1" tabindex="-1">l1 <a class="header-anchor" href="#l1" aria-label="Permalink to &quot;l1&quot;">​</a></h4><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly l1</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Factor on Σ |w|.</p><h4 id="l2" tabindex="-1">l2 <a class="header-anchor" href="#l2" aria-label="Permalink to &quot;l2&quot;">​</a></h4><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly l2</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Factor on Σ w².</p><hr><h3 id="type" tabindex="-1">type <a class="header-anchor" href="#type" aria-label="Permalink to &quot;type&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly type</span><span class="code-mark">:</span><span class="code-string"> &quot;l1l2&quot;</span><span class="code-mark">;</span></span></code></pre></div><p>The one kind there is, of which <code>l1</code> and <code>l2</code> are special cases.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/SizeRegularizer.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SizeRegularizer = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SizeRegularizer as default
};
