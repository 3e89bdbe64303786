import { v7 } from "uuid";

/** Makes an identity for a record: a UUIDv7, so that ids sort by the time they were made. */
export function newId(): string {
  return v7();
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Tells whether a text has the form of a UUID of any version. */
export function isUuid(text: string): boolean {
  return uuidPattern.test(text);
}
