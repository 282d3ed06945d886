/**
 * How this terminal shows pictures: by a protocol of its own, in coloured half blocks, or in characters.
 *
 * Told by the environment alone (supports-terminal-graphics, MIT, knows the terminals by name): a question to the
 * terminal would have to wait for an answer that many never give.
 */
import { createSupportsTerminalGraphics } from "supports-terminal-graphics";
import type { Colors } from "../../report/pictures/pictureText.ts";
import { plain } from "../../report/text/style.ts";
import type { Terminal } from "./terminal.ts";

export const pictureModes = ["kitty", "iterm", "sixel", "blocks", "characters", "none"] as const;

export type PictureMode = (typeof pictureModes)[number];

/** How pictures are shown on stdout. */
export function pictureMode(
  { resultStyle }: Terminal,
  environment: NodeJS.ProcessEnv = process.env,
): PictureMode {
  if (resultStyle === plain) return "characters"; // no terminal, NO_COLOR or TERM=dumb
  // tmux and screen pass no pictures on, whatever terminal they themselves run in
  if (environment.TMUX || environment.STY || /^(tmux|screen)/.test(environment.TERM ?? "")) return "blocks";
  const { kitty, iterm2, sixel } = createSupportsTerminalGraphics(process.stdout);
  if (kitty) return "kitty";
  if (iterm2) return "iterm";
  if (sixel || /^(foot|mlterm|contour|yaft)/.test(environment.TERM ?? "")) return "sixel";
  return "blocks";
}

/** The colours of half blocks on stdout; where it is no terminal and they were asked for, all. */
export function blockColors(stream: NodeJS.WriteStream = process.stdout): Colors {
  return stream.isTTY && stream.getColorDepth() < 24 ? "256" : "all";
}
