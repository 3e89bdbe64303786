import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { RequestProblem } from "../../../../platform/contract/client.ts";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { ErrorState } from "../../../../platform/ui/ErrorState.tsx";
import { Skeleton } from "../../../../platform/ui/Skeleton.tsx";
import surfaces from "../../../../platform/ui/surfaces.module.css";
import styles from "./area-panels.module.css";

/** A card with a heading; what is in it is asked for when it comes near the window. */
export function Panel(props: { id: string; title: string; action?: ReactNode; children: () => ReactNode }) {
  const card = useRef<HTMLElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = card.current;
    if (!element) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: "400px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <section ref={card} className={surfaces.card} aria-labelledby={props.id}>
      <div className={`${surfaces.panelHead} ${styles.head}`}>
        <h2 id={props.id}>{props.title}</h2>
        {props.action}
      </div>
      {near ? props.children() : <div className={styles.later} />}
    </section>
  );
}

/** Problems that say that a reader may not ask, not that something went wrong. */
const closedTo = new Set(["records.unknown-filter", "common.forbidden"]);

/** What an answer holds, or in its place that it is being waited for, failed, is not the reader's, or is empty. */
export function Answer<T>(props: {
  query: UseQueryResult<T>;
  isEmpty: (data: T) => boolean;
  empty: string;
  children: (data: T) => ReactNode;
}) {
  const { t } = useText();
  const { query } = props;
  if (query.data !== undefined && !props.isEmpty(query.data)) return <>{props.children(query.data)}</>;
  const closed = query.error instanceof RequestProblem && closedTo.has(query.error.problem.code);
  return (
    <div className={surfaces.pad}>
      {query.isPending && <Skeleton lines={3} />}
      {query.isError && !closed && <ErrorState problem={query.error} onRetry={() => void query.refetch()} />}
      {closed && <p className={surfaces.muted}>{t("area-panels.not-open")}</p>}
      {query.data !== undefined && <p className={surfaces.muted}>{props.empty}</p>}
    </div>
  );
}
