/**
 * The documentation: the Markdown of the repository as it stands, one source for those who read it in an editor and those who read it here.
 *
 * A page's address is its path below docs/. What pages link to elsewhere in the repository is shown as well: Markdown as a page, programs by
 * source/[file].md. Nothing in a page is inline that a content security policy would refuse: see `withoutInline` and highlighting.ts.
 */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type DefaultTheme, defineConfig } from "vitepress";
import { classTransformer, theme } from "./highlighting.ts";
import { bar, side } from "./navigation.ts";
import { repositoryLinks } from "./repositoryLinks.ts";
import { withoutInline } from "./withoutInline.ts";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const base = process.env.SITE_BASE ?? "/";
const { version } = JSON.parse(readFileSync(`${repository}package.json`, "utf8"));

/** Pages stand outside the folder that has Vue: what renders them finds it from its own place. */
const vueOfServer = {
  name: "vue-of-server",
  enforce: "pre" as const,
  resolveId: (id: string, _from: string | undefined, { ssr }: { ssr?: boolean }) =>
    ssr && /^vue(\/server-renderer)?$/.test(id) ? { id, external: true } : undefined,
};

/** What VitePress wants bundled ahead for the server of those who write is looked for from the pages' folder, and not found; it is loaded as it is. */
const withoutBundlingAhead = {
  name: "without-bundling-ahead",
  configResolved({ optimizeDeps }: { optimizeDeps: { include?: string[] } }) {
    optimizeDeps.include = optimizeDeps.include?.filter((name) => !name.startsWith("vitepress > "));
  },
};

/** Pages that stand outside docs/, by their addresses. */
const elsewhere = {
  "CONTRIBUTING.md": "contributing.md",
  "CHANGELOG.md": "changelog.md",
  "examples/README.md": "examples/index.md",
  "examples/cloudflare-worker/README.md": "examples/cloudflare-worker.md",
  "bench/RESULTS.md": "bench/results.md",
  "bench/peers/RESULTS.md": "bench/peers.md",
  "test/conformance/README.md": "conformance/networks.md",
};

export default defineConfig({
  srcDir: repository,
  outDir: `${repository}site/dist`,
  cacheDir: `${repository}site/node_modules/.cache/vitepress`,
  // what is no page: all Markdown but that of docs/, what is named above, and the page of programs
  srcExclude: [
    "{src,assembly,cli,report,runs,vis,node,dist,scripts,.github,coverage}/**",
    "README.md",
    "**/node_modules/**",
  ].concat(process.env.SITE_WITHOUT_API ? ["docs/api/**"] : [], [
    "test/!(conformance)/**",
    "test/*.md",
    "bench/!(peers|RESULTS.md)/**",
    "examples/!(cloudflare-worker|README.md)/**",
    "site/!(docs)/**",
  ]),
  rewrites: { ...elsewhere, "docs/:page*": ":page*", "site/docs/:page*": ":page*" },
  base,
  title: "anygrad",
  description: "Trains small neural networks wherever JavaScript runs, to the same bits.",
  lang: "en",
  // its other setting writes a style element at each change
  appearance: { disableTransition: false },
  cleanUrls: false,
  metaChunk: true,
  lastUpdated: false,
  head: [["link", { rel: "icon", href: `${base}icon.svg`, type: "image/svg+xml" }]],
  ignoreDeadLinks: [/^\/playground\//, ...(process.env.SITE_WITHOUT_API ? [/^\/api\//] : [])],
  markdown: {
    theme,
    anchor: { slugify: slugOfHeading },
    codeTransformers: [classTransformer],
    config: (markdown) => repositoryLinks(markdown, { base, repository, elsewhere }),
  },
  transformHtml: withoutInline,
  themeConfig: {
    siteTitle: "anygrad",
    nav: [...bar, { text: `v${version}`, link: "/changelog" }],
    sidebar: { "/": side, "/api/": apiSide() },
    outline: [2, 3],
    search: { provider: "local", options: { _render: searched } },
    docFooter: { prev: "Before", next: "Next" },
    darkModeSwitchLabel: "Dark or light",
    sidebarMenuLabel: "Pages",
    returnToTopLabel: "To the top",
    outlineTitle: "On this page",
    externalLinkIcon: true,
  },
  vite: {
    publicDir: `${repository}site/docs/public`,
    plugins: [vueOfServer, withoutBundlingAhead],
    // else every .html of the repository is taken for a page, and what it imports for a dependency
    optimizeDeps: { entries: [] },
    server: {
      // site/run.mjs starts the playground's own server beside this one
      proxy: process.env.SITE_PLAYGROUND
        ? { [`${base}playground/`]: new URL(process.env.SITE_PLAYGROUND).origin }
        : {},
    },
    build: { chunkSizeWarningLimit: 2000 },
  },
});

/** The anchor of a heading, as where the repository is hosted: pages link by it in both. */
function slugOfHeading(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}

type Render = NonNullable<DefaultTheme.LocalSearchOptions["_render"]>;

/** What the search looks through. Of a page of the API that is its title, and what it says below it: options stand on pages of their own. */
function searched(...[text, env, markdown]: Parameters<Render>): string {
  const html = markdown.render(text, env);
  if (!env.relativePath.startsWith("docs/api/")) return html;
  // a name is told apart by where it stands: layers.conv2d, ops.conv2d
  const [, namespace] = /\/namespaces\/(\w+)\//.exec(env.relativePath) ?? [];
  return html
    .replace(/<h2[\s\S]*/, "")
    .replace(/(<h1[^>]*>)\w+(?: \w+)?: /, `$1${namespace ? `${namespace}.` : ""}`)
    .replaceAll(/<div class="language-[\s\S]*?<\/div>/g, "");
}

/** Modules and namespaces of the API: the names in them stand on their pages, and are found by the search. */
function apiSide(): DefaultTheme.SidebarItem[] {
  const file = `${repository}docs/api/typedoc-sidebar.json`;
  const [core]: DefaultTheme.SidebarItem[] = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  const items = core?.items ?? [];
  const pagesOf = (list: DefaultTheme.SidebarItem[] = []) =>
    list.filter(({ link }) => link?.endsWith("/")).map(({ text, link }) => ({ text, link }));
  const namespaces = pagesOf(items.find(({ text }) => text === "Namespaces")?.items);
  return [
    { text: "anygrad", link: core?.link, items: namespaces.sort((a, b) => (a.text! < b.text! ? -1 : 1)) },
    {
      text: "Modules beside it",
      items: pagesOf(items).map(({ text, link }) => ({ text: `anygrad/${text}`, link })),
    },
  ];
}
