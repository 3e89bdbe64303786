import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { PositionField } from "../../../../platform/ui/records/PositionField.tsx";
import { RecordPicker } from "../../../../platform/ui/records/RecordPicker.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import { typeRules } from "../../model.ts";
import { Anchor, DayField } from "../fields.tsx";
import { workFieldsOf } from "../form-sections.ts";
import { pickers } from "../pickers.ts";
import styles from "../reports.module.css";
import type { BlockProps } from "./block.ts";

/** Who reports, about which area and task, from when, and where it was. */
export function HeaderBlock({ form, type, country, change, problem }: BlockProps) {
  const { t } = useText();
  const rule = typeRules[type];
  const needed = (field: string) => rule.required.includes(field) || (field === "area" && rule.area === "required");
  const shown = {
    organisation: true,
    area: rule.area !== "none",
    task: true,
    // With an area the unit is the area's.
    unit: rule.area !== "required",
  };
  const [lon, lat] = form.place ?? [];
  return (
    <div className={surfaces.stack}>
      <div className={styles.pair}>
        {(["organisation", "area", "task", "unit"] as const)
          .filter((field) => shown[field])
          .map((field) => (
            <Anchor key={field} name={field}>
              <RecordPicker
                label={t(`land-reports.field.${field}`)}
                field={pickers[field]}
                country={country}
                required={needed(field)}
                problem={problem(field)}
                value={form[field] ?? ""}
                onChange={(value) => change({ [field]: value || null })}
              />
            </Anchor>
          ))}
      </div>
      <div className={styles.triple}>
        {(["effectiveOn", "startedOn", "endedOn"] as const).map((field) => (
          <Anchor key={field} name={field}>
            <DayField
              label={t(`land-reports.field.${field}`)}
              required={field === "effectiveOn"}
              problem={problem(field)}
              value={form[field]}
              onChange={(day) => change({ [field]: day })}
            />
          </Anchor>
        ))}
      </div>
      {workFieldsOf(type).includes("place") && (
        <Anchor name="place">
          <PositionField
            label={t("land-reports.field.place")}
            problem={problem("place")}
            value={lon === undefined || lat === undefined ? null : { type: "Point", coordinates: [lon, lat] }}
            onChange={(point) =>
              change({ place: point?.type === "Point" ? [...(point.coordinates as number[])] : null })
            }
          />
        </Anchor>
      )}
    </div>
  );
}
