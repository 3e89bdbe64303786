import type { Language } from "../../../platform/contract/fields.ts";
import { type DocumentModel, type Rendered, renderPdf } from "../../../platform/documents/index.ts";
import type { Translator } from "../../../platform/i18n/translator.ts";
import { completionReport } from "./completion-report.ts";
import type { CompletionReportData, HandoverCertificateData } from "./data.ts";
import { handoverCertificate } from "./handover-certificate.ts";
import { createWriter } from "./words.ts";

export { completionReport } from "./completion-report.ts";
export * from "./data.ts";
export { handoverCertificate } from "./handover-certificate.ts";
export { createWriter, type Writer } from "./words.ts";

/** In which words a document is made. */
export interface ReleaseDocumentOptions {
  /** The national language; English stands beside it. `en` gives a document in English alone. */
  language: Language;
  /** ISO 3166-1 alpha-3. */
  country: string;
  translator(language: Language): Translator;
}

/** The file says that it was made when it was issued, so that the same record always gives the same bytes. */
function render(
  model: DocumentModel,
  issuedOn: string,
  { language, country }: ReleaseDocumentOptions,
): Promise<Rendered> {
  const title = [model.title.own, model.number].join(" ");
  return renderPdf("document.typ", model, { language, country, title, now: new Date(`${issuedOn}T00:00:00Z`) });
}

/** The completion report as PDF/A. @throws Problem as `renderPdf` */
export function completionReportPdf(data: CompletionReportData, options: ReleaseDocumentOptions): Promise<Rendered> {
  const writer = createWriter(options.language, options.translator);
  return render(completionReport(data, writer), data.head.issuedOn, options);
}

/** The handover certificate as PDF/A. @throws Problem as `renderPdf` */
export function handoverCertificatePdf(
  data: HandoverCertificateData,
  options: ReleaseDocumentOptions,
): Promise<Rendered> {
  const writer = createWriter(options.language, options.translator);
  return render(handoverCertificate(data, writer), data.head.issuedOn, options);
}
