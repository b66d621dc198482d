import { createUser } from "../features/accounts/create-user.ts";
import { UserEntity } from "../features/accounts/user.entity.ts";
import { createProduct } from "../features/products/create-product.ts";
import type { Clock } from "../lib/clock.ts";
import type { PasswordHasher } from "../lib/password.ts";
import type { EntityManager } from "./database.ts";
import { demoLogin, demoStores } from "./demo-stores.ts";

interface Parts {
  em: EntityManager;
  hasher: PasswordHasher;
  clock: Clock;
}

/** Fills an empty database with two stores and thirty products. Does nothing once there is any account. */
export async function seedDemo({ em, hasher, clock }: Parts): Promise<void> {
  if ((await em.count(UserEntity, {})) > 0) return;
  const owners: { id: string; products: (typeof demoStores)[number]["products"] }[] = [];
  for (const { owner, email, products } of demoStores) {
    const made = await createUser({ em, hasher, clock }, { name: owner, email, password: demoLogin.password });
    if (made.kind !== "created") throw new Error(`The demo account ${email} could not be made: ${made.kind}`);
    owners.push({ id: made.user.id, products });
  }
  // Turn about, so that the home page shows both stores.
  const longest = Math.max(...owners.map(({ products }) => products.length));
  for (let place = 0; place < longest; place += 1) {
    for (const { id, products } of owners) {
      const product = products[place];
      if (product) await createProduct({ em: em.fork(), clock }, id, { status: "published", ...product });
    }
  }
}
