import type { MigrationObject } from "@mikro-orm/core";
import type { Options } from "@mikro-orm/sql";

/** Every migration in the order in which they run, for each database. */
export interface Migrations {
  sqlite: MigrationObject[];
  postgres: MigrationObject[];
}

/** The tables of the program: the rooms above say which there are, and the root hands them to `openDatabase`. */
export interface Schema {
  entities: NonNullable<Options["entities"]>;
  /** Tables that no entity maps and that migrations alone make: the comparison with the entities leaves them out. */
  unmappedTables: RegExp[];
  migrations: Migrations;
}
