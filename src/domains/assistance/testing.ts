import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Grant } from "../../platform/access/model.ts";
import type { Database } from "../../platform/database/types.ts";
import { grant, type TestServer, testServer } from "../../platform/http/testing.ts";
import { createVault, keyFile } from "../../platform/vault/index.ts";
import { createDataProtection, rights as dataProtectionRights } from "../data-protection/index.ts";
import { createPeople, rights as peopleRights } from "../people/index.ts";
import { rights as serviceRights, implementations as services } from "../services/index.ts";
import { createAssistance, rights } from "./index.ts";

/** Cares for all people of Cambodia. */
export const officer: readonly Grant[] = [grant("victim-assistance-officer", "KHM")];
export const overseer: readonly Grant[] = [grant("information-manager", "KHM")];
/** Cares for an organisation's people. */
export const officerOf = (organisation: string): readonly Grant[] => [
  grant("victim-assistance-officer", "KHM", organisation),
];
/** Answers referrals for an organisation. */
export const providerOf = (organisation: string): readonly Grant[] => [grant("service-provider", "KHM", organisation)];

/** What any answer may hold that the tests look at. */
export interface Answer<T = Record<string, unknown>> {
  status: number;
  body: T & { code?: string; fields?: { path: string; code: string }[] };
}

/** A server of people, consents, services and assistance. Consents are in force by the database's clock, so the time is real. */
export interface CareServer extends TestServer {
  now: { value: Date };
  today(days?: number): string;
  send2<T>(path: string, body: object, as?: readonly Grant[]): Promise<Answer<T>>;
  read<T>(path: string, as?: readonly Grant[]): Promise<Answer<T>>;
  aPerson(values?: object, as?: readonly Grant[]): Promise<string>;
  aCase(values?: object, as?: readonly Grant[]): Promise<{ id: string; code: string; person: string }>;
  /** Records that a person agrees to be referred to a class of recipients. @returns the consent's id */
  consent(person: string, recipientClass?: string): Promise<string>;
  withdraw(consent: string): Promise<void>;
  stop(): void;
}

/** Serves what assistance needs over a test's database. */
export function careServer(db: Database): CareServer {
  const folder = mkdtempSync(join(tmpdir(), "santi-care-"));
  const now = { value: new Date() };
  const vault = createVault({ file: keyFile(undefined, folder), clock: () => now.value });
  const server = testServer(
    db,
    [...createPeople(vault), createDataProtection(vault), ...services, ...createAssistance(vault)],
    {
      rights: { ...peopleRights, ...dataProtectionRights, ...serviceRights, ...rights },
      clock: () => now.value,
      limits: {
        normal: { burst: 1e9, perMinute: 1e9 },
        heavy: { burst: 1e9, perMinute: 1e9 },
        "sign-in": { burst: 1e9, perMinute: 1e9 },
      },
    },
  );
  const today = (days = 0) => new Date(now.value.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const must = async <T>(path: string, body: object, as: readonly Grant[]): Promise<T> => {
    const { status, body: answer } = await server.post(path, body, as);
    if (status !== 200) throw new Error(`${path} ${status} ${JSON.stringify(answer)}`);
    return answer as T;
  };
  let worded = false;
  return {
    ...server,
    now,
    today,
    send2: async (path, body, as = officer) => (await server.post(path, body, as)) as never,
    read: async (path, as = officer) => (await server.get(path, as)) as never,
    async aPerson(values = {}, as = officer) {
      const body = { country: "KHM", values: { sex: "female", ...values }, identity: {}, distinct: true };
      return (await must<{ record: { id: string } }>("/api/people/register", body, as)).record.id;
    },
    async aCase(values = {}, as = officer) {
      const { person: given, ...rest } = values as { person?: string };
      const person = given ?? (await this.aPerson({}, as));
      const body = { country: "KHM", person, openedOn: today(-30), ...rest };
      const made = await must<{ id: string; code: string }>("/api/assistance/cases", body, as);
      return { id: made.id, code: made.code, person };
    },
    async consent(person, recipientClass = "rehabilitation-services") {
      if (!worded) {
        const texts = { en: "May we tell a service about you, so that it can help you?" };
        const wording = { country: "KHM", purpose: "referral", version: 0, texts, reason: "The first wording" };
        await must("/api/data-protection/wordings", wording, overseer);
        worded = true;
      }
      const body = {
        country: "KHM",
        person,
        purpose: "referral",
        recipientClasses: [recipientClass],
        decision: "given",
        wordingVersion: 1,
        language: "en",
        decidedOn: today(),
        decidedBy: "person",
        method: "spoken",
      };
      const made = await must<{ consents: { id: string }[] }>("/api/data-protection/consents", body, officer);
      return made.consents[0]?.id ?? "";
    },
    async withdraw(consent) {
      const path = `/api/data-protection/consents/KHM/${consent}/withdraw`;
      await must(path, { withdrawnOn: today() }, officer);
    },
    stop: () => rmSync(folder, { recursive: true, force: true }),
  };
}
