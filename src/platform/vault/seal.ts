import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { Problem } from "../kernel/problem.ts";
import { type VaultKey, vaultProblems } from "./key-ring.ts";

/** Where a sealed value stands. It is sealed in with the value, so that it cannot be read from anywhere else. */
export interface Place {
  table: string;
  column: string;
  country: string;
  /** The row's key within the country. */
  id: string;
}

const version = 1;
const saltLength = 16;
const tagLength = 16;
const headerLength = 1 + 4 + saltLength;
/** Values are filled up to whole blocks, so that the length of a name does not show. */
const block = 64;

const associated = (header: Buffer, { table, column, country, id }: Place) =>
  Buffer.concat([header, Buffer.from(JSON.stringify([table, column, country, id]), "utf8")]);

/**
 * A key and a nonce of their own for each sealed value: one block of HMAC-SHA-512 under the ring's key over a label and the
 * value's random salt (a key derivation in counter mode, NIST SP 800-108).
 */
function derived({ key }: VaultKey, salt: Buffer): { key: Buffer; nonce: Buffer } {
  const bytes = createHmac("sha512", key).update("santi vault value").update(salt).digest();
  return { key: bytes.subarray(0, 32), nonce: bytes.subarray(32, 44) };
}

/**
 * Seals a text with AES-256-GCM: one byte version, four bytes name of the key, sixteen bytes salt, the text filled up to
 * blocks of 64 bytes, sixteen bytes tag.
 */
export function sealText(key: VaultKey, place: Place, text: string): Buffer {
  const salt = randomBytes(saltLength);
  const header = Buffer.concat([Buffer.from([version]), Buffer.from(key.id, "hex"), salt]);
  const content = Buffer.from(text, "utf8");
  const plain = Buffer.alloc(Math.ceil((content.length + 4) / block) * block);
  plain.writeUInt32BE(content.length, 0);
  content.copy(plain, 4);
  const { key: own, nonce } = derived(key, salt);
  const cipher = createCipheriv("aes-256-gcm", own, nonce, { authTagLength: tagLength });
  cipher.setAAD(associated(header, place));
  return Buffer.concat([header, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** The name of the key that a value was sealed with. @throws Problem `vault.value-damaged` */
export function sealedWith(sealed: Buffer): string {
  if (sealed.length < headerLength + block + tagLength || sealed[0] !== version)
    throw new Problem(vaultProblems["value-damaged"]);
  return sealed.subarray(1, 5).toString("hex");
}

/**
 * Opens a sealed text.
 * @throws Problem `vault.value-damaged` when it was altered, or stands elsewhere than where it was sealed
 */
export function openText(key: VaultKey, place: Place, sealed: Buffer): string {
  const header = sealed.subarray(0, headerLength);
  const { key: own, nonce } = derived(key, header.subarray(5));
  const decipher = createDecipheriv("aes-256-gcm", own, nonce, { authTagLength: tagLength });
  decipher.setAAD(associated(header, place));
  decipher.setAuthTag(sealed.subarray(-tagLength));
  try {
    const plain = Buffer.concat([decipher.update(sealed.subarray(headerLength, -tagLength)), decipher.final()]);
    return plain.subarray(4, 4 + plain.readUInt32BE(0)).toString("utf8");
  } catch {
    throw new Problem(vaultProblems["value-damaged"]);
  }
}

/**
 * A token of a word for a blind index: the first 64 bits of its HMAC-SHA-256, as a signed number in decimal digits, which
 * is how PostgreSQL takes a bigint without loss.
 * @param country tokens of one word differ between countries, so that indexes cannot be compared
 */
export function tokenOf({ key }: VaultKey, country: string, word: string): string {
  const digest = createHmac("sha256", key).update(`${country}\u0000${word}`, "utf8").digest();
  return digest.readBigInt64BE(0).toString();
}
