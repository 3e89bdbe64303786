/** Words in the national language and in English; `english` is null where the document is in English alone. */
export interface Bilingual {
  own: string;
  english: string | null;
}

/** What stands in a cell or behind a label: words that are the same in every language, or both of two. */
export type Words = string | Bilingual;

/** A column of a table; widths are shares of the line. */
export interface TableColumn {
  label: Bilingual;
  align: "left" | "right" | "center";
  weight: number;
}

/** Who signs: what for, and what is known of them already; what is not known is left to be written by hand. */
export interface Signatory {
  role: Bilingual;
  name: string | null;
  position: string | null;
  organisation: Words | null;
  /** Written out already, e.g. `3 Mar 2026`. */
  date: string | null;
}

/** A piece of a document. Everything in it is text to be shown as it is, never markup. */
export type Block =
  | { kind: "heading"; label: Bilingual }
  /** Labels with values; `wide` ones take a whole line. */
  | { kind: "facts"; items: readonly { label: Bilingual; value: Words; wide?: boolean }[] }
  | { kind: "paragraph"; words: Words }
  /** A paragraph in a frame: declarations, warnings. */
  | { kind: "notice"; words: Words }
  /** What a table without rows says stands in `empty`. */
  | {
      kind: "table";
      caption: Bilingual | null;
      columns: readonly TableColumn[];
      rows: readonly (readonly Words[])[];
      total: readonly Words[] | null;
      empty: Bilingual;
    }
  /** A drawing as SVG, with the symbols that explain it. */
  | {
      kind: "figure";
      svg: string;
      caption: Bilingual;
      description: string;
      legend: readonly { svg: string; label: Bilingual }[];
    }
  | { kind: "signatures"; words: SignatureWords; signatories: readonly Signatory[] }
  | { kind: "page-break" };

/** What stands beside the lines to be filled in by hand. */
export interface SignatureWords {
  name: Bilingual;
  position: Bilingual;
  organisation: Bilingual;
  date: Bilingual;
  signature: Bilingual;
}

/** A whole document, ready to be set. */
export interface DocumentModel {
  title: Bilingual;
  /** Who issues it: the name of the programme or authority. */
  issuer: Words;
  /** Its number, in the header of every page. */
  number: string;
  /** "As of …", in the header of every page. */
  asOf: Bilingual;
  /** "Page … of …" with `{page}` and `{pages}` standing for the numbers. */
  page: Bilingual;
  /** What stands below a document with letters that the fonts do not have: what `\uFFFD` means. */
  unshown: Bilingual;
  /** What it is not: a draft, a superseded version. Null for what counts. */
  banner: Bilingual | null;
  blocks: readonly Block[];
}
