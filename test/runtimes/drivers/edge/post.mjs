/** Talks to a program behind HTTP: a plan is posted, the answer is JSON. */

/** @param send `fetch`, or what stands for it */
export const posting =
  (address, send = fetch) =>
  async (plan) => {
    const response = await send(address, { method: "POST", body: JSON.stringify(plan) });
    const text = await response.text();
    if (!response.ok) throw new Error(`HTTP ${response.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  };
