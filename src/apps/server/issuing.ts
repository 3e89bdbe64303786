import { resolve } from "node:path";
import type { IssuingSetup } from "../../domains/reporting/index.ts";
import { mailerFrom } from "../../platform/mail/index.ts";
import { translatorOf } from "./labels.ts";
import type { Node } from "./node.ts";

/**
 * What a node gives to reports that are issued by themselves: its folder of reports and, when it has one, its mail server.
 * @throws Problem `mail.settings-wrong`
 */
export function issuingOf({ database, access, clock, settings }: Node): Omit<IssuingSetup, "message"> {
  return {
    ...{ database, access, clock, publicAddress: settings.publicAddress, translators: translatorOf },
    folder: resolve(process.env.SANTI_REPORTS_FOLDER ?? resolve(settings.directory, "reports")),
    mailer: mailerFrom(process.env),
  };
}
