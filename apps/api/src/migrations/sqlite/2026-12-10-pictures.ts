import { Migration } from "@mikro-orm/migrations";

/** Adds pictures of products. */
export class Pictures extends Migration {
  override up(): void {
    this.addSql(
      "create table `pictures` (`id` text not null primary key, `product_id` text not null, `file_id` text not null, `position` integer not null, `alt` text null, `state` text not null, `width` integer null, `height` integer null, `created_at` datetime not null, constraint `pictures_product_id_foreign` foreign key (`product_id`) references `products` (`id`) on delete cascade, constraint `pictures_file_id_foreign` foreign key (`file_id`) references `files` (`id`) on delete cascade)",
    );
    this.addSql("create index `pictures_product_id_index` on `pictures` (`product_id`)");
    this.addSql("create index `pictures_file_id_index` on `pictures` (`file_id`)");
    this.addSql("create index `pictures_product_id_position_index` on `pictures` (`product_id`, `position`)");
    this.addSql("alter table `products` add column `cover_id` text null");
    this.addSql("alter table `uploads` add column `is_picture` integer not null default false");
  }
}
