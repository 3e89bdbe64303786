/** Values of each code list of the program, by list name. */
export type CodeLists = Readonly<Record<string, readonly string[]>>;

/**
 * Joins the code lists of several domains.
 * @throws Error when two domains define one list differently, because nobody could tell which one a field means
 */
export function joinCodeLists(parts: readonly CodeLists[]): CodeLists {
  const joined: Record<string, readonly string[]> = {};
  for (const part of parts) {
    for (const [list, values] of Object.entries(part)) {
      const known = joined[list];
      if (known && known.join() !== values.join()) throw new Error(`Two code lists are named "${list}"`);
      joined[list] = values;
    }
  }
  return joined;
}
