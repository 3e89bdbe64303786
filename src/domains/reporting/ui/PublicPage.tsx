import { useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { CountrySelect } from "../../../platform/ui/records/CountrySelect.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { reporting } from "./client.ts";
import { EditionList } from "./EditionList.tsx";
import { ReportView } from "./ReportView.tsx";
import styles from "./reporting.module.css";

/** What a country says to everybody: its newest public report, all editions, its methods and whom to ask. */
export function PublicPage() {
  const text = useText();
  const { t } = text;
  const [search, change] = useAddress();
  const { countries, home } = useRecords();
  const country = [search.country, home].find((each) => each && countries.has(each)) ?? [...countries.keys()][0] ?? "";
  const page = useQuery({
    queryKey: ["public-figures", country],
    enabled: country !== "",
    queryFn: ({ signal }) => reporting.publicPage({ params: { country } }, { signal }),
  });
  const newest = page.data?.editions[0];
  const shown = useQuery({
    queryKey: ["report-edition", country, newest?.id],
    enabled: newest !== undefined,
    queryFn: ({ signal }) => reporting.edition({ params: { country, id: newest?.id ?? "" } }, { signal }),
  });
  const content = () => {
    if (page.isError) return <ErrorState problem={page.error} onRetry={() => void page.refetch()} />;
    if (!page.data) return country === "" ? <EmptyState title={t("reporting.public.none")} /> : <Skeleton lines={8} />;
    const methods = text.name(page.data.methods);
    const contact = text.name(page.data.contact);
    return (
      <>
        {newest === undefined ? (
          <EmptyState title={t("reporting.public.none")}>{t("reporting.public.none.hint")}</EmptyState>
        ) : shown.isError ? (
          <ErrorState problem={shown.error} onRetry={() => void shown.refetch()} />
        ) : shown.data ? (
          <ReportView result={shown.data.result} links={false} />
        ) : (
          <Skeleton lines={8} />
        )}
        <EditionList editions={page.data.editions} plain />
        {methods && (
          <section className={`${surfaces.card} ${surfaces.pad}`}>
            <h2>{t("reporting.public.methods")}</h2>
            <p className={styles.national}>{methods}</p>
          </section>
        )}
        {contact && (
          <section className={`${surfaces.card} ${surfaces.pad}`}>
            <h2>{t("reporting.section.contact")}</h2>
            <p className={styles.national}>{contact}</p>
          </section>
        )}
      </>
    );
  };
  return (
    <>
      <PageHeader title={t("reporting.public.title")} lead={t("reporting.public.lead")} />
      <div className={surfaces.stack}>
        {countries.size > 1 && (
          <search className={`${surfaces.card} ${surfaces.pad} ${styles.filters}`}>
            <CountrySelect value={country} onChange={(value) => change({ ...search, country: value })} />
          </search>
        )}
        {content()}
      </div>
    </>
  );
}
