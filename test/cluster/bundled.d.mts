/** What tests of cluster take of bundled.mjs. */

/** program.ts as a file that Node runs. @returns its path */
export function bundledProgram(): Promise<string>;
