import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: OutputText","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/node/interfaces/OutputText.md","filePath":"docs/api/anygrad/node/interfaces/OutputText.md"}');
const _sfc_main = { name: "api/anygrad/node/interfaces/OutputText.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/node/">anygrad/node</a> / OutputText</p><h1 id="interface-outputtext" tabindex="-1">Interface: OutputText <a class="header-anchor" href="#interface-outputtext" aria-label="Permalink to &quot;Interface: OutputText&quot;">​</a></h1><p>What is known of one of several outputs.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="classnames" tabindex="-1">classNames? <a class="header-anchor" href="#classnames" aria-label="Permalink to &quot;classNames?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly classNames</span><span class="code-mark">?:</span><span> readonly string</span><span class="code-mark">[];</span></span></code></pre></div><p>One name a class, where it tells classes apart. Default: their indices.</p><hr><h3 id="name" tabindex="-1">name? <a class="header-anchor" href="#name" aria-label="Permalink to &quot;name?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly name</span><span class="code-mark">?:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>What its number is, such as &quot;price&quot;. Default: the output&#39;s name.</p><hr><h3 id="unit" tabindex="-1">unit? <a class="header-anchor" href="#unit" aria-label="Permalink to &quot;unit?&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly unit</span><span class="code-mark">?:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>What its number is counted in, such as &quot;€&quot;. Default: not told.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/node/interfaces/OutputText.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const OutputText = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  OutputText as default
};
