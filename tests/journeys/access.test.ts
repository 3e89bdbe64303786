import { describe, expect } from "vitest";
import { setStage } from "./support/stage.ts";
import { loginOf, settled, typeSignIn, type Visitor } from "./support/visitor.ts";

/** Opens the menu of the account in the header. */
async function openAccountMenu(visitor: Visitor, name: string): Promise<void> {
  await visitor.page.getByRole("button", { name: visitor.words("access.account", { name }), exact: true }).click();
}

describe("Accounts", () => {
  const journey = setStage();

  journey("an invited colleague chooses a password and signs in; the link works once", 180_000, async (stage) => {
    const administrator = await stage.visit({ role: "administrator", language: "km", width: 1280 });
    const { page, words } = administrator;
    await administrator.open("/accounts");
    await page.getByRole("button", { name: words("access.invite"), exact: true }).click();
    const dialog = page.getByRole("dialog", { name: words("access.invite"), exact: true });
    await dialog.getByLabel(words("field.name")).fill("សុខា ចាន់");
    await dialog.getByLabel(words("access.email")).fill("sokha@example.org");
    await dialog.getByLabel(words("access.language")).selectOption("km");
    await dialog.getByLabel(words("access.role")).selectOption({ label: words("role.quality-officer") });
    await dialog.getByLabel(words("field.country")).selectOption("KHM");
    await dialog.getByRole("button", { name: words("access.invite.make"), exact: true }).click();
    await dialog.getByText(words("access.link.ready", { name: "សុខា ចាន់" }), { exact: true }).waitFor();
    const link = (await dialog.locator("code").textContent())?.trim() ?? "";
    expect(new URL(link).origin).toBe(stage.program.address);
    await dialog
      .getByRole("button", { name: words("ui.close"), exact: true })
      .last()
      .click();
    const row = page.getByRole("row").filter({ hasText: "sokha@example.org" });
    await row.getByText(words("access.state.waiting"), { exact: true }).waitFor();

    const colleague = await stage.visit({ language: "km", width: 360 });
    await colleague.page.goto(link);
    await colleague.page.getByText(words("access.link.greeting", { email: "sokha@example.org" })).waitFor();
    const choose = async (password: string, again: string) => {
      await colleague.page.getByLabel(words("access.password.new")).fill(password);
      await colleague.page.getByLabel(words("access.password.again")).fill(again);
      await colleague.page.getByRole("button", { name: words("access.password.set"), exact: true }).click();
    };
    colleague.expectTrouble(/status of 4\d\d/);
    await choose("short", "short");
    await colleague.page
      .getByText(words("problem.access.password-too-short", { min: 10 }))
      .first()
      .waitFor();
    await choose("rice field at dawn", "rice field at dusk");
    await colleague.page.getByText(words("access.password.unequal"), { exact: true }).waitFor();
    await choose("rice field at dawn", "rice field at dawn");
    await colleague.page.getByText(words("access.link.done"), { exact: true }).waitFor();
    await colleague.page
      .getByRole("main")
      .getByRole("link", { name: words("access.sign-in"), exact: true })
      .click();
    await typeSignIn(colleague, { email: "sokha@example.org", password: "rice field at dawn" });
    await openAccountMenu(colleague, "សុខា ចាន់");
    await colleague.page.getByText(words("role.quality-officer"), { exact: false }).first().waitFor();

    const late = await stage.visit({ language: "km" });
    late.expectTrouble(/status of 4\d\d/);
    await late.page.goto(link);
    await late.page.getByText(words("problem.access.link-unusable"), { exact: true }).waitFor();
    await administrator.open("/accounts");
    await row.getByText(words("access.state.active"), { exact: true }).waitFor();
  });

  journey(
    "a wrong password is said in words, and many of them lock the account for a while",
    180_000,
    async (stage) => {
      const visitor = await stage.visit({ language: "km", width: 360 });
      const { page, words } = visitor;
      visitor.expectTrouble(/status of 4\d\d/);
      const { email, password } = await loginOf(stage.program, "operator");
      await visitor.open("/sign-in");
      await page.getByLabel(words("access.email"), { exact: true }).fill(email);
      const field = page.getByLabel(words("access.password"), { exact: true });
      const tryPassword = async (typed: string) => {
        await field.fill(typed);
        // While an answer is under way the form does not send again.
        await page.locator('main button[type="submit"]:not([aria-busy])').waitFor();
        const answer = page.waitForResponse((response) => response.url().endsWith("/api/session/sign-in"));
        await field.press("Enter");
        return (await answer).status();
      };
      await tryPassword(`${password}x`);
      const alert = page.getByRole("main").getByRole("alert");
      await alert.getByText(words("problem.access.bad-credentials"), { exact: true }).waitFor();
      await alert.getByText(words("problem.access.bad-credentials.mend"), { exact: true }).waitFor();
      expect(await page.getByLabel(words("access.email"), { exact: true }).inputValue()).toBe(email);

      for (let attempt = 0; attempt < 6; attempt++) await tryPassword(`${password}x`);
      await alert.getByText(words("problem.access.locked"), { exact: true }).waitFor();
      const mend = await alert.getByRole("paragraph").first().textContent();
      const seconds = Number(/\d+/.exec(mend ?? "")?.[0]);
      expect(mend).toBe(words("problem.access.locked.mend", { seconds }));
      expect(seconds).toBeGreaterThan(0);
      // While it is locked even the right password is refused.
      expect(await tryPassword(password)).toBeGreaterThanOrEqual(400);
      expect(new URL(page.url()).pathname).toBe("/sign-in");
    },
  );

  journey("a field above an account's level is withheld by name", 180_000, async (stage) => {
    const manager = await stage.visit({ role: "information-manager", language: "km" });
    const analyst = await stage.visit({ role: "regional-analyst", language: "km" });
    const record = async (visitor: Visitor, path: string) => {
      const answer = await visitor.context.request.get(`${stage.program.address}/api${path}`);
      return ((await answer.json()) as { record: Record<string, unknown> & { withheld: string[] } }).record;
    };
    await manager.open("/accidents?country=KHM");
    const list = await manager.context.request.get(`${stage.program.address}/api/accidents?country=KHM&limit=500`);
    const { items } = (await list.json()) as { items: { id: string; description: string | null }[] };
    const told = items.find(({ description }) => description);
    if (!told) throw new Error("No accident of the sample has a description");
    const path = `/accidents/KHM/${told.id}`;
    const full = await record(manager, path);
    expect(full.description ?? null).not.toBeNull();
    const less = await record(analyst, path);
    expect(less.code).toBe(full.code);
    expect(less.description ?? null).toBeNull();
    expect(less.withheld).toEqual(expect.arrayContaining(["description", "informant"]));

    const { page, words } = analyst;
    await analyst.open(path);
    expect(await page.getByText(String(full.description)).count()).toBe(0);
    for (const [name, level] of [
      ["description", "confidential"],
      ["informant", "strictly-confidential"],
    ] as const) {
      const pair = page.locator("dl > div").filter({ hasText: words(`field.accidents.accident.${name}`) });
      await pair.getByText(words("ui.withheld", { level: words(`sensitivity.${level}`) }), { exact: true }).waitFor();
    }
    expect(await page.getByRole("button", { name: words("ui.correct"), exact: true }).count()).toBe(0);
  });

  journey("a donor sees no restricted record, and after signing out nobody sees anything", 180_000, async (stage) => {
    const manager = await stage.visit({ role: "information-manager", language: "km" });
    await manager.open("/accidents?country=KHM");
    const first = manager.page.locator("tbody [data-row-link] a").first();
    const code = (await first.textContent()) ?? "";
    const path = new URL((await first.getAttribute("href")) ?? "", stage.program.address).pathname;
    expect(code).not.toBe("");

    const visitor = await stage.visit({ language: "km" });
    const { page, words } = visitor;
    // A page that needs an account shows the way in, which leads back to it as it was.
    await visitor.open("/accidents?country=KHM");
    await page.getByRole("heading", { name: words("problem.common.unauthenticated"), exact: true }).waitFor();
    await page
      .getByRole("main")
      .getByRole("link", { name: words("access.sign-in"), exact: true })
      .click();
    await page.waitForURL((url) => url.pathname === "/sign-in");
    await typeSignIn(visitor, await loginOf(stage.program, "donor"));
    expect(page.url()).toBe(`${stage.program.address}/accidents?country=KHM`);
    const none = words("ui.list.none", { records: words("records.accidents.accident") });
    await page.getByRole("heading", { name: none, exact: true }).waitFor();
    visitor.expectTrouble(/status of 40[134]/);
    await visitor.open(path);
    await page.getByText(words("problem.common.not-found"), { exact: true }).first().waitFor();
    const answers = await Promise.all(
      [
        "/api/accidents?limit=500",
        `/api/accidents?q=${code}`,
        `/api${path}/history`,
        "/api/accidents/export?format=csv",
      ].map(async (address) => (await visitor.context.request.get(stage.program.address + address)).text()),
    );
    for (const answer of answers) expect(answer).not.toContain(code);
    // What is public stays open.
    await visitor.open("/places/units");
    await page.locator("tbody [data-row-link] a").first().waitFor();

    // What is not in the navigation is not behind its address either.
    const side = page.getByRole("navigation", { name: words("app.navigation"), exact: true });
    for (const hidden of ["access.accounts", "jobs.title"])
      expect(await side.getByRole("link", { name: words(hidden), exact: true }).count()).toBe(0);
    await page.goto(`${stage.program.address}/accounts`);
    await page.getByText(words("problem.common.forbidden"), { exact: true }).waitFor();

    await visitor.open("/organisations");
    await page.locator("tbody [data-row-link] a").first().waitFor();
    const session = await visitor.context.request.get(`${stage.program.address}/api/session`);
    const { account } = (await session.json()) as { account: { name: string } };
    await openAccountMenu(visitor, account.name);
    await page.getByRole("button", { name: words("access.sign-out"), exact: true }).click();
    await page
      .getByRole("banner")
      .getByRole("link", { name: words("access.sign-in"), exact: true })
      .waitFor();
    await page.getByRole("heading", { name: words("app.welcome"), exact: true }).waitFor();
    await page.goBack();
    await page.getByText(words("problem.common.unauthenticated"), { exact: true }).first().waitFor();
    await settled(page);
    expect(await page.locator("[data-row-link]").count()).toBe(0);
    const refused = await visitor.context.request.get(`${stage.program.address}/api/accidents`);
    expect(refused.status()).toBe(401);
  });
});
