-- revision: 04f23c4db7a1
-- message:  Initial migration for new Supabase database
-- created:  2025-07-27T21:14:38Z

-- +upgrade

create table users (
  id integer primary key,
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
  id integer primary key,
  name varchar(100) not null,
  type text not null check (type in (
    'DRESS', 'TOP', 'BOTTOM', 'OUTERWEAR', 'SHOES', 'ACCESSORY', 'JEWELRY', 'BAG',
    'FORMAL_WEAR', 'COSTUME', 'OTHER'
  )),
  size text not null check (size in ('XS', 'S', 'M', 'L', 'XL', 'XXL', 'XXXL', 'ONE_SIZE')),
  gender text not null check (gender in ('MENS', 'WOMENS', 'UNISEX', 'KIDS')),
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
  id integer primary key,
  start_date date not null,
  end_date date not null,
  total_price double precision not null,
  quantity integer not null,
  status text not null check (status in (
    'PENDING', 'PAID', 'CANCELLED', 'PASTDUE', 'RETURNED', 'COMPLETED', 'CONFIRMED'
  )),
  is_paid boolean not null,
  created_at timestamp not null,
  updated_at timestamp not null,
  expires_at timestamp,
  user_id integer not null references users (id),
  item_id integer not null references items (id)
);

-- booking_id is a list of ids: one payment settles several bookings.
create table payments (
  id integer primary key,
  booking_id json not null,
  total_price double precision not null,
  payment_method text not null check (payment_method in ('CC', 'QRIS', 'TRANSFER', 'CASH')),
  payment_type text not null check (payment_type in ('RENT', 'FINE')),
  payment_date timestamp not null,
  user_id integer references users (id)
);

create table reviews (
  id integer primary key,
  review_message text not null,
  rating integer not null,
  created_at timestamp not null,
  user_id integer not null references users (id),
  item_id integer not null references items (id)
);

create table images (
  id integer primary key,
  image_base64 text not null,
  created_at timestamp not null,
  item_id integer references items (id),
  review_id integer references reviews (id)
);

create table tickets (
  id integer primary key,
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
