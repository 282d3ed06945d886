/**
 * What axe finds in a page, in words. It runs in the page itself: without frames there is nothing to gather, for which its builder would open one more
 * page each time. What it has not found wrong is not told, since on large pages the telling takes longer than the look.
 */
import AxeBuilder from "@axe-core/playwright";

/** @param without selectors of what is looked at elsewhere @returns a line a broken rule */
export async function violationsIn(page, { without = [] } = {}) {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
  for (const selector of without) axe.exclude(selector);
  const { violations } = await axe.analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)} (${nodes.length}) ${nodes[0].failureSummary}`,
  );
}
