import type { MigrationObject } from "@mikro-orm/core";
import type { Options } from "@mikro-orm/sql";

/** The migrations of each database, in the order of execution. */
export interface Migrations {
  sqlite: MigrationObject[];
  postgres: MigrationObject[];
}

/** The program's tables. The feature folders declare them, and the composition root passes them to `openDatabase`. */
export interface Schema {
  entities: NonNullable<Options["entities"]>;
  /** Tables that migrations create and no entity maps. MikroORM's comparison of schema and entities skips them. */
  unmappedTables: RegExp[];
  migrations: Migrations;
}
