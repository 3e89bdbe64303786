import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { addressOf, useGo } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { type Act, ActDialog, filled } from "./ActDialog.tsx";
import { care } from "./client.ts";
import { casePath } from "./index.ts";

/** The cases of a person on a page about that person, and a button that opens one. */
export function CasesPanel({ country, person }: { country: string; person: string }) {
  const text = useText();
  const { t, format } = text;
  const go = useGo();
  const [act, setAct] = useState<Act | null>(null);
  const query = { country, person, view: "all" as const };
  const answer = useQuery({
    queryKey: ["assistance", "cases", query],
    queryFn: ({ signal }) => care.cases({ query }, { signal }),
  });
  if (answer.isError) return <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton lines={3} />;
  const { items, allowed } = answer.data;
  const opening: Act = {
    title: t("assistance.open-case"),
    lead: t("assistance.open-case.lead"),
    fields: [
      {
        name: "openedOn",
        label: t("assistance.opened-on"),
        kind: "date",
        required: true,
        initial: new Date().toISOString().slice(0, 10),
      },
    ],
    async send(values) {
      const made = await care.openCase({ body: { country, person, ...filled(values) } as never });
      go(addressOf(casePath(made)));
    },
  };
  return (
    <section className={surfaces.card} aria-labelledby="cases">
      <div className={surfaces.panelHead}>
        <h2 id="cases">{t("assistance.cases.title")}</h2>
        {allowed.includes("open") && items.every(({ state }) => state === "closed") && (
          <Button small icon="add" onClick={() => setAct(opening)}>
            {t("assistance.open-case")}
          </Button>
        )}
      </div>
      <div className={surfaces.pad}>
        {items.length === 0 ? (
          <p className={surfaces.muted}>{t("assistance.panel.none")}</p>
        ) : (
          <ul className={surfaces.stack}>
            {items.map((item) => (
              <li key={item.id} className={surfaces.row}>
                <AppLink to={casePath(item)}>{item.code}</AppLink>
                <StatusTag tone={item.state === "open" ? "info" : "neutral"}>
                  {text.code("case-state", item.state)}
                </StatusTag>
                <span className={surfaces.muted}>
                  {[
                    format.date(item.openedOn),
                    item.assigneeName,
                    ...item.openNeeds.map((kind) => text.code("need-kind", kind)),
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
      {act && <ActDialog act={act} country={country} onClose={() => setAct(null)} />}
    </section>
  );
}
