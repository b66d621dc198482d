import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { endpoints, type ShopChange, type ShopKind, type ShopSettings } from "@yumroad/contract";
import { call, callForVersion } from "../../platform/lib/call.ts";

/** The shop's settings and their version, which a change has to name. */
export interface VersionedSettings {
  settings: ShopSettings;
  version: string;
}

export const shopSettingsQuery = queryOptions({
  queryKey: ["shop-settings"],
  queryFn: async ({ client, signal }): Promise<VersionedSettings> => {
    const { answer, version } = await callForVersion(client, endpoints.operator.getShop, { signal });
    return { settings: answer, version };
  },
  // The form is over the version that was loaded when it was opened, so each form loads the newest one.
  gcTime: 0,
});

interface VersionedChange {
  change: ShopChange;
  version: string;
}

export function useChangeShop() {
  return useMutation({
    mutationFn: async ({ change, version }: VersionedChange, { client }): Promise<VersionedSettings> => {
      const changed = await callForVersion(client, endpoints.operator.changeShop, { body: change, ifMatch: version });
      return { settings: changed.answer, version: changed.version };
    },
  });
}

export function useChangeShopKind() {
  return useMutation({
    mutationFn: (kind: ShopKind, { client }) => call(client, endpoints.operator.changeShopKind, { body: { kind } }),
  });
}

export const mailCheckQuery = queryOptions({
  queryKey: ["mail-check"],
  queryFn: ({ client, signal }) => call(client, endpoints.operator.getMailCheck, { signal }),
  // It is confirmed in another tab, or on another device.
  staleTime: 0,
});

export function useSendTestMail() {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: () => call(queryClient, endpoints.operator.sendTestMail) });
}

export function useConfirmTestMail() {
  return useMutation({
    mutationFn: (token: string, { client }) => call(client, endpoints.operator.confirmTestMail, { body: { token } }),
  });
}
