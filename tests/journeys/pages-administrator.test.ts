import { describe, expect } from "vitest";
import { barriers, frameFaults, picture } from "./support/page-checks.ts";
import { navigationPaths, tour, tourists } from "./support/page-tour.ts";
import { setStage } from "./support/stage.ts";
import { settled } from "./support/visitor.ts";

describe("Every page that only an administrator is offered, and the pages around them", () => {
  const journey = setStage();

  journey(
    "can be used by everybody, in light and dark, on a desk and a phone, in English and Khmer",
    240_000,
    async (stage) => {
      const [english, khmer] = await tourists(stage, "administrator");
      const manager = await stage.visit({ role: "information-manager" });
      await manager.open("/");
      const known = new Set(await navigationPaths(manager));
      const own = (await navigationPaths(english)).filter((path) => !known.has(path));
      expect(own).toEqual(expect.arrayContaining(["/accounts", "/administration/settings"]));
      expect(await tour(english, khmer, own, "administrator")).toEqual([]);
    },
  );

  journey("also those before signing in and beside the way", 180_000, async (stage) => {
    const english = await stage.visit({ language: "en" });
    const khmer = await stage.visit({ language: "km", width: 360 });
    english.expectTrouble(/status of 4\d\d/);
    khmer.expectTrouble(/status of 4\d\d/);
    await english.open("/sign-in");
    const faults = await tour(
      english,
      khmer,
      ["/", "/sign-in", "/no-such-page", "/accidents", "/invitation"],
      "visitor",
    );
    expect(faults).toEqual([]);

    // A link that lost its secret on the way is no form.
    for (const path of ["/invitation", "/reset-password"]) {
      await english.open(path);
      await english.page.getByText(english.words("problem.access.link-unusable"), { exact: true }).waitFor();
      expect(await english.page.locator("main input").count()).toBe(0);
    }
  });

  journey("a list says when it is empty, when it loads and when it failed, and tries again", 180_000, async (stage) => {
    const visitor = await stage.visit({ role: "information-manager", language: "km" });
    const { page, words } = visitor;

    await visitor.open("/accidents?q=nothing-is-called-this");
    await page.getByRole("heading", { name: words("ui.list.none-match"), exact: true }).waitFor();
    await page.getByText(words("ui.list.none-match.hint"), { exact: true }).waitFor();
    await picture(page, "km-1280 list empty");
    expect(await barriers(page)).toEqual([]);
    await page
      .getByRole("main")
      .getByRole("button", { name: words("ui.filters.clear"), exact: true })
      .last()
      .click();
    await page.locator("[data-row-link] a").first().waitFor();
    expect(new URL(page.url()).searchParams.has("q")).toBe(false);

    // While the answer is under way the page says so.
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const list = (url: URL) => url.pathname === "/api/land/areas";
    await page.route(list, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${stage.program.address}/land/areas`);
    const loading = page
      .getByRole("main")
      .getByRole("status")
      .filter({ hasText: words("ui.loading") });
    await page.getByRole("heading", { level: 1, name: words("records.land.area"), exact: true }).waitFor();
    await loading.first().waitFor();
    expect(await frameFaults(page)).toEqual([]);
    expect(await barriers(page)).toEqual([]);
    await picture(page, "km-1280 list loading");
    release();
    await settled(page);
    await page.locator("[data-row-link] a").first().waitFor();
    await page.unroute(list);

    // A server that fails is said in words, with a way on.
    visitor.expectTrouble(/status of 500/);
    let failing = true;
    const accidents = (url: URL) => url.pathname === "/api/accidents";
    await page.route(accidents, (route) =>
      failing
        ? route.fulfill({
            status: 500,
            contentType: "application/problem+json",
            body: JSON.stringify({ type: "about:blank", status: 500, code: "common.internal", instance: "req-17" }),
          })
        : route.continue(),
    );
    await page.goto(`${stage.program.address}/accidents`);
    const alert = page.getByRole("main").getByRole("alert");
    await alert.getByText(words("problem.common.internal"), { exact: true }).waitFor();
    await alert.getByText(words("problem.common.internal.mend"), { exact: true }).waitFor();
    await alert.getByText(words("ui.error.request", { id: "req-17" }), { exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await picture(page, "km-1280 list failed");
    failing = false;
    await alert.getByRole("button", { name: words("ui.error.retry"), exact: true }).click();
    await page.locator("[data-row-link] a").first().waitFor();
    await expect.poll(() => alert.count()).toBe(0);
  });

  journey("a new page starts at its top, and going back leads to where one was", 180_000, async (stage) => {
    const visitor = await stage.visit({ role: "information-manager", language: "km", width: 360 });
    const { page } = visitor;
    await visitor.open("/accidents");
    const links = page.locator("[data-row-link] a");
    await links.nth(8).waitFor();
    await links.nth(8).scrollIntoViewIfNeeded();
    const depth = await page.evaluate(() => window.scrollY);
    expect(depth).toBeGreaterThan(500);
    await links.nth(8).click();
    await page.waitForURL(/\/accidents\/[A-Z]{3}\//);
    await settled(page);
    expect(await page.evaluate(() => window.scrollY)).toBe(0);
    await page.goBack();
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeCloseTo(depth, -1);
  });

  // The last of this file: what it chooses would change what the others see.
  journey(
    "what the node says of itself stands on its pages, and lists are as long as it wants",
    180_000,
    async (stage) => {
      const administrator = await stage.visit({ role: "administrator" });
      const choose = async (name: string, value: unknown) => {
        const answer = await administrator.context.request.put(`${stage.program.address}/api/settings/${name}`, {
          data: { country: null, value, expected: null },
          headers: { origin: stage.program.address },
        });
        expect(answer.status(), await answer.text()).toBe(200);
      };
      await choose("node.name", { en: "Centre of the Sample Region", km: "មជ្ឈមណ្ឌលតំបន់គំរូ" });
      await choose("node.contact", { en: "Ask the duty officer,\nroom 4", km: "សួរមន្ត្រីប្រចាំការ បន្ទប់ ៤" });
      await choose("lists.rows", 10);

      const stranger = await stage.visit({ language: "km", width: 360 });
      await stranger.open("/sign-in");
      const foot = stranger.page.getByRole("contentinfo");
      await foot.getByText("មជ្ឈមណ្ឌលតំបន់គំរូ", { exact: true }).waitFor();
      await foot.getByText("សួរមន្ត្រីប្រចាំការ បន្ទប់ ៤", { exact: true }).waitFor();
      expect(await frameFaults(stranger.page)).toEqual([]);

      const manager = await stage.visit({ role: "information-manager" });
      await manager.open("/accidents");
      await manager.page.getByRole("banner").getByText("Centre of the Sample Region", { exact: true }).waitFor();
      const rows = manager.page.locator("tbody [data-row-link] a");
      await rows.nth(9).waitFor();
      expect(await rows.count()).toBe(10);
      const total = Number(/\d+/.exec((await manager.page.getByText(/^\d+ records/).textContent()) ?? "")?.[0]);
      const range = (from: number, to: number) => manager.words("ui.pages.range", { from, to, total });
      await manager.page.getByText(range(1, 10), { exact: true }).waitFor();
      await manager.page.getByRole("button", { name: manager.words("ui.pages.next"), exact: true }).click();
      await manager.page.getByText(range(11, Math.min(20, total)), { exact: true }).waitFor();
      expect(await barriers(manager.page)).toEqual([]);
    },
  );
});
