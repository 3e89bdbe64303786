/** What the names of drafts in localStorage begin with. */
export const draftPrefix = "santi.draft.";

/** Forgets every draft on this device, as when somebody signs out. */
export function dropDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(draftPrefix)) localStorage.removeItem(key);
  } catch {
    // Where storage is forbidden there are no drafts.
  }
}
