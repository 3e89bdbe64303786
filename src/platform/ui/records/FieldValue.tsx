import type { Field, GeometryValue } from "../../contract/fields.ts";
import type { RecordType } from "../../contract/record-type.ts";
import type { DatePrecision } from "../../i18n/format.ts";
import { type Text, useText } from "../../i18n/I18nProvider.tsx";
import { AppLink } from "../AppLink.tsx";
import { Icon } from "../Icon.tsx";
import { StatusTag, type Tone } from "../StatusTag.tsx";
import surfaces from "../surfaces.module.css";
import { useCountryName, useRecordTitle, useTarget } from "./records-context.ts";
import { type RecordItem, recordPath } from "./section.ts";

/** A position for reading: latitude, longitude to five decimals (about one metre); the shape's kind for the rest. */
function geometryText(value: GeometryValue, text: Text): string {
  if (value.type === "Point") {
    const [longitude, latitude] = value.coordinates as number[];
    return `${(latitude ?? 0).toFixed(5)}, ${(longitude ?? 0).toFixed(5)}`;
  }
  return text.t(`ui.geometry.${value.type}`);
}

/** A number with the unit that its field's name ends in; a year is no quantity and is not grouped. */
function numberText(name: string, value: number, text: Text): string {
  if (name.endsWith("SquareMetres")) return text.area(value);
  if (name.endsWith("Centimetres")) return text.t("unit.cm", { value: text.format.number(value) });
  if (name.endsWith("Metres")) return text.t("unit.m", { value: text.format.number(value) });
  if (name.endsWith("Year")) return String(value);
  return text.format.number(value);
}

/** Writes any value that needs no look-up as a text; used in lists, in histories and for screen readers. */
export function valueText(
  type: RecordType,
  name: string,
  field: Field,
  value: unknown,
  text: Text,
  precision?: unknown,
): string {
  if (value === null || value === undefined) return "";
  switch (field.kind) {
    case "integer":
    case "number":
      return typeof value === "number" ? numberText(name, value, text) : String(value);
    case "boolean":
      return text.t(value === true ? "ui.yes" : "ui.no");
    case "date":
      return text.format.date(String(value), (precision as DatePrecision | undefined) ?? "day");
    case "timestamp":
      return text.format.dateTime(String(value));
    case "code":
      return text.code(field.list ?? `${type.name}.${name}`, String(value));
    case "codes":
      return text.format.list((value as string[]).map((code) => text.code(field.list ?? name, code)));
    case "names":
      return text.name(value);
    case "geometry":
      return geometryText(value as GeometryValue, text);
    default:
      return String(value);
  }
}

function ReferredRecord({ field, country, id, link }: { field: Field; country: string; id: string; link: boolean }) {
  const { t } = useText();
  const section = useTarget(field);
  const { title, failed } = useRecordTitle(section, country, id);
  if (failed || !section) return <span className={surfaces.muted}>{t("ui.reference.unknown")}</span>;
  if (title === null) return <span className={surfaces.muted}>…</span>;
  return link ? <AppLink to={recordPath(section, { country, id })}>{title}</AppLink> : <span>{title}</span>;
}

function CountryName({ code }: { code: string }) {
  return <>{useCountryName()(code)}</>;
}

/**
 * Shows one value of a record. A withheld field says so with its level; an empty one shows a dash that screen readers
 * hear as "not recorded".
 * @param props.link whether referred records are links
 */
export function FieldValue(props: {
  type: RecordType;
  name: string;
  record: RecordItem;
  tones?: Readonly<Record<string, Tone>> | undefined;
  link?: boolean;
}) {
  const text = useText();
  const field = props.type.fields[props.name];
  if (!field) return null;
  if (props.record.withheld?.includes(props.name)) {
    return (
      <span className={`${surfaces.row} ${surfaces.muted}`} style={{ gap: "0.35em" }}>
        <Icon name="lock" />
        <span>{text.t("ui.withheld", { level: text.t(`sensitivity.${field.sensitivity}`) })}</span>
      </span>
    );
  }
  const value = props.record[props.name];
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)) {
    return (
      <span className={surfaces.muted}>
        <span aria-hidden="true">–</span>
        <span className="visually-hidden">{text.t("ui.not-recorded")}</span>
      </span>
    );
  }
  if (field.kind === "unit" || field.kind === "organisation" || field.kind === "record") {
    return (
      <ReferredRecord field={field} country={props.record.country} id={String(value)} link={props.link ?? false} />
    );
  }
  if (field.kind === "units") {
    return (
      <span className={surfaces.row}>
        {(value as string[]).map((id) => (
          <ReferredRecord key={id} field={field} country={props.record.country} id={id} link={props.link ?? false} />
        ))}
      </span>
    );
  }
  if (field.kind === "country") return <CountryName code={String(value)} />;
  const shown = valueText(props.type, props.name, field, value, text, props.record[`${props.name}Precision`]);
  const tone = props.tones?.[String(value)];
  if (tone) return <StatusTag {...tone}>{shown}</StatusTag>;
  if (field.kind === "date" || field.kind === "timestamp")
    return (
      <time dateTime={String(value)} className="numeric">
        {shown}
      </time>
    );
  if (field.kind === "integer" || field.kind === "number" || field.kind === "geometry")
    return <span className="numeric">{shown}</span>;
  return <span>{shown}</span>;
}
