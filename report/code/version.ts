/** The package's version, known where there are no files too: the bundler puts package.json's text here. */
import description from "../../package.json" with { type: "json" };

export const version: string = description.version;
