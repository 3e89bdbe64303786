import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Problem } from "../kernel/problem.ts";
import { mailerFrom } from "./index.ts";
import { aMailServer, type MailServer } from "./testing.ts";

const codeOf = async (work: Promise<unknown>): Promise<string | null> => {
  try {
    await work;
    return null;
  } catch (cause) {
    return cause instanceof Problem ? cause.code : `not a problem: ${cause}`;
  }
};

describe("mail", () => {
  let server: MailServer;
  beforeAll(async () => {
    server = await aMailServer({ name: "node", password: "a p@ss/word" });
  });
  afterAll(() => server.close());
  const mailer = (address = server.address) =>
    mailerFrom({ SANTI_SMTP_URL: address, SANTI_MAIL_FROM: "Santi <node@example.org>" });
  const mail = { subject: "របាយការណ៍", text: "សួស្តី\n\nA line.", files: [] };

  it("reaches the server with its words and files, from the node's address, to one recipient", async () => {
    const bytes = new Uint8Array([0, 1, 2, 255, 254]);
    await mailer()?.send({
      ...mail,
      to: "donor@example.org",
      files: [{ name: "a.pdf", type: "application/pdf", bytes }],
    });
    const [got] = server.taken;
    expect(got).toMatchObject({ from: "node@example.org", to: ["donor@example.org"] });
    const encoded = Buffer.from(bytes).toString("base64");
    expect(got?.text).toContain(`Subject: =?UTF-8?B?${Buffer.from("របា").toString("base64")}`);
    expect(got?.text).toContain(encoded);
    expect(got?.text).toMatch(/filename=a\.pdf/);
  });

  it("is refused when the server does not take the recipient", async () => {
    expect(await codeOf(mailer()?.send({ ...mail, to: "refused@example.org" }) as Promise<void>)).toBe("mail.refused");
    server.fail(true);
    // What the server may take later is no refusal.
    expect(await codeOf(mailer()?.send({ ...mail, to: "donor@example.org" }) as Promise<void>)).toBe(
      "mail.unreachable",
    );
    server.fail(false);
  });

  it("cannot leave when the server does not answer, or the password is wrong; the password is not in the problem", async () => {
    const wrong = server.address.replace("a%20p%40ss%2Fword", "secret-in-vain");
    const attempt = mailer(wrong)?.send({ ...mail, to: "donor@example.org" }) as Promise<void>;
    const caught = await attempt.catch((cause: unknown) => cause);
    expect(caught).toBeInstanceOf(Problem);
    expect((caught as Problem).code).toBe("mail.unreachable");
    expect(JSON.stringify([caught, (caught as Problem).message, (caught as Problem).cause ?? null])).not.toContain(
      "vain",
    );
    const nobody = mailer("smtp://127.0.0.1:1")?.send({ ...mail, to: "donor@example.org" }) as Promise<void>;
    expect(await codeOf(nobody)).toBe("mail.unreachable");
  });

  it("is not sent by a node without a server, and half a setting is refused", () => {
    expect(mailerFrom({})).toBeNull();
    for (const half of [
      { SANTI_SMTP_URL: "smtp://localhost" },
      { SANTI_MAIL_FROM: "node@example.org" },
      { SANTI_SMTP_URL: "https://localhost", SANTI_MAIL_FROM: "node@example.org" },
    ])
      expect(() => mailerFrom(half)).toThrow("mail.settings-wrong");
  });
});
