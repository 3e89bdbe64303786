import type { Field } from "../../src/platform/contract/fields.ts";
import type { RecordType, RecordValues } from "../../src/platform/contract/record-type.ts";
import { storedFields } from "../../src/platform/records/definition.ts";

/** A value that is nowhere else in the world, so that whoever meets it knows where it came from. */
export interface Canary {
  /** As it stands in texts that leave. */
  text: string;
  type: string;
  country: string;
  record: string;
  field: string;
  /** Rank of the field's level. */
  level: number;
  /** Rank of the record's own level, and whose it is. */
  recordLevel: number;
  organisation: string | null;
}

/** Values that a record may point to, by country. */
export interface Targets {
  unit: string;
  organisation: string;
  records: ReadonlyMap<string, string>;
}

/** Makes values of which each can be told from every other. */
export class Planter {
  #n = 0;

  /** A word that no text holds by chance. */
  word(): string {
    this.#n += 1;
    return `Qz${(this.#n * 7919).toString(36).padStart(6, "0")}Vx`;
  }

  #day(): string {
    this.#n += 1;
    return new Date(Date.UTC(1921, 0, 1) + this.#n * 86_400_000).toISOString().slice(0, 10);
  }

  /**
   * A value for a field, and how it is recognised when it leaves: null for values that are too common to be told apart,
   * such as yes, a code or an age.
   */
  value(field: Field, of: Targets, codes: readonly string[]): { value: unknown; text: string | null } | null {
    switch (field.kind) {
      case "text":
      case "long-text": {
        const text = this.word();
        return { value: text, text };
      }
      case "names": {
        const text = this.word();
        return { value: { en: text, km: text }, text };
      }
      case "date": {
        const text = this.#day();
        return { value: text, text };
      }
      case "integer":
      case "number": {
        this.#n += 1;
        if ((field.max ?? 1e12) >= 1e9) {
          const value = 412_000_000 + this.#n * 13;
          return { value, text: String(value) };
        }
        return { value: Math.max(field.min ?? 1, 1), text: null };
      }
      case "boolean":
        return { value: true, text: null };
      case "code":
        return codes[0] === undefined ? null : { value: codes[0], text: null };
      case "codes":
        return codes[0] === undefined ? null : { value: [codes[0]], text: null };
      case "unit":
        return { value: of.unit, text: null };
      case "organisation":
        return { value: of.organisation, text: null };
      case "record": {
        const target = of.records.get(field.of ?? "");
        return target === undefined ? null : { value: target, text: null };
      }
      case "geometry": {
        this.#n += 1;
        const [x, y] = [104 + (this.#n * 37 + 1) / 1e6, 12 + (this.#n * 53 + 1) / 1e6];
        const text = x.toFixed(6);
        if (field.geometries && !field.geometries.includes("Point")) {
          const ring = [
            [x, y],
            [x + 0.01, y],
            [x + 0.01, y + 0.01],
            [x, y],
          ];
          return { value: { type: "Polygon", coordinates: [ring] }, text };
        }
        return { value: { type: "Point", coordinates: [x, y] }, text };
      }
      default:
        return null;
    }
  }

  /** A record of which every field that can be filled holds something. */
  values(
    type: RecordType,
    of: Targets,
    lists: Readonly<Record<string, readonly string[]>>,
  ): { values: RecordValues; texts: Map<string, string> } {
    const values: RecordValues = {};
    const texts = new Map<string, string>();
    for (const [name, field] of storedFields(type)) {
      const made = this.value(field, of, lists[field.list ?? ""] ?? []);
      if (!made) continue;
      values[name] = made.value;
      if (made.text !== null) texts.set(name, made.text);
    }
    return { values, texts };
  }
}
