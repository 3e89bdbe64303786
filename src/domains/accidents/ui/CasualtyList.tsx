import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { CorrectDialog } from "../../../platform/ui/records/CorrectDialog.tsx";
import { FieldValue } from "../../../platform/ui/records/FieldValue.tsx";
import { type RecordItem, recordPath } from "../../../platform/ui/records/section.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type AccidentReport, casualty } from "../contract.ts";
import { CasualtyDialog } from "./CasualtyDialog.tsx";
import { casualties } from "./index.ts";
import { outcomeTones } from "./tones.ts";
import { useRefresh } from "./use-refresh.ts";

const shown = ["outcome", "status", "sex", "age", "ageGroup", "activity", "bodyRegions", "diedOn"] as const;

/** The casualties of an accident, each a card; new ones and corrections by who may. */
export function CasualtyList({ accident, report }: { accident: RecordItem; report: AccidentReport }) {
  const text = useText();
  const { t } = text;
  const refresh = useRefresh(accident);
  const [adding, setAdding] = useState(false);
  const [correcting, setCorrecting] = useState<RecordItem | null>(null);
  const edit = report.allowed.includes("edit");
  return (
    <div className={surfaces.stack}>
      {report.casualties.length === 0 && <p className={surfaces.muted}>{t("accidents.casualties.none")}</p>}
      {(report.casualties as RecordItem[]).map((record) => (
        <article key={record.id} aria-label={String(record.code ?? "")}>
          <div className={`${surfaces.row} ${surfaces.spread}`}>
            <AppLink to={recordPath(casualties, record)}>{String(record.code ?? "")}</AppLink>
            {edit && (
              <Button
                small
                icon="edit"
                aria-label={t("accidents.casualties.correct", { code: String(record.code ?? "") })}
                onClick={() => setCorrecting(record)}
              >
                {t("ui.correct")}
              </Button>
            )}
          </div>
          <dl className={surfaces.fields}>
            {shown
              .filter((name) => (record[name] ?? null) !== null)
              .map((name) => (
                <div key={name}>
                  <dt>{text.field(casualty.name, name)}</dt>
                  <dd>
                    <FieldValue
                      type={casualty}
                      name={name}
                      record={record}
                      tones={name === "outcome" ? outcomeTones : undefined}
                    />
                  </dd>
                </div>
              ))}
          </dl>
        </article>
      ))}
      {edit && (
        <div>
          <Button icon="add" onClick={() => setAdding(true)}>
            {t("accidents.casualties.add")}
          </Button>
        </div>
      )}
      {adding && (
        <CasualtyDialog
          accident={accident}
          onClose={() => {
            setAdding(false);
            void refresh();
          }}
        />
      )}
      {correcting && (
        <CorrectDialog
          section={casualties}
          record={correcting}
          onClose={() => {
            setCorrecting(null);
            void refresh();
          }}
        />
      )}
    </div>
  );
}
