import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useOwnSession } from "../../../platform/access/ui/client.ts";
import { routeUrl } from "../../../platform/contract/client.ts";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import { useAddress } from "../../../platform/ui/address.ts";
import { Button, buttonClass } from "../../../platform/ui/Button.tsx";
import { DownloadLinks } from "../../../platform/ui/DownloadLinks.tsx";
import { EmptyState } from "../../../platform/ui/EmptyState.tsx";
import { ErrorState } from "../../../platform/ui/ErrorState.tsx";
import { MoreButton } from "../../../platform/ui/ListCard.tsx";
import { PageHeader } from "../../../platform/ui/PageHeader.tsx";
import { changeSearch } from "../../../platform/ui/records/list-search.ts";
import { RecordPicker } from "../../../platform/ui/records/RecordPicker.tsx";
import { useCountryName, useRecords, useTarget } from "../../../platform/ui/records/records-context.ts";
import { Select } from "../../../platform/ui/Select.tsx";
import { Skeleton } from "../../../platform/ui/Skeleton.tsx";
import { StatusTag } from "../../../platform/ui/StatusTag.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import { recommendation } from "../contract.ts";
import { type BoardRow, boardRoutes } from "../contract-board.ts";
import { outcomes, sectors, terms } from "../model.ts";
import { addresseeOf, boards, costOf, ownerOf, type References } from "./client.ts";
import { studiesPath, studyPath } from "./index.ts";
import styles from "./studies.module.css";
import { actionTones, outcomeTones } from "./tones.ts";

/** The value when it is one of those known, so that a stale link still opens. */
const oneOf = <T extends string>(values: readonly T[], value: string | undefined) =>
  values.find((each) => each === value);

