import { useState } from "react";
import { useText } from "../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../platform/ui/Button.tsx";
import { FieldSet } from "../../../platform/ui/FieldSet.tsx";
import { FileDrop } from "../../../platform/ui/FileDrop.tsx";
import surfaces from "../../../platform/ui/surfaces.module.css";
import type { Identity } from "../contract.ts";
import { photographTypes } from "../model.ts";
import styles from "./people.module.css";
import { shrinkPhotograph } from "./shrink-photograph.ts";

type Photograph = NonNullable<Identity["photograph"]>;

/** A photograph as it was opened. It is drawn from memory, so that no copy has an address of its own. */
export function PhotographImage({ photograph }: { photograph: Photograph }) {
  const { t } = useText();
  return (
    <img
      className={styles.photograph}
      src={`data:${photograph.mediaType};base64,${photograph.data}`}
      alt={t("people.photograph.alt")}
    />
  );
}

/** Shows the photograph of an identity, lets it be chosen, exchanged and taken away. */
export function PhotographField(props: {
  value: Photograph | undefined;
  problem: string | null;
  onChange: (value: Photograph | undefined) => void;
}) {
  const text = useText();
  const { t } = text;
  const [unreadable, setUnreadable] = useState(false);
  const part = text.code("identity-part", "photograph");
  return (
    <FieldSet legend={part} problem={unreadable ? t("people.photograph.unreadable") : props.problem}>
      <div className={surfaces.stack}>
        {props.value && (
          <>
            <PhotographImage photograph={props.value} />
            <div>
              <Button
                small
                icon="close"
                aria-label={t("people.change.remove", { part, n: 1 })}
                onClick={() => props.onChange(undefined)}
              >
                {t("people.change.take-away")}
              </Button>
            </div>
          </>
        )}
        <FileDrop
          label={t("people.photograph.choose")}
          hint={t("people.photograph.hint")}
          accept={photographTypes.join(",")}
          onFiles={async ([file]) => {
            const made = file ? await shrinkPhotograph(file) : null;
            setUnreadable(made === null);
            if (made) props.onChange(made);
          }}
        />
      </div>
    </FieldSet>
  );
}
