import { examine } from "../../platform/attachments/examine.ts";
import { sniff } from "../../platform/attachments/media.ts";
import { Problem } from "../../platform/kernel/problem.ts";
import { type Identity, peopleProblems } from "./contract.ts";
import { largestPhotograph } from "./model.ts";

type Photograph = NonNullable<Identity["photograph"]>;

/**
 * A photograph as it is kept: of the kind that it says, written anew without place, time, owner, device, thumbnail and
 * whatever else a file carries beside its picture.
 * @param given the file's bytes in base64
 * @throws Problem `people.photograph-unusable` for a broken file or another kind, `people.photograph-too-large`
 */
export function cleanPhotograph({ mediaType, data }: Photograph): Photograph {
  const bytes = Buffer.from(data, "base64");
  const cleaned = sniff(bytes) === mediaType ? examine(bytes, mediaType)?.cleaned : null;
  if (!cleaned) throw new Problem(peopleProblems["photograph-unusable"]);
  if (cleaned.length > largestPhotograph)
    throw new Problem(peopleProblems["photograph-too-large"], { limit: largestPhotograph / 1000 });
  return { mediaType, data: Buffer.from(cleaned).toString("base64") };
}

/** The parts of an identity with their photograph as it is kept. @throws Problem as `cleanPhotograph` */
export function withCleanPhotograph<T extends { photograph?: Photograph | null | undefined }>(parts: T): T {
  return parts.photograph ? { ...parts, photograph: cleanPhotograph(parts.photograph) } : parts;
}
