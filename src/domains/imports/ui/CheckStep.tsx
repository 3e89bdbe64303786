import { useMutation } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { ErrorState, ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { problemRemedy, problemTitle } from "../../../platform/ui/problem-text.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { ImportOutput } from "../contract.ts";
import type { ProfileInput } from "../profile.ts";
import { CountsCard } from "./CountsCard.tsx";
import { imports } from "./client.ts";
import { FindingGroups } from "./FindingGroups.tsx";
import { fingerprint, type ImportDraft } from "./import-draft.ts";
import { RunProgress } from "./RunProgress.tsx";
import { isOver, useImport } from "./use-import.ts";

/** How often values of a code field are looked through for unknown ones, in pages of two hundred. */
const valuePages = 5;

/** The values that a check did not know, by field. */
async function unknownValues(id: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  let after: string | undefined;
  for (let page = 0; page < valuePages; page += 1) {
    const { items, next } = await imports.findings({
      params: { id },
      query: { check: "unknown-code", limit: 200, ...(after ? { after } : {}) },
    });
    for (const { field, params } of items) {
      if (field === null || typeof params.text !== "string") continue;
      const known = found[field] ?? [];
      if (!known.includes(params.text)) found[field] = [...known, params.text];
    }
    if (next === null) break;
    after = next;
  }
  return found;
}

/** A check of all rows without storing any: progress, then what would happen and what was found. */
export function CheckStep(props: {
  draft: ImportDraft;
  profile: ProfileInput | null;
  rows: number | null;
  /** Whether the meaning of values can be said: only in a mapping of one's own. */
  ownMapping: boolean;
  onChange: (change: Partial<ImportDraft>) => void;
}) {
  const text = useText();
  const { t } = text;
  const { draft, profile, onChange } = props;
  const of = fingerprint(draft, profile);
  const current = draft.check?.of === of ? draft.check.id : undefined;
  const query = useImport(current);
  const start = useMutation({
    mutationFn: (sent: ProfileInput) =>
      imports.dryRun({
        body: { country: draft.country, files: draft.files.map(({ id }) => id), profile: sent },
      }),
    onSuccess: ({ id }) => onChange({ check: { id, of } }),
  });
  const look = useMutation({
    mutationFn: unknownValues,
    onSuccess: (found) => onChange({ unknownValues: found, step: "mapping" }),
  });
  const entry: ImportOutput | null = query.data ?? null;
  const over = isOver(entry?.status);
  const begin = (
    <div>
      <Button
        tone={current === undefined ? "primary" : "plain"}
        busy={start.isPending}
        disabled={profile === null}
        onClick={() => profile && start.mutate(profile)}
      >
        {t(current === undefined ? "imports.check.start" : "imports.page.check.again")}
      </Button>
    </div>
  );
  return (
    <div className={surfaces.stack}>
      <p>{t("imports.check.lead")}</p>
      {start.isError && <ProblemNotice problem={start.error} />}
      {(current === undefined || over) && begin}
      {query.isError && <ErrorState problem={query.error} onRetry={() => void query.refetch()} />}
      {current !== undefined && !query.isError && !over && (
        <div className={`${surfaces.card} ${surfaces.pad}`}>
          <RunProgress entry={entry} dryRun expected={props.rows} />
        </div>
      )}
      {entry && over && (
        <>
          {entry.status === "cancelled" && <p>{t("imports.page.check.stopped")}</p>}
          {entry.problem && (
            <div className={`${surfaces.notice} ${surfaces.bad}`} role="alert">
              <div>
                <strong>{problemTitle(text, entry.problem)}</strong>
                <p>{problemRemedy(text, entry.problem)}</p>
              </div>
            </div>
          )}
          <CountsCard entry={entry} />
          {props.ownMapping && (entry.counts.byCheck["unknown-code"] ?? 0) > 0 && (
            <div className={surfaces.notice}>
              <div>
                <p>{t("imports.page.check.unknown", { count: entry.counts.byCheck["unknown-code"] ?? 0 })}</p>
                <Button busy={look.isPending} onClick={() => look.mutate(entry.id)}>
                  {t("imports.page.check.say")}
                </Button>
                {look.isError && <ProblemNotice problem={look.error} />}
              </div>
            </div>
          )}
          <FindingGroups entry={entry} />
        </>
      )}
    </div>
  );
}
