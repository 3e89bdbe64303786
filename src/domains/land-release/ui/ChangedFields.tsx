import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { ReportOutput } from "../contract.ts";
import { Change } from "./Change.tsx";
import { changedFacts } from "./changed-facts.ts";
import { Panel } from "./Panel.tsx";
import { factsOf, partText } from "./ReportFacts.tsx";
import { useReport } from "./use-report.ts";

/** What a correction says otherwise than the report that it puts right. */
export function ChangedFields({ answer, corrects }: { answer: ReportOutput; corrects: string }) {
  const text = useText();
  const { t } = text;
  const old = useReport(answer.report.country, corrects);
  const said = (of: ReportOutput): [string, string][] => [
    ...factsOf(text, of),
    ...of.report.body.parts.map((part, at): [string, string] => [`part ${at + 1}`, partText(text, part)]),
  ];
  const labelOf = (name: string) =>
    name.startsWith("part ")
      ? t("land-reports.part.label", { number: Number(name.slice(5)) })
      : t(`land-reports.field.${name}`);
  const changes = old.data ? changedFacts(said(old.data), said(answer)) : [];
  return (
    <Panel id="changed" title={t("land-reports.changed")}>
      {old.isPending && <Skeleton lines={3} />}
      {old.isError && <ErrorState problem={old.error} onRetry={() => void old.refetch()} />}
      {old.data && changes.length === 0 && <p className={surfaces.muted}>{t("land-reports.changed.none")}</p>}
      {changes.length > 0 && (
        <dl className={surfaces.fields}>
          {changes.map(({ name, before, after }) => (
            <div key={name}>
              <dt>{labelOf(name)}</dt>
              <dd>
                <Change before={before} after={after} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  );
}
