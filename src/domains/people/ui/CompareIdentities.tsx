import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { createClient } from "../../../platform/contract/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import type { RecordItem } from "../../../platform/ui/records/section.ts";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { personRoutes } from "../contract.ts";
import { people } from "./client.ts";
import { coveredAfter } from "./IdentityPanel.tsx";
import { IdentityParts } from "./IdentityParts.tsx";
import styles from "./people.module.css";

const persons = createClient(personRoutes);

type Opened = Awaited<ReturnType<typeof people.open>>;
type Side = { opened: Opened } | { refused: unknown };

/**
 * Two records beside each other, with what their identities hold for telling people apart: names, birth, documents and
 * photograph. Both are opened for that purpose, each on record, and covered again by leaving or by time; where one is not
 * for the reader, it says so and the other is shown all the same.
 */
export function CompareIdentities({ country, ids }: { country: string; ids: readonly [string, string] }) {
  const { t } = useText();
  const compare = useMutation({
    mutationFn: () =>
      Promise.all(
        ids.map(
          (id): Promise<Side> =>
            people.open({ params: { country, id }, body: { purpose: "compare-duplicates" } }).then(
              (opened) => ({ opened }),
              (refused: unknown) => ({ refused }),
            ),
        ),
      ),
    // Kept by this window alone, and only while it is shown.
    gcTime: 0,
  });
  const { data, reset } = compare;
  useEffect(() => {
    if (!data) return;
    const timer = setTimeout(reset, coveredAfter);
    return () => clearTimeout(timer);
  }, [data, reset]);
  return (
    <div className={surfaces.stack} aria-live="polite">
      <div className={styles.compared}>
        {ids.map((id, at) => (
          <Compared key={id} country={country} id={id} side={data?.[at]} />
        ))}
      </div>
      {data ? (
        <div>
          <Button small icon="lock" onClick={reset}>
            {t("people.identity.cover")}
          </Button>
        </div>
      ) : (
        <div className={surfaces.row}>
          <Button small icon="key" busy={compare.isPending} onClick={() => compare.mutate()}>
            {t("people.merge.compare")}
          </Button>
          <span className={surfaces.muted}>{t("people.merge.compare.logged")}</span>
        </div>
      )}
    </div>
  );
}

function Compared({ country, id, side }: { country: string; id: string; side: Side | undefined }) {
  const text = useText();
  const { t } = text;
  const answer = useQuery({
    queryKey: ["people", "compared", country, id],
    queryFn: ({ signal }) => persons.get({ params: { country, id } }, { signal }),
  });
  const record = answer.data?.record as RecordItem | undefined;
  const code = record ? String(record.code) : "…";
  const facts = record && [
    text.code("sex", String(record.sex ?? "unknown")),
    typeof record.birthYear === "number" ? t("people.hit.born", { year: String(record.birthYear) }) : "",
  ];
  return (
    <section className={surfaces.stack} aria-label={code}>
      <div>
        <strong>{code}</strong>
        <div className={surfaces.muted}>{facts?.filter((fact) => fact !== "").join(" · ")}</div>
      </div>
      {answer.isError && <ErrorState problem={answer.error} />}
      {side &&
        ("opened" in side ? (
          <IdentityParts identity={side.opened.identity} opened={side.opened.parts} />
        ) : (
          <ErrorState problem={side.refused} />
        ))}
    </section>
  );
}
