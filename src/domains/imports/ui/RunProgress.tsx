import { useMutation } from "@tanstack/react-query";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { Progress } from "../../../platform/ui/Progress.tsx";
import { useToast } from "../../../platform/ui/Toast.tsx";
import type { ImportOutput } from "../contract.ts";
import { imports } from "./client.ts";
import { shareDone } from "./status.ts";

/** How far an import is, and a way to stop it. Null stands for one whose turn has not come. */
export function RunProgress({
  entry,
  dryRun,
  expected,
}: {
  entry: ImportOutput | null;
  dryRun: boolean;
  /** Rows that detection expected, an estimate; null when it could not tell. */
  expected: number | null;
}) {
  const { t } = useText();
  const toast = useToast();
  const cancel = useMutation({
    mutationFn: (id: string) => imports.cancel({ params: { id } }),
    onSuccess: () => toast({ text: t("imports.cancel.asked") }),
  });
  const stop = entry?.allowed.includes("cancel") ? { onCancel: () => cancel.mutate(entry.id) } : {};
  return (
    <>
      <Progress
        label={t(dryRun ? "imports.check.running" : "imports.run.running")}
        value={entry && entry.status !== "waiting" ? shareDone(entry.counts.read, expected) : null}
        detail={
          entry && entry.status !== "waiting"
            ? t("imports.run.rate", { rows: entry.counts.read })
            : t("imports.rows-waiting")
        }
        {...stop}
      />
      {cancel.isError && <ProblemNotice problem={cancel.error} />}
    </>
  );
}
