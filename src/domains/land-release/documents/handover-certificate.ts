import type { DocumentModel } from "../../../platform/documents/index.ts";
import type { HandoverCertificateData } from "./data.ts";
import {
  account,
  closing,
  control,
  fact,
  framed,
  heading,
  identity,
  missedItems,
  peopleTable,
  releasedGround,
  residual,
  survey,
  use,
} from "./sections.ts";
import { fieldSurveys } from "./survey-sections.ts";
import { unknown, type Writer } from "./words.ts";

/**
 * The certificate with which released land is handed over (IMAS 08.30): which land, to which depth, what stays behind,
 * who received it, who was told, and who answers for it from then on.
 */
export function handoverCertificate(data: HandoverCertificateData, writer: Writer): DocumentModel {
  const l = (key: string) => writer.label(`document.release.${key}`);
  const { liability } = data;
  return framed("document.release.handover", data, writer, [
    { kind: "notice", words: l("handover.declaration") },
    {
      kind: "facts",
      items: [
        fact(l("handover.date"), writer.date(data.handedOverOn)),
        fact(l("handover.place"), writer.said(data.place)),
        fact(l("handover.received-by"), writer.said(data.receivedBy)),
        fact(l("handover.completion-report"), data.completionReport ?? unknown),
      ],
    },
    heading(writer, "land"),
    identity(data, writer),
    account(data, writer),
    heading(writer, "released-ground"),
    releasedGround(data, writer),
    ...survey(data, [], writer),
    ...fieldSurveys(data, writer),
    ...control(data.control, writer),
    ...residual(data, writer),
    ...use(data, writer),
    heading(writer, "attended"),
    { kind: "paragraph", words: l("attended.note") },
    peopleTable([["attended.present", data.attended]], writer),
    ...missedItems(data, writer),
    heading(writer, "liability"),
    ...(liability.text === null ? [] : [{ kind: "notice", words: writer.said(liability.text) } as const]),
    { kind: "facts", items: [fact(l("liability.version"), liability.version, true)] },
    ...closing(data, writer),
  ]);
}
