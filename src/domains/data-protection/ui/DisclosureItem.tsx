import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { AppLink } from "../../../platform/ui/AppLink.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { DisclosureOutput } from "../contract.ts";

type References = Readonly<Record<string, { code: string; names: Readonly<Record<string, string>> }>>;

/** What was passed on, to whom, when, and on what ground. */
export function DisclosureItem(props: {
  of: DisclosureOutput;
  references: References;
  /** Names the person too, where the list is about many. */
  person?: { code: string; path: string } | undefined;
}) {
  const text = useText();
  const { format } = text;
  const { of, person } = props;
  const known = of.recipient === null ? undefined : props.references[of.recipient];
  const recipient = known ? text.name(known.names) || known.code : "";
  return (
    <li>
      <div>
        {person && (
          <>
            <AppLink to={person.path}>{person.code}</AppLink>
            {" · "}
          </>
        )}
        <strong>{text.code("recipient-class", of.recipientClass)}</strong>
        {recipient && ` · ${recipient}`}
        <div>{format.list(of.parts.map((part) => text.code("disclosed-part", part)))}</div>
        <div className={surfaces.muted}>
          {[
            format.dateTime(of.disclosedAt),
            text.code("consent-purpose", of.purpose),
            text.code("disclosure-ground", of.ground),
            of.author ?? "",
          ]
            .filter((fact) => fact !== "")
            .join(" · ")}
        </div>
      </div>
    </li>
  );
}
