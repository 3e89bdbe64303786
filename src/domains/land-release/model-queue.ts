/** The three lists of reports: what waits for the reader's judgement, what the reader entered or handed in, and all. */
export const queues = ["todo", "mine", "all"] as const;
export type Queue = (typeof queues)[number];

/** The orders in which reports are listed; a leading minus reverses. `waiting` is the time in the present state. */
export const queueSorts = [
  "waiting",
  "-waiting",
  "code",
  "-code",
  "type",
  "-type",
  "effectiveOn",
  "-effectiveOn",
  "entered",
  "-entered",
] as const;
export type QueueSort = (typeof queueSorts)[number];
