import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fields } from "../../../platform/contract/fields.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { Button } from "../../../platform/ui/Button.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ListCard } from "../../../platform/ui/ListCard.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { useRecords } from "../../../platform/ui/records/records-context.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { TextField } from "../../../platform/ui/TextField.tsx";
import { needKinds } from "../../services/model.ts";
import { nameOf } from "../../services/ui/index.ts";
import { caseViews } from "../model.ts";
import { type Act, ActDialog, filled } from "./ActDialog.tsx";
import styles from "./assistance.module.css";
import { care } from "./client.ts";
import { casePath } from "./index.ts";

const personField = fields.record("confidential", "people.person");

/** Cases within reach, by saved views that live in the address. */
export function CasesPage() {
  const text = useText();
  const { t, format } = text;
  const [search, setSearch] = useAddress();
  const { home, countries } = useRecords();
  const [only] = countries.keys();
  const country = search.country ?? home ?? only ?? "";
  const view = caseViews.find((each) => each === search.view) ?? "open";
  const need = needKinds.find((each) => each === search.need);
  const [act, setAct] = useState<Act | null>(null);
  const query = { country, view, ...(need ? { need } : {}), ...(search.q ? { q: search.q } : {}) };
  const list = useInfiniteQuery({
    queryKey: ["assistance", "cases", query],
    enabled: country !== "",
    placeholderData: keepPreviousData,
    initialPageParam: "",
    queryFn: ({ signal, pageParam }) =>
      care.cases({ query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } }, { signal }),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const pages = list.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const references = Object.assign({}, ...pages.map((page) => page.references));
  const opening: Act = {
    title: t("assistance.open-case"),
    lead: t("assistance.open-case.lead"),
    fields: [
      { name: "person", label: t("assistance.person"), kind: "record", field: personField, required: true },
      {
        name: "openedOn",
        label: t("assistance.opened-on"),
        kind: "date",
        required: true,
        initial: new Date().toISOString().slice(0, 10),
      },
    ],
    send: (values) => care.openCase({ body: { country, ...filled(values) } as never }),
  };
  return (
    <>
      <PageHeader
        title={t("assistance.cases.title")}
        lead={t("assistance.cases.lead")}
        actions={
          pages[0]?.allowed.includes("open") && (
            <Button icon="add" tone="primary" onClick={() => setAct(opening)}>
              {t("assistance.open-case")}
            </Button>
          )
        }
      />
      <div className={surfaces.stack}>
        <search className={surfaces.gridTwo}>
          <Select
            label={t("assistance.view")}
            value={view}
            onChange={(value) => setSearch(changeSearch(search, { view: value }))}
            options={caseViews.map((value) => ({
              value,
              label: `${text.code("case-view", value)} (${format.number(pages[0]?.counts[value] ?? 0)})`,
            }))}
          />
          <Select
            label={t("assistance.need")}
            value={need ?? ""}
            empty={t("services.any")}
            onChange={(value) => setSearch(changeSearch(search, { need: value || undefined }))}
            options={needKinds.map((value) => ({ value, label: text.code("need-kind", value) }))}
          />
          <TextField
            label={t("assistance.code")}
            value={search.q ?? ""}
            onChange={(value) => setSearch(changeSearch(search, { q: value || undefined }), { replace: true })}
          />
        </search>
        <ListCard
          list={list}
          count={items.length}
          empty={
            <EmptyState icon="care" title={t("assistance.none")}>
              {t("assistance.none.hint")}
            </EmptyState>
          }
        >
          <ul>
            {items.map((item) => (
              <li key={item.id} className={styles.line}>
                <div>
                  <strong>
                    <AppLink to={casePath(item)}>{item.code}</AppLink>
                  </strong>
                  <p className={surfaces.muted}>
                    {[
                      item.person?.code,
                      item.person && text.code("sex", item.person.sex),
                      item.person?.birthYear && t("assistance.born", { year: String(item.person.birthYear) }),
                      nameOf(text, references, item.organisation),
                      item.assigneeName,
                      t("assistance.opened", { date: format.date(item.openedOn) }),
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </p>
                </div>
                <div className={surfaces.row}>
                  {item.urgent && (
                    <StatusTag tone="bad" pattern="solid">
                      {text.code("priority", "urgent")}
                    </StatusTag>
                  )}
                  {item.openNeeds.map((kind) => (
                    <StatusTag key={kind} tone="info">
                      {text.code("need-kind", kind)}
                    </StatusTag>
                  ))}
                  {item.unreferred > 0 && (
                    <StatusTag tone="warn" pattern="hollow">
                      {t("assistance.unreferred", { count: item.unreferred })}
                    </StatusTag>
                  )}
                  {item.nextDueOn && <span>{t("assistance.next-due", { date: format.date(item.nextDueOn) })}</span>}
                </div>
              </li>
            ))}
          </ul>
        </ListCard>
      </div>
      {act && <ActDialog act={act} country={country} onClose={() => setAct(null)} />}
    </>
  );
}
