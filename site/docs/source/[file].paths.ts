/** A page for each program or folder that others link to. */
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { filesOf, repository, shown, slugOf } from "./shown.ts";

const languages: Record<string, string> = {
  ".mjs": "js",
  ".js": "js",
  ".ts": "ts",
  ".html": "html",
  ".json": "json",
  ".md": "md",
  ".toml": "toml",
};

export default {
  paths: () =>
    shown.map((path) => {
      const files = filesOf(path);
      const parts = files.map((file) => {
        const text = readFileSync(join(repository, file), "utf8").trimEnd();
        const fence = `\`\`\`\`${languages[extname(file)] ?? "txt"}\n${text}\n\`\`\`\``;
        return files.length > 1 ? `## ${file.slice(path.length + 1)}\n\n${fence}` : fence;
      });
      return { params: { file: slugOf(path) }, content: `# ${path}\n\n${parts.join("\n\n")}\n` };
    }),
};
