import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useText } from "../../i18n/I18nProvider.tsx";
import { ProblemNotice } from "../ErrorState.tsx";
import { Skeleton } from "../Skeleton.tsx";
import surfaces from "../surfaces.module.css";
import { AttachmentList } from "./AttachmentList.tsx";
import { AttachmentUpload } from "./AttachmentUpload.tsx";
import { attachments, type Owner } from "./client.ts";

/** The files of a record with their list and, for whoever may, the way to add more. */
export function Attachments({ owner }: { owner: Owner }) {
  const { t } = useText();
  const queries = useQueryClient();
  const queryKey = ["attachments", owner.type, owner.country, owner.owner];
  const list = useQuery({
    queryKey,
    queryFn: ({ signal }) => attachments.list({ params: { ...owner } }, { signal }),
  });
  const refresh = () => void queries.invalidateQueries({ queryKey });
  return (
    <section className={surfaces.stack} aria-label={t("attachments.title")}>
      <h2>{t("attachments.title")}</h2>
      {list.isPending && <Skeleton lines={3} />}
      {list.isError && <ProblemNotice problem={list.error} onRetry={refresh} />}
      {list.data && (
        <>
          <AttachmentList items={list.data.items} onChanged={refresh} />
          {list.data.allowed.includes("add") && (
            <AttachmentUpload owner={owner} limits={list.data.limits} onAdded={refresh} />
          )}
        </>
      )}
    </section>
  );
}
