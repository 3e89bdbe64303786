import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Column, Table } from "../../../platform/ui/Table.tsx";
import type { EditionOutput } from "../contract.ts";
import { useWords } from "./use-words.ts";

/** Published editions, newest first. */
export function EditionList({ editions, plain }: { editions: readonly EditionOutput[]; plain?: boolean }) {
  const { t, format } = useText();
  const say = useWords();
  const columns: Column<EditionOutput>[] = [
    {
      id: "report",
      label: t("reporting.report"),
      cell: (each) => (
        <AppLink to={`/reports/editions/${each.country}/${each.id}`} search={{ country: each.country }}>
          {t("reporting.edition.name", { title: say(each.words), number: String(each.number) })}
        </AppLink>
      ),
    },
    {
      id: "period",
      label: t("reporting.provenance.period"),
      cell: ({ from, to }) => `${format.date(from)} – ${format.date(to)}`,
    },
    {
      id: "published",
      label: t("reporting.published-on"),
      cell: ({ publishedAt }) => format.date(publishedAt.slice(0, 10)),
    },
    {
      id: "for",
      label: t("reporting.provenance.audience"),
      cell: ({ audience }) => t(`reporting.audience.${audience}`),
    },
    { id: "note", label: t("reporting.publish.note"), empty: ({ note }) => note === null, cell: ({ note }) => note },
  ];
  if (editions.length === 0) return plain ? null : <p className={surfaces.muted}>{t("reporting.editions.none")}</p>;
  return (
    <section className={surfaces.card}>
      <h2 className={surfaces.pad}>{t("reporting.editions")}</h2>
      <Table caption={t("reporting.editions")} columns={columns} rows={editions} rowId={({ id }) => id} />
    </section>
  );
}
