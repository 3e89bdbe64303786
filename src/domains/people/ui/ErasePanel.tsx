import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { createClient } from "../../../platform/contract/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { ConfirmDialog } from "../../../platform/ui/ConfirmDialog.tsx";
import { ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import type { RecordItem } from "../../../platform/ui/records/section.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { routes as protectionRoutes } from "../../data-protection/contract.ts";
import { person } from "../contract.ts";
import { people } from "./client.ts";

const protection = createClient({ person: protectionRoutes.person });

/** When the erasure of an identity was granted: the act itself, which asks once more. */
export function ErasePanel({ record }: { record: RecordItem }) {
  const { t } = useText();
  const { country, id, revision } = record;
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const answer = useQuery({
    queryKey: ["data-protection", "person", country, id],
    queryFn: ({ signal }) => protection.person({ params: { country, id } }, { signal }),
  });
  const granted = answer.data?.requests.find(({ kind, state }) => kind === "erasure" && state === "granted");
  const erase = useMutation({
    mutationFn: (request: string) =>
      people.erase({ params: { country, id }, body: { revision, request, reason: t("people.erase.reason") } }),
    onSuccess: async () => {
      setAsking(false);
      await Promise.all([
        queries.invalidateQueries({ queryKey: ["record", person.name] }),
        queries.invalidateQueries({ queryKey: ["records", person.name] }),
        queries.invalidateQueries({ queryKey: ["data-protection"] }),
      ]);
    },
  });
  if (!granted) return null;
  return (
    <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.spread}`} aria-label={t("people.erase.title")}>
      <p>{t("people.erase.granted")}</p>
      <Button tone="danger" onClick={() => setAsking(true)}>
        {t("people.erase.title")}
      </Button>
      <ConfirmDialog
        open={asking}
        title={t("people.erase.title")}
        confirm={t("people.erase.title")}
        busy={erase.isPending}
        onConfirm={() => erase.mutate(granted.id)}
        onClose={() => setAsking(false)}
      >
        <p>{t("people.erase.lead")}</p>
        {erase.isError && <ProblemNotice problem={erase.error} />}
      </ConfirmDialog>
    </section>
  );
}
