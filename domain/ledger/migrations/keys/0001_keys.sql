-- Wrapped keys; whose keys they are (owners: a person, or the municipality itself), and which
-- key-encryption key wraps new ones (current). Run by the owner; the sealer reads, and writes
-- through the functions below in no other way.

CREATE SEQUENCE keys.ids;

CREATE TABLE keys.keys (
    id bigint CONSTRAINT keys_pkey PRIMARY KEY,
    kek text NOT NULL,
    wrapped bytea NOT NULL
);

CREATE TABLE keys.owners (
    owner uuid CONSTRAINT owners_pkey PRIMARY KEY,
    key bigint NOT NULL
);

CREATE TABLE keys.current (
    one boolean CONSTRAINT current_pkey PRIMARY KEY DEFAULT true CHECK (one),
    kek text NOT NULL
);

-- A stock of fresh keys; none is taken from whoever wraps with a key-encryption key that is no
-- longer in use. One that is being retired waits for those who are laying in.
CREATE FUNCTION keys.lay_in(kek text, wrapped bytea[]) RETURNS SETOF bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
#variable_conflict use_column
DECLARE
    made bigint[];
BEGIN
    PERFORM FROM keys.current c WHERE c.kek = lay_in.kek FOR SHARE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    made := ARRAY(SELECT nextval('keys.ids') FROM generate_subscripts(lay_in.wrapped, 1));
    INSERT INTO keys.keys
    SELECT m.id, lay_in.kek, m.wrapped FROM unnest(made, lay_in.wrapped) m (id, wrapped);
    RETURN QUERY SELECT unnest(made);
END
$body$;

-- The keys of these owners; who has none yet gets the spare one at the same place.
CREATE FUNCTION keys.owned(owners uuid[], spare bigint[])
RETURNS TABLE (owner uuid, id bigint, kek text, wrapped bytea)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
#variable_conflict use_column
BEGIN
    INSERT INTO keys.owners
    SELECT g.owner, g.spare FROM unnest(owned.owners, owned.spare) g (owner, spare)
    ORDER BY g.owner ON CONFLICT DO NOTHING;
    RETURN QUERY
    SELECT o.owner, k.id, k.kek, k.wrapped
    FROM keys.owners o JOIN keys.keys k ON k.id = o.key WHERE o.owner = ANY (owned.owners);
END
$body$;

CREATE FUNCTION keys.destroy(gone bigint[]) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $body$
    DELETE FROM keys.owners WHERE key = ANY (gone);
    WITH deleted AS (DELETE FROM keys.keys WHERE id = ANY (gone) RETURNING 1)
    SELECT count(*) FROM deleted
$body$;

CREATE FUNCTION keys.use(kek text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $body$
    INSERT INTO keys.current (kek) VALUES (use.kek)
    ON CONFLICT (one) DO UPDATE SET kek = excluded.kek
$body$;

-- What was destroyed meanwhile stays destroyed.
CREATE FUNCTION keys.rewrap(kek text, ids bigint[], wrapped bytea[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $body$
    UPDATE keys.keys k SET kek = rewrap.kek, wrapped = n.wrapped
    FROM unnest(rewrap.ids, rewrap.wrapped) n (id, wrapped) WHERE k.id = n.id
$body$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA keys FROM PUBLIC;
REVOKE TRUNCATE, REFERENCES, TRIGGER ON keys.keys, keys.owners, keys.current, keys.meta
    FROM setai_owner;
GRANT USAGE ON SCHEMA keys TO setai_sealer;
GRANT SELECT ON keys.keys, keys.owners, keys.current, keys.meta TO setai_sealer;
GRANT EXECUTE ON FUNCTION keys.lay_in, keys.owned, keys.destroy, keys.use, keys.rewrap
    TO setai_sealer;
