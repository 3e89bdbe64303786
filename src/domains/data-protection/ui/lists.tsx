import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ListCard } from "../../../platform/ui/ListCard.tsx";
import { Select } from "../../../platform/ui/Select.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { OpeningOutput } from "../contract.ts";
import { openingPurposes, recipientClasses, requestStates } from "../model.ts";
import { protection } from "./client.ts";
import { DisclosureItem } from "./DisclosureItem.tsx";
import styles from "./protection.module.css";
import { RequestItem } from "./RequestItem.tsx";

type Persons = Readonly<Record<string, { code: string }>>;

/** A person of a list: its code, and the page on which it stands. */
const personOf = (persons: Persons, country: string, id: string) => {
  const known = persons[id];
  return known && { code: known.code, path: `/people/persons/${country}/${id}` };
};

/** Who opened what, when and why, newest first. */
export function OpeningsTab({ country, person }: { country: string; person?: string | undefined }) {
  const text = useText();
  const { t } = text;
  const [purpose, setPurpose] = useState<(typeof openingPurposes)[number] | undefined>();
  const query = { country, ...(person ? { person } : {}), ...(purpose ? { purpose } : {}) };
  const list = useInfiniteQuery({
    queryKey: ["data-protection", "openings", query],
    placeholderData: keepPreviousData,
    initialPageParam: "",
    queryFn: ({ signal, pageParam }) =>
      protection.openings({ query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } }, { signal }),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const pages = list.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const persons: Persons = Object.assign({}, ...pages.map((page) => page.persons));
  return (
    <div className={`${surfaces.stack} ${styles.tab}`}>
      <p className={surfaces.muted}>{t("data-protection.openings.lead")}</p>
      <Select
        label={t("data-protection.openings.purpose")}
        value={purpose ?? ""}
        empty={t("data-protection.all")}
        onChange={(value) => setPurpose(openingPurposes.find((each) => each === value))}
        options={openingPurposes.map((each) => ({ value: each, label: text.code("opening-purpose", each) }))}
      />
      <ListCard
        list={list}
        count={items.length}
        empty={
          <EmptyState icon="check" title={t("data-protection.openings.none")}>
            {t("data-protection.openings.none.hint")}
          </EmptyState>
        }
      >
        <ul className={styles.list}>
          {items.map((of) => (
            <OpeningItem key={of.id} of={of} persons={persons} />
          ))}
        </ul>
      </ListCard>
    </div>
  );
}

function OpeningItem({ of, persons }: { of: OpeningOutput; persons: Persons }) {
  const text = useText();
  const { t, format } = text;
  const met = (of.person ? [of.person] : of.shown).map((id) => ({ id, known: personOf(persons, of.country, id) }));
  return (
    <li>
      <div>
        <strong>{text.code("opening-purpose", of.purpose)}</strong>
        {of.hits !== null && ` · ${t("data-protection.openings.hits", { count: of.hits })}`}
        <div className={surfaces.row}>
          {met.map(({ id, known }) =>
            known ? (
              <AppLink key={id} to={known.path}>
                {known.code}
              </AppLink>
            ) : (
              <span key={id}>{t("data-protection.openings.unseen")}</span>
            ),
          )}
        </div>
        {of.note && <div>{of.note}</div>}
        <div className={surfaces.muted}>
          {[
            format.dateTime(of.openedAt),
            of.author ?? t("data-protection.openings.program"),
            format.list(of.parts.map((part) => text.code("identity-part", part))),
          ].join(" · ")}
        </div>
      </div>
    </li>
  );
}

/** What people ask for, the nearest day first. */
export function RequestsTab({ country }: { country: string }) {
  const text = useText();
  const { t, format } = text;
  const [state, setState] = useState<(typeof requestStates)[number] | "overdue" | undefined>();
  const list = useInfiniteQuery({
    queryKey: ["data-protection", "requests", country, state],
    placeholderData: keepPreviousData,
    initialPageParam: "",
    queryFn: ({ signal, pageParam }) =>
      protection.requests(
        { query: { country, ...(state ? { state } : {}), ...(pageParam ? { cursor: pageParam } : {}) } },
        { signal },
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const pages = list.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const counts = pages[0]?.counts ?? {};
  const persons: Persons = Object.assign({}, ...pages.map((page) => page.persons));
  const states = [...requestStates, "overdue"] as const;
  return (
    <div className={`${surfaces.stack} ${styles.tab}`}>
      <Select
        label={t("data-protection.requests.state")}
        value={state ?? ""}
        empty={t("data-protection.all")}
        onChange={(value) => setState(states.find((each) => each === value))}
        options={states.map((each) => ({
          value: each,
          label: t("data-protection.counted", {
            label: text.code("data-request-state", each),
            count: format.number(counts[each] ?? 0),
          }),
        }))}
      />
      <ListCard
        list={list}
        count={items.length}
        empty={
          <EmptyState icon="check" title={t("data-protection.requests.none")}>
            {t("data-protection.requests.none.hint")}
          </EmptyState>
        }
      >
        <ul className={styles.list}>
          {items.map((of) => (
            <RequestItem key={of.id} of={of} person={personOf(persons, of.country, of.person)} />
          ))}
        </ul>
      </ListCard>
    </div>
  );
}

/** What was passed on about people, newest first. */
export function DisclosuresTab({ country }: { country: string }) {
  const text = useText();
  const { t } = text;
  const [to, setTo] = useState<(typeof recipientClasses)[number] | undefined>();
  const list = useInfiniteQuery({
    queryKey: ["data-protection", "disclosures", country, to],
    placeholderData: keepPreviousData,
    initialPageParam: "",
    queryFn: ({ signal, pageParam }) =>
      protection.disclosures(
        { query: { country, ...(to ? { recipientClass: to } : {}), ...(pageParam ? { cursor: pageParam } : {}) } },
        { signal },
      ),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const pages = list.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const persons: Persons = Object.assign({}, ...pages.map((page) => page.persons));
  const references = Object.assign({}, ...pages.map((page) => page.references));
  return (
    <div className={`${surfaces.stack} ${styles.tab}`}>
      <Select
        label={t("data-protection.disclosures.to")}
        value={to ?? ""}
        empty={t("data-protection.all")}
        onChange={(value) => setTo(recipientClasses.find((each) => each === value))}
        options={recipientClasses.map((each) => ({ value: each, label: text.code("recipient-class", each) }))}
      />
      <ListCard
        list={list}
        count={items.length}
        empty={
          <EmptyState icon="check" title={t("data-protection.disclosures.none")}>
            {t("data-protection.disclosures.none.hint")}
          </EmptyState>
        }
      >
        <ul className={styles.list}>
          {items.map((of) => (
            <DisclosureItem
              key={of.id}
              of={of}
              references={references}
              person={personOf(persons, of.country, of.person)}
            />
          ))}
        </ul>
      </ListCard>
    </div>
  );
}
