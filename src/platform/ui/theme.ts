/** What the reader chose: a theme, or to follow the system. */
export type ThemeChoice = "auto" | "light" | "dark";

const key = "santi.theme";

/** The remembered choice; `auto` when there is none. */
export function readTheme(): ThemeChoice {
  const stored = localStorage.getItem(key);
  return stored === "light" || stored === "dark" ? stored : "auto";
}

/** The theme that a choice means now. */
export function effectiveTheme(choice: ThemeChoice): "light" | "dark" {
  if (choice !== "auto") return choice;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Puts a choice in force and remembers it. Parts that draw themselves, such as maps, hear `santi-theme` on window. */
export function applyTheme(choice: ThemeChoice): void {
  if (choice === "auto") localStorage.removeItem(key);
  else localStorage.setItem(key, choice);
  document.documentElement.dataset.theme = effectiveTheme(choice);
  window.dispatchEvent(new Event("santi-theme"));
}

/** Follows the system while the choice is `auto`; call once at the start. */
export function startTheme(): void {
  applyTheme(readTheme());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => applyTheme(readTheme()));
}
