/**
 * Number of single-character insertions, deletions, replacements and swaps of neighbours between two texts (optimal
 * string alignment), or `limit + 1` as soon as it is certain to exceed the limit.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(
        (previous[j] as number) + 1,
        (current[j - 1] as number) + 1,
        (previous[j - 1] as number) + change,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      current.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    before = previous;
    previous = current;
  }
  return Math.min(previous[b.length] as number, limit + 1);
}

/**
 * The keys nearest to a text, nearest first: a third of its length may differ, at most three characters.
 * @param count how many at most
 */
export function nearestKeys(text: string, keys: Iterable<string>, count = 3): string[] {
  const limit = Math.min(3, Math.floor(text.length / 3));
  if (limit === 0) return [];
  const found: { key: string; distance: number }[] = [];
  for (const key of keys) {
    const distance = editDistance(text, key, limit);
    if (distance <= limit) found.push({ key, distance });
  }
  return found
    .sort((a, b) => a.distance - b.distance || (a.key < b.key ? -1 : 1))
    .slice(0, count)
    .map(({ key }) => key);
}
