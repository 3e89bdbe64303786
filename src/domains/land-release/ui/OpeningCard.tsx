import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useGo } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { DateField } from "../../../platform/ui/DateField.tsx";
import { FormDialog } from "../../../platform/ui/FormDialog.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { PartialDate } from "../../../platform/ui/typed-values.ts";
import { reportPath, reports } from "./client.ts";

/** Says which areas the ledger does not have yet, and drafts the report that takes them in; nothing while there are none. */
export function OpeningCard({ country }: { country: string }) {
  const text = useText();
  const { t } = text;
  const go = useGo();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [date, setDate] = useState<PartialDate | null>(null);
  const opening = useQuery({
    queryKey: ["land-opening", country],
    queryFn: ({ signal }) => reports.opening({ query: { country } }, { signal }),
  });
  const open = useMutation({
    mutationFn: (effectiveOn: string) => reports.open({ body: { country, effectiveOn } }),
    onSuccess: ({ report }) => {
      void queries.invalidateQueries({ queryKey: ["land-reports"] });
      go(reportPath(report));
    },
  });
  const { areas = 0, squareMetres = 0, withoutOutline = 0 } = opening.data ?? {};
  if (areas === 0) return null;
  return (
    <div className={surfaces.notice}>
      <Icon name="info" />
      <div>
        <strong>{t("land-reports.opening", { areas, area: text.area(squareMetres) })}</strong>
        <p>{t("land-reports.opening.hint")}</p>
        {withoutOutline > 0 && (
          <p className={surfaces.muted}>{t("land-reports.opening.without", { count: withoutOutline })}</p>
        )}
        <Button small onClick={() => setAsking(true)}>
          {t("land-reports.opening.start")}
        </Button>
      </div>
      {asking && (
        <FormDialog
          title={t("land-reports.opening.start")}
          onClose={() => setAsking(false)}
          submit={t("land-reports.opening.draft")}
          disabled={date === null}
          sending={open}
          onSubmit={() => date && open.mutate(date.date)}
        >
          <p>{t("land-reports.opening.ask")}</p>
          <DateField label={t("land-reports.field.effectiveOn")} required value={date} onChange={setDate} />
        </FormDialog>
      )}
    </div>
  );
}
