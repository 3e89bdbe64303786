import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../../platform/ui/Button.tsx";
import { NumberField } from "../../../../platform/ui/NumberField.tsx";
import { PositionField } from "../../../../platform/ui/records/PositionField.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import { TextField } from "../../../../platform/ui/TextField.tsx";
import { codeLists as ordnanceCodes } from "../../../ordnance/model.ts";
import { Anchor, CodeSelect } from "../fields.tsx";
import { type DeviceForm, emptyDevice } from "../report-form.ts";
import styles from "../reports.module.css";
import type { BlockProps } from "./block.ts";
import { replaced } from "./rows.ts";

/** Devices found, one row a kind, depth and place. */
export function DevicesBlock({ form, change: put, problem }: BlockProps) {
  const { t } = useText();
  const rows = form.devices;
  const onChange = (devices: DeviceForm[]) => put({ devices });
  const change = (at: number, values: Partial<DeviceForm>) => onChange(replaced(rows, at, values));
  return (
    <Anchor name="devices">
      <div className={surfaces.stack}>
        {problem("devices") && <p className={styles.problem}>{problem("devices")}</p>}
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own and are only added at the end.
          <div key={at} className={styles.part}>
            <div className={styles.partHead}>
              <strong>{t("land-reports.device.nth", { number: at + 1 })}</strong>
              <Button small tone="quiet" onClick={() => onChange(rows.filter((_, i) => i !== at))}>
                {t("land-reports.remove")}
              </Button>
            </div>
            <div className={styles.pair}>
              <Anchor name={`devices.${at}.category`}>
                <CodeSelect
                  label={t("land-reports.device.category")}
                  list="ordnance-category"
                  codes={ordnanceCodes["ordnance-category"]}
                  required
                  problem={problem(`devices.${at}.category`)}
                  value={row.category}
                  onChange={(category) => change(at, { category })}
                />
              </Anchor>
              <TextField
                label={t("land-reports.device.model")}
                maxLength={200}
                value={row.model ?? ""}
                onChange={(model) => change(at, { model: model === "" ? null : model })}
              />
              <Anchor name={`devices.${at}.quantity`}>
                <NumberField
                  integer
                  min={1}
                  max={1_000_000}
                  label={t("land-reports.device.quantity")}
                  required
                  problem={problem(`devices.${at}.quantity`)}
                  value={row.quantity}
                  onChange={(quantity) => change(at, { quantity })}
                />
              </Anchor>
              <NumberField
                min={0}
                max={5000}
                label={t("land-reports.device.depth")}
                value={row.depthCentimetres}
                onChange={(depthCentimetres) => change(at, { depthCentimetres })}
              />
              <CodeSelect
                label={t("land-reports.device.condition")}
                list="ordnance-condition"
                codes={ordnanceCodes["ordnance-condition"]}
                value={row.condition}
                onChange={(condition) => change(at, { condition })}
              />
              <CodeSelect
                label={t("land-reports.device.disposal")}
                list="disposal-method"
                codes={ordnanceCodes["disposal-method"]}
                value={row.disposal}
                onChange={(disposal) => change(at, { disposal })}
              />
              <PositionField
                label={t("land-reports.device.point")}
                value={row.point ? { type: "Point", coordinates: row.point.slice(0, 2) } : null}
                onChange={(point) =>
                  change(at, { point: point?.type === "Point" ? [...(point.coordinates as number[])] : null })
                }
              />
            </div>
          </div>
        ))}
        <div>
          <Button icon="add" onClick={() => onChange([...rows, emptyDevice])}>
            {t("land-reports.device.add")}
          </Button>
        </div>
      </div>
    </Anchor>
  );
}
