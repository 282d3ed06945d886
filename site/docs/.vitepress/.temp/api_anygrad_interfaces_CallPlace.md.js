import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: CallPlace","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/CallPlace.md","filePath":"docs/api/anygrad/interfaces/CallPlace.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/CallPlace.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / CallPlace</p><h1 id="interface-callplace" tabindex="-1">Interface: CallPlace <a class="header-anchor" href="#interface-callplace" aria-label="Permalink to &quot;Interface: CallPlace&quot;">​</a></h1><p>A place in a network that is being run.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="given" tabindex="-1">given <a class="header-anchor" href="#given" aria-label="Permalink to &quot;given&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly given</span><span class="code-mark">:</span><span> readonly Tensor</span><span class="code-mark">[];</span></span></code></pre></div><p>What the network was given, a tensor for each input.</p><hr><h3 id="i" tabindex="-1">i <a class="header-anchor" href="#i" aria-label="Permalink to &quot;i&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly i</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>The position of the layer.</p><hr><h3 id="nodes" tabindex="-1">nodes <a class="header-anchor" href="#nodes" aria-label="Permalink to &quot;nodes&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly nodes</span><span class="code-mark">:</span><span> readonly </span><span class="code-mark">{</span></span>
<span class="line"><span>  inputs</span><span class="code-mark">:</span><span> readonly number</span><span class="code-mark">[];</span></span>
<span class="line"><span>  layer</span><span class="code-mark">:</span><span> Layer</span><span class="code-mark">;</span></span>
<span class="line"><span class="code-mark">}[];</span></span></code></pre></div><p>The layers of the network in the order in which they run, and what feeds each; −1 is the first input, −2 the second.</p><hr><h3 id="outputs" tabindex="-1">outputs <a class="header-anchor" href="#outputs" aria-label="Permalink to &quot;outputs&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly outputs</span><span class="code-mark">:</span><span> readonly Tensor</span><span class="code-mark">[];</span></span></code></pre></div><p>What they have given so far.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/CallPlace.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const CallPlace = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  CallPlace as default
};
