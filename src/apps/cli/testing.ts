import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { openDatabase } from "../../platform/database/open.ts";
import { embeddedCopy, withDatabase } from "../../platform/database/testing.ts";
import { newId } from "../../platform/kernel/ids.ts";
import { type Node, openNode } from "../server/node.ts";
import { runProgram } from "./program.ts";

/** The PostgreSQL server of the tests, where there is one. */
export const testServer: string | undefined = process.env.SANTI_TEST_DATABASE_URL;

/** What a command said, and how it ended. */
export interface Said {
  code: number;
  out: string;
  err: string;
  /** What it said, read as JSON. @throws SyntaxError when it is none */
  json<T>(): T;
}

/** Runs `santi` with some arguments in this process. */
export async function santi(...args: string[]): Promise<Said> {
  let [out, err] = ["", ""];
  const stdout = {
    write(text: string) {
      out += text;
    },
  };
  const stderr = {
    write(text: string) {
      err += text;
    },
  };
  const code = await runProgram(args, { stdout, stderr });
  return { code, out, err, json: <T>() => JSON.parse(out) as T };
}

/**
 * Runs `santi` with some arguments and `--json`; it must end well and complain about nothing.
 * @returns what it said
 */
export async function santiJson(...args: string[]): Promise<Record<string, unknown>> {
  const said = await santi(...args, "--json");
  expect([said.code, said.err], args.join(" ")).toEqual([0, ""]);
  return said.json<Record<string, unknown>>();
}

/** Makes an empty database on the server. */
export async function emptyDatabase(server: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `santi_cli_${newId().replaceAll("-", "")}`;
  const run = async (statement: string) => {
    const admin = await openDatabase({ url: server });
    await admin.executeSql(statement);
    await admin.close();
  };
  await run(`create database ${name}`);
  return { url: withDatabase(server, name), drop: () => run(`drop database if exists ${name} with (force)`) };
}

/** A node of a test's own. */
export interface TestNode {
  /** An empty folder for the files of the test. */
  readonly folder: string;
  /** The node's folder: its key, its files and, on the embedded database, its data. */
  readonly data: string;
  /** The options of the command line that name the node. */
  readonly where: readonly string[];
  /** Opens it; whoever asks closes it again before the next command. */
  open(): Promise<Node>;
  /** Runs a command on it. */
  santi(...args: string[]): Promise<Said>;
  /** Throws away the database and the folders. */
  remove(): Promise<void>;
}

/** Makes a node: on PostgreSQL where there is one, because that opens at once, else on the embedded database. */
export async function aNode(): Promise<TestNode> {
  const folder = mkdtempSync(join(tmpdir(), "santi-cli-"));
  const database = testServer ? await emptyDatabase(testServer) : undefined;
  const data = database ? join(folder, "state") : await embeddedCopy();
  const where = [...(database ? ["--database", database.url] : []), "--data", data];
  return {
    ...{ folder, data, where },
    open: () =>
      openNode({
        ...(database ? { databaseUrl: database.url } : {}),
        directory: data,
        publicAddress: "http://localhost:8600",
      }),
    santi: (...args) => santi(...args, ...where),
    async remove() {
      await database?.drop();
      for (const each of [folder, data]) rmSync(each, { recursive: true, force: true });
    },
  };
}
