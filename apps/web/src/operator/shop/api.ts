import { queryOptions, useMutation } from "@tanstack/react-query";
import { endpoints, type ShopChange, type ShopKind, type ShopSettings } from "@yumroad/contract";
import { call, callForVersion } from "../../platform/lib/call.ts";

/** The shop's settings and their version, which a change has to name. */
export interface VersionedSettings {
  settings: ShopSettings;
  version: string;
}

export const shopSettingsQuery = queryOptions({
  queryKey: ["shop-settings"],
  queryFn: async ({ signal }): Promise<VersionedSettings> => {
    const { answer, version } = await callForVersion(endpoints.operator.getShop, { signal });
    return { settings: answer, version };
  },
  // The form is over the version that was loaded when it was opened, so each form loads the newest one.
  gcTime: 0,
});

export function useChangeShop() {
  return useMutation({
    mutationFn: async ({ change, version }: { change: ShopChange; version: string }): Promise<VersionedSettings> => {
      const changed = await callForVersion(endpoints.operator.changeShop, { body: change, ifMatch: version });
      return { settings: changed.answer, version: changed.version };
    },
  });
}

export function useChangeShopKind() {
  return useMutation({ mutationFn: (kind: ShopKind) => call(endpoints.operator.changeShopKind, { body: { kind } }) });
}

export const mailCheckQuery = queryOptions({
  queryKey: ["mail-check"],
  queryFn: ({ signal }) => call(endpoints.operator.getMailCheck, { signal }),
  // It is confirmed in another tab, or on another device.
  staleTime: 0,
});

export function useSendTestMail() {
  return useMutation({ mutationFn: () => call(endpoints.operator.sendTestMail) });
}

export function useConfirmTestMail() {
  return useMutation({
    mutationFn: (token: string) => call(endpoints.operator.confirmTestMail, { body: { token } }),
  });
}
