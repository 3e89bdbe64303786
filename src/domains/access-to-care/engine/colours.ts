/** From green, near, over yellow and orange to red; the last is for what no service reaches. Lightness falls evenly. */
const ramp = ["#1a7a52", "#78b25a", "#e8c65c", "#e28c46", "#be463c"] as const;
const beyond = "#6e1e32";

/** The colours of a map of times as CSS: one for each threshold from the shortest, and one for beyond them all. */
export function legendColours(thresholds: number): string[] {
  const near = Array.from({ length: thresholds }, (_, i) => {
    const at = Math.round((i * (ramp.length - 1)) / Math.max(1, thresholds - 1));
    return ramp[Math.min(at, ramp.length - 1)] as string;
  });
  return [...near, beyond];
}
