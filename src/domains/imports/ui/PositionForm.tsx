import { findDatum, operationsFor, vn2000Meridians } from "@santi/land-geometry";
import { generalCodeLists } from "../../../platform/contract/code-lists.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { FieldSet } from "../../../platform/ui/FieldSet.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { PositionMapping } from "../profile.ts";
import styles from "./imports.module.css";

type Position = Partial<PositionMapping>;

/** Removes what is empty; a mapping holds nothing that was not said. */
function changed(position: Position, change: { [Part in keyof Position]: Position[Part] | undefined }): Position {
  return Object.fromEntries(
    Object.entries({ ...position, ...change }).filter(([, value]) => value !== undefined && value !== ""),
  ) as Position;
}

/** Where positions stand in the source, how they are written, and on which datum, which is asked and never assumed. */
export function PositionForm(props: {
  value: Position | null;
  onChange: (position: Position | null) => void;
  columns: readonly string[];
  /** Whether the file itself holds shapes. */
  hasShapes: boolean;
}) {
  const text = useText();
  const { t } = text;
  const { value } = props;
  const columns = props.columns.map((name) => ({ value: name, label: name }));
  const set = (change: { [Part in keyof Position]: Position[Part] | undefined }) =>
    props.onChange(changed(value ?? {}, change));
  const shown = !value ? "none" : value.kind === "geometry" ? "geometry" : value.column !== undefined ? "one" : "two";
  const [firstColumn] = props.columns;
  const choose = (kind: string) => {
    const { datum, datumColumn, operation } = value ?? {};
    const kept = changed({}, { datum, datumColumn, operation });
    if (kind === "none") props.onChange(null);
    else if (kind === "geometry") props.onChange({ ...kept, kind: "geometry" });
    else if (kind === "one")
      props.onChange({ ...kept, kind: "columns", ...(firstColumn ? { column: firstColumn } : {}) });
    else props.onChange({ ...kept, kind: "columns" });
  };
  return (
    <FieldSet legend={t("imports.position")} hint={t("imports.page.position.hint")}>
      <div className={styles.form}>
        <Select
          label={t("imports.position.kind")}
          value={shown}
          onChange={choose}
          options={[
            { value: "none", label: t("imports.position.none") },
            ...(props.hasShapes ? [{ value: "geometry", label: t("imports.position.geometry") }] : []),
            { value: "two", label: t("imports.position.two") },
            { value: "one", label: t("imports.position.one") },
          ]}
        />
        {shown === "one" && (
          <Select
            label={t("imports.position.column")}
            value={value?.column ?? ""}
            onChange={(column) => set({ column })}
            options={columns}
          />
        )}
        {shown === "two" &&
          (["first", "second"] as const).map((part) => (
            <Select
              key={part}
              label={t(`imports.position.${part}`)}
              value={value?.[part] ?? ""}
              empty={t("imports.page.choose-column")}
              onChange={(column) => set({ [part]: column || undefined })}
              options={columns}
            />
          ))}
        {value && (
          <Select
            label={t("imports.page.position.format")}
            value={value.format ?? "degrees"}
            onChange={(format) => set({ format: format as PositionMapping["format"] })}
            options={(["degrees", "utm", "tm3"] as const).map((format) => ({
              value: format,
              label: t(`imports.page.position.format.${format}`),
            }))}
          />
        )}
        {value?.format === "utm" && <ZoneFields value={value} columns={columns} onChange={set} />}
        {value?.format === "tm3" && (
          <Select
            label={t("imports.page.position.meridian")}
            value={value.centralMeridian === undefined ? "" : String(value.centralMeridian)}
            empty={t("imports.page.choose")}
            onChange={(meridian) => set({ centralMeridian: meridian === "" ? undefined : Number(meridian) })}
            options={meridians(text.format.number)}
          />
        )}
      </div>
      {value && <DatumFields value={value} columns={columns} onChange={set} />}
    </FieldSet>
  );
}

/** The central meridians of Viet Nam's zones. */
function meridians(format: (value: number) => string): { value: string; label: string }[] {
  return vn2000Meridians.map(({ centralMeridian }) => ({
    value: String(centralMeridian),
    label: `${format(centralMeridian)}°`,
  }));
}

interface PartProps {
  value: Position;
  columns: { value: string; label: string }[];
  onChange: (change: { [Part in keyof Position]: Position[Part] | undefined }) => void;
}

function ZoneFields({ value, columns, onChange }: PartProps) {
  const { t } = useText();
  return (
    <>
      <NumberField
        label={t("imports.position.zone")}
        integer
        min={1}
        max={60}
        value={value.zone ?? null}
        onChange={(zone) => onChange({ zone: zone ?? undefined })}
      />
      <Select
        label={t("imports.page.position.zone-column")}
        value={value.zoneColumn ?? ""}
        empty={t("imports.page.position.zone-column.none")}
        onChange={(zoneColumn) => onChange({ zoneColumn: zoneColumn || undefined })}
        options={columns}
      />
      <Select
        label={t("imports.page.position.hemisphere")}
        value={value.hemisphere ?? "N"}
        onChange={(hemisphere) => onChange({ hemisphere: hemisphere as "N" | "S" })}
        options={(["N", "S"] as const).map((side) => ({
          value: side,
          label: t(`imports.page.position.hemisphere.${side}`),
        }))}
      />
    </>
  );
}

function DatumFields({ value, columns, onChange }: PartProps) {
  const text = useText();
  const { t } = text;
  const found = findDatum(value.datum);
  const datum = found.ok ? found.datum : null;
  const operations = datum ? operationsFor(datum.id) : [];
  const operation = operations.find(({ id }) => id === (value.operation ?? datum?.defaultOperation));
  return (
    <>
      <div className={styles.form}>
        <Select
          label={t("imports.position.datum")}
          hint={t("imports.position.datum.hint")}
          required={value.datumColumn === undefined}
          value={value.datum ?? ""}
          empty={t("imports.page.choose")}
          onChange={(next) => onChange({ datum: next || undefined, operation: undefined })}
          options={generalCodeLists.datum.map((id) => ({ value: id, label: text.code("datum", id) }))}
        />
        <Select
          label={t("imports.position.datum-column")}
          value={value.datumColumn ?? ""}
          empty={t("imports.position.datum-column.none")}
          onChange={(datumColumn) => onChange({ datumColumn: datumColumn || undefined })}
          options={columns}
        />
        {datum && operations.length > 1 && (
          <Select
            label={t("imports.position.operation")}
            value={operation?.id ?? ""}
            onChange={(next) => onChange({ operation: next === datum.defaultOperation ? undefined : next })}
            options={operations.map(({ id, accuracyMetres }) => ({
              value: id,
              label: t("imports.position.operation.entry", { id, metres: accuracyMetres }),
            }))}
          />
        )}
      </div>
      {operation && operation.datum !== "wgs-84" && (
        <div className={surfaces.notice}>
          <div>
            <p>{t("imports.page.position.accuracy", { id: operation.id, metres: operation.accuracyMetres })}</p>
            {/* The registry of operations is in English. */}
            <p lang="en" className={surfaces.small}>
              {[operation.areaName, operation.caveat].filter(Boolean).join(". ")}
            </p>
          </div>
        </div>
      )}
    </>
  );
}
