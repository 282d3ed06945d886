import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: UnreadableImage","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/UnreadableImage.md","filePath":"docs/api/anygrad/interfaces/UnreadableImage.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/UnreadableImage.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / UnreadableImage</p><h1 id="interface-unreadableimage" tabindex="-1">Interface: UnreadableImage <a class="header-anchor" href="#interface-unreadableimage" aria-label="Permalink to &quot;Interface: UnreadableImage&quot;">​</a></h1><p>A picture that could not be read.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="file" tabindex="-1">file <a class="header-anchor" href="#file" aria-label="Permalink to &quot;file&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly file</span><span class="code-mark">:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>Its path or name; its number, from 0, where it has none.</p><hr><h3 id="reason" tabindex="-1">reason <a class="header-anchor" href="#reason" aria-label="Permalink to &quot;reason&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly reason</span><span class="code-mark">:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>Why, in one line.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/UnreadableImage.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const UnreadableImage = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  UnreadableImage as default
};
