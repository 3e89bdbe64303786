import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { definitions, tileLayers } from "../src/apps/server/compose.ts";
import { contracts } from "../src/apps/server/openapi.ts";
import { sensitivityLevels, sensitivityRank } from "../src/platform/contract/sensitivity.ts";
import { rootPath } from "../src/platform/kernel/root.ts";
import { columnName, storedFields } from "../src/platform/records/definition.ts";

interface Import {
  /** Path from the root for files, the name for packages. */
  target: string;
  typeOnly: boolean;
}

interface SourceFile {
  path: string;
  text: string;
  imports: Import[];
}

function filesUnder(folder: string): string[] {
  if (!existsSync(rootPath(folder))) return [];
  return readdirSync(rootPath(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : filesUnder(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith(".d.ts") ? [path] : [];
  });
}

function importsOf(path: string, text: string): Import[] {
  const found: Import[] = [];
  const statements =
    /^(?:import|export)\s+(type\s+)?([^"';]*?)\s*from\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm;
  for (const [, type, names = "", from, bare, dynamic] of text.matchAll(statements)) {
    const specifier = (from ?? bare ?? dynamic) as string;
    const target = specifier.startsWith(".")
      ? relative(rootPath(), join(rootPath(dirname(path)), specifier))
      : specifier;
    const inner = /\{([^}]*)\}/.exec(names)?.[1];
    const onlyTypes =
      inner !== undefined &&
      !/^\s*\w/.test(names.replace(/\{[^}]*\}/, "")) &&
      inner.split(",").every((name) => name.trim() === "" || name.trim().startsWith("type "));
    found.push({ target, typeOnly: type !== undefined || onlyTypes });
  }
  return found;
}

const isTest = (path: string) => /\.test(-helper)?\.tsx?$|\/testing\.ts$|\/samples\.ts$/.test(path);
const all: SourceFile[] = ["packages", "src"].flatMap(filesUnder).map((path) => {
  const text = readFileSync(rootPath(path), "utf8");
  return { path, text, imports: importsOf(path, text) };
});
const code = all.filter(({ path }) => !isTest(path));
const domains = readdirSync(rootPath("src", "domains"));

/** All imports of files that match, as `from → to` lines, where the rule says no. */
function against(from: RegExp, forbidden: (target: string, file: SourceFile, imported: Import) => boolean): string[] {
  return code
    .filter(({ path }) => from.test(path))
    .flatMap((file) =>
      file.imports
        .filter((imported) => forbidden(imported.target, file, imported))
        .map(({ target }) => `${file.path} → ${target}`),
    );
}

const domainOf = (path: string) => /^src\/domains\/([^/]+)\//.exec(path)?.[1];

describe("who may import whom", () => {
  it("packages know nothing of the program", () => {
    expect(against(/^packages\//, (target) => /^(src|sample-region|scripts)\//.test(target))).toEqual([]);
  });

  it("packages touch no file, network, clock or page", () => {
    const wanted = /^packages\/[^/]+\/src\//;
    // Threads to compute in are all that a package may ask of Node.
    const allowed = ["node:worker_threads", "node:os", "node:url"];
    expect(against(wanted, (target) => target.startsWith("node:") && !allowed.includes(target))).toEqual([]);
    const impure = code.filter(
      ({ path, text }) =>
        wanted.test(path) && /\b(Date\.now|Math\.random|process\.env|document\.|window\.|fetch)\(/.test(text),
    );
    expect(impure.map(({ path }) => path)).toEqual([]);
  });

  it("the platform knows no domain and no app", () => {
    expect(
      against(/^src\/platform\//, (target) => /^(src\/(domains|apps)|sample-region|tests)\//.test(target)),
    ).toEqual([]);
  });

  it("kernel stands below contract, contract below everything else of the platform", () => {
    expect(
      against(
        /^src\/platform\/kernel\//,
        (target) => target.startsWith("src/") && !target.startsWith("src/platform/kernel/"),
      ),
    ).toEqual([]);
    expect(
      against(
        /^src\/platform\/contract\//,
        (target) => target.startsWith("src/") && !/^src\/platform\/(kernel|contract)\//.test(target),
      ),
    ).toEqual([]);
    expect(
      against(
        /^src\/platform\/database\//,
        (target) => target.startsWith("src/") && !/^src\/platform\/(kernel|contract|database)\//.test(target),
      ),
    ).toEqual([]);
    expect(
      against(
        /^src\/platform\/events\//,
        (target) => target.startsWith("src/") && !/^src\/platform\/(kernel|contract|database|events)\//.test(target),
      ),
    ).toEqual([]);
  });

  it("contracts and models of domains run in the browser too", () => {
    const wanted = /^src\/domains\/[^/]+\/(contract|model)(-[\w-]+)?\.ts$/;
    const byPath = new Map(code.map((file) => [file.path, file]));
    /** What a file pulls in that the browser has not, by itself or through files of its own domain. */
    const foreign = (path: string, seen = new Set<string>()): string[] =>
      (byPath.get(path)?.imports ?? []).flatMap(({ target }) => {
        if (/^src\/platform\/(kernel\/(?!root)|contract\/)/.test(target)) return [];
        if (["zod", "geojson"].includes(target) || target.startsWith("@santi/")) return [];
        if (/^src\/domains\/[^/]+\/(contract|model)(-[\w-]+)?\.ts$/.test(target)) return [];
        if (domainOf(target) !== domainOf(path) || /\/(store|actions|index)\.ts$/.test(target))
          return [`${path} → ${target}`];
        if (seen.has(target)) return [];
        return foreign(target, seen.add(target));
      });
    expect(code.filter(({ path }) => wanted.test(path)).flatMap(({ path }) => foreign(path))).toEqual([]);
  });

  it("screens of domains stay in the browser", () => {
    const wanted = /^src\/(domains\/[^/]+\/ui|platform\/(ui|map)|apps\/web)\//;
    expect(
      against(
        wanted,
        (target, { path }, { typeOnly }) =>
          !path.endsWith("vite.config.ts") &&
          ((target.startsWith("node:") && !typeOnly) ||
            /^src\/platform\/(database|events|jobs\/(index|store)|http|records|operations|tiles|files)(\/|$)/.test(
              target,
            ) ||
            /^src\/domains\/[^/]+\/(actions|store|routes|jobs|index|policy)\.ts$/.test(target) ||
            /^src\/apps\/(server|cli)\//.test(target)),
      ),
    ).toEqual([]);
  });

  it("a domain meets another at its front door, its contract or its screens' front door", () => {
    const door = /^src\/domains\/[^/]+\/(index|contract(-[\w-]+)?|model|ui\/index)\.tsx?$/;
    expect(
      against(
        /^src\/domains\//,
        (target, { path }) =>
          domainOf(target) !== undefined && domainOf(target) !== domainOf(path) && !door.test(target),
      ),
    ).toEqual([]);
  });

  it("nobody imports an app, but one app the other's composition", () => {
    expect(against(/^src\/(platform|domains)\//, (target) => target.startsWith("src/apps/"))).toEqual([]);
    expect(against(/^src\/apps\/(server|web)\//, (target) => target.startsWith("src/apps/cli/"))).toEqual([]);
    expect(against(/^src\/apps\/web\//, (target) => target.startsWith("src/apps/server/"))).toEqual([]);
  });

  it("folders do not need each other in a circle", () => {
    const folderOf = (path: string) => /^(packages\/[^/]+|src\/(?:platform|domains|apps)\/[^/]+)\//.exec(path)?.[1];
    const needs = new Map<string, Set<string>>();
    for (const { path, imports } of code) {
      const from = folderOf(path);
      // Screens are the browser's half of a domain; the two halves never run together.
      if (!from || path.includes("/ui/")) continue;
      for (const { target, typeOnly } of imports) {
        const to = target.startsWith("@santi/") ? target.replace("@santi/", "packages/") : folderOf(target);
        if (!to || to === from || typeOnly) continue;
        needs.set(from, (needs.get(from) ?? new Set()).add(to));
      }
    }
    const circles: string[] = [];
    const visit = (folder: string, trail: string[]) => {
      if (trail.includes(folder)) return void circles.push([...trail.slice(trail.indexOf(folder)), folder].join(" → "));
      for (const next of needs.get(folder) ?? []) visit(next, [...trail, folder]);
    };
    for (const folder of needs.keys()) visit(folder, []);
    expect([...new Set(circles)]).toEqual([]);
  });
});

describe("where SQL is", () => {
  // These read with SQL beside what else they do. The list is exact: it may only get shorter.
  const mixed = [
    "src/domains/imports/batch-checks.ts",
    "src/domains/imports/chunk.ts",
    "src/domains/imports/knowledge.ts",
    "src/domains/imports/undo.ts",
    "src/domains/places/gazetteer.ts",
    "src/domains/places/reference.ts",
  ];

  it("only the stores of a domain speak to the database", () => {
    const speaks = code.filter(
      ({ path, text }) =>
        /^src\/domains\//.test(path) &&
        !/\/([\w-]+-)?store\.ts$/.test(path) &&
        /\bsql(?:<[^`]*>)?`|\.(selectFrom|insertInto|updateTable|deleteFrom)\(/.test(text),
    );
    expect(speaks.map(({ path }) => path).sort()).toEqual(mixed);
  });

  it("no screen, app or contract holds SQL", () => {
    const speaks = code.filter(
      ({ path, text }) =>
        /^src\/(apps|platform\/(contract|kernel|ui|map|i18n|files))\//.test(path) && /\bsql(?:<[^`]*>)?`/.test(text),
    );
    expect(speaks.map(({ path }) => path)).toEqual([]);
  });
});

describe("record types", () => {
  it.each(definitions.map((definition) => [definition.type.name, definition] as const))(
    "%s says how sensitive each field is, and shows, sorts and searches by public ones",
    (_name, definition) => {
      const { type } = definition;
      for (const [name, field] of Object.entries(type.fields))
        expect(sensitivityLevels, `${type.name}.${name}`).toContain(field.sensitivity);
      const open = [type.titleField, ...(type.dateField ? [type.dateField] : []), ...definition.searchFields];
      for (const name of open) expect(type.fields[name]?.sensitivity, `${type.name}.${name}`).toBe("public");
      if (type.geometryField) expect(type.fields[type.geometryField]?.kind).toBe("geometry");
    },
  );

  it.each(definitions.map((definition) => [definition.type.name, definition] as const))(
    "%s has a column for each field and no other",
    (_name, definition) => {
      const schema = readFileSync(rootPath("src", "platform", "database", "schema.generated.ts"), "utf8");
      const table = new RegExp(`^  ${definition.table}: \\{\\n([^}]*)\\n  \\};`, "m").exec(schema)?.[1] ?? "";
      const columns = [...table.matchAll(/^ {4}(\w+):/gm)].map(([, name]) => name as string);
      const kept = [
        "country",
        "id",
        "revision",
        "sensitivity",
        "withdrawn",
        "sample",
        "import_id",
        "source_key",
        "recorded_at",
        "search",
      ];
      const tile = definition.type.geometryField ? ["tile_shape", "tile_levels", "tile_size"] : [];
      expect(columns.sort()).toEqual(
        [...kept, ...tile, ...storedFields(definition.type).map(([name]) => columnName(name))].sort(),
      );
    },
  );

  it("show only public fields on the map", () => {
    for (const { definition, properties } of tileLayers)
      for (const { field } of properties)
        expect(sensitivityRank(definition.type.fields[field]?.sensitivity ?? "strictly-confidential"), field).toBe(0);
  });
});

describe("folders and files", () => {
  it.each(domains)("the domain %s has a floor plan and its words in English and Khmer", (domain) => {
    const missing = ["README.md", "i18n/en.json", "i18n/km.json"].filter(
      (name) => !existsSync(rootPath("src", "domains", domain, name)),
    );
    expect(missing).toEqual([]);
  });

  it("no file is too long to read, but tests, generated ones and style sheets", () => {
    const long = [
      ...code,
      ...["sample-region", "scripts", "tests", "benchmarks"]
        .flatMap(filesUnder)
        .map((path) => ({ path, text: readFileSync(rootPath(path), "utf8") })),
    ]
      .filter(({ path, text }) => !/\.(test|generated)\.tsx?$/.test(path) && text.split("\n").length > 450)
      .map(({ path, text }) => `${path} ${text.split("\n").length}`);
    expect(long).toEqual([]);
  });

  it("nothing is named after having no name, and nothing is exported by default", () => {
    const named = all
      .filter(({ path }) => /\/(utils?|helpers?|misc|common|shared|lib)(\/|\.tsx?$)/.test(path))
      .map(({ path }) => path);
    expect(named).toEqual([]);
    const byDefault = code
      .filter(({ path, text }) => !path.endsWith(".config.ts") && /^export default /m.test(text))
      .map(({ path }) => path);
    expect(byDefault).toEqual([]);
  });

  it("nothing is left to do, switched off or said to no type checker", () => {
    const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    const inComments = new RegExp(["TO" + "DO", "FIX" + "ME", "@ts-" + "ignore", "@ts-" + "nocheck"].join("|"));
    const left = all
      .filter(({ text }) => inComments.test(text) || /\bas any\b|: any\b/.test(withoutComments(text)))
      .map(({ path }) => path);
    expect(left).toEqual([]);
    const skipped = all
      .filter(({ path, text }) => isTest(path) && /\b(it|test|describe)\.(skip|only|todo)\(/.test(text))
      .map(({ path }) => path);
    expect(skipped).toEqual([]);
  });

  it("every route has an operation of its own and a sentence in the catalogue", () => {
    const english = readdirSync(rootPath("src"), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(join("i18n", "en.json")))
      .flatMap((path) => Object.keys(JSON.parse(readFileSync(rootPath("src", path), "utf8")) as object));
    const known = new Set(english);
    const summaries = Object.values(contracts).flatMap((routes) => Object.values(routes).map(({ summary }) => summary));
    expect([...new Set(summaries.filter((key) => !known.has(key)))]).toEqual([]);
  });
});
