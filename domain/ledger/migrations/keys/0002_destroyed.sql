-- Whose keys were destroyed, in order: whoever keeps in memory what they opened lets go of it.
CREATE TABLE keys.destroyed (
    number bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT destroyed_pkey PRIMARY KEY,
    owner uuid NOT NULL
);

-- One after the other, so that nobody who follows the numbers passes over one.
CREATE OR REPLACE FUNCTION keys.destroy(gone bigint[]) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $body$
    LOCK TABLE keys.destroyed IN EXCLUSIVE MODE;
    WITH left_behind AS (DELETE FROM keys.owners WHERE key = ANY (gone) RETURNING owner)
    INSERT INTO keys.destroyed (owner) SELECT owner FROM left_behind ORDER BY owner;
    WITH deleted AS (DELETE FROM keys.keys WHERE id = ANY (gone) RETURNING 1)
    SELECT count(*) FROM deleted
$body$;

REVOKE TRUNCATE, REFERENCES, TRIGGER ON keys.destroyed FROM setai_owner;
GRANT SELECT ON keys.destroyed TO setai_sealer;
