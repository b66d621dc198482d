import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type CheckoutInput, type DemoPaymentInput, endpoints } from "@yumroad/contract";
import { useState } from "react";
import { ApiError, call } from "../../platform/lib/call.ts";

/** A product as it is sold now. Every cache on the way is asked to revalidate, because a price must not be stale. */
export function checkoutQuery(slug: string) {
  return queryOptions({
    queryKey: ["checkout", slug],
    queryFn: ({ client, signal }) =>
      call(client, endpoints.checkout.get, { params: { slug }, headers: { "cache-control": "no-cache" }, signal }),
    staleTime: 0,
    meta: { isPublic: true },
  });
}

export function useBeginCheckout(slug: string) {
  return useMutation({
    mutationFn: (body: CheckoutInput, { client }) => call(client, endpoints.checkout.begin, { params: { slug }, body }),
  });
}

/** How often a page asks for a file that is being checked. */
const FILE_CHECK_MS = 3000;

function orderQuery(ref: string) {
  return queryOptions({
    queryKey: ["orders", ref],
    queryFn: ({ client, signal }) => call(client, endpoints.orders.get, { params: { ref }, signal }),
  });
}

/**
 * An order of this browser. With the key of a mailed link, the order is opened first: once, since a cookie keeps it open
 * from then on. A key that opens nothing is no failure, because the browser may have the order open already.
 */
export function useOrder(ref: string, key: string | null) {
  const queryClient = useQueryClient();
  const [usedKey, setUsedKey] = useState<string | null>(null);
  const isToOpen = key !== null && key !== usedKey;
  const opening = useQuery({
    queryKey: ["orders", ref, "opening", key],
    queryFn: async ({ client, signal }) => {
      const order = await call(client, endpoints.orders.open, { params: { ref }, body: { token: key ?? "" }, signal });
      queryClient.setQueryData(orderQuery(ref).queryKey, order);
      return order;
    },
    enabled: isToOpen,
    gcTime: 0,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });
  const order = useQuery({
    ...orderQuery(ref),
    enabled: !isToOpen,
    refetchInterval: ({ state }) =>
      state.data?.contents.some(({ file }) => file?.state === "checking") ? FILE_CHECK_MS : false,
  });
  if (isToOpen && (opening.isSuccess || isDeadKey(opening.error))) setUsedKey(key);
  return isToOpen ? opening : order;
}

function isDeadKey(error: unknown): boolean {
  return error instanceof ApiError && error.code === "link_invalid";
}

/** Starts the download of a file of an order. The page stays: the answer is an attachment. */
export function useDownload(ref: string) {
  return useMutation({
    mutationFn: (content: string, { client }) =>
      call(client, endpoints.downloads.create, { params: { ref }, body: { content } }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
}

/** Has the shop ask the payment provider how far the order is. */
export function useCheckOrder(ref: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(queryClient, endpoints.orders.check, { params: { ref } }),
    onSuccess: (order) => queryClient.setQueryData(orderQuery(ref).queryKey, order),
  });
}

/** Corrects the email of an order. */
export function useChangeOrderEmail(ref: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string }, { client }) =>
      call(client, endpoints.orders.changeEmail, { params: { ref }, body }),
    onSuccess: (order) => queryClient.setQueryData(orderQuery(ref).queryKey, order),
  });
}

/** Gives an order its former email back, with the token that was mailed there. */
export function useUndoOrderEmail(ref: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (token: string, { client }) =>
      call(client, endpoints.orders.undoEmailChange, { params: { ref }, body: { token } }),
    onSuccess: (order) => queryClient.setQueryData(orderQuery(ref).queryKey, order),
  });
}

export function demoPaymentQuery(session: string) {
  return queryOptions({
    queryKey: ["demo-payments", session],
    queryFn: ({ client, signal }) => call(client, endpoints.payments.getDemo, { params: { session }, signal }),
    staleTime: 0,
  });
}

export function useActOnDemoPayment(session: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: DemoPaymentInput, { client }) =>
      call(client, endpoints.payments.actOnDemo, { params: { session }, body }),
    // The order has changed too.
    onSuccess: ({ ref }) => queryClient.invalidateQueries({ queryKey: orderQuery(ref).queryKey }),
  });
}
