import { oncePerPart } from "../../base/once-per.js";
import type { ProjectModel } from "../../model/project-model.js";
import { type Exposure, keyOf } from "./exposure.js";

/** What bills are about, as files, modules and variables are called. */
const bills = /invoice|subscription|billing|zuora|chargebee|recurly|rate_?plan|tariff|dunning/i;
/** What money goes to or comes from. */
const banks = /(?:^|[a-z_])bank|iban|sort_?code|routing_?n|swift_?code|ifsc|payout|payee|beneficiar|withdraw|direct_?debit/i;

/** Whether the number of an account is one that a billing system gives its customers: an id, by which nobody pays. */
export function isBillingAccount(model: ProjectModel, file: string, exposure: Exposure): boolean {
  return exposure.category === "payment" && /account_?numbers?$/i.test(keyOf(exposure)) && tellsOfBills(model, file);
}

const tellsOfBills = oncePerPart((model: ProjectModel, file: string): boolean => {
  const { bindings, imports } = model.facts(file);
  const names = [file, ...imports.flatMap(({ specifier }) => specifier ?? []), ...bindings.map(({ name }) => name)];
  return names.some((name) => bills.test(name)) && !names.some((name) => banks.test(name));
});
