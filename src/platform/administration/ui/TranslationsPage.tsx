import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { routeUrl } from "../../contract/client.ts";
import { type Language, languages } from "../../contract/fields.ts";
import { useText } from "../../i18n/I18nProvider.tsx";
import { isLanguage, languageTable } from "../../i18n/languages.ts";
import { useAddress } from "../../ui/address.ts";
import { buttonClass } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ListCard } from "../../ui/ListCard.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Pagination } from "../../ui/Pagination.tsx";
import { changeSearch } from "../../ui/records/list-search.ts";
import { Select } from "../../ui/Select.tsx";
import surfaces from "../../ui/surfaces.module.css";
import { TextField } from "../../ui/TextField.tsx";
import { routes } from "../contract.ts";
import { messageStates } from "../contract-translations.ts";
import styles from "./administration.module.css";
import { administration } from "./client.ts";
import { WordingForm } from "./WordingForm.tsx";

const states = [...messageStates, "own", "faulty"] as const;
const pageSize = 25;

/** The language under review: the one in the address, else the reader's, else the first that is not English. */
function reviewed(wanted: string | undefined, reader: Language): Language {
  if (isLanguage(wanted)) return wanted;
  return reader === "en" ? "km" : reader;
}

/** Every message of a language beside the English one, for people who speak both to approve or better. */
export function TranslationsPage() {
  const { t, format, has, language: reader } = useText();
  const [search, setSearch] = useAddress();
  const language = reviewed(search.language, reader);
  const [words, setWords] = useState(search.q ?? "");
  const query = {
    ...(search.area ? { area: search.area } : {}),
    ...(search.state ? { state: search.state as (typeof states)[number] } : {}),
    ...(search.q ? { q: search.q } : {}),
    ...(search.cursor ? { cursor: search.cursor } : {}),
    limit: pageSize,
  };
  const list = useQuery({
    queryKey: ["translations", language, query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => administration.reviewTranslations({ params: { language }, query }, { signal }),
  });
  const { items = [], total = 0, skipped = 0, next = null, counts = {}, areas = [] } = list.data ?? {};
  const areaName = (area: string) => (has(`translations.area.${area}`) ? t(`translations.area.${area}`) : area);
  return (
    <>
      <PageHeader
        title={t("translations.title")}
        lead={t("translations.lead")}
        actions={
          <a className={buttonClass()} download href={routeUrl(routes.exportTranslations, { language })}>
            <Icon name="export" />
            <span>{t("translations.export")}</span>
          </a>
        }
      />
      <div className={surfaces.stack}>
        <search className={`${surfaces.card} ${surfaces.pad} ${styles.filters}`}>
          <Select
            label={t("translations.language")}
            options={languages.map((code) => ({ value: code, label: languageTable[code].endonym }))}
            value={language}
            onChange={(code) => setSearch(changeSearch(search, { language: code }))}
          />
          <Select
            label={t("translations.area")}
            empty={t("translations.area.all")}
            options={areas.map(({ area, open }) => ({
              value: area,
              label: t("translations.area.open", { area: areaName(area), count: open }),
            }))}
            value={search.area ?? ""}
            onChange={(area) => setSearch(changeSearch(search, { area: area || undefined }))}
          />
          <Select
            label={t("translations.state")}
            empty={t("translations.state.all")}
            options={states.map((state) => ({
              value: state,
              label:
                counts[state] === undefined
                  ? t(`translations.state.${state}`)
                  : t("translations.state.count", {
                      state: t(`translations.state.${state}`),
                      count: format.number(counts[state]),
                    }),
            }))}
            value={search.state ?? ""}
            onChange={(state) => setSearch(changeSearch(search, { state: state || undefined }))}
          />
          <form
            onSubmit={(event) => {
              event.preventDefault();
              setSearch(changeSearch(search, { q: words.trim() || undefined }));
            }}
          >
            <TextField label={t("translations.search")} type="search" value={words} onChange={setWords} />
          </form>
        </search>
        <ListCard
          list={list}
          count={items.length}
          empty={
            <EmptyState icon="check" title={t("translations.none")}>
              {t("translations.none.hint")}
            </EmptyState>
          }
        >
          {items.map((entry) => (
            <WordingForm key={`${language}/${entry.key}/${entry.changedAt}`} language={language} entry={entry} />
          ))}
          <Pagination
            from={skipped + 1}
            to={skipped + items.length}
            total={total}
            onFirst={skipped > 0 ? () => setSearch(changeSearch(search, {})) : undefined}
            onPrevious={skipped > 0 ? () => window.history.back() : undefined}
            onNext={next ? () => setSearch({ ...search, cursor: next }) : undefined}
          />
        </ListCard>
      </div>
    </>
  );
}
