import { createTransport } from "nodemailer";
import { defineProblems, Problem } from "../kernel/problem.ts";

export const mailProblems = defineProblems("mail", {
  unreachable: 503,
  refused: 422,
  "settings-wrong": 500,
});

/** A file that goes with a mail. */
export interface MailFile {
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** A mail to one recipient, as plain text. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  files: readonly MailFile[];
}

/** Sends mail by the server that the node was given. */
export interface Mailer {
  /** @throws Problem `mail.unreachable` when the server does not answer or does not let the node in, `mail.refused` when it does not take this mail */
  send(mail: Mail): Promise<void>;
}

/** How long a mail server may take to answer, in milliseconds. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 60_000 };

/** Reasons of the library that speak of this mail, not of the server or the way to it; below 500 the server may take it later. */
const aboutTheMail = ["EENVELOPE", "EMESSAGE"];

/**
 * The mailer that the environment describes, else null.
 * @param environment `SANTI_SMTP_URL` (`smtp://` or `smtps://`, with name and password where the server wants them) and
 * `SANTI_MAIL_FROM`, the sender's address
 * @throws Problem `mail.settings-wrong` when one of the two is missing or the address is not one of a mail server
 */
export function mailerFrom(environment: Readonly<Record<string, string | undefined>>): Mailer | null {
  const { SANTI_SMTP_URL: address, SANTI_MAIL_FROM: from } = environment;
  if (!address && !from) return null;
  // The address is not repeated in the problem: it may carry a password.
  if (!address || !from || !URL.canParse(address) || !/^smtps?:$/.test(new URL(address).protocol))
    throw new Problem(mailProblems["settings-wrong"]);
  return {
    async send({ to, subject, text, files }) {
      const transport = createTransport({ url: address, ...patience });
      try {
        await transport.sendMail({
          ...{ from, to: { name: "", address: to }, subject, text },
          attachments: files.map(({ name, type, bytes }) => ({
            ...{ filename: name, contentType: type, content: Buffer.from(bytes) },
          })),
          // Nothing of a mail is ever fetched from an address or read from the machine.
          ...{ disableFileAccess: true, disableUrlAccess: true },
        });
      } catch (cause) {
        const { code, responseCode = 500 } = cause as { code?: unknown; responseCode?: number };
        const refused = aboutTheMail.includes(String(code)) && responseCode >= 500;
        // What the server said stays here: it may repeat addresses and names of accounts.
        throw new Problem(refused ? mailProblems.refused : mailProblems.unreachable);
      } finally {
        transport.close();
      }
    },
  };
}
