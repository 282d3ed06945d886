/**
 * Words and commands without the folders of the machine they come from: reports are sent to others, whom a home folder or
 * a mounted disk tells nothing. What is left of a path is its last name.
 */

// An absolute path, or one from a home or parent folder, up to its last name: /home/me/, ~/data/, ../, C:\Users\me\, \\server\.
// A scheme (https://) begins none.
const folders = String.raw`(?<![\w:/\\.~-])(?:[A-Za-z]:[\\/]|~[^\s/\\]*[\\/]|\.\.[\\/]|[\\/])`;

/** Text that names at most one path at its end or before a comma; folders may have blanks in their names. */
export function withoutFolders(text: string): string {
  return text
    .replace(/[\\/]+(?=$|,)/g, "") // photos/ is photos
    .replace(new RegExp(`${folders}(?:[^,\\n]*[\\\\/])?`), "");
}

/** The name of a data set and where it came from, which may begin with the name itself: "photos, pictures cropped to size". */
export function nameAndPlace(name: string, where: string): string {
  if (where === name || where.startsWith(`${name}, `)) return where;
  return `${name}, ${where}`;
}

/** A command as `commandLine` writes it: words with blanks stand in single quotes. */
export function commandWithoutFolders(command: string): string {
  return command.replace(/(?<=^|[\s=])(?:'(?:[^']|'\\'')*'|\S)+/g, (word) => {
    const bare = word.startsWith("'") ? word.slice(1, -1) : word;
    const short = withoutFolders(bare);
    if (short === bare) return word;
    return word === bare || /^[\w./:,=+-]+$/.test(short) ? short : `'${short}'`;
  });
}
