import { expectAccessible } from "../support/accessible.ts";
import { openMail } from "../support/steps.ts";
import { createIdentity, expect, test } from "../support/test.ts";

const PRODUCT = "Paper boat";

test("R140: a guest withdraws from a contract in two steps, has it confirmed by email, and the seller sees it", async ({
  person,
  newVisitor,
}) => {
  const headers = { origin: new URL(person.page.url()).origin };
  const price = { amount: 1900, currency: "EUR" };
  const data = { name: PRODUCT, description: "To fold.", price, status: "published" };
  const { slug } = await (await person.page.request.post("/api/products", { data, headers })).json();

  const buyer = createIdentity("Grace Hopper");
  const { page, mailTray } = await newVisitor({ reducedMotion: "reduce" });
  const heading = (name: string) => expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.goto(`/p/${slug}/checkout`);
  await page.getByLabel("Email").fill(buyer.email);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Pay €19.00" }).click();
  await heading("Demo payment");
  await page.getByRole("button", { name: "Pay €19.00" }).click();
  await heading("Thank you");
  const ref = new URL(page.url()).pathname.split("/").at(-1) ?? "";

  await page.getByRole("main").getByRole("link", { name: "Withdraw from contract here" }).click();
  await heading("Withdraw from contract");
  await expect(page.getByLabel("Order number")).toHaveValue(ref);
  await page.getByLabel("Name").fill(buyer.name);
  await page.getByLabel("Email").fill(buyer.email);
  await expectAccessible(page, "the form to withdraw");
  await page.getByRole("button", { name: "Continue" }).click();
  await heading("Check your withdrawal");
  await expectAccessible(page, "the summary of a withdrawal");
  await page.getByRole("button", { name: "Confirm withdrawal" }).click();
  await heading("We received your withdrawal");

  const mail = await openMail(page, { ...buyer, mailTray }, "We received your withdrawal");
  await expect(mail.getByText(ref).first()).toBeVisible();
  await person.page.goto(`/sales/${ref}`);
  const section = person.page.getByRole("region", { name: "Withdrawal" });
  await expect(section).toContainText(`${buyer.name} withdrew from this order`);
  await expect(section.getByRole("button", { name: "Refund and end access" })).toBeVisible();
});
