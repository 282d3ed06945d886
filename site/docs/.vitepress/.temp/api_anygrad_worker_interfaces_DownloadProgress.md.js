import { ssrRenderAttrs } from "vue/server-renderer";
import { useSSRContext } from "vue";
import { _ as _export_sfc } from "./plugin-vue_export-helper.1tPrXgE0.js";
const __pageData = JSON.parse('{"title":"Interface: DownloadProgress","description":"","frontmatter":{},"headers":[],"relativePath":"api/anygrad/worker/interfaces/DownloadProgress.md","filePath":"docs/api/anygrad/worker/interfaces/DownloadProgress.md"}');
const _sfc_main = { name: "api/anygrad/worker/interfaces/DownloadProgress.md" };
function _sfc_ssrRender(_ctx, _push, _parent, _attrs, $props, $setup, $data, $options) {
  _push(`<div${ssrRenderAttrs(_attrs)}><p><a href="/api/">API</a> / <a href="/api/anygrad/worker/">anygrad/worker</a> / DownloadProgress</p><h1 id="interface-downloadprogress" tabindex="-1">Interface: DownloadProgress <a class="header-anchor" href="#interface-downloadprogress" aria-label="Permalink to &quot;Interface: DownloadProgress&quot;">​</a></h1><p>How far the download of one file is.</p><h2 id="properties" tabindex="-1">Properties <a class="header-anchor" href="#properties" aria-label="Permalink to &quot;Properties&quot;">​</a></h2><h3 id="file" tabindex="-1">file <a class="header-anchor" href="#file" aria-label="Permalink to &quot;file&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly file</span><span class="code-mark">:</span><span> string</span><span class="code-mark">;</span></span></code></pre></div><p>The file&#39;s name, such as &quot;train-images-idx3-ubyte.gz&quot;.</p><hr><h3 id="receivedbytes" tabindex="-1">receivedBytes <a class="header-anchor" href="#receivedbytes" aria-label="Permalink to &quot;receivedBytes&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly receivedBytes</span><span class="code-mark">:</span><span> number</span><span class="code-mark">;</span></span></code></pre></div><p>Bytes that have arrived.</p><hr><h3 id="totalbytes" tabindex="-1">totalBytes <a class="header-anchor" href="#totalbytes" aria-label="Permalink to &quot;totalBytes&quot;">​</a></h3><div class="language-ts"><button title="Copy Code" class="copy"></button><span class="lang">ts</span><pre class="shiki anygrad vp-code" tabindex="0"><code><span class="line"><span>readonly totalBytes</span><span class="code-mark">:</span><span> number </span><span class="code-mark">|</span><span class="code-number"> undefined</span><span class="code-mark">;</span></span></code></pre></div><p>Bytes that the whole file has; undefined where neither we nor the server know.</p></div>`);
}
const _sfc_setup = _sfc_main.setup;
_sfc_main.setup = (props, ctx) => {
  const ssrContext = useSSRContext();
  (ssrContext.modules || (ssrContext.modules = /* @__PURE__ */ new Set())).add("docs/api/anygrad/worker/interfaces/DownloadProgress.md");
  return _sfc_setup ? _sfc_setup(props, ctx) : void 0;
};
const DownloadProgress = /* @__PURE__ */ _export_sfc(_sfc_main, [["ssrRender", _sfc_ssrRender]]);
export {
  __pageData,
  DownloadProgress as default
};
