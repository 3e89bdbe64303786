import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { usePathParts } from "../../../platform/ui/address.ts";
import { Button, buttonClass } from "../../../platform/ui/Button.tsx";
import { ErrorState, ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { Timeline } from "../../../platform/ui/Timeline.tsx";
import { nameOf } from "../../services/ui/index.ts";
import { needsWord, type ReferralState } from "../model-referral.ts";
import { type Act, ActDialog, filled } from "./ActDialog.tsx";
import { referralTones, referring } from "./client.ts";
import { casePath, referralsPath } from "./index.ts";
import { LateTag } from "./LateTag.tsx";

/** One referral on the referring side: what it clears, how it went, and what may follow. */
export function ReferralPage() {
  const text = useText();
  const { t, format } = text;
  const queries = useQueryClient();
  const { country = "", id = "" } = usePathParts();
  const params = { country, id };
  const [act, setAct] = useState<Act | null>(null);
  const found = useQuery({
    queryKey: ["assistance", "referral", country, id],
    queryFn: ({ signal }) => referring.referral({ params }, { signal }),
  });
  const link = useMutation({
    mutationFn: () => referring.makeLink({ params, body: {} }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["assistance", "referral"] }),
  });
  const news = found.data?.news ? found.data.version : null;
  useEffect(() => {
    if (news === null) return;
    // Looking at it is what makes an answer seen; that it fails hurts nobody and shows as news again.
    referring.seen({ params: { country, id }, body: { version: news } }).catch(() => undefined);
  }, [news, country, id]);
  if (found.isPending) return <Skeleton lines={10} />;
  if (found.isError) return <ErrorState problem={found.error} onRetry={() => void found.refetch()} />;
  const of = found.data;
  const stepTo = (state: ReferralState): Act => ({
    title: t(`assistance.do.${state}`),
    ...(state === "sent" ? { lead: t("assistance.send.lead") } : {}),
    fields: [{ name: "reason", label: t("assistance.reason"), kind: "words", required: needsWord(state) }],
    send: (values) =>
      referring.stepReferral({ params, body: { ...filled(values), version: of.version, state } as never }),
  });
  return (
    <>
      <PageHeader
        title={`${t("assistance.referral.title")} ${of.code}`}
        crumbs={[{ label: t("assistance.referrals.title"), to: referralsPath }]}
        lead={nameOf(text, of.references, of.point) || nameOf(text, of.references, of.organisation)}
        actions={
          <>
            <LateTag of={of} />
            <StatusTag {...referralTones[of.state]}>{text.code("referral-state", of.state)}</StatusTag>
            <AppLink className={buttonClass()} to={casePath({ country, id: of.caseId })}>
              {of.caseCode}
            </AppLink>
          </>
        }
      />
      <div className={surfaces.stack}>
        {!of.consented && (
          <p role="status" className={`${surfaces.notice} ${surfaces.bad}`}>
            {t("assistance.no-consent.text", { recipients: text.code("recipient-class", of.recipientClass) })}
          </p>
        )}
        <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`}>
          <h2>{t("assistance.what-is-passed-on")}</h2>
          <div className={surfaces.row}>
            {of.services.map((code) => (
              <StatusTag key={code} tone="info">
                {text.code("service", code)}
              </StatusTag>
            ))}
          </div>
          <ul>
            {of.parts.map((part) => (
              <li key={part}>{text.code("referred-part", part)}</li>
            ))}
          </ul>
          {of.message && <p>{of.message}</p>}
        </section>
        {of.next.length > 0 && (
          <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`}>
            <h2>{t("assistance.next-step")}</h2>
            <div className={surfaces.row}>
              {of.next.map((state, at) => (
                <Button
                  key={state}
                  {...(at === 0 ? { tone: "primary" as const } : {})}
                  onClick={() => setAct(stepTo(state))}
                >
                  {t(`assistance.do.${state}`)}
                </Button>
              ))}
            </div>
            {of.allowed.includes("link") && (
              <>
                <p className={surfaces.muted}>{t("assistance.link.lead")}</p>
                <div>
                  <Button icon="key" busy={link.isPending} onClick={() => link.mutate()}>
                    {t("assistance.link.make")}
                  </Button>
                </div>
              </>
            )}
            {link.isError && <ProblemNotice problem={link.error} />}
            {link.data && (
              <TextField
                label={t("assistance.link.once", { date: format.date(link.data.expiresAt.slice(0, 10)) })}
                value={new URL(link.data.path, window.location.origin).href}
                onChange={() => undefined}
              />
            )}
          </section>
        )}
        <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`}>
          <h2>{t("assistance.thread")}</h2>
          <Timeline
            items={of.steps.map((step) => ({
              id: step.version,
              content: (
                <>
                  <strong>{text.code("referral-state", step.state)}</strong>{" "}
                  <span className={surfaces.muted}>
                    {[format.date(step.recordedAt.slice(0, 10)), text.code("referral-side", step.side), step.author]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                  {step.reason && <p>{step.reason}</p>}
                </>
              ),
            }))}
          />
        </section>
      </div>
      {act && <ActDialog act={act} country={country} onClose={() => setAct(null)} />}
    </>
  );
}
