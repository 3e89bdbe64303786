import type { ReactNode } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { InboxOutput } from "../contract-referral.ts";
import { priorityTones, referralTones } from "./client.ts";

/** What a provider is asked, and the little that it may know of the person. */
export function ReceivedCard(props: {
  of: Pick<InboxOutput, "code" | "services" | "priority" | "message" | "shared" | "state">;
  from: string;
  unit: string;
  tags?: ReactNode;
  children?: ReactNode;
}) {
  const text = useText();
  const { t, format } = text;
  const { of, from, unit } = props;
  const { shared } = of;
  const facts = [
    shared.sex && text.code("sex", shared.sex),
    shared.birthYear && t("assistance.born", { year: String(shared.birthYear) }),
    unit,
  ].filter(Boolean);
  return (
    <article className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`}>
      <div className={`${surfaces.row} ${surfaces.spread}`}>
        <div>
          <h2>{of.code}</h2>
          {from !== "" && <p className={surfaces.muted}>{t("assistance.from", { name: from })}</p>}
        </div>
        <div className={surfaces.row}>
          <StatusTag {...priorityTones[of.priority]}>{text.code("priority", of.priority)}</StatusTag>
          <StatusTag {...referralTones[of.state]}>{text.code("referral-state", of.state)}</StatusTag>
          {props.tags}
        </div>
      </div>
      <div className={surfaces.row}>
        {of.services.map((code) => (
          <StatusTag key={code} tone="info">
            {text.code("service", code)}
          </StatusTag>
        ))}
      </div>
      {facts.length > 0 && <p>{facts.join(" · ")}</p>}
      {shared.needs && shared.needs.length > 0 && (
        <p>
          {t("assistance.needs")}: {shared.needs.map(({ kind }) => text.code("need-kind", kind)).join(", ")}
        </p>
      )}
      {shared.services && shared.services.length > 0 && (
        <p>
          {t("assistance.services")}:{" "}
          {shared.services
            .map(({ service, givenOn }) => `${text.code("service", service)} (${format.date(givenOn)})`)
            .join(", ")}
        </p>
      )}
      {of.message && <p>{of.message}</p>}
      {props.children}
    </article>
  );
}
