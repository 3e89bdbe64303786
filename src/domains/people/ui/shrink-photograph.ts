import type { Identity } from "../contract.ts";
import { largestPhotograph } from "../model.ts";

type Photograph = NonNullable<Identity["photograph"]>;

/** Longest side in points, and how faithful, tried in turn until the file is small enough. */
const attempts = [
  [800, 0.85],
  [800, 0.7],
  [600, 0.7],
  [400, 0.6],
] as const;

function base64Of(bytes: Uint8Array): string {
  let text = "";
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

/**
 * Draws a picture anew as a JPEG that is small enough to be kept, so that ten megabytes of a phone need not travel. What the
 * camera wrote beside the picture does not come along; how it was turned does.
 * @returns null when the browser cannot show the file
 */
export async function shrinkPhotograph(file: Blob): Promise<Photograph | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return null;
  try {
    for (const [side, quality] of attempts) {
      const scale = Math.min(1, side / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(picture.width * scale));
      canvas.height = Math.max(1, Math.round(picture.height * scale));
      const drawing = canvas.getContext("2d");
      if (!drawing) return null;
      // A JPEG has no transparency; what was clear becomes white instead of black.
      drawing.fillStyle = "white";
      drawing.fillRect(0, 0, canvas.width, canvas.height);
      drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (made && made.size <= largestPhotograph)
        return { mediaType: "image/jpeg", data: base64Of(new Uint8Array(await made.arrayBuffer())) };
    }
    return null;
  } finally {
    picture.close();
  }
}
