import { describe, expect } from "vitest";
import { barriers, frameFaults, untranslated } from "./support/page-checks.ts";
import { setStage } from "./support/stage.ts";
import { settled, type Visitor } from "./support/visitor.ts";

/** What a page lacks, in the reader's language. */
async function faults({ page, language }: Visitor): Promise<string[]> {
  return [...(await barriers(page)), ...(await frameFaults(page)), ...(await untranslated(page, language))];
}

const button = ({ page, words }: Visitor, key: string) =>
  page.getByRole("button", { name: words(key), exact: true }).first();

/** The dialog that stands open, and its button that sends. */
async function send({ page, words }: Visitor, key: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: words(key), exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

describe("A survivor", () => {
  const journey = setStage();

  journey(
    "is entered, asked, referred to a provider who answers, and let go when the consent is taken back",
    240_000,
    async (stage) => {
      const officer = await stage.visit({ role: "victim-assistance-officer", language: "km", width: 360 });
      const { page, words } = officer;
      const api = async <T>(path: string, body?: object): Promise<T> => {
        const origin = stage.program.address;
        const answer = body
          ? await page.request.post(`${origin}${path}`, { data: body, headers: { origin } })
          : await page.request.get(`${origin}${path}`);
        expect(answer.status(), `${path} ${(await answer.text()).slice(0, 300)}`).toBe(200);
        return (await answer.json()) as T;
      };
      const name = "ឡុង សុភាស្រី";
      const register = async () => {
        await page.getByLabel(words("people.find.name"), { exact: false }).first().fill(name);
        await button(officer, "people.find.send").click();
        await button(officer, "people.find.enter").click();
        await page.locator("form select").last().selectOption("female");
        await button(officer, "people.register.send").click();
      };

      // Entered once; the second time the first is shown before anything is stored.
      await officer.open("/people/find?country=KHM");
      await register();
      await page.waitForURL(/\/people\/persons\/KHM\/[0-9a-f-]{36}$/);
      const person = new URL(page.url()).pathname;
      await officer.open("/people/find?country=KHM");
      await register();
      await button(officer, "people.register.distinct").waitFor();
      expect(await faults(officer)).toEqual([]);

      // Agrees to be referred, in the wording that stands.
      await officer.open(person);
      await button(officer, "data-protection.consent.record").click();
      await page
        .getByRole("dialog")
        .getByLabel(words("data-protection.consent.purpose"), { exact: false })
        .selectOption("referral");
      await page.getByRole("checkbox", { name: words("code.recipient-class.rehabilitation-services") }).check();
      await send(officer, "data-protection.save");

      // A case of her own, a need, and a form on the telephone.
      await button(officer, "assistance.open-case").click();
      await send(officer, "ui.create.send");
      await page.waitForURL(/\/assistance\/cases\/KHM\//);
      await settled(page);
      const caseId = page.url().split("/").at(-1) ?? "";
      const add = `${words("assistance.add")}: ${words("assistance.add-need")}`;
      await page.getByRole("button", { name: add, exact: true }).click();
      await page
        .getByRole("dialog")
        .getByLabel(words("assistance.need"), { exact: false })
        .first()
        .selectOption("rehabilitation");
      await send(officer, "ui.create.send");
      await page.getByText(words("code.need-kind.rehabilitation"), { exact: true }).first().waitFor();
      expect(await faults(officer)).toEqual([]);
      await officer.open(person.replace("/people/persons/", "/assessments/new/").concat("/phq-2"));
      const questions = page.locator("fieldset");
      for (const n of [0, 1]) await questions.nth(n).getByRole("radio").nth(2).check();
      expect(await faults(officer)).toEqual([]);
      await button(officer, "assessments.form.send").click();
      await page.waitForURL(/\/assessments\/assessment\/KHM\//);

      // Referred to the centre of the sample account; what it learns is written down when it is sent.
      await officer.open(`/assistance/cases/KHM/${caseId}`);
      await button(officer, "assistance.refer").click();
      const dialog = page.getByRole("dialog");
      const provider = dialog.getByRole("combobox", { name: words("assistance.provider"), exact: false }).last();
      await provider.fill("SPR-REHAB");
      await page.getByRole("option").filter({ hasText: "SPR-REHAB" }).first().click();
      await dialog.getByRole("checkbox", { name: words("code.service.physiotherapy"), exact: true }).check();
      await send(officer, "ui.create.send");
      await page.locator('a[href*="/assistance/referrals/KHM/"]').first().click();
      await page.waitForURL(/\/assistance\/referrals\/KHM\//);
      const referral = new URL(page.url()).pathname;
      await button(officer, "assistance.do.sent").click();
      await send(officer, "ui.create.send");
      const code = await api<{ code: string }>(`/api${referral}`);

      // The provider sees what it may, and takes her.
      const centre = await stage.visit({ role: "service-provider", language: "en", width: 1280 });
      await centre.open("/assistance/inbox");
      expect(await faults(centre)).toEqual([]);
      const accept = `${code.code}: ${centre.words("assistance.do.accepted")}`;
      await centre.page.getByRole("button", { name: accept, exact: true }).click();
      await send(centre, "ui.create.send");
      await centre.page.getByRole("button", { name: accept, exact: true }).waitFor({ state: "detached" });
      await officer.open(referral);
      await page.getByText(words("code.referral-state.accepted"), { exact: true }).first().waitFor();
      expect(await faults(officer)).toEqual([]);

      // Another provider has no account: a link that works once.
      const second = await api<{ id: string; version: number }>(`/api/assistance/cases/KHM/${caseId}/referrals`, {
        organisation: (await api<{ organisation: string }>(`/api${referral}`)).organisation,
        recipientClass: "rehabilitation-services",
        services: ["orthosis"],
      });
      const at = `/api/assistance/referrals/KHM/${second.id}`;
      await api(`${at}/step`, { version: second.version, state: "sent" });
      const { path } = await api<{ path: string }>(`${at}/link`, {});
      const stranger = await stage.visit({ language: "km", width: 360 });
      await stranger.open(path);
      expect(await faults(stranger)).toEqual([]);
      await stranger.page.getByRole("radio", { name: stranger.words("code.referral-state.no-capacity") }).check();
      await stranger.page.getByRole("textbox").fill("ពេញរហូតដល់ខែក្រោយ");
      await button(stranger, "assistance.answer.send").click();
      await stranger.page.getByText(stranger.words("assistance.answer.thanks"), { exact: true }).waitFor();
      expect((await api<{ state: string }>(at)).state).toBe("no-capacity");

      // She takes her consent back: the referral stops, and the centre sees nothing of her any more.
      await officer.open(person);
      await button(officer, "data-protection.withdraw").click();
      await dialog.getByRole("button", { name: words("data-protection.withdraw"), exact: true }).click();
      await page.getByRole("heading", { name: words("data-protection.withdrawn.title") }).waitFor();
      await officer.open(referral);
      await page.locator("main p[role=status]").first().waitFor();
      expect(await page.getByRole("button", { name: words("assistance.do.in-service"), exact: true }).count()).toBe(0);
      await centre.open("/assistance/inbox?view=active");
      expect(await centre.page.getByText(code.code).count()).toBe(0);
    },
  );
});
