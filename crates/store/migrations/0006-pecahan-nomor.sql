-- Pieces of a number stand in the full-text index, beside the words for access: a piece that many numbers share is found as fast as a
-- rare one, also by somebody who may see few of them. What stood in store_cari_gram is moved in `engine/mod.rs`; that table stays empty,
-- because a migration drops none.
ALTER TABLE store_cari ADD COLUMN pecahan TEXT NOT NULL DEFAULT '';
