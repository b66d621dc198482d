import { useInfiniteQuery } from "@tanstack/react-query";
import type { Activity } from "@yumroad/contract";
import { Moment } from "../../platform/ui/moment.tsx";
import { More } from "../../platform/ui/more.tsx";
import { QueryBoundary } from "../../platform/ui/query-boundary.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { useFirstNew } from "../../platform/ui/use-first-new.ts";
import { activityWords as words } from "../../words/activity.ts";
import classes from "./activity-list.module.css";
import { activityQuery } from "./api.ts";

/** The recent activity of the user's account (R79). */
export function ActivityList() {
  const activity = useInfiniteQuery(activityQuery);
  const items = activity.data?.pages.flatMap((page) => page.items) ?? [];
  const { list, goToNext } = useFirstNew<HTMLUListElement>(items.length, "li");
  return (
    <Section title={words.title} hint={words.hint}>
      <QueryBoundary result={activity} what={words.what} isPart>
        {() =>
          items.length === 0 ? (
            <p>{words.emptyText}</p>
          ) : (
            <>
              <ul ref={list} className={classes.list}>
                {items.map((item) => (
                  <ActivityItem key={item.id} item={item} />
                ))}
              </ul>
              <More result={activity} onMore={goToNext} />
            </>
          )
        }
      </QueryBoundary>
    </Section>
  );
}

function ActivityItem({ item: { kind, at, device, address } }: { item: Activity }) {
  const where = device !== "" && address !== "" ? words.deviceFrom(device, address) : device + address;
  return (
    // Focusable, as the first of the newly loaded items.
    <li tabIndex={-1} className={classes.item}>
      <p>{words.textOf(kind)}</p>
      <p className={classes.where}>
        <Moment at={at} />
        {where !== "" && ` · ${where}`}
      </p>
    </li>
  );
}
