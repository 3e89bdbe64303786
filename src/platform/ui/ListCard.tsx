import type { ReactNode } from "react";
import { useText } from "../i18n/I18nProvider.tsx";
import { Button } from "./Button.tsx";
import { ErrorState } from "./ErrorState.tsx";
import { Skeleton } from "./Skeleton.tsx";
import surfaces from "./surfaces.module.css";

/** What a list knows of its request; those of TanStack Query fit. */
export interface ListRequest {
  data: unknown;
  error: unknown;
  isPending: boolean;
  /** `idle` while nothing is asked, as without a country. */
  fetchStatus: "fetching" | "paused" | "idle";
  isFetching: boolean;
  refetch: () => unknown;
  /** A list that grows says whether it can, and how. */
  hasNextPage?: boolean;
  isFetchingNextPage?: boolean;
  fetchNextPage?: () => unknown;
}

/** The button under a list that grows; nothing when all of it is shown. */
export function MoreButton({ list }: { list: ListRequest }) {
  const { t } = useText();
  if (!list.hasNextPage) return null;
  return (
    <div className={surfaces.pad}>
      <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage?.()}>
        {t("ui.list.more")}
      </Button>
    </div>
  );
}

/** The card of a list: it waits, says why it failed, says that there is nothing, or shows the rows and the way to more. */
export function ListCard(props: {
  list: ListRequest;
  /** How many rows were found so far. */
  count: number;
  /** Stands in place of the rows when there are none. */
  empty: ReactNode;
  /** The rows. */
  children: ReactNode;
}) {
  const { list, count } = props;
  return (
    <div className={surfaces.card} aria-busy={list.isFetching}>
      {list.isPending && list.fetchStatus !== "idle" && (
        <div className={surfaces.pad}>
          <Skeleton lines={8} />
        </div>
      )}
      {list.error !== null && (
        <div className={surfaces.pad}>
          <ErrorState problem={list.error} onRetry={() => void list.refetch()} />
        </div>
      )}
      {count > 0 ? props.children : list.data !== undefined && list.error === null && props.empty}
      <MoreButton list={list} />
    </div>
  );
}
