/**
 * Links of the Markdown as the site needs them. A page links to files by their places in the repository, which editors follow; here they
 * lead to the addresses of pages: Markdown by `rewrites`, programs and folders by source/[file].md.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { MarkdownRenderer } from "vitepress";
import { isShown, slugOf } from "../source/shown.ts";

interface Places {
  /** Where the site begins, such as "/". */
  readonly base: string;
  /** Path of the repository. */
  readonly repository: string;
  /** Addresses of the pages outside docs/, by their paths. */
  readonly elsewhere: Readonly<Record<string, string>>;
}

export function repositoryLinks(markdown: MarkdownRenderer, places: Places): void {
  const render = markdown.renderer.rules.link_open!;
  markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const link = tokens[index]!;
    const href = link.attrGet("href") ?? "";
    if (href && !/^(\w+:|\/|#)/.test(href)) {
      const page = env.realPath ?? env.path;
      const text = tokens[index + 1];
      // an editor shows where a file is; here the page's name says more
      if (text?.type === "text" && /^[\w./-]+\.md$/.test(text.content))
        text.content = titleOf(join(dirname(page), href.replace(/#.*/, ""))) ?? text.content;
      link.attrSet("href", addressOf(href, page, places));
    }
    if (href === "/playground/") {
      // no page of the documentation: the browser goes there, and VitePress must not look for it
      link.attrSet("href", `${places.base}playground/`);
      link.attrSet("target", "_self");
    }
    return render(tokens, index, options, env, self);
  };
  // what stands indented may be wider than a phone: it scrolls, and so keys must reach it
  markdown.renderer.rules.code_block = (tokens, index) =>
    `<pre tabindex="0"><code v-pre>${markdown.utils.escapeHtml(tokens[index]!.content)}</code></pre>\n`;
  // columns of figures are right by a class: a style attribute would need an exception of the policy
  for (const cell of ["th_open", "td_open"])
    markdown.renderer.rules[cell] = (tokens, index, options, _env, self) => {
      const token = tokens[index]!;
      if (token.tag === "th" && tokens[index + 1]!.content === "") token.tag = tokens[index + 2]!.tag = "td"; // no head of anything
      const side = /text-align: ?(\w+)/.exec(token.attrGet("style") ?? "")?.[1];
      if (side) {
        token.attrs = token.attrs!.filter(([name]) => name !== "style");
        token.attrSet("class", `to-${side}`);
      }
      return self.renderToken(tokens, index, options);
    };
}

/** The heading of a page, signs of Markdown aside. */
function titleOf(file: string): string | undefined {
  return existsSync(file)
    ? /^# (.*)$/m.exec(readFileSync(file, "utf8"))?.[1]?.replaceAll("`", "")
    : undefined;
}

/** The address of what a page links to; what is no page of the site keeps its link, and is told as dead. */
function addressOf(href: string, page: string, { repository, elsewhere }: Places): string {
  const [path = "", hash] = href.split("#");
  const target = relative(repository, join(dirname(page), path)).replaceAll("\\", "/");
  const address =
    target === "README.md"
      ? "/index.md"
      : isShown(target)
        ? `/source/${slugOf(target)}.md`
        : target.startsWith("docs/")
          ? target.slice("docs".length)
          : elsewhere[target] && `/${elsewhere[target]}`;
  return address ? address + (hash === undefined ? "" : `#${hash}`) : href;
}
