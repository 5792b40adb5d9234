-- A restore under way: a database with a row here is half filled and is not served. Never part of a backup.
CREATE TABLE store_pemulihan (
    token TEXT PRIMARY KEY,
    mulai BIGINT NOT NULL
);
