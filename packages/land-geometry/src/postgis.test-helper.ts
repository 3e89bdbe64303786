import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";

/** The PostgreSQL server with PostGIS that results are compared with; undefined when there is none. */
export const postgisServer = process.env.SANTI_TEST_DATABASE_URL;

/** Makes a database with PostGIS for the tests of the block that calls it, and drops it afterwards. */
export function postgisDatabase(server: string): pg.Client {
  const name = `santi_geometry_${randomUUID().replaceAll("-", "").slice(0, 12)}`;
  const client = new pg.Client({ connectionString: server.replace(/\/[^/]*$/, `/${name}`) });

  async function administer(sql: string): Promise<void> {
    const admin = new pg.Client({ connectionString: server });
    await admin.connect();
    try {
      await admin.query(sql);
    } finally {
      await admin.end();
    }
  }

  beforeAll(async () => {
    await administer(`CREATE DATABASE ${name}`);
    await client.connect();
    await client.query("CREATE EXTENSION postgis");
  });
  afterAll(async () => {
    await client.end();
    await administer(`DROP DATABASE IF EXISTS ${name}`);
  });
  return client;
}
