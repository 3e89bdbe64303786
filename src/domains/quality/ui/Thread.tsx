import { useQuery } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { NonconformityOutput } from "../contract.ts";
import { quality } from "./client.ts";

/** Everything that happened to a non-conformity, newest first. */
export function Thread({ of }: { of: Pick<NonconformityOutput, "country" | "id" | "version"> }) {
  const { t, format } = useText();
  const answer = useQuery({
    queryKey: ["quality", "nonconformity", of.country, of.id, of.version],
    queryFn: ({ signal }) => quality.nonconformity({ params: { country: of.country, id: of.id } }, { signal }),
  });
  if (answer.isPending) return <Skeleton lines={2} />;
  if (answer.isError) return <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />;
  return (
    <ol className={surfaces.timeline}>
      {answer.data.thread.map((step) => (
        <li key={step.recordedAt + step.step}>
          <strong>{t(`quality.happened.${step.step}`)}</strong>
          {step.reason !== "" && <span>{step.reason}</span>}
          {step.deadline && (
            <span className={surfaces.muted}>{t("quality.deadline-is", { date: format.date(step.deadline) })}</span>
          )}
          <span className={`${surfaces.muted} ${surfaces.small}`}>
            {[format.date(step.recordedAt.slice(0, 10)), step.author].filter(Boolean).join(" · ")}
          </span>
        </li>
      ))}
    </ol>
  );
}
