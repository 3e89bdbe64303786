import type { ReactNode } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { DownloadLinks } from "../../../platform/ui/DownloadLinks.tsx";
import { NumberField } from "../../../platform/ui/NumberField.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { CountrySelect } from "../../../platform/ui/records/CountrySelect.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import styles from "./statistics.module.css";

const yearIn = (text: string | undefined) => (text && /^\d{4}$/.test(text) ? Number(text) : undefined);

/** Which years of which country the address asks for; the country is empty while none is known. */
export function useYears() {
  const [search, change] = useAddress();
  const { countries, home } = useRecords();
  const [first] = countries.keys();
  const country = search.country ?? home ?? first ?? "";
  const [from, to] = [yearIn(search.from), yearIn(search.to)];
  return { search, change, query: { country, ...(from ? { from } : {}), ...(to ? { to } : {}) } };
}

/** The frame of a page about the casualties of a country and of some years: heading, files, choices, what was found. */
export function YearsPage(props: {
  /** The words are the messages `<name>.title` and `<name>.lead`. */
  name: string;
  /** The page that this one belongs to. */
  under: { label: string; to: string };
  years: ReturnType<typeof useYears>;
  /** The address of what is shown as a file; null while there is nothing to take away. */
  file: ((format: "csv" | "xlsx") => string) | null;
  /** Choices beside country and years. */
  choices?: ReactNode;
  children: ReactNode;
}) {
  const text = useText();
  const { t } = text;
  const { query, change } = props.years;
  return (
    <>
      <PageHeader
        title={t(`${props.name}.title`)}
        crumbs={[props.under]}
        lead={t(`${props.name}.lead`)}
        actions={props.file && <DownloadLinks file={props.file} />}
      />
      <search className={`${surfaces.card} ${surfaces.pad} ${styles.filters}`}>
        <CountrySelect value={query.country} onChange={(value) => change({ country: value })} />
        {(["from", "to"] as const).map((name) => (
          <NumberField
            key={name}
            integer
            label={t(`accidents.statistics.${name}`)}
            min={1900}
            max={2200}
            value={query[name] ?? null}
            onChange={(value) => change({ [name]: value === null ? undefined : String(value) })}
          />
        ))}
        {props.choices}
      </search>
      {props.children}
    </>
  );
}
