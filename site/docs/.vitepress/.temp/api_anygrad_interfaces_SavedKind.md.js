import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: SavedKind<Config>","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/SavedKind.md","filePath":"docs/api/anygrad/interfaces/SavedKind.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/SavedKind.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / SavedKind</p><h1 id="interface-savedkindconfig" tabindex="-1">Interface: SavedKind&lt;Config&gt; <a class="header-anchor" href="#interface-savedkindconfig" aria-label="Permalink to &quot;Interface: SavedKind\\&lt;Config\\&gt;&quot;">​</a></h1><p>What a kind is saved as; with it <code>kindNamed(…)(config)</code> makes it again.</p><h2 id="type-parameters" tabindex="-1">Type Parameters <a class="header-anchor" href="#type-parameters" aria-label="Permalink to &quot;Type Parameters&quot;">​</a></h2><table tabindex="0"><thead><tr><th>Type Parameter</th><th>Default type</th></tr></thead><tbody><tr><td><a id="type-parameter-config"></a> <code>Config</code> <em>extends</em> <code>object</code></td><td><code>Record</code>&lt;<code>string</code>, <code>unknown</code>&gt;</td></tr></tbody></table><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="config" tabindex="-1">config <a class="header-anchor" href="#config" aria-label="Permalink to &quot;config&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly config</span><span class="code-mark">:</span><span> Readonly</span><span class="code-mark">&lt;</span><span>Config</span><span class="code-mark">&gt;;</span></span></code></pre></div><p>Its options, as JSON can hold them.</p><hr><h3 id="type" tabindex="-1">type <a class="header-anchor" href="#type" aria-label="Permalink to &quot;type&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly type</span><span class="code-mark">:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>Its name.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/SavedKind.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const SavedKind = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  SavedKind as default
};
