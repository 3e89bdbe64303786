import type { SurveyCorner } from "@santi/land-geometry";
import type { Position } from "geojson";
import { useState } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../../platform/ui/Button.tsx";
import { Select } from "../../../../platform/ui/Select.tsx";
import type { MadeOutline } from "./outline-operations.ts";
import styles from "./polygon-editor.module.css";

/** What the pieces of a cut are called on the map and in the list: A, B, C, from west to east. */
export function pieceName(at: number): string {
  return String.fromCharCode(65 + (at % 26));
}

/** The line along which an outline is cut, from corner to corner or as drawn, and which piece is to be kept. */
export function SplitFields(props: {
  corners: readonly SurveyCorner[];
  line: readonly Position[];
  onLine: (line: readonly Position[]) => void;
  pieces: readonly MadeOutline[];
  /** Whether the other pieces are kept too, as pieces of their own. */
  keepsOthers: boolean;
  onKeep: (kept: MadeOutline, others: readonly MadeOutline[]) => void;
}) {
  const { t, format } = useText();
  const { corners, pieces, line } = props;
  const [ends, setEnds] = useState({ from: "", to: "" });
  const choose = (end: "from" | "to", name: string) => {
    const next = { ...ends, [end]: name };
    setEnds(next);
    const places = [next.from, next.to].map((each) => corners.find((corner) => corner.name === each));
    props.onLine(
      next.from !== next.to && places.every((place) => place !== undefined)
        ? places.map((place) => [place?.lon ?? 0, place?.lat ?? 0])
        : [],
    );
  };
  const options = corners.map(({ name }) => ({ value: name, label: name }));
  return (
    <>
      {corners.length > 3 && (
        <div className={styles.fields}>
          {(["from", "to"] as const).map((end) => (
            <Select
              key={end}
              label={t(`land.survey.split.${end}`)}
              empty={t("land.survey.choose")}
              value={ends[end]}
              onChange={(name) => choose(end, name)}
              options={options}
            />
          ))}
        </div>
      )}
      {line.length > 1 && pieces.length < 2 && <p className={styles.problem}>{t("land.survey.split.no-cut")}</p>}
      {pieces.length > 1 && (
        <>
          <p>{t(props.keepsOthers ? "land.survey.split.both" : "land.survey.split.keep")}</p>
          <div className={styles.steps} role="status">
            {pieces.map((piece, at) => (
              <Button
                key={pieceName(at)}
                small
                onClick={() =>
                  props.onKeep(
                    piece,
                    pieces.filter((other) => other !== piece),
                  )
                }
              >
                {t("land.survey.split.piece", {
                  name: pieceName(at),
                  area: t("land.survey.square-metres", { value: format.number(piece.squareMetres, 0) }),
                })}
              </Button>
            ))}
          </div>
        </>
      )}
    </>
  );
}
