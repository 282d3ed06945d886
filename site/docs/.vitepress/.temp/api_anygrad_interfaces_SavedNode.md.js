import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: SavedNode","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/SavedNode.md","filePath":"docs/api/anygrad/interfaces/SavedNode.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/SavedNode.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / SavedNode</p><h1 id="interface-savednode" tabindex="-1">Interface: SavedNode <a class="header-anchor" href="#interface-savednode" aria-label="Permalink to &quot;Interface: SavedNode&quot;">​</a></h1><p>A place in a network that is no list of layers.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="inputs" tabindex="-1">inputs <a class="header-anchor" href="#inputs" aria-label="Permalink to &quot;inputs&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>inputs</span><span class="code-mark">:</span><span> number</span><span class="code-mark">[];</span></span></code></pre></div><p>The places that feed it, all before it; −1 is the input, −2 the second one.</p><hr><h3 id="layer" tabindex="-1">layer <a class="header-anchor" href="#layer" aria-label="Permalink to &quot;layer&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>layer</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Position of its layer in <code>layers</code>.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/SavedNode.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SavedNode = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SavedNode as default
};
