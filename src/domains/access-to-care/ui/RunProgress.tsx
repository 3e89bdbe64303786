import { useMutation, useQuery } from "@tanstack/react-query";
import { createClient } from "../../../platform/contract/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { routes as jobRoutes } from "../../../platform/jobs/contract.ts";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { Progress } from "../../../platform/ui/Progress.tsx";
import type { AnalysisOutput } from "../contract.ts";

const jobs = createClient(jobRoutes);

/** How far a run is, and a way to stop it. */
export function RunProgress({ run }: { run: AnalysisOutput["runs"][number] }) {
  const { t } = useText();
  const { job } = run;
  const state = useQuery({
    queryKey: ["job", job],
    enabled: job !== null,
    queryFn: ({ signal }) => jobs.get({ params: { id: job ?? "" } }, { signal }),
    refetchInterval: 1000,
  });
  const cancel = useMutation({ mutationFn: () => jobs.cancel({ params: { id: job ?? "" } }) });
  const { done, total, step } = state.data?.progress ?? {};
  const share = done !== undefined && total ? Math.min(1, done / total) : null;
  return (
    <>
      <Progress
        label={step ? t(`job.step.${step}`) : t("access-to-care.analyses.waiting")}
        value={share}
        {...(job === null ? {} : { onCancel: () => cancel.mutate() })}
      />
      {cancel.isError && <ProblemNotice problem={cancel.error} />}
    </>
  );
}