function BoardItem({ row, references }: { row: BoardRow; references: References }) {
  const text = useText();
  const { t, format } = text;
  const countryName = useCountryName();
  return (
    <li className={styles.item}>
      <div className={`${surfaces.row} ${surfaces.spread}`}>
        <span className={surfaces.row}>
          <StatusTag {...outcomeTones[row.outcome]}>{text.code("recommendation-outcome", row.outcome)}</StatusTag>
          <span className={surfaces.mono}>{row.code}</span>
        </span>
        <span className={surfaces.muted}>
          {[countryName(row.country), text.code("study-term", row.term)].join(" · ")}
        </span>
      </div>
      <p className={styles.words}>{row.wording}</p>
      <span className={surfaces.muted}>
        {[
          addresseeOf(text, references, row),
          t("studies.priority", { priority: text.code("study-priority", row.priority) }),
          costOf(text, row),
          row.decidedOn ? t("studies.agreed-on", { date: format.date(row.decidedOn) }) : "",
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
      {row.actions.length > 0 && (
        <ul className={styles.actions} aria-label={t("studies.actions-of", { code: row.code })}>
          {row.actions.map((action) => (
            <li key={action.id}>
              <span className={surfaces.row}>
                <StatusTag
                  {...(action.late ? outcomeTones.overdue : (actionTones[action.status] ?? { tone: "neutral" }))}
                >
                  {action.late && action.dueOn
                    ? t("studies.late-since", { date: format.date(action.dueOn) })
                    : text.code("action-status", action.status)}
                </StatusTag>
                <span className={surfaces.muted}>
                  {[
                    ownerOf(text, references, action),
                    action.doneOn
                      ? t("studies.done-on", { date: format.date(action.doneOn) })
                      : action.dueOn && !action.late
                        ? t("studies.due-on", { date: format.date(action.dueOn) })
                        : "",
                  ]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
              <span>{action.description}</span>
              {action.linkedKind && action.linkedTitle && (
                <span className={surfaces.small}>
                  {t("studies.led-to", {
                    kind: text.code("linked-kind", action.linkedKind),
                    title: action.linkedTitle,
                  })}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      <span className={surfaces.small}>
        <AppLink to={studyPath({ country: row.country, id: row.study })}>
          {text.name(row.studyNames) || row.studyCode}
        </AppLink>
      </span>
    </li>
  );
}

/** What became of every recommendation, what is overdue first: the measure of what studies are for. */
export function BoardPage() {
  const text = useText();
  const { t, format } = text;
  const [search, setSearch] = useAddress();
  const { home } = useRecords();
  const country = search.country ?? home ?? undefined;
  const outcome = oneOf(outcomes, search.outcome);
  const term = oneOf(terms, search.term);
  const sector = oneOf(sectors, search.sector);
  const { addressee, study, programme } = search;
  const set = (change: Record<string, string | undefined>) => setSearch(changeSearch(search, change));
  const filter = {
    ...(country ? { country } : {}),
    ...(study ? { study } : {}),
    ...(programme ? { programme } : {}),
    ...(term ? { term } : {}),
    ...(sector ? { sector } : {}),
    ...(addressee ? { addressee } : {}),
    ...(outcome ? { outcome } : {}),
  };
  const list = useInfiniteQuery({
    queryKey: ["studies", "board", filter],
    placeholderData: keepPreviousData,
    initialPageParam: 0,
    queryFn: ({ signal, pageParam }) => boards.board({ query: { ...filter, offset: pageParam } }, { signal }),
    getNextPageParam: (page, all) => {
      const shown = all.reduce((sum, { items }) => sum + items.length, 0);
      return shown < page.total ? shown : undefined;
    },
  });
  const pages = list.data?.pages ?? [];
  const [first] = pages;
  const rows = pages.flatMap(({ items }) => items);
  const references = Object.assign({}, ...pages.map((page) => page.references)) as References;
  const filtered = Boolean(outcome || term || sector || addressee || study || programme);
  const programmes = first?.programmes ?? [];
  const session = useOwnSession();
  const field = recommendation.fields.addressee;
  const organisations = useTarget({ kind: "organisation" });
  // Who may not list organisations narrows by sector.
  const picks = organisations !== undefined && session.data?.rights.includes(organisations.routes.list.right);
  const one = study ? rows[0] : undefined;
  return (
    <>
      <PageHeader
        title={t("studies.board.title")}
        crumbs={[{ label: t("records.studies.study"), to: studiesPath }, { label: t("studies.board.title") }]}
        lead={t("studies.board.lead")}
        actions={
          <DownloadLinks
            file={(format) => routeUrl(boardRoutes.boardFile, {}, { ...filter, format, language: text.language })}
          />
        }
      />
      <div className={surfaces.stack}>
        <fieldset className={styles.counts} aria-label={t("studies.outcome")}>
          {outcomes.map((each) => (
            <button
              key={each}
              type="button"
              className={`${buttonClass()} ${styles.count}`}
              aria-pressed={outcome === each}
              onClick={() => set({ outcome: outcome === each ? undefined : each })}
            >
              <StatusTag {...outcomeTones[each]}>{text.code("recommendation-outcome", each)}</StatusTag>
              <strong className="numeric">{first ? format.number(first.counts[each] ?? 0) : "–"}</strong>
            </button>
          ))}
        </fieldset>
        <search className={styles.filters}>
          {(programmes.length > 0 || programme) && (
            <Select
              label={text.field("studies.study", "programme")}
              value={programme ?? ""}
              empty={t("studies.any")}
              onChange={(value) => set({ programme: value || undefined })}
              options={[...new Set([...programmes, ...(programme ? [programme] : [])])].map((value) => ({
                value,
                label: value,
              }))}
            />
          )}
          <Select
            label={text.field(recommendation.name, "term")}
            value={term ?? ""}
            empty={t("studies.any")}
            onChange={(value) => set({ term: value || undefined })}
            options={terms.map((each) => ({ value: each, label: text.code("study-term", each) }))}
          />
          <Select
            label={text.field(recommendation.name, "sector")}
            value={sector ?? ""}
            empty={t("studies.any")}
            onChange={(value) => set({ sector: value || undefined })}
            options={sectors.map((each) => ({ value: each, label: text.code("study-sector", each) }))}
          />
          {picks && field && (
            <RecordPicker
              label={text.field(recommendation.name, "addressee")}
              field={field}
              country={country}
              value={addressee ?? ""}
              onChange={(value) => set({ addressee: value || undefined })}
            />
          )}
          {study && (
            <Button icon="close" onClick={() => set({ study: undefined })}>
              {t("studies.board.all", { study: one ? text.name(one.studyNames) || one.studyCode : "" })}
            </Button>
          )}
        </search>
        <div aria-busy={list.isFetching}>
          {list.isPending && <Skeleton lines={8} />}
          {list.isError && <ErrorState problem={list.error} onRetry={() => void list.refetch()} />}
          {list.data && rows.length === 0 && (
            <div className={surfaces.card}>
              <EmptyState icon="task" title={t(filtered ? "studies.board.none-match" : "studies.board.none")}>
                {t(filtered ? "studies.board.none-match.hint" : "studies.board.none.hint")}
              </EmptyState>
            </div>
          )}
          {rows.length > 0 && (
            <ul className={styles.list} aria-label={t("records.studies.recommendation")}>
              {rows.map((row) => (
                <BoardItem key={row.id} row={row} references={references} />
              ))}
            </ul>
          )}
          <MoreButton list={list} />
        </div>
      </div>
    </>
  );
}
