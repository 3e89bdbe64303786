import { useEffect, useRef } from "react";
import { useText } from "../../../../platform/i18n/I18nProvider.tsx";
import { Button } from "../../../../platform/ui/Button.tsx";
import { DateField } from "../../../../platform/ui/DateField.tsx";
import { Select } from "../../../../platform/ui/Select.tsx";
import { useMedia } from "../../../../platform/ui/use-media.ts";
import styles from "./history.module.css";
import { type StepSize, stepSizes, stopAt } from "./replay.ts";

/** How long a stop is shown while the replay runs, in milliseconds. */
const pace: Readonly<Record<StepSize, number>> = { month: 700, year: 1400 };

/**
 * Goes through the days of a replay: a slider (arrow keys, Home, End, Page keys), a step back and on, play and pause, and
 * a day that is typed.
 */
export function ReplayControls(props: {
  stops: readonly string[];
  day: string;
  size: StepSize;
  playing: boolean;
  onDay: (day: string) => void;
  onSize: (size: StepSize) => void;
  onPlaying: (playing: boolean) => void;
}) {
  const { t, format } = useText();
  const calm = useMedia("(prefers-reduced-motion: reduce)");
  const { stops, day, size, playing } = props;
  const at = stopAt(stops, day);
  const last = stops.length - 1;
  const latest = useRef({ ...props, at });
  latest.current = { ...props, at };
  // Whoever asked for less motion gets twice the time to look.
  const wait = pace[size] * (calm ? 2 : 1);
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      const now = latest.current;
      const next = now.stops[now.at + 1];
      if (next === undefined) now.onPlaying(false);
      else now.onDay(next);
    }, wait);
    return () => clearInterval(timer);
  }, [playing, wait]);
  const go = (to: number) => {
    const next = stops[Math.min(last, Math.max(0, to))];
    props.onPlaying(false);
    if (next) props.onDay(next);
  };
  const play = () => {
    const [first] = stops;
    if (!playing && at === last && first) props.onDay(first);
    props.onPlaying(!playing);
  };
  const spelled = (stop: string | undefined) => (stop ? format.date(stop, size === "year" ? "year" : "month") : "");
  return (
    <div className={styles.controls}>
      <div className={styles.buttons}>
        <Button tone="primary" onClick={play} aria-pressed={playing}>
          {t(playing ? "land-history.pause" : "land-history.play")}
        </Button>
        <Button icon="back" onClick={() => go(at - 1)} disabled={at === 0}>
          {t("land-history.back")}
        </Button>
        <Button icon="next" onClick={() => go(at + 1)} disabled={at === last}>
          {t("land-history.on")}
        </Button>
      </div>
      <div className={styles.slider}>
        <input
          type="range"
          min={0}
          max={last}
          value={at}
          aria-label={t("land-history.slider")}
          aria-valuetext={format.date(day)}
          onChange={(event) => go(Number(event.target.value))}
        />
        <div className={styles.ends} aria-hidden="true">
          <span>{spelled(stops[0])}</span>
          <span>{spelled(stops[last])}</span>
        </div>
      </div>
      <div className={styles.fields}>
        <DateField
          label={t("land-history.day")}
          value={{ date: day, precision: "day" }}
          onChange={(value) => {
            props.onPlaying(false);
            if (value) props.onDay(value.date);
          }}
        />
        <Select
          label={t("land-history.step")}
          value={size}
          onChange={(value) => props.onSize(stepSizes.find((each) => each === value) ?? "month")}
          options={stepSizes.map((value) => ({ value, label: t(`land-history.step.${value}`) }))}
        />
      </div>
    </div>
  );
}
