import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState, ProblemNotice } from "../../../platform/ui/ErrorState.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { nameOf, type References } from "../../services/ui/index.ts";
import type { InboxOutput } from "../contract-referral.ts";
import { needsWord } from "../model-referral.ts";
import { type Act, ActDialog, filled } from "./ActDialog.tsx";
import { referring } from "./client.ts";
import { LateTag } from "./LateTag.tsx";
import { ReceivedCard } from "./ReceivedCard.tsx";

const views = ["waiting", "active", "ended"] as const;

/** The texts inside an opened identity, whatever its shape: names, contacts, places. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(textsOf);
  return [];
}

function Received({ of, references, onAct }: { of: InboxOutput; references: References; onAct: (act: Act) => void }) {
  const text = useText();
  const { t } = text;
  const params = { country: of.country, id: of.id };
  const open = useMutation({ mutationFn: () => referring.openReferred({ params, body: {} }) });
  return (
    <ReceivedCard
      of={of}
      from={nameOf(text, references, of.from)}
      unit={nameOf(text, references, of.shared.unit)}
      tags={<LateTag of={of} />}
    >
      {of.identityParts.length > 0 && (
        <div className={surfaces.row}>
          <Button
            icon="lock"
            busy={open.isPending}
            aria-label={`${of.code}: ${t("assistance.open-identity")}`}
            onClick={() => open.mutate()}
          >
            {t("assistance.open-identity")}
          </Button>
          <span className={surfaces.muted}>{t("assistance.open-identity.hint")}</span>
        </div>
      )}
      {open.isError && <ProblemNotice problem={open.error} />}
      {open.data && (
        <dl className={surfaces.fields}>
          {Object.entries(open.data.identity).map(([part, value]) => (
            <div key={part}>
              <dt>{text.code("referred-part", part)}</dt>
              <dd>{textsOf(value).join(" · ")}</dd>
            </div>
          ))}
        </dl>
      )}
      {of.steps.at(-1)?.reason && <p className={surfaces.muted}>{of.steps.at(-1)?.reason}</p>}
      <div className={surfaces.row}>
        {of.next.map((state, at) => (
          <Button
            key={state}
            {...(at === 0 ? { tone: "primary" as const } : {})}
            aria-label={`${of.code}: ${t(`assistance.do.${state}`)}`}
            onClick={() =>
              onAct({
                title: `${of.code}: ${t(`assistance.do.${state}`)}`,
                fields: [{ name: "reason", label: t("assistance.note"), kind: "words", required: needsWord(state) }],
                send: (values) =>
                  referring.answer({ params, body: { ...filled(values), version: of.version, state } as never }),
              })
            }
          >
            {t(`assistance.do.${state}`)}
          </Button>
        ))}
      </div>
    </ReceivedCard>
  );
}

/** What was referred to the reader's organisation: only what each referral clears. */
export function InboxPage() {
  const text = useText();
  const { t, format } = text;
  const [search, setSearch] = useAddress();
  const view = views.find((each) => each === search.view) ?? "waiting";
  const [act, setAct] = useState<Act | null>(null);
  const list = useQuery({
    queryKey: ["assistance", "inbox", view],
    queryFn: ({ signal }) => referring.inbox({ query: { view } }, { signal }),
  });
  return (
    <>
      <PageHeader title={t("assistance.inbox.title")} lead={t("assistance.inbox.lead")} />
      <div className={surfaces.stack}>
        <search className={surfaces.gridTwo}>
          <Select
            label={t("assistance.view")}
            value={view}
            onChange={(value) => setSearch(changeSearch(search, { view: value }))}
            options={views.map((value) => ({
              value,
              label: `${t(`assistance.inbox-view.${value}`)} (${format.number(list.data?.counts[value] ?? 0)})`,
            }))}
          />
        </search>
        {list.isPending && <Skeleton lines={8} />}
        {list.isError && <ErrorState problem={list.error} onRetry={() => void list.refetch()} />}
        {list.data?.items.length === 0 && (
          <EmptyState icon="import" title={t("assistance.inbox.none")}>
            {t("assistance.inbox.none.hint")}
          </EmptyState>
        )}
        {list.data?.items.map((item) => (
          <Received key={item.id} of={item} references={list.data.references} onAct={setAct} />
        ))}
      </div>
      {act && <ActDialog act={act} country="" onClose={() => setAct(null)} />}
    </>
  );
}
