import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { usePathParts } from "../../../platform/ui/address.ts";
import { Button, buttonClass } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { Timeline } from "../../../platform/ui/Timeline.tsx";
import { nameOf } from "../../services/ui/index.ts";
import { type Act, ActDialog } from "./ActDialog.tsx";
import { caseActs } from "./case-acts.ts";
import { momentsOf } from "./case-timeline.ts";
import { care, needTones, priorityTones, referralTones } from "./client.ts";
import { casesPath, referralPath } from "./index.ts";

function Part(props: { title: string; action?: ReactNode; empty: string | null; children: ReactNode }) {
  return (
    <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`}>
      <div className={`${surfaces.row} ${surfaces.spread}`}>
        <h2>{props.title}</h2>
        {props.action}
      </div>
      {props.empty === null ? props.children : <p className={surfaces.muted}>{props.empty}</p>}
    </section>
  );
}

function Row({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <li className={`${surfaces.row} ${surfaces.spread}`}>
      <div>{children}</div>
      {action}
    </li>
  );
}

/** One case: from the accident to today, what is needed, planned, given and asked of others. No identity. */
export function CasePage() {
  const text = useText();
  const { t, format } = text;
  const { country = "", id = "" } = usePathParts();
  const [act, setAct] = useState<Act | null>(null);
  const found = useQuery({
    queryKey: ["assistance", "case", country, id],
    queryFn: ({ signal }) => care.case({ params: { country, id } }, { signal }),
  });
  const carers = useQuery({
    queryKey: ["assistance", "carers", country],
    staleTime: 60_000,
    queryFn: ({ signal }) => care.carers({ query: { country } }, { signal }),
  });
  if (found.isPending) return <Skeleton lines={10} />;
  if (found.isError) return <ErrorState problem={found.error} onRetry={() => void found.refetch()} />;
  const of = found.data;
  const acts = caseActs(text, of);
  const writes = of.allowed.includes("write");
  const button = (label: string, what: Act, { tone, says }: { tone?: "primary"; says?: string } = {}) => (
    <Button
      small
      {...(tone ? { tone } : {})}
      {...(says ? { "aria-label": `${label}: ${says}` } : {})}
      onClick={() => setAct(what)}
    >
      {label}
    </Button>
  );
  const adding = (what: Act) => writes && button(t("assistance.add"), what, { says: what.title });
  const { person } = of;
  return (
    <>
      <PageHeader
        title={`${t("assistance.case.title")} ${of.code}`}
        crumbs={[{ label: t("assistance.cases.title"), to: casesPath }]}
        lead={[
          person?.code,
          person && text.code("sex", person.sex),
          person?.birthYear && t("assistance.born", { year: String(person.birthYear) }),
          nameOf(text, of.references, person?.unit),
          nameOf(text, of.references, of.organisation),
          of.assigneeName,
        ]
          .filter(Boolean)
          .join(" · ")}
        actions={
          <>
            <StatusTag tone={of.state === "open" ? "info" : "neutral"}>{text.code("case-state", of.state)}</StatusTag>
            {person && (
              <AppLink className={buttonClass("plain", true)} to={`/people/persons/${country}/${person.id}`}>
                {t("assistance.person")}
              </AppLink>
            )}
            {writes &&
              of.state === "open" &&
              carers.data &&
              button(t("assistance.assign"), acts.assign(carers.data.items))}
            {of.allowed.includes("close") && button(t("assistance.close"), acts.close)}
            {of.allowed.includes("reopen") && button(t("assistance.reopen"), acts.reopen, { tone: "primary" })}
          </>
        }
      />
      <div className={surfaces.stack}>
        <Part
          title={t("assistance.needs")}
          action={adding(acts.need)}
          empty={of.needs.length === 0 ? t("assistance.needs.none") : null}
        >
          <ul className={surfaces.stack}>
            {of.needs.map((need) => (
              <Row
                key={need.id}
                action={
                  writes &&
                  need.next.length > 0 &&
                  button(t("assistance.change"), acts.needStep(need), { says: text.code("need-kind", need.kind) })
                }
              >
                <div className={surfaces.row}>
                  <strong>{text.code("need-kind", need.kind)}</strong>
                  <StatusTag {...needTones[need.state]}>{text.code("need-state", need.state)}</StatusTag>
                  <StatusTag {...priorityTones[need.priority]}>{text.code("priority", need.priority)}</StatusTag>
                </div>
                <p className={surfaces.muted}>
                  {[format.date(need.identifiedOn), need.detail, need.steps.at(-1)?.reason].filter(Boolean).join(" · ")}
                </p>
              </Row>
            ))}
          </ul>
        </Part>
        <Part
          title={t("assistance.referrals.title")}
          action={writes && button(t("assistance.refer"), acts.referral, { tone: "primary" })}
          empty={of.referrals.length === 0 ? t("assistance.referrals.none") : null}
        >
          <ul className={surfaces.stack}>
            {of.referrals.map((referral) => (
              <Row key={referral.id}>
                <div className={surfaces.row}>
                  <AppLink to={referralPath({ country, id: referral.id })}>{referral.code}</AppLink>
                  <StatusTag {...referralTones[referral.state]}>
                    {text.code("referral-state", referral.state)}
                  </StatusTag>
                </div>
                <p className={surfaces.muted}>
                  {[
                    nameOf(text, of.references, referral.organisation),
                    ...referral.services.map((code) => text.code("service", code)),
                  ].join(" · ")}
                </p>
              </Row>
            ))}
          </ul>
        </Part>
        <Part title={t("assistance.consent")} empty={of.consents.length === 0 ? t("assistance.consent.none") : null}>
          <ul className={surfaces.row}>
            {of.consents.map((consent) => (
              <li key={consent.recipientClass}>
                <StatusTag tone="good" pattern="solid">
                  {text.code("recipient-class", consent.recipientClass)}
                </StatusTag>
              </li>
            ))}
          </ul>
        </Part>
        <Part
          title={t("assistance.services")}
          action={adding(acts.service)}
          empty={of.services.length === 0 ? t("assistance.services.none") : null}
        >
          <ul className={surfaces.stack}>
            {of.services.map((service) => (
              <Row
                key={service.id}
                action={
                  writes &&
                  !service.withdrawn &&
                  button(t("assistance.withdraw-service"), acts.withdrawService(service.id), {
                    says: text.code("service", service.service),
                  })
                }
              >
                <div className={surfaces.row}>
                  <strong>{text.code("service", service.service)}</strong>
                  <StatusTag tone="neutral">{text.code("service-outcome", service.outcome)}</StatusTag>
                  {service.withdrawn && <StatusTag tone="warn">{t("assistance.withdrawn")}</StatusTag>}
                </div>
                <p className={surfaces.muted}>
                  {[
                    format.date(service.givenOn),
                    nameOf(text, of.references, service.point) || nameOf(text, of.references, service.organisation),
                    format.number(service.quantity),
                    service.cost === null ? null : `${format.number(service.cost)} ${service.currency}`,
                    service.detail,
                    service.withdrawnReason,
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </p>
              </Row>
            ))}
          </ul>
        </Part>
        <Part
          title={t("assistance.plan")}
          action={
            writes && (
              <div className={surfaces.row}>
                {button(t("assistance.add-goal"), acts.goal)}
                {button(t("assistance.add-follow-up"), acts.followUp)}
              </div>
            )
          }
          empty={of.goals.length + of.followUps.length === 0 ? t("assistance.plan.none") : null}
        >
          <ul className={surfaces.stack}>
            {of.goals.map((goal) => (
              <Row
                key={goal.id}
                action={
                  writes &&
                  goal.state === "open" &&
                  button(t("assistance.end-goal"), acts.goalEnd(goal), { says: goal.goal })
                }
              >
                <div className={surfaces.row}>
                  <strong>{goal.goal}</strong>
                  <StatusTag tone={goal.state === "reached" ? "good" : "neutral"}>
                    {text.code("goal-state", goal.state)}
                  </StatusTag>
                </div>
                <p className={surfaces.muted}>{format.date(goal.targetOn)}</p>
              </Row>
            ))}
            {of.followUps.map((followUp) => (
              <Row
                key={followUp.id}
                action={
                  writes &&
                  followUp.state === "due" &&
                  button(t("assistance.end-follow-up"), acts.followUpEnd(followUp), {
                    says: text.code("follow-up-kind", followUp.kind),
                  })
                }
              >
                <div className={surfaces.row}>
                  <strong>{text.code("follow-up-kind", followUp.kind)}</strong>
                  <StatusTag tone={followUp.daysLate > 0 ? "bad" : "neutral"}>
                    {followUp.daysLate > 0
                      ? t("assistance.days-late", { days: followUp.daysLate })
                      : text.code("follow-up-state", followUp.state)}
                  </StatusTag>
                </div>
                <p className={surfaces.muted}>
                  {[format.date(followUp.dueOn), followUp.assigneeName, followUp.detail, followUp.outcome]
                    .filter(Boolean)
                    .join(" · ")}
                </p>
              </Row>
            ))}
          </ul>
        </Part>
        <Part
          title={t("assistance.timeline")}
          action={writes && button(t("assistance.cause"), acts.cause)}
          empty={null}
        >
          <Timeline
            items={momentsOf(text, of, new Date().toISOString().slice(0, 10)).map((moment) => ({
              id: moment.id,
              content: (
                <>
                  <strong>{format.date(moment.day)}</strong>{" "}
                  <span className={moment.ahead ? surfaces.muted : undefined}>{moment.words}</span>
                </>
              ),
            }))}
          />
        </Part>
      </div>
      {act && <ActDialog act={act} country={country} onClose={() => setAct(null)} />}
    </>
  );
}
