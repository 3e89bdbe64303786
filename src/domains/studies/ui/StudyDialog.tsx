import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import type { FormValues } from "../../../platform/ui/records/FieldControl.tsx";
import { action, consultation, evidence, finding, recommendation } from "../contract.ts";
import type { Sheet } from "../contract-work.ts";
import { askedKinds, breakdowns } from "../model.ts";
import { AnalysisSelect } from "./AnalysisSelect.tsx";
import { type Item, itemOf, type OfStudy, work } from "./client.ts";
import { ItemDialog } from "./ItemDialog.tsx";

/** Which dialog stands open: a kind, and the record that is changed; null for a new one. */
export interface Opened {
  kind: "evidence" | "finding" | "recommendation" | "consultation" | "action";
  item: Item | null;
  /** The recommendation of an action. */
  of?: string;
}

function evidenceFields(values: FormValues): string[] {
  const kind = String(values.kind ?? "");
  const asked = askedKinds.includes(kind);
  return [
    "kind",
    "title",
    "fromOn",
    "toOn",
    ...(kind === "analysis" ? ["analysis"] : []),
    ...(asked ? ["sessions", "sites", "places", "participants", ...Object.values(breakdowns).flat()] : []),
    ...(kind === "service-mapping" ? ["sites", "places"] : []),
    ...(kind === "assessments" ? ["instrument", "screenedPositive"] : []),
    "themes",
    "summary",
    ...(asked ? [] : ["citation", "url"]),
  ];
}

const labelOf = (record: Item, words: unknown) => `${String(record.code)}: ${String(words ?? "")}`;

/** The form of whatever is entered or changed in a study. */
export function StudyDialog({
  study,
  sheet,
  opened,
  onClose,
}: {
  study: OfStudy;
  sheet: Sheet;
  opened: Opened;
  onClose: () => void;
}) {
  const { t } = useText();
  const { kind, item } = opened;
  const common = { study, item, onClose };
  switch (kind) {
    case "evidence":
      return (
        <ItemDialog
          {...common}
          type={evidence}
          fields={evidenceFields}
          controls={{
            analysis: (value, set, problem) => (
              <AnalysisSelect
                country={study.country}
                value={typeof value === "string" ? value : ""}
                problem={problem}
                onChange={set}
              />
            ),
          }}
          lead={<p>{t("studies.evidence.lead")}</p>}
          send={(sent) => work.saveEvidence({ params: study, body: sent })}
        />
      );
    case "finding":
      return (
        <ItemDialog
          {...common}
          type={finding}
          fields={() => ["statement", "theme", "population", "unit", "notes"]}
          links={{
            legend: t("studies.rests-on"),
            hint: t(sheet.evidence.length === 0 ? "studies.rests-on.none" : "studies.rests-on.hint"),
            chosen: sheet.findings.find(({ record }) => record.id === item?.id)?.evidence ?? [],
            options: (sheet.evidence as unknown as Item[]).map((record) => ({
              value: record.id,
              label: labelOf(record, record.title),
            })),
          }}
          send={(sent, { links }) => work.saveFinding({ params: study, body: { ...sent, evidence: [...links] } })}
        />
      );
    case "recommendation":
      return (
        <ItemDialog
          {...common}
          type={recommendation}
          fields={() => ["addressee", "sector", "term", "priority", "cost", "currency", "notes"]}
          wording={item === null}
          links={{
            legend: t("studies.follows-from"),
            hint: t(sheet.findings.length === 0 ? "studies.follows-from.none" : "studies.follows-from.hint"),
            chosen: sheet.recommendations.find(({ record }) => record.id === item?.id)?.findings ?? [],
            options: sheet.findings.map(({ record }) => ({
              value: itemOf(record).id,
              label: labelOf(itemOf(record), itemOf(record).statement),
            })),
          }}
          send={(sent, { links, wording }) =>
            work.saveRecommendation({
              params: study,
              body: { ...sent, findings: [...links], ...(item ? {} : { wording }) },
            })
          }
        />
      );
    case "consultation":
      return (
        <ItemDialog
          {...common}
          type={consultation}
          fields={() => ["title", "heldOn", "status", "place", "unit", "notes"]}
          start={{ status: "planned" }}
          lead={<p>{t("studies.consultation.lead")}</p>}
          send={(sent) => work.saveConsultation({ params: study, body: sent })}
        />
      );
    case "action": {
      const of = opened.of ?? "";
      return (
        <ItemDialog
          {...common}
          type={action}
          about={of}
          fields={() => [
            "description",
            "owner",
            "ownerAsWritten",
            "dueOn",
            "status",
            "doneOn",
            "proof",
            "linkedKind",
            "linkedTitle",
            "url",
            "notes",
          ]}
          start={{ status: "planned" }}
          send={(sent) => work.saveAction({ params: study, body: { ...sent, recommendation: of } })}
        />
      );
    }
  }
}
