import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Icon } from "../../../platform/ui/Icon.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { IdentityPart } from "../../data-protection/model.ts";
import type { Identity } from "../contract.ts";
import { PhotographImage } from "./PhotographField.tsx";
import styles from "./people.module.css";

/** The opened parts of an identity in words. A part that was opened and holds nothing says so. */
export function IdentityParts({ identity, opened }: { identity: Identity; opened: readonly IdentityPart[] }) {
  const text = useText();
  const { t, format } = text;
  const { names, birth, contacts, documents, household, residence, photograph } = identity;
  const joined = (values: readonly (string | undefined | false)[]) => values.filter(Boolean).join(" · ");
  const lines: Record<
    Exclude<IdentityPart, "photograph">,
    readonly { key: string; said: string; unsafe?: boolean }[]
  > = {
    names: (names ?? []).map(({ full, latin, given, family, kind }, at) => ({
      key: `${at}`,
      said: joined([full, latin, [given, family].filter(Boolean).join(" "), text.code("name-kind", kind)]),
    })),
    birth: birth
      ? [
          {
            key: "birth",
            said: joined([
              birth.date ? format.date(birth.date) : birth.year === undefined ? "" : String(birth.year),
              text.code("birth-precision", birth.precision),
              birth.place,
            ]),
          },
        ]
      : [],
    contacts: (contacts ?? []).map(({ kind, value, safe, remark }, at) => ({
      key: `${at}`,
      said: joined([
        text.code("contact-kind", kind),
        value,
        remark,
        t(safe ? "people.contact.safe" : "people.contact.unsafe"),
      ]),
      unsafe: !safe,
    })),
    documents: (documents ?? []).map(({ kind, number, issuer }, at) => ({
      key: `${at}`,
      said: joined([text.code("document-kind", kind), number, issuer]),
    })),
    household: household
      ? [
          {
            key: "household",
            said: joined([
              household.head && t("people.household.head", { name: household.head }),
              household.members !== undefined && t("people.household.members", { count: household.members }),
              household.remark,
            ]),
          },
        ]
      : [],
    residence: residence
      ? [
          {
            key: "residence",
            said: joined([
              residence.address,
              residence.latitude !== undefined &&
                residence.longitude !== undefined &&
                `${residence.latitude}, ${residence.longitude}`,
              residence.directions,
            ]),
          },
        ]
      : [],
  };
  return (
    <dl className={styles.parts}>
      {opened.map((part) => (
        <div key={part}>
          <dt>{text.code("identity-part", part)}</dt>
          {(part === "photograph" ? !photograph : lines[part].length === 0) && (
            <dd className={surfaces.muted}>{t("people.identity.part-empty")}</dd>
          )}
          {part === "photograph"
            ? photograph && (
                <dd>
                  <PhotographImage photograph={photograph} />
                </dd>
              )
            : lines[part].map(({ key, said, unsafe }) => (
                <dd key={key}>
                  {unsafe && <Icon name="warning" />} {said}
                </dd>
              ))}
        </div>
      ))}
    </dl>
  );
}
