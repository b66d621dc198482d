import { Readable } from "node:stream";
import { DiscountInput, NewProduct } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import { addFile } from "../catalog/contents/add-file.ts";
import { ContentEntity } from "../catalog/contents/content.entity.ts";
import { cleanFileName } from "../catalog/files/clean-file-name.ts";
import { FileEntity } from "../catalog/files/file.entity.ts";
import { createProduct } from "../catalog/products/create-product.ts";
import { ProductEntity } from "../catalog/products/product.entity.ts";
import { StoreEntity } from "../catalog/stores/store.entity.ts";
import { createUser } from "../identity/auth/create-user.ts";
import type { AccountExtension } from "../identity/users/account-extension.ts";
import { findAccountByEmail } from "../identity/users/queries.ts";
import { emailKeyOf, UserEntity } from "../identity/users/user.entity.ts";
import type { EntityManager } from "../platform/db/database.ts";
import { SettingEntity } from "../platform/db/setting.entity.ts";
import { Refusal } from "../platform/http/problem.ts";
import type { Clock } from "../platform/lib/clock.ts";
import type { PasswordHasher } from "../platform/lib/password-hasher.ts";
import type { FileStorage } from "../platform/storage/file-storage.ts";
import { createDiscount } from "../sales/discounts/create-discount.ts";
import { demoLogin, demoStores } from "./demo-stores.ts";
import { makePdf } from "./make-pdf.ts";

interface SeedContext {
  em: EntityManager;
  hasher: PasswordHasher;
  clock: Clock;
  accountExtension: AccountExtension;
  fileStorage: FileStorage;
}

const FILLED = "demo_filled";

/**
 * Fills an empty database once with two stores and thirty products: products changed or deleted later are not restored.
 * An interrupted run continues at the next start.
 */
export async function seedDemo(ctx: SeedContext): Promise<void> {
  const { em, clock } = ctx;
  if ((await em.count(SettingEntity, { key: FILLED })) > 0) return;
  const demoKeys = demoStores.map(({ email }) => emailKeyOf(email));
  const isEmpty = (await em.count(UserEntity, { emailKey: { $nin: demoKeys } })) === 0;
  if (isEmpty) await fill(ctx);
  await em.insert(SettingEntity, { key: FILLED, value: new Date(clock.now()).toISOString() });
}

async function fill({ em, hasher, clock, accountExtension, fileStorage }: SeedContext): Promise<void> {
  const stores: { owner: { id: string }; products: (typeof demoStores)[number]["products"] }[] = [];
  for (const { owner: name, email, products } of demoStores) {
    const person = { name, email, password: demoLogin.password };
    // The email is verified at once, because the demo's users can't receive the mail that would verify it.
    const isOperator = email === demoLogin.email;
    const inTransaction = ({ em }: { em: EntityManager }, { id }: { id: string }) =>
      appoint(em, id, { now: new Date(clock.now()), isOperator });
    await createUser({ em, hasher, clock, accountExtension }, person, { inTransaction });
    const account = await findAccountByEmail(em, email);
    if (!account) throw new Error(`The demo account ${email} could not be made`);
    stores.push({ owner: account.user, products });
  }
  // Creates a product for each store in turn, so that the home page, newest first, shows both stores.
  const longest = Math.max(...stores.map(({ products }) => products.length));
  for (let place = 0; place < longest; place += 1) {
    for (const { owner, products } of stores) {
      const product = products[place];
      const isThere =
        product && (await em.count(ProductEntity, { name: product.name, store: { owner: owner.id } })) > 0;
      if (product && !isThere) await addProduct({ em, clock, fileStorage }, { owner, product });
    }
  }
  const [first] = stores;
  if (first) await addDiscount({ em, clock }, first.owner.id);
}

/** Makes a discount code that an interrupted run may have made already. */
async function addDiscount({ em, clock }: Pick<SeedContext, "em" | "clock">, ownerId: string): Promise<void> {
  const input = DiscountInput.parse({ code: "WELCOME10", off: { kind: "percent", percent: 10 } });
  const made = await createDiscount({ em: em.fork(), clock }, { ownerId, input });
  if (made instanceof Refusal && made.code !== "code_taken")
    throw new Error("The demo's discount code could not be made");
}

/** Creates a product with a note and a file, so that buyers of the demo get something. */
async function addProduct(
  { em, clock, fileStorage }: Pick<SeedContext, "em" | "clock" | "fileStorage">,
  { owner, product }: { owner: { id: string }; product: (typeof demoStores)[number]["products"][number] },
): Promise<void> {
  const outcome = await createProduct(
    { em: em.fork(), clock },
    { owner: { ...owner, loggedInAt: clock.now() }, product: NewProduct.parse(product) },
  );
  if (outcome.kind !== "created") throw new Error(`The demo product ${product.name} could not be made`);
  const now = new Date(clock.now());
  const { id: productId } = outcome.product;
  const body = `Thank you for **${product.name}**.\n\nThis is the demo: here you would find what you bought.`;
  await em.fork().insert(ContentEntity, {
    ...{ id: uuid(), kind: "note", title: "Read me first", body, position: 1, createdAt: now, updatedAt: now },
    product: em.getReference(ProductEntity, productId),
  });
  await addSample({ em, clock, fileStorage }, { productId, name: product.name });
}

/** Adds a small PDF to a product, which is checked as every upload is. */
async function addSample(
  { em, clock, fileStorage }: Pick<SeedContext, "em" | "clock" | "fileStorage">,
  { productId, name }: { productId: string; name: string },
): Promise<void> {
  const id = uuid();
  const bytes = makePdf([name, "This is a file of the demo."]);
  await fileStorage.beginUpload(id);
  await fileStorage.append(id, 0, Readable.from([bytes]));
  await fileStorage.storeUpload(id);
  await em.fork().transactional(async (em) => {
    const { store } = await em.findOneOrFail(ProductEntity, productId, { fields: ["store"] });
    const file = { id, name: cleanFileName(`${name}.pdf`) };
    const createdAt = new Date(clock.now());
    const reference = em.getReference(StoreEntity, store.id);
    await em.insert(FileEntity, { ...file, store: reference, size: bytes.length, state: "checking", createdAt });
    await addFile({ em, clock }, { productId, file, contentId: null });
  });
}

/** Marks the email as verified, and the user as the shop's operator if they are to be one. */
async function appoint(
  em: EntityManager,
  userId: string,
  { now, isOperator }: { now: Date; isOperator: boolean },
): Promise<void> {
  const appointed = { emailVerifiedAt: now, operatorSince: isOperator ? now : null };
  await em.nativeUpdate(UserEntity, { id: userId }, appointed);
}
