import type { Locator, Page } from "playwright-core";
import { describe, expect } from "vitest";
import { barriers } from "./support/page-checks.ts";
import { setStage } from "./support/stage.ts";
import { loginOf, settled } from "./support/visitor.ts";

/** Whether the focus stands on an element. */
const isFocused = (target: Locator) => target.evaluate((element) => element === document.activeElement);

/** Whether the element in focus shows it: an outline, a ring or a shadow that others do not have. */
function focusShows(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  });
}

/** Presses Tab until the target has the focus; every stop on the way must show that it has it. */
async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await target.waitFor();
  for (let step = 0; step < 80; step++) {
    await page.keyboard.press(key);
    const stop = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120));
    expect(await focusShows(page), `focus shows on ${stop}`).toBe(true);
    if (await isFocused(target)) return;
  }
  throw new Error("Tab does not reach it");
}

describe("With the keyboard alone", () => {
  const journey = setStage();

  journey("somebody signs in, reaches a list, opens a record and looks at its correction", 180_000, async (stage) => {
    const visitor = await stage.visit({ language: "km" });
    const { page, words } = visitor;
    const { email, password } = await loginOf(stage.program, "data-entry");
    await visitor.open("/sign-in");
    await tabTo(page, page.getByLabel(words("access.email"), { exact: true }));
    await page.keyboard.type(email);
    await tabTo(page, page.getByLabel(words("access.password"), { exact: true }));
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === "/");
    await settled(page);

    // A new page starts at its content; the first stop of a fresh one is the way over the navigation.
    await page.reload();
    await settled(page);
    await page.keyboard.press("Tab");
    const skip = page.getByRole("link", { name: words("ui.skip"), exact: true });
    expect(await isFocused(skip)).toBe(true);
    expect((await skip.boundingBox())?.y ?? -1).toBeGreaterThanOrEqual(0);
    await page.keyboard.press("Enter");
    await expect.poll(() => isFocused(page.locator("main"))).toBe(true);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);

    // A menu opens, moves and closes, and gives the focus back.
    const language = page.getByRole("button", { name: words("ui.language", { name: "ភាសាខ្មែរ" }), exact: true });
    await tabTo(page, language, "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "English", exact: true }).waitFor();
    await page.keyboard.press("End");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("lang"))).toBe("my");
    await page.keyboard.press("Escape");
    expect(await isFocused(language)).toBe(true);
    expect(await page.getByRole("button", { name: "English", exact: true }).count()).toBe(0);

    const side = page.getByRole("navigation", { name: words("app.navigation"), exact: true });
    await tabTo(page, side.getByRole("link", { name: words("records.accidents.accident"), exact: true }));
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === "/accidents");
    const rows = page.locator("tbody [data-row-link] a");
    await rows.nth(1).waitFor();
    await expect.poll(() => isFocused(page.locator("main"))).toBe(true);
    await tabTo(page, rows.first());
    await page.keyboard.press("ArrowDown");
    expect(await isFocused(rows.nth(1))).toBe(true);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/accidents\/[A-Z]{3}\//);
    await settled(page);

    const correct = page.getByRole("button", { name: words("ui.correct"), exact: true });
    await tabTo(page, correct);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    expect(await page.evaluate(() => document.activeElement?.closest("dialog") !== null)).toBe(true);
    expect(await barriers(page)).toEqual([]);
    // The focus stays inside.
    for (let step = 0; step < 5; step++) {
      await page.keyboard.press("Shift+Tab");
      const inside = await page.evaluate(
        () => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null,
      );
      expect(inside).toBe(true);
    }
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await expect.poll(() => isFocused(correct)).toBe(true);
  });
});
