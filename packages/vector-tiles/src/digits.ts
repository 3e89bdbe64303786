/**
 * Numbers as printable ASCII, so that they pass through any driver as `text`: base 47, least digit first. A last digit d
 * is the character 33 + d, any other digit the character 80 + d. A signed number s is written as 2s, or -2s - 1 when
 * negative, as in the tile format.
 */
export const BASE = 47;
/** The character of a last digit 0. */
export const FIRST = 33;

/** Turns character codes into text, their number in front. */
export function withLength(body: readonly number[]): string {
  const whole: number[] = [];
  push(whole, body.length);
  let text = String.fromCharCode(...whole);
  for (let i = 0; i < body.length; i += 4096) text += String.fromCharCode(...body.slice(i, i + 4096));
  return text;
}

/** Appends a non-negative integer in base 47. */
export function push(out: number[], value: number): void {
  let rest = value;
  while (rest >= BASE) {
    out.push(FIRST + BASE + (rest % BASE));
    rest = Math.floor(rest / BASE);
  }
  out.push(FIRST + rest);
}

/** Appends a signed integer: even numbers for what is not negative, odd ones below zero. */
export function pushSigned(out: number[], value: number): void {
  push(out, value < 0 ? -2 * value - 1 : 2 * value);
}

const ascii = new TextEncoder();

/** The characters of an ASCII text as bytes. */
export function asciiBytes(text: string): Uint8Array {
  // Buffer copies one byte a character without looking at it; browsers have no Buffer and take the general way.
  return typeof Buffer === "undefined" ? ascii.encode(text) : Buffer.from(text, "latin1");
}
