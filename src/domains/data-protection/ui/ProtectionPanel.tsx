import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { languageTable } from "../../../platform/i18n/languages.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { ConsentOutput } from "../contract.ts";
import { ConsentDialog } from "./ConsentDialog.tsx";
import { protection } from "./client.ts";
import { DisclosureItem } from "./DisclosureItem.tsx";
import styles from "./protection.module.css";
import { RequestDialog } from "./RequestDialog.tsx";
import { RequestItem } from "./RequestItem.tsx";
import { WithdrawDialog } from "./WithdrawDialog.tsx";

/** What somebody agreed to, what was passed on about them, and what they ask for. */
export function ProtectionPanel({ country, person }: { country: string; person: string }) {
  const { t } = useText();
  const [doing, setDoing] = useState<"consent" | "request" | ConsentOutput | null>(null);
  const answer = useQuery({
    queryKey: ["data-protection", "person", country, person],
    queryFn: ({ signal }) => protection.person({ params: { country, id: person } }, { signal }),
  });
  if (answer.isError) return <ErrorState problem={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton lines={5} />;
  const { consents, disclosures, requests, allowed, child, references } = answer.data;
  const close = () => setDoing(null);
  return (
    <>
      <section className={surfaces.card} aria-labelledby="consents">
        <div className={surfaces.panelHead}>
          <h2 id="consents">{t("data-protection.consents.title")}</h2>
          {allowed.includes("consent") && (
            <Button small icon="add" onClick={() => setDoing("consent")}>
              {t("data-protection.consent.record")}
            </Button>
          )}
        </div>
        {consents.length === 0 && (
          <p className={`${surfaces.pad} ${surfaces.muted}`}>{t("data-protection.consents.none")}</p>
        )}
        <ul className={styles.list}>
          {consents.map((consent) => (
            <ConsentItem
              key={consent.id}
              consent={consent}
              onWithdraw={allowed.includes("consent") && consent.inForce ? () => setDoing(consent) : null}
            />
          ))}
        </ul>
      </section>
      {disclosures.length > 0 && (
        <section className={surfaces.card} aria-labelledby="disclosures">
          <div className={surfaces.panelHead}>
            <h2 id="disclosures">{t("data-protection.disclosures.title")}</h2>
          </div>
          <ul className={styles.list}>
            {disclosures.map((of) => (
              <DisclosureItem key={of.id} of={of} references={references} />
            ))}
          </ul>
        </section>
      )}
      <section className={surfaces.card} aria-labelledby="requests">
        <div className={surfaces.panelHead}>
          <h2 id="requests">{t("data-protection.requests.title")}</h2>
          {allowed.includes("request") && (
            <Button small icon="add" onClick={() => setDoing("request")}>
              {t("data-protection.request.enter")}
            </Button>
          )}
        </div>
        {requests.length === 0 && (
          <p className={`${surfaces.pad} ${surfaces.muted}`}>{t("data-protection.requests.none-here")}</p>
        )}
        <ul className={styles.list}>
          {requests.map((of) => (
            <RequestItem key={of.id} of={of} />
          ))}
        </ul>
      </section>
      {doing === "consent" && <ConsentDialog country={country} person={person} child={child} onClose={close} />}
      {doing === "request" && <RequestDialog country={country} person={person} onClose={close} />}
      {doing !== null && typeof doing === "object" && <WithdrawDialog consent={doing} onClose={close} />}
    </>
  );
}

function ConsentItem({ consent, onWithdraw }: { consent: ConsentOutput; onWithdraw: (() => void) | null }) {
  const text = useText();
  const { t, format } = text;
  const state = consent.inForce
    ? ({ tone: "good", pattern: "solid", key: "in-force" } as const)
    : consent.decision === "refused"
      ? ({ tone: "bad", pattern: "hollow", key: "refused" } as const)
      : consent.withdrawnOn !== null
        ? ({ tone: "warn", pattern: "stripes", key: "withdrawn" } as const)
        : ({ tone: "neutral", pattern: "hollow", key: "ended" } as const);
  const facts = [
    format.date(consent.decidedOn),
    text.code("consent-decider", consent.decidedBy),
    text.code("consent-method", consent.method),
    t("data-protection.consent.wording", {
      version: consent.wordingVersion,
      language: languageTable[consent.language].endonym,
    }),
    ...(consent.validUntil ? [t("data-protection.consent.until", { date: format.date(consent.validUntil) })] : []),
    ...(consent.withdrawnOn
      ? [t("data-protection.consent.withdrawn-on", { date: format.date(consent.withdrawnOn) })]
      : []),
    ...(consent.author ? [consent.author] : []),
  ];
  return (
    <li>
      <div>
        <strong>{text.code("consent-purpose", consent.purpose)}</strong>
        {" → "}
        {text.code("recipient-class", consent.recipientClass)}
        <div className={surfaces.muted}>{facts.join(" · ")}</div>
      </div>
      <div className={surfaces.row}>
        <StatusTag tone={state.tone} pattern={state.pattern}>
          {t(`data-protection.consent.${state.key}`)}
        </StatusTag>
        {onWithdraw && (
          <Button small onClick={onWithdraw}>
            {t("data-protection.withdraw")}
          </Button>
        )}
      </div>
    </li>
  );
}
