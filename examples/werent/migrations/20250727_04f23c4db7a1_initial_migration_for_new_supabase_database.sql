-- revision: 04f23c4db7a1
-- message:  Initial migration for new Supabase database
-- created:  2025-07-27T21:14:38Z

-- +upgrade

create type itemtype as enum (
  'DRESS', 'TOP', 'BOTTOM', 'OUTERWEAR', 'SHOES', 'ACCESSORY',
  'JEWELRY', 'BAG', 'FORMAL_WEAR', 'COSTUME', 'OTHER'
);
create type size as enum ('XS', 'S', 'M', 'L', 'XL', 'XXL', 'XXXL', 'ONE_SIZE');
create type gender as enum ('MENS', 'WOMENS', 'UNISEX', 'KIDS');
create type bookingstatus as enum (
  'PENDING', 'PAID', 'CANCELLED', 'PASTDUE', 'RETURNED', 'COMPLETED', 'CONFIRMED'
);
create type paymentmethod as enum ('CC', 'QRIS', 'TRANSFER', 'CASH');
create type paymenttype as enum ('RENT', 'FINE');

create table users (
  id serial primary key,
  email varchar(120) not null,
  password_hash varchar(128) not null,
  first_name varchar(50) not null,
  last_name varchar(50) not null,
  phone_number varchar(20),
  is_admin boolean not null,
  is_verified boolean not null,
  is_active boolean not null,
  uuid varchar(36) not null unique,
  profile_image text,
  created_at timestamp not null,
  updated_at timestamp not null
);
create unique index ix_users_email on users (email);

create table items (
  id serial primary key,
  name varchar(100) not null,
  type itemtype not null,
  size size not null,
  gender gender not null,
  brand varchar(100),
  color varchar(50),
  quantity integer not null,
  product_code varchar(50) not null unique,
  description text not null,
  price_per_day double precision not null,
  rating double precision not null,
  created_at timestamp not null,
  updated_at timestamp not null,
  user_id integer not null references users (id) on delete cascade
);

create table bookings (
  id serial primary key,
  start_date date not null,
  end_date date not null,
  total_price double precision not null,
  quantity integer not null,
  status bookingstatus not null,
  is_paid boolean not null,
  created_at timestamp not null,
  updated_at timestamp not null,
  expires_at timestamp,
  user_id integer not null references users (id),
  item_id integer not null references items (id)
);

-- booking_id is a list of ids: one payment settles several bookings.
create table payments (
  id serial primary key,
  booking_id json not null,
  total_price double precision not null,
  payment_method paymentmethod not null,
  payment_type paymenttype not null,
  payment_date timestamp not null,
  user_id integer references users (id)
);

create table reviews (
  id serial primary key,
  review_message text not null,
  rating integer not null,
  created_at timestamp not null,
  user_id integer not null references users (id),
  item_id integer not null references items (id)
);

create table images (
  id serial primary key,
  image_base64 text not null,
  created_at timestamp not null,
  item_id integer references items (id),
  review_id integer references reviews (id)
);

create table tickets (
  id serial primary key,
  chat_content text not null,
  is_resolved boolean not null,
  created_at timestamp not null,
  updated_at timestamp not null,
  user_id integer not null references users (id),
  booking_id integer references bookings (id)
);

-- +downgrade

drop table tickets;
drop table images;
drop table reviews;
drop table payments;
drop table bookings;
drop table items;
drop table users;

drop type paymenttype;
drop type paymentmethod;
drop type bookingstatus;
drop type gender;
drop type size;
drop type itemtype;
