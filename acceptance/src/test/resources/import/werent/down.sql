BEGIN;

-- Running downgrade 1a2b3c4d5e6f -> 04f23c4db7a1

ALTER TABLE users DROP COLUMN date_of_birth;

UPDATE alembic_version SET version_num='04f23c4db7a1' WHERE alembic_version.version_num = '1a2b3c4d5e6f';

-- Running downgrade 04f23c4db7a1 -> 

DROP TABLE tickets;

DROP TABLE images;

DROP TABLE reviews;

DROP TABLE bookings;

DROP TABLE payments;

DROP TABLE items;

DROP INDEX ix_users_email;

DROP TABLE users;

DROP TYPE paymenttype;

DROP TYPE paymentmethod;

DROP TYPE bookingstatus;

DROP TYPE gender;

DROP TYPE size;

DROP TYPE itemtype;

DELETE FROM alembic_version WHERE alembic_version.version_num = '04f23c4db7a1';

DROP TABLE alembic_version;

COMMIT;

