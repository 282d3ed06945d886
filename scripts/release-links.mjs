// Makes the links of README.md and CHANGELOG.md in the current folder absolute, as a release needs them: npm's page knows no other files. They lead to the
// version's tag in the repository that package.json names, which the sources do not know: without one nothing is written. .github/RELEASING.md
import { readFileSync, writeFileSync } from "node:fs";

const { repository, version } = JSON.parse(readFileSync("package.json", "utf8"));
const home = /^(?:git\+)?(https:\/\/[^/]+\/[^/]+\/[^/]+?)(?:\.git)?$/.exec(repository?.url ?? "")?.[1];
if (!home) {
  console.error(
    `release-links: package.json has ${repository ? `the repository ${JSON.stringify(repository)}` : "no repository"}, and links of a release lead there; ` +
      'run npm pkg set "repository.url=git+https://HOST/OWNER/NAME.git" first',
  );
  process.exit(1);
}

const isPicture = (path) => /\.(png|svg|jpe?g|gif)$/.test(path);
const absolute = (path) => `${home}/${isPicture(path) ? "raw" : "blob"}/v${version}/${path}`;
for (const page of ["README.md", "CHANGELOG.md"]) {
  const parts = readFileSync(page, "utf8").split(/(^```[\s\S]*?^```$)/m); // programs at the odd places
  const text = parts.map((part, index) =>
    index % 2
      ? part
      : part
          .replaceAll(
            /(\]\()(?!https?:|#|mailto:)([^)\s]+)(\))/g,
            (_, before, path, behind) => before + absolute(path) + behind,
          )
          .replaceAll(
            /(\b(?:src|href)=")(?!https?:|#|data:)([^"]+)(")/g,
            (_, before, path, behind) => before + absolute(path) + behind,
          ),
  );
  writeFileSync(page, text.join(""));
}
