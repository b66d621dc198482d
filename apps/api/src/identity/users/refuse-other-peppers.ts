import type { EntityManager } from "../../platform/db/database.ts";
import { SettingEntity } from "../../platform/db/setting.entity.ts";

const KEY = "password_pepper_fingerprint";

/** Thrown if the passwords in this database were hashed with a pepper that is missing in the settings. */
export class WrongPepper extends Error {
  override name = "WrongPepper";

  constructor(expected: string) {
    super(
      `PASSWORD_PEPPER is not the one that this database's passwords were hashed with (fingerprint ${expected}), so nobody could log in. Put the former value back; to change it, put the new one in front: PASSWORD_PEPPER=new,former.`,
    );
  }
}

/**
 * Compares the fingerprints of the configured peppers, newest first, with the fingerprint stored in the database, and
 * stores the newest one. Throws WrongPepper if the stored fingerprint is not among the configured ones.
 */
export async function refuseOtherPeppers(em: EntityManager, fingerprints: readonly string[]): Promise<void> {
  const newest = fingerprints[0] ?? "";
  const known = await em.findOne(SettingEntity, KEY);
  if (known === null) {
    em.persist(em.create(SettingEntity, { key: KEY, value: newest }));
  } else if (fingerprints.includes(known.value)) {
    known.value = newest;
  } else {
    throw new WrongPepper(known.value);
  }
  await em.flush();
}
