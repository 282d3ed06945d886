/** What is wider than its place, and so must be reached by keys to be moved. */
import type { ComponentChildren } from "preact";

export function Scrollable({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard moves what it has reached
    <section class="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
