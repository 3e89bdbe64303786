import { describe, expect } from "vitest";
import { barriers, frameFaults, untranslated } from "./support/page-checks.ts";
import { setStage } from "./support/stage.ts";
import { settled, type Visitor } from "./support/visitor.ts";

/** What a page lacks, in the reader's language. Names of people and remarks are in whatever script they were written. */
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

describe("A person", () => {
  const journey = setStage();

  journey(
    "is entered, found, opened for a purpose, asked for consent and erased on request",
    150_000,
    async (stage) => {
      const officer = await stage.visit({ role: "victim-assistance-officer", language: "km", width: 360 });
      const overseer = await stage.visit({ role: "information-manager", language: "en", theme: "dark" });
      const name = "ឃួន ច័ន្ទរស្មី";

      // What people are asked is written before anybody is asked.
      await overseer.open("/data-protection?country=KHM&tab=wordings");
      const referral = overseer.page
        .getByRole("listitem")
        .filter({ has: overseer.page.getByRole("heading", { name: overseer.words("code.consent-purpose.referral") }) });
      await referral.getByRole("button").click();
      const wording = overseer.page.getByRole("dialog").getByRole("textbox");
      await wording.nth(0).fill("May we tell a clinic about you, so that it can help you?");
      await wording.nth(1).fill("តើយើងអាចប្រាប់គ្លីនិកអំពីអ្នកបានទេ ដើម្បីឱ្យគេជួយអ្នក?");
      await wording.last().fill("First form");
      await send(overseer, "data-protection.save");

      // Looked for first, and entered because nobody is found.
      await officer.open("/people/find?country=KHM");
      const { page, words } = officer;
      await page.getByLabel(words("people.find.name"), { exact: false }).first().fill(name);
      await button(officer, "people.find.send").click();
      await page.getByText(words("people.find.none"), { exact: true }).waitFor();
      expect(await faults(officer)).toEqual([]);
      await button(officer, "people.find.enter").click();
      await page.locator("form select").last().selectOption("female");
      await page.getByLabel(words("code.contact-kind.phone"), { exact: false }).fill("012 777 888");
      await button(officer, "people.register.send").click();
      await page.waitForURL(/\/people\/persons\/KHM\/[0-9a-f-]{36}$/);
      await settled(page);
      const path = new URL(page.url()).pathname;

      // The page works without a name; the identity shows for a purpose and is covered again.
      await page.getByText(words("people.identity.sealed"), { exact: true }).waitFor();
      expect(await page.getByText(name).count()).toBe(0);
      await button(officer, "people.identity.open").click();
      await page.getByRole("radio", { name: words("code.opening-purpose.contact") }).check();
      await send(officer, "people.open.send");
      await page.getByText(name).first().waitFor();
      await page.getByText("012 777 888").waitFor();
      expect(await page.getByText(words("code.identity-part.documents"), { exact: true }).count()).toBe(0);
      await button(officer, "people.identity.cover").click();
      await page.getByText(name).first().waitFor({ state: "detached" });

      // Consent is recorded, and withdrawn at once.
      await button(officer, "data-protection.consent.record").click();
      await page.getByRole("checkbox", { name: words("code.recipient-class.health-services") }).check();
      await send(officer, "data-protection.save");
      await page.getByText(words("data-protection.consent.in-force"), { exact: true }).waitFor();
      expect(await faults(officer)).toEqual([]);
      await button(officer, "data-protection.withdraw").click();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: words("data-protection.withdraw"), exact: true })
        .click();
      await page.getByRole("heading", { name: words("data-protection.withdrawn.title") }).waitFor();
      await page
        .getByRole("dialog")
        .getByRole("button", { name: words("ui.close"), exact: true })
        .last()
        .click();
      await page.getByText(words("data-protection.consent.withdrawn"), { exact: true }).waitFor();

      // Erased by two: one enters, another grants, then the act.
      await button(officer, "data-protection.request.enter").click();
      await page.getByRole("radio", { name: words("code.data-request-kind.erasure") }).check();
      await send(officer, "data-protection.save");
      await overseer.open("/data-protection?country=KHM&tab=requests");
      expect(await faults(overseer)).toEqual([]);
      await button(overseer, "data-protection.request.grant").click();
      await overseer.page.getByRole("dialog").getByRole("textbox").fill("In order");
      await send(overseer, "data-protection.request.grant");
      await officer.open(path);
      await button(officer, "people.erase.title").click();
      await send(officer, "people.erase.title");
      await page.getByText(words("people.identity.erased"), { exact: true }).waitFor();

      // The log tells all of it to who oversees, and no name.
      await overseer.open("/data-protection?country=KHM");
      for (const purpose of ["contact", "find-person", "erasure"])
        await overseer.page
          .getByText(overseer.words(`code.opening-purpose.${purpose}`), { exact: true })
          .last()
          .waitFor();
      expect(await overseer.page.getByText(name).count()).toBe(0);
      expect(await faults(overseer)).toEqual([]);
      await overseer.open(path);
      await overseer.page.getByText(overseer.words("people.identity.erased"), { exact: true }).waitFor();
    },
  );
});
