import type { ReactNode } from "react";
import surfaces from "../../../platform/ui/surfaces.module.css";

/** One part of a report's page, under a heading of its own. */
export function Panel({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section className={surfaces.card} aria-labelledby={id}>
      <div className={surfaces.panelHead}>
        <h2 id={id}>{title}</h2>
      </div>
      <div className={`${surfaces.pad} ${surfaces.stack}`}>{children}</div>
    </section>
  );
}
