import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { Checkbox } from "../../../platform/ui/Checkbox.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { problemTitle } from "../../../platform/ui/problem-text.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { Table } from "../../../platform/ui/Table.tsx";
import { TextField } from "../../../platform/ui/TextField.tsx";
import type { UploadOutput } from "../contract.ts";
import type { Reading } from "./import-draft.ts";
import styles from "./imports.module.css";
import { detectQuery } from "./queries.ts";

/** Encodings met in the region's files; the program knows more and detection finds them. */
const encodings = [
  "utf-8",
  "utf-16le",
  "windows-1252",
  "windows-874",
  "windows-1258",
  "tis-620",
  "gb18030",
  "shift_jis",
] as const;

const delimiters = [
  { value: ",", key: "comma" },
  { value: ";", key: "semicolon" },
  { value: "\t", key: "tab" },
  { value: "|", key: "bar" },
] as const;

/** Removes what is empty, so that detection decides again. */
function changed(reading: Reading, change: { [Part in keyof Reading]: Reading[Part] | undefined }): Reading {
  return Object.fromEntries(
    Object.entries({ ...reading, ...change }).filter(([, value]) => value !== undefined && value !== ""),
  ) as Reading;
}

/** What the files were found to be, the first rows, and the means to say otherwise. */
export function ReadingStep(props: {
  files: readonly UploadOutput[];
  reading: Reading;
  onChange: (reading: Reading) => void;
  onFileGone: (id: string) => void;
}) {
  const text = useText();
  const { t } = text;
  const [shown, setShown] = useState(props.files[0]?.id ?? "");
  const file = props.files.find(({ id }) => id === shown) ?? props.files[0];
  const query = useQuery(detectQuery(file?.id ?? null, props.reading));
  const [header, setHeader] = useState(props.reading.headerRow === undefined ? "" : String(props.reading.headerRow));
  const set = (change: { [Part in keyof Reading]: Reading[Part] | undefined }) =>
    props.onChange(changed(props.reading, change));
  const found = query.data?.detected;
  const { reading } = props;
  const shownDelimiter = (value: string | undefined) => delimiters.find((one) => one.value === value);
  const rows = found?.layers.find(({ name }) => name === found.layer)?.rowsEstimate ?? null;
  return (
    <div className={surfaces.stack}>
      {props.files.length > 1 && (
        <Select
          label={t("imports.page.look-at")}
          value={file?.id ?? ""}
          onChange={setShown}
          options={props.files.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {query.isPending && <Skeleton lines={6} />}
      {query.isError && (
        <>
          <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
          {file && (
            <div>
              <Button onClick={() => props.onFileGone(file.id)}>{t("imports.remove-file", { name: file.name })}</Button>
            </div>
          )}
        </>
      )}
      {(found || query.isError) && (
        <>
          {found && (
            <dl className={surfaces.fields}>
              <Fact label={t("imports.file.format")} value={t(`imports.page.format.${found.format}`)} />
              {rows !== null && <Fact label={t("imports.file.rows")} value={t("imports.file.rows.about", { rows })} />}
              {found.crs && (
                <Fact
                  label={t("imports.file.crs")}
                  value={[found.crs.name, found.crs.code].filter(Boolean).join(" · ")}
                />
              )}
            </dl>
          )}
          <div className={styles.form}>
            {found && found.layers.length > 1 && (
              <Select
                label={t("imports.page.layer")}
                value={reading.layer ?? ""}
                empty={t("imports.page.detected", { value: found.layer ?? "" })}
                onChange={(layer) => set({ layer: layer || undefined })}
                options={found.layers.map(({ name }) => ({ value: name, label: name }))}
              />
            )}
            {(found?.encoding !== undefined || reading.encoding !== undefined) && (
              <Select
                label={t("imports.file.encoding")}
                value={reading.encoding ?? ""}
                empty={t("imports.page.detected", { value: found?.encoding ?? "" })}
                onChange={(encoding) => set({ encoding: encoding || undefined })}
                options={encodings.map((value) => ({ value, label: value }))}
              />
            )}
            {(found?.delimiter !== undefined || reading.delimiter !== undefined) && (
              <Select
                label={t("imports.page.delimiter")}
                value={reading.delimiter ?? ""}
                empty={t("imports.page.detected", {
                  value: t(`imports.page.delimiter.${shownDelimiter(found?.delimiter)?.key ?? "other"}`),
                })}
                onChange={(delimiter) => set({ delimiter: delimiter || undefined })}
                options={delimiters.map(({ value, key }) => ({ value, label: t(`imports.page.delimiter.${key}`) }))}
              />
            )}
            {(found?.headerRow !== undefined || reading.headerRow !== undefined) && (
              <TextField
                label={t("imports.page.header-row")}
                hint={
                  reading.headerRow === undefined
                    ? t("imports.page.detected", { value: String(found?.headerRow ?? "") })
                    : t("imports.page.header-row.hint")
                }
                inputMode="numeric"
                maxLength={4}
                value={header}
                onChange={setHeader}
                onBlur={() => {
                  const digits = header.replace(/\D/g, "").slice(0, 3);
                  setHeader(digits);
                  set({ headerRow: digits === "" ? undefined : Number(digits) });
                }}
              />
            )}
          </div>
          {found?.headerRow !== undefined && (
            <Checkbox
              label={t("imports.page.no-header")}
              checked={reading.headerRow === 0}
              onChange={(none) => {
                setHeader(none ? "0" : "");
                set({ headerRow: none ? 0 : undefined });
              }}
            />
          )}
        </>
      )}
      {found && found.warnings.length > 0 && (
        <ul className={surfaces.notice}>
          {found.warnings.map(({ code, params }) => (
            <li key={code}>
              {text.has(`check.${code}`) ? t(`check.${code}`, params) : problemTitle(text, { code, params })}
            </li>
          ))}
        </ul>
      )}
      {found?.titleRows && found.titleRows.length > 0 && (
        <p className={surfaces.muted}>{t("imports.file.title-rows", { rows: found.titleRows.join(" / ") })}</p>
      )}
      {query.data && query.data.rows.length > 0 && (
        <div className={`${surfaces.card} ${styles.rows}`}>
          <Table<{ fields: Record<string, string | number | boolean | null>; index: number }>
            caption={t("imports.page.first-rows")}
            rows={query.data.rows.map((fields, index) => ({ fields, index }))}
            rowId={({ index }) => String(index)}
            columns={query.data.detected.fields.map(({ name }) => ({
              id: name,
              label: name,
              empty: ({ fields }) => fields[name] === null || fields[name] === undefined || fields[name] === "",
              cell: ({ fields }) => <Cell value={fields[name]} />,
            }))}
          />
        </div>
      )}
    </div>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const longest = 120;

function Cell({ value }: { value: string | number | boolean | null | undefined }) {
  const words = value === null || value === undefined ? "" : String(value);
  return <span className={styles.samples}>{words.length > longest ? `${words.slice(0, longest)}…` : words}</span>;
}
