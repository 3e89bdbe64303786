import { type CoordinateReading, findDatum, operationsFor, vn2000Meridians } from "@santi/land-geometry";
import { generalCodeLists } from "../../../../platform/contract/code-lists.ts";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { NumberField } from "../../../../platform/ui/NumberField.tsx";
import { Select } from "../../../../platform/ui/Select.tsx";
import styles from "./polygon-editor.module.css";

type Change = { [Member in keyof CoordinateReading]?: CoordinateReading[Member] | undefined };

/** A reading without the members that are undefined. */
function changed(reading: CoordinateReading, change: Change): CoordinateReading {
  const members = Object.entries({ ...reading, ...change }).filter(([, value]) => value !== undefined);
  return { datum: null, ...Object.fromEntries(members) };
}

/** How coordinates are written: the datum, which is always asked, and what the texts themselves may not say. */
export function ReadingFields(props: { reading: CoordinateReading; onChange: (reading: CoordinateReading) => void }) {
  const text = useText();
  const { t } = text;
  const { reading } = props;
  const set = (change: Change) => props.onChange(changed(reading, change));
  const found = reading.datum === null ? null : findDatum(reading.datum);
  const datum = found?.ok ? found.datum : null;
  const operations = datum ? operationsFor(datum.id) : [];
  const zone = reading.zone;
  return (
    <div className={styles.fields}>
      <Select
        label={t("land.survey.datum")}
        hint={t("land.survey.datum.hint")}
        required
        empty={t("land.survey.choose")}
        value={datum?.id ?? ""}
        onChange={(id) => set({ datum: id || null, operation: undefined, centralMeridian: undefined })}
        options={generalCodeLists.datum.map((value) => ({ value, label: text.code("datum", value) }))}
      />
      {operations.length > 1 && (
        <Select
          label={t("land.survey.operation")}
          hint={t("land.survey.operation.hint")}
          empty={t("land.survey.operation.default")}
          value={reading.operation ?? ""}
          onChange={(operation) => set({ operation: operation || undefined })}
          options={operations.map(({ id, accuracyMetres }) => ({
            value: id,
            label: t("land.survey.operation.option", { id, metres: text.format.number(accuracyMetres) }),
          }))}
        />
      )}
      <Select
        label={t("land.survey.order")}
        hint={t("land.survey.order.hint")}
        empty={t("land.survey.order.unsaid")}
        value={reading.order ?? ""}
        onChange={(order) => set({ order: order === "lat-lon" || order === "lon-lat" ? order : undefined })}
        options={[
          { value: "lat-lon", label: t("land.survey.order.lat-lon") },
          { value: "lon-lat", label: t("land.survey.order.lon-lat") },
        ]}
      />
      <NumberField
        label={t("land.survey.zone")}
        hint={t("land.survey.zone.hint")}
        integer
        min={1}
        max={60}
        value={zone?.zone ?? null}
        onChange={(number) =>
          set({ zone: number === null ? undefined : { zone: number, hemisphere: zone?.hemisphere ?? "N" } })
        }
      />
      {zone && (
        <Select
          label={t("land.survey.hemisphere")}
          value={zone.hemisphere}
          onChange={(hemisphere) => set({ zone: { ...zone, hemisphere: hemisphere === "S" ? "S" : "N" } })}
          options={[
            { value: "N", label: t("land.survey.hemisphere.north") },
            { value: "S", label: t("land.survey.hemisphere.south") },
          ]}
        />
      )}
      {datum?.id === "vn-2000" && (
        <Select
          label={t("land.survey.meridian")}
          hint={t("land.survey.meridian.hint")}
          empty={t("land.survey.meridian.none")}
          value={reading.centralMeridian === undefined ? "" : String(reading.centralMeridian)}
          onChange={(meridian) => set({ centralMeridian: meridian === "" ? undefined : Number(meridian) })}
          options={vn2000Meridians.map(({ centralMeridian }) => ({
            value: String(centralMeridian),
            label: t("land.survey.meridian.option", { degrees: text.format.number(centralMeridian) }),
          }))}
        />
      )}
    </div>
  );
}
