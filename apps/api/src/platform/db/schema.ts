import type { MigrationObject } from "@mikro-orm/core";
import type { Options } from "@mikro-orm/sql";

/** Every migration in the order of execution, for each database. */
export interface Migrations {
  sqlite: MigrationObject[];
  postgres: MigrationObject[];
}

/** The program's tables: the rooms above declare them, and the root gives them to `openDatabase`. */
export interface Schema {
  entities: NonNullable<Options["entities"]>;
  /** Tables that only migrations create, without an entity: the comparison with the entities skips them. */
  unmappedTables: RegExp[];
  migrations: Migrations;
}
