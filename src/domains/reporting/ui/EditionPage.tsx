import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { routeUrl } from "../../../platform/contract/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useAddress, usePathParts } from "../../../platform/ui/address.ts";
import { Button, buttonClass } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { useCountryName } from "../../../platform/ui/records/records-context.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { routes } from "../contract.ts";
import { reporting } from "./client.ts";
import { DifferencesView } from "./DifferencesView.tsx";
import { EmbedDialog } from "./EmbedDialog.tsx";
import { ReportView } from "./ReportView.tsx";
import styles from "./reporting.module.css";
import { useWords } from "./use-words.ts";

const formats = ["pdf", "xlsx", "csv", "json", "geojson"] as const;
const comparisons = ["before", "now"] as const;

/** A published report as it was frozen, with its hash, and what became known since the edition before it and since it. */
export function EditionPage() {
  const { t, format, language } = useText();
  const say = useWords();
  const [search] = useAddress();
  const countryName = useCountryName();
  const { country = "", id = "" } = usePathParts();
  const [embedding, setEmbedding] = useState(false);
  const [against, setAgainst] = useState<(typeof comparisons)[number] | null>(null);
  const found = useQuery({
    queryKey: ["report-edition", country, id],
    queryFn: ({ signal }) => reporting.edition({ params: { country, id } }, { signal }),
  });
  if (found.isError) return <ErrorState problem={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton lines={10} />;
  const { edition, result, embed } = found.data;
  const mine = search.open !== "public";
  return (
    <>
      <PageHeader
        title={t("reporting.edition.name", { title: say(edition.words), number: String(edition.number) })}
        crumbs={[{ label: t("reporting.public.title"), to: "/figures" }]}
        lead={t("reporting.edition.lead", {
          ...{ country: countryName(country), published: format.date(edition.publishedAt.slice(0, 10)) },
          audience: t(`reporting.audience.${edition.audience}`),
        })}
        actions={
          <>
            {formats.map((each) => (
              <a
                key={each}
                className={buttonClass()}
                href={routeUrl(routes.editionFile, { country, id }, { format: each, language })}
                download
              >
                {t(`reporting.download.${each}`)}
              </a>
            ))}
            {edition.audience === "public" && (
              <Button onClick={() => setEmbedding(true)}>{t("reporting.embed")}</Button>
            )}
          </>
        }
      />
      <div className={surfaces.stack}>
        {edition.note && <p>{edition.note}</p>}
        <p className={`${surfaces.small} ${surfaces.muted} ${styles.hash}`}>
          {t("reporting.hash")}: <span className={surfaces.mono}>{edition.hash}</span>
        </p>
        {mine && (
          <div className={surfaces.row}>
            {comparisons.map((each) => (
              <Button
                key={each}
                aria-pressed={against === each}
                onClick={() => setAgainst(against === each ? null : each)}
              >
                {t(`reporting.differences.${each}`)}
              </Button>
            ))}
          </div>
        )}
        {against && <DifferencesView edition={edition} result={result} against={against} />}
        <ReportView result={result} links={mine} />
      </div>
      {embedding && <EmbedDialog edition={edition} result={result} sites={embed} onClose={() => setEmbedding(false)} />}
    </>
  );
}
