-- The 閲覧簿: what was shown to whom, in a database of its own, so that a read can be recorded
-- whatever becomes of the ledger. Readers write through one function and in no other way.

CREATE TABLE receipts.viewings (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT viewings_pkey PRIMARY KEY (originator_id, originator_version)
);
CREATE UNIQUE INDEX viewings_notification_id_idx ON receipts.viewings (notification_id);

CREATE FUNCTION receipts.keep_for_ever() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '% on %.% is never allowed', tg_op, tg_table_schema, tg_table_name
        USING ERRCODE = 'insufficient_privilege';
END
$body$;

CREATE TRIGGER keep_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON receipts.viewings
    EXECUTE FUNCTION receipts.keep_for_ever();
CREATE TRIGGER keep_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON receipts.meta
    EXECUTE FUNCTION receipts.keep_for_ever();

-- Any number of lines in one transaction, each the next of its stream and of the book: whoever
-- reads in two places at once is never in their own way. A version may be given by the owner
-- alone, who puts back a copy; a time in a demonstration alone.
CREATE FUNCTION receipts.record(
    v_stream uuid[], v_version bigint[], v_topic text[], v_state bytea[], v_clock timestamptz[]
) RETURNS TABLE (version bigint, place bigint, at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off AS $body$
#variable_conflict use_column
DECLARE
    head bigint;
    head_at timestamptz;
    now_at timestamptz;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'record must see what committed while it waited for the lock';
    END IF;
    IF array_remove(v_version, NULL) <> '{}' AND current_setting('role') <> 'setai_owner' THEN
        RAISE EXCEPTION 'versions are given by the database'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF array_remove(v_clock, NULL) <> '{}' AND NOT coalesce((
        SELECT m.value = 'yes' FROM receipts.meta m WHERE m.key = 'demonstration'), false)
    THEN
        RAISE EXCEPTION 'only a demonstration may be given the time'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(7363837277);
    SELECT f.notification_id, f.recorded_at INTO head, head_at
    FROM receipts.viewings f ORDER BY f.notification_id DESC LIMIT 1;
    head := coalesce(head, 0);
    now_at := clock_timestamp();
    RETURN QUERY
    WITH lines AS MATERIALIZED (
        SELECT v.n, v.stream, v.topic, v.state, head + v.n AS place,
            coalesce(v.version, row_number() OVER (PARTITION BY v.stream ORDER BY v.n) + coalesce((
                SELECT f.originator_version FROM receipts.viewings f
                WHERE f.originator_id = v.stream ORDER BY f.originator_version DESC LIMIT 1), 0)
            ) AS version,
            greatest(head_at, max(coalesce(v.clock, now_at)) OVER (ORDER BY v.n)) AS at
        FROM unnest(v_stream, v_version, v_topic, v_state, v_clock)
            WITH ORDINALITY v (stream, version, topic, state, clock, n)
    ), recorded AS (
        INSERT INTO receipts.viewings
        SELECT l.stream, l.version, l.topic, l.state, l.place, l.at FROM lines l
    )
    SELECT l.version, l.place, l.at FROM lines l ORDER BY l.n;
END
$body$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA receipts FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER
    ON receipts.viewings, receipts.meta FROM setai_owner;
GRANT USAGE ON SCHEMA receipts TO setai_reader, setai_projector, setai_auditor;
GRANT SELECT ON receipts.meta TO setai_reader, setai_projector, setai_auditor;
GRANT SELECT ON receipts.viewings TO setai_projector, setai_auditor;
GRANT EXECUTE ON FUNCTION receipts.record TO setai_reader;
