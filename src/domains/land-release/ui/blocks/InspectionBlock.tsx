import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../../platform/ui/Button.tsx";
import { NumberField } from "../../../../platform/ui/NumberField.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import { TextArea } from "../../../../platform/ui/TextArea.tsx";
import { codeLists } from "../../model.ts";
import { Anchor, CodeSelect, DayField } from "../fields.tsx";
import { emptyInspection, type InspectionForm } from "../report-form.ts";
import styles from "../reports.module.css";
import type { BlockProps } from "./block.ts";
import { replaced } from "./rows.ts";

/** What an inspection found. */
export function InspectionBlock({ form, change: put, problem }: BlockProps) {
  const { t } = useText();
  const value = form.inspection ?? emptyInspection;
  const change = (values: Partial<InspectionForm>) => put({ inspection: { ...value, ...values } });
  const rows = value.nonConformities;
  return (
    <Anchor name="inspection">
      <div className={surfaces.stack}>
        <div className={styles.pair}>
          <Anchor name="inspection.kind">
            <CodeSelect
              label={t("land-reports.inspection.kind")}
              list="inspection-kind"
              codes={codeLists["inspection-kind"]}
              required
              problem={problem("inspection.kind") ?? problem("inspection")}
              value={value.kind}
              onChange={(kind) => change({ kind })}
            />
          </Anchor>
          <Anchor name="inspection.result">
            <CodeSelect
              label={t("land-reports.inspection.result")}
              list="inspection-result"
              codes={codeLists["inspection-result"]}
              required
              problem={problem("inspection.result")}
              value={value.result}
              onChange={(result) => change({ result })}
            />
          </Anchor>
          <NumberField
            integer
            min={0}
            label={t("land-reports.inspection.sampled")}
            value={value.sampledSquareMetres}
            onChange={(sampledSquareMetres) => change({ sampledSquareMetres })}
          />
          <NumberField
            integer
            min={0}
            label={t("land-reports.inspection.items")}
            value={value.itemsFound}
            onChange={(itemsFound) => change({ itemsFound: itemsFound ?? 0 })}
          />
        </div>
        {rows.map((row, at) => {
          const putRow = (values: Partial<(typeof rows)[number]>) =>
            change({ nonConformities: replaced(rows, at, values) });
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own and are only added at the end.
            <div key={at} className={styles.part}>
              <Anchor name={`inspection.nonConformities.${at}.severity`}>
                <CodeSelect
                  label={t("land-reports.nonconformity.severity")}
                  list="non-conformity-severity"
                  codes={codeLists["non-conformity-severity"]}
                  required
                  problem={problem(`inspection.nonConformities.${at}.severity`)}
                  value={row.severity}
                  onChange={(severity) => putRow({ severity })}
                />
              </Anchor>
              <Anchor name={`inspection.nonConformities.${at}.description`}>
                <TextArea
                  label={t("land-reports.nonconformity.description")}
                  required
                  rows={2}
                  maxLength={2000}
                  problem={problem(`inspection.nonConformities.${at}.description`)}
                  value={row.description ?? ""}
                  onChange={(description) => putRow({ description: description === "" ? null : description })}
                />
              </Anchor>
              <TextArea
                label={t("land-reports.nonconformity.action")}
                rows={2}
                maxLength={2000}
                value={row.correctiveAction ?? ""}
                onChange={(action) => putRow({ correctiveAction: action === "" ? null : action })}
              />
              <DayField
                label={t("land-reports.nonconformity.deadline")}
                value={row.deadline}
                onChange={(deadline) => putRow({ deadline })}
              />
              <div>
                <Button small tone="quiet" onClick={() => change({ nonConformities: rows.filter((_, i) => i !== at) })}>
                  {t("land-reports.remove")}
                </Button>
              </div>
            </div>
          );
        })}
        <div>
          <Button
            icon="add"
            onClick={() =>
              change({
                nonConformities: [
                  ...rows,
                  { severity: null, description: null, correctiveAction: null, deadline: null },
                ],
              })
            }
          >
            {t("land-reports.nonconformity.add")}
          </Button>
        </div>
      </div>
    </Anchor>
  );
}
