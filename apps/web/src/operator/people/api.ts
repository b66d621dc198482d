import {
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { type Answer, endpoints, type Person } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";
import { replaceInLists } from "../../platform/lib/replace-in-lists.ts";

const peopleKey = ["people"] as const;

export type PeoplePage = Answer<typeof endpoints.operator.listPeople>;

/** Everybody with an account, newest first; `q` searches them. */
export function peopleQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: [...peopleKey, q],
    queryFn: ({ client, pageParam, signal }) =>
      call(client, endpoints.operator.listPeople, {
        query: { ...(q === "" ? {} : { q }), ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** Replaces the person in every loaded list. */
function updatePerson(queryClient: QueryClient, person: Person) {
  replaceInLists(queryClient, peopleKey, person, ({ id }) => id === person.id);
}

export function useDisablePerson(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(queryClient, endpoints.operator.disablePerson, { params: { id } }),
    onSuccess: (person) => updatePerson(queryClient, person),
  });
}

export function useEnablePerson(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(queryClient, endpoints.operator.enablePerson, { params: { id } }),
    onSuccess: (person) => updatePerson(queryClient, person),
  });
}

export function useEndSessions(id: string) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: () => call(queryClient, endpoints.operator.endSessions, { params: { id } }) });
}
