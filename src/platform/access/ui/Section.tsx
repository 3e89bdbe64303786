import { type ReactNode, useId } from "react";
import surfaces from "../../ui/surfaces.module.css";

/** One part of the own account's page. */
export function Section(props: { title: string; lead?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={`${surfaces.card} ${surfaces.pad} ${surfaces.stack}`} aria-labelledby={id}>
      <div>
        <h2 id={id}>{props.title}</h2>
        {props.lead && <p className={surfaces.muted}>{props.lead}</p>}
      </div>
      {props.children}
    </section>
  );
}
