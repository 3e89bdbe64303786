import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { ImportOutput, UploadOutput } from "../contract.ts";
import { imports } from "./client.ts";
import { FileUpload } from "./FileUpload.tsx";

/** Goes on with an import that was interrupted, once its files are there again. */
export function ResumeCard({ entry, onStarted }: { entry: ImportOutput; onStarted: () => void }) {
  const { t } = useText();
  const [uploads, setUploads] = useState<UploadOutput[]>([]);
  // The server compares the files in the order in which the import began with them.
  const ordered = entry.files.flatMap(({ sha256 }) => uploads.find((upload) => upload.sha256 === sha256) ?? []);
  const resume = useMutation({
    mutationFn: () =>
      imports.run({
        body: {
          country: entry.country,
          files: (ordered.length > 0 ? ordered : uploads).map(({ id }) => id),
          resume: entry.id,
        },
      }),
    onSuccess: onStarted,
  });
  return (
    <details className={`${surfaces.card} ${surfaces.pad}`}>
      <summary>{t("imports.resume")}</summary>
      <div className={surfaces.stack}>
        <p>{t("imports.resume.lead")}</p>
        <p className={surfaces.muted}>{entry.files.map(({ name }) => name).join(", ")}</p>
        <FileUpload files={uploads} onChange={setUploads} />
        {resume.isError && <ProblemNotice problem={resume.error} />}
        <div>
          <Button
            tone="primary"
            disabled={uploads.length === 0}
            busy={resume.isPending}
            onClick={() => resume.mutate()}
          >
            {t("imports.resume")}
          </Button>
        </div>
      </div>
    </details>
  );
}
