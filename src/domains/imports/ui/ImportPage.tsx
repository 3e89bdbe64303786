import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { useAddress, usePathParts } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { problemRemedy, problemTitle } from "../../../platform/ui/problem-text.ts";
import { useCountryName, useRecords } from "../../../platform/ui/records/records-context.ts";
import { recordPath } from "../../../platform/ui/records/section.ts";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { ImportOutput } from "../contract.ts";
import { CountsCard } from "./CountsCard.tsx";
import { FindingsList } from "./FindingsList.tsx";
import { ResumeCard } from "./ResumeCard.tsx";
import { RunProgress } from "./RunProgress.tsx";
import { filesText, statusTones } from "./status.ts";
import { UndoDialog } from "./UndoDialog.tsx";
import { isOver, useImport } from "./use-import.ts";

/** What an undo did, with the records that it left alone. */
function UndoneCard({ entry }: { entry: ImportOutput }) {
  const { t } = useText();
  const { sections } = useRecords();
  const { undo } = entry;
  if (!undo) return null;
  return (
    <div className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`}>
      <p>{t("imports.undo.done", { withdrawn: undo.withdrawn, reverted: undo.reverted, left: undo.leftCount })}</p>
      {undo.left.length > 0 && (
        <details>
          <summary>{t("imports.undo.left")}</summary>
          <ul>
            {undo.left.map(({ recordType, id, code }) => {
              const section = sections.get(recordType);
              const label = code ?? id.slice(-8);
              return (
                <li key={id}>
                  {section ? (
                    <AppLink to={recordPath(section, { country: entry.country, id })}>{label}</AppLink>
                  ) : (
                    label
                  )}
                </li>
              );
            })}
          </ul>
        </details>
      )}
    </div>
  );
}

function Details({ entry }: { entry: ImportOutput }) {
  const text = useText();
  const { t, format } = text;
  const countryName = useCountryName();
  const rows: [string, string][] = [
    [t("imports.country"), countryName(entry.country)],
    [t("imports.profile"), text.name(entry.profile.names) || entry.profile.id],
    [t("imports.started"), format.dateTime(entry.startedAt)],
    ...(entry.startedBy ? [[t("imports.by"), entry.startedBy] as [string, string]] : []),
  ];
  return (
    <dl className={surfaces.fields}>
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One import: progress while it runs, what became of its rows, its findings, and taking it back. */
export function ImportPage() {
  const text = useText();
  const { t } = text;
  const { id = "" } = usePathParts();
  const [undoing, setUndoing] = useState(false);
  const [search] = useAddress();
  const query = useImport(id);
  const crumbs = [{ label: t("imports.title"), to: "/imports" }];
  if (query.isError) return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton lines={8} />;
  const entry = query.data;
  const title = filesText(text, entry);
  const remedy = entry.problem ? problemRemedy(text, entry.problem) : null;
  return (
    <>
      <PageHeader
        title={title}
        crumbs={crumbs}
        lead={
          <span className={surfaces.row}>
            <StatusTag {...statusTones[entry.status]}>{t(`imports.status.${entry.status}`)}</StatusTag>
            {entry.dryRun && <StatusTag tone="neutral">{t("imports.dry-run")}</StatusTag>}
          </span>
        }
        actions={
          entry.allowed.includes("undo") && (
            <Button tone="danger" onClick={() => setUndoing(true)}>
              {t("imports.undo")}
            </Button>
          )
        }
      />
      <div className={surfaces.stack}>
        {!isOver(entry.status) && (
          <div className={`${surfaces.card} ${surfaces.pad}`}>
            <RunProgress entry={entry} dryRun={entry.dryRun} expected={Number(search.rows) || null} />
          </div>
        )}
        {entry.problem && (
          <div className={`${surfaces.notice} ${surfaces.bad}`} role="alert">
            <div>
              <strong>{problemTitle(text, entry.problem)}</strong>
              {remedy && <p>{remedy}</p>}
            </div>
          </div>
        )}
        <Details entry={entry} />
        <UndoneCard entry={entry} />
        {entry.allowed.includes("resume") && <ResumeCard entry={entry} onStarted={() => void query.refetch()} />}
        <CountsCard entry={entry} />
        {isOver(entry.status) && <FindingsList entry={entry} />}
        {undoing && <UndoDialog entry={entry} onClose={() => setUndoing(false)} />}
      </div>
    </>
  );
}
