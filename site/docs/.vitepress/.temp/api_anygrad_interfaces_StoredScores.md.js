import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: StoredScores","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/interfaces/StoredScores.md","filePath":"docs/api/anygrad/interfaces/StoredScores.md"}');
const _sfc_main = { name: "api/anygrad/interfaces/StoredScores.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/">anygrad</a> / StoredScores</p><h1 id="interface-storedscores" tabindex="-1">Interface: StoredScores <a class="header-anchor" href="#interface-storedscores" aria-label="Permalink to &quot;Interface: StoredScores&quot;">​</a></h1><p>Scores of a model, and the size of a file of it.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="bytes" tabindex="-1">bytes <a class="header-anchor" href="#bytes" aria-label="Permalink to &quot;bytes&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly bytes</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Bytes of the file.</p><hr><h3 id="scores" tabindex="-1">scores <a class="header-anchor" href="#scores" aria-label="Permalink to &quot;scores&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly scores</span><span class="code-mark">:</span><span> Evaluation</span><span class="code-mark">;</span></span></code></pre></div><p>Loss, without penalties, and metrics over the data.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/interfaces/StoredScores.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const StoredScores = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  StoredScores as default
};
