BEGIN;

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, 
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> 04f23c4db7a1

CREATE TABLE users (
    id SERIAL NOT NULL, 
    email VARCHAR(120) NOT NULL, 
    password_hash VARCHAR(128) NOT NULL, 
    first_name VARCHAR(50) NOT NULL, 
    last_name VARCHAR(50) NOT NULL, 
    phone_number VARCHAR(20), 
    is_admin BOOLEAN NOT NULL, 
    is_verified BOOLEAN NOT NULL, 
    is_active BOOLEAN NOT NULL, 
    uuid VARCHAR(36) NOT NULL, 
    profile_image TEXT, 
    created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
    updated_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
    PRIMARY KEY (id), 
    UNIQUE (uuid)
);

CREATE UNIQUE INDEX ix_users_email ON users (email);

CREATE TYPE itemtype AS ENUM ('DRESS', 'TOP', 'BOTTOM', 'OUTERWEAR', 'SHOES', 'ACCESSORY', 'JEWELRY', 'BAG', 'FORMAL_WEAR', 'COSTUME', 'OTHER');

CREATE TYPE size AS ENUM ('XS', 'S', 'M', 'L', 'XL', 'XXL', 'XXXL', 'ONE_SIZE');

CREATE TYPE gender AS ENUM ('MENS', 'WOMENS', 'UNISEX', 'KIDS');

CREATE TABLE items (
    id SERIAL NOT NULL, 
    name VARCHAR(100) NOT NULL, 
    type itemtype NOT NULL, 
    size size NOT NULL, 
    gender gender NOT NULL, 
    brand VARCHAR(100), 
    color VARCHAR(50), 
    quantity INTEGER NOT NULL, 
    product_code VARCHAR(50) NOT NULL, 
    description TEXT NOT NULL, 
    price_per_day FLOAT NOT NULL, 
    rating FLOAT NOT NULL, 
    created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
    updated_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
    user_id INTEGER NOT NULL, 
    PRIMARY KEY (id), 
    FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE, 
    UNIQUE (product_code)
);

CREATE TYPE paymentmethod AS ENUM ('CC', 'QRIS', 'TRANSFER', 'CASH');

CREATE TYPE paymenttype AS ENUM ('RENT', 'FINE');

CREATE TABLE payments (
    id SERIAL NOT NULL, 
    booking_id JSON NOT NULL, 
    total_price FLOAT NOT NULL, 
    payment_method paymentmethod NOT NULL, 
    payment_type paymenttype NOT NULL, 
    payment_date TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
    user_id INTEGER, 
    PRIMARY KEY (id), 
    FOREIGN KEY(user_id) REFERENCES users (id)
);

CREATE TYPE bookingstatus AS ENUM ('PENDING', 'PAID', 'CANCELLED', 'PASTDUE', 'RETURNED', 'COMPLETED', 'CONFIRMED');

CREATE TABLE bookings (
    id SERIAL NOT NULL, 
    start_date DATE NOT NULL, 
    end_date DATE NOT NULL, 
    total_price FLOAT NOT NULL, 
    quantity INTEGER NOT NULL, 
    status bookingstatus NOT NULL, 
    is_paid BOOLEAN NOT NULL, 
    created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
    updated_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
    expires_at TIMESTAMP WITHOUT TIME ZONE, 
    user_id INTEGER NOT NULL, 
    item_id INTEGER NOT NULL, 
    PRIMARY KEY (id), 
    FOREIGN KEY(item_id) REFERENCES items (id), 
    FOREIGN KEY(user_id) REFERENCES users (id)
);

CREATE TABLE reviews (
    id SERIAL NOT NULL, 
    review_message TEXT NOT NULL, 
    rating INTEGER NOT NULL, 
    created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
    user_id INTEGER NOT NULL, 
    item_id INTEGER NOT NULL, 
    PRIMARY KEY (id), 
    FOREIGN KEY(item_id) REFERENCES items (id), 
    FOREIGN KEY(user_id) REFERENCES users (id)
);

CREATE TABLE images (
    id SERIAL NOT NULL, 
    image_base64 TEXT NOT NULL, 
    created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
    item_id INTEGER, 
    review_id INTEGER, 
    PRIMARY KEY (id), 
    FOREIGN KEY(item_id) REFERENCES items (id), 
    FOREIGN KEY(review_id) REFERENCES reviews (id)
);

CREATE TABLE tickets (
    id SERIAL NOT NULL, 
    chat_content TEXT NOT NULL, 
    is_resolved BOOLEAN NOT NULL, 
    created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
    updated_at TIMESTAMP WITHOUT TIME ZONE NOT NULL, 
    user_id INTEGER NOT NULL, 
    booking_id INTEGER, 
    PRIMARY KEY (id), 
    FOREIGN KEY(booking_id) REFERENCES bookings (id), 
    FOREIGN KEY(user_id) REFERENCES users (id)
);

INSERT INTO alembic_version (version_num) VALUES ('04f23c4db7a1') RETURNING alembic_version.version_num;

-- Running upgrade 04f23c4db7a1 -> 1a2b3c4d5e6f

ALTER TABLE users ADD COLUMN date_of_birth DATE;

COMMIT;

ALTER TYPE bookingstatus ADD VALUE 'EXPIRED';

BEGIN;

UPDATE alembic_version SET version_num='1a2b3c4d5e6f' WHERE alembic_version.version_num = '04f23c4db7a1';

COMMIT;

