import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { ImportOutput } from "../contract.ts";

/** What became of the rows of an import; the figures add up to the rows read. */
export function CountsCard({ entry }: { entry: ImportOutput }) {
  const { t, format } = useText();
  const { counts, dryRun } = entry;
  const figures: { label: string; value: number; note?: string }[] = [
    { label: t("imports.count.read"), value: counts.read },
    {
      label: t(dryRun ? "imports.would-store" : "imports.count.stored"),
      value: counts.stored,
      ...(counts.stored > 0 ? { note: t("imports.count.stored.detail", { ...counts }) } : {}),
    },
    { label: t("imports.count.unchanged"), value: counts.unchanged },
    { label: t("imports.count.refused"), value: counts.refused },
    { label: t("imports.count.without-position"), value: counts.withoutPosition },
    { label: t("imports.count.errors"), value: counts.findings.error },
    { label: t("imports.count.warnings"), value: counts.findings.warning },
  ];
  const types = Object.entries(counts.byType);
  const over = entry.status !== "running" && entry.status !== "waiting";
  return (
    <div className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`}>
      <dl className={surfaces.fields}>
        {figures.map(({ label, value, note }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <strong className="numeric">{format.number(value)}</strong>
              {note && <span className={`${surfaces.small} ${surfaces.muted}`}> {note}</span>}
            </dd>
          </div>
        ))}
        {types.map(([type, count]) => (
          <div key={type}>
            <dt>{t(`records.${type}`)}</dt>
            <dd className="numeric">
              <RecordsLink entry={entry} type={type} count={format.number(count)} />
            </dd>
          </div>
        ))}
      </dl>
      {over && counts.read > 0 && (
        <p className={surfaces.muted}>
          {t(dryRun ? "imports.page.balance.check" : "imports.page.balance", {
            read: format.number(counts.read),
            stored: format.number(counts.stored),
            unchanged: format.number(counts.unchanged),
            refused: format.number(counts.refused),
          })}
        </p>
      )}
      {over && counts.read > 0 && counts.unchanged === counts.read && <p>{t("imports.nothing-changed")}</p>}
    </div>
  );
}

/** How many records of a type there are, leading to them once they are stored. */
function RecordsLink({ entry, type, count }: { entry: ImportOutput; type: string; count: string }) {
  const { sections } = useRecords();
  const section = sections.get(type);
  if (entry.dryRun || entry.status === "undone" || !section) return count;
  return (
    <AppLink to={section.path} search={{ country: entry.country, "filter.importId": entry.id }}>
      {count}
    </AppLink>
  );
}
