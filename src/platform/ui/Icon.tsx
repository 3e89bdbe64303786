import styles from "./controls.module.css";

/** Strokes on a 24 by 24 grid. */
const paths = {
  overview: "M4 13h6V4H4zM14 9h6V4h-6zM14 20h6v-7h-6zM4 20h6v-3H4z",
  map: "M9 4 3 6.5v13L9 17l6 2.5 6-2.5V4l-6 2.5zM9 4v13M15 6.5v13",
  area: "M4 8l7-4 9 5-3 10-10 1z",
  accident: "M12 3v4M12 17v4M3 12h4M17 12h4M6 6l2.6 2.6M15.4 15.4 18 18M18 6l-2.6 2.6M8.6 15.4 6 18",
  find: "M5 19a8 8 0 0 1 14 0zM12 11V7M9.5 7h5",
  event: "M6 3v18M6 4h12l-3 4 3 4H6",
  organisation: "M4 21V5h9v16M13 10h7v11M4 21h17M7 9h3M7 13h3M7 17h3M16 14h1M16 18h1",
  place: "M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  import: "M12 4v11M7.5 10.5 12 15l4.5-4.5M4 20h16",
  export: "M12 15V4M7.5 8.5 12 4l4.5 4.5M4 20h16",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6M18 14.5a6 6 0 0 1 3.5 5.5",
  settings: "M4 7h10M18 7h2M4 17h2M10 17h10M16 4.5v5M8 14.5v5",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0",
  menu: "M4 6h16M4 12h16M4 18h16",
  close: "M6 6l12 12M18 6 6 18",
  check: "M5 12.5 10 17.5 19 7",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5",
  filter: "M4 5h16l-6.5 8v6l-3 1.5V13z",
  columns: "M4 4h16v16H4zM9.5 4v16M15 4v16",
  down: "M6 9l6 6 6-6",
  up: "M6 15l6-6 6 6",
  next: "M9 6l6 6-6 6",
  back: "M15 6l-6 6 6 6",
  edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  ledger: "M12 4v16M6 20h12M5 7h14M5 7l-2.5 6h5zM19 7l-2.5 6h5z",
  task: "M8 5H6v16h12V5h-2M9 3h6v4H9zM9 12h6M9 16h4",
  priority: "M4 7h16M4 12h10M4 17h5",
  calendar: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M9 15l2 2 4-4",
  inspection: "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM8.5 12l2.5 2.5 4.5-4.5",
  sample: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM17 14v6M14 17h6",
  care: "M12 20s-8-5-8-10.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8 2.5C20 15 12 20 12 20z",
  history: "M4 12a8 8 0 1 0 2.5-5.8M4 4v4h4M12 8v4.5l3 2",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  jobs: "M4 6h16M4 11h6M4 16h5M16 21a4.75 4.75 0 1 0 0-9.5 4.75 4.75 0 0 0 0 9.5zM16 14v2.4l1.6 1",
  auto: "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 4v16",
  language:
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9s.5-6 3.5-9z",
  warning: "M12 4 2.5 20h19zM12 10v5M12 17.5v.5",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v6M12 7.5v.5",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  add: "M12 5v14M5 12h14",
  out: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  key: "M8 16a4 4 0 1 1 3.5-6H21v4h-3v3h-4v-3h-2.5A4 4 0 0 1 8 16z",
} as const;

export type IconName = keyof typeof paths;

/** A line icon in the colour of the text. It is decoration: what it stands for is always said in words too. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={styles.svg} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
