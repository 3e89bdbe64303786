/** How exactly a date is known. A year or month is stored as its first day. */
export const datePrecisions = ["day", "month", "year"] as const;
