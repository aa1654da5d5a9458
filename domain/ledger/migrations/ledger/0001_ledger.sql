-- The logs (facts, commands, refusals) and what is known about the database itself (meta).
-- Run by the owner; the running roles write through the two functions below and in no other way.

CREATE TABLE ledger.facts (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    command_id uuid,
    body jsonb,
    CONSTRAINT facts_pkey PRIMARY KEY (originator_id, originator_version)
);
CREATE UNIQUE INDEX facts_notification_id_idx ON ledger.facts (notification_id);

CREATE TABLE ledger.commands (
    command_id uuid CONSTRAINT commands_pkey PRIMARY KEY,
    request_hash bytea NOT NULL,
    type text NOT NULL,
    clear jsonb,
    versions jsonb NOT NULL,
    position bigint,
    recorded_at timestamptz NOT NULL
);

CREATE TABLE ledger.refusals (
    command_id uuid NOT NULL,
    type text NOT NULL,
    code text NOT NULL,
    refused_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX refusals_command_id_idx ON ledger.refusals (command_id);

CREATE FUNCTION ledger.keep_for_ever() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION '% on %.% is never allowed', tg_op, tg_table_schema, tg_table_name
        USING ERRCODE = 'insufficient_privilege';
END
$body$;

CREATE TRIGGER keep_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.facts
    EXECUTE FUNCTION ledger.keep_for_ever();
CREATE TRIGGER keep_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.commands
    EXECUTE FUNCTION ledger.keep_for_ever();
CREATE TRIGGER keep_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.refusals
    EXECUTE FUNCTION ledger.keep_for_ever();
CREATE TRIGGER keep_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.meta
    EXECUTE FUNCTION ledger.keep_for_ever();

CREATE FUNCTION ledger.is_demonstration() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $body$
    SELECT coalesce((SELECT value = 'yes' FROM ledger.meta WHERE key = 'demonstration'), false)
$body$;

-- What came of a command when it was first recorded. The message makes this answer wait for the
-- standby as the first one had to: what was committed here alone is not told as if it were safe.
CREATE FUNCTION ledger.first_outcome(id uuid)
RETURNS TABLE (known boolean, hash bytea, versions text, last bigint, at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $body$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT true, k.request_hash, k.versions::text, k.position, k.recorded_at
    FROM ledger.commands k WHERE k.command_id = first_outcome.id;
    IF FOUND THEN
        PERFORM pg_logical_emit_message(true, 'setai', 'told again');
    END IF;
END
$body$;

-- Many units in one transaction. A unit is recorded whole or not at all: not when one of its
-- commands is known already, nor when a stream it rests on has moved. Units are numbered in
-- c_unit and r_unit; f_command is the place of a fact's command in the c_ arrays.
-- Answers one row per command accepted or known; a command without a row was overtaken.
CREATE FUNCTION ledger.append(
    c_unit integer[], c_id uuid[], c_hash bytea[], c_type text[], c_clear text[],
    c_versions text[], c_clock timestamptz[], c_facts integer[],
    r_unit integer[], r_stream uuid[], r_version bigint[],
    f_command integer[], f_stream uuid[], f_version bigint[], f_topic text[], f_state bytea[]
) RETURNS TABLE (n integer, known boolean, hash bytea, versions text, last bigint, at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_nestloop = off AS $body$
#variable_conflict use_column
DECLARE
    head bigint;
    head_at timestamptz;
    now_at timestamptz;
    failed integer[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'append must see what committed while it waited for the lock';
    END IF;
    PERFORM pg_advisory_xact_lock(7363837274);
    SELECT f.notification_id, f.recorded_at INTO head, head_at
    FROM ledger.facts f ORDER BY f.notification_id DESC LIMIT 1;
    head := coalesce(head, 0);
    now_at := clock_timestamp();
    IF array_remove(c_clock, NULL) <> '{}' AND NOT ledger.is_demonstration() THEN
        RAISE EXCEPTION 'only a demonstration may be given the time'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT coalesce(array_agg(DISTINCT doubt.unit), '{}') INTO failed FROM (
        SELECT r.unit FROM unnest(r_unit, r_stream, r_version) r (unit, stream, version)
        WHERE r.version <> coalesce((
            SELECT f.originator_version FROM ledger.facts f WHERE f.originator_id = r.stream
            ORDER BY f.originator_version DESC LIMIT 1), 0)
        UNION ALL
        SELECT c.unit FROM unnest(c_unit, c_id) c (unit, id)
        WHERE (SELECT k.command_id FROM ledger.commands k WHERE k.command_id = c.id) IS NOT NULL
    ) doubt;
    RETURN QUERY
    WITH accepted AS MATERIALIZED (
        SELECT c.n::integer, c.id, c.hash, c.type, c.clear, c.versions,
            CASE WHEN c.facts > 0 THEN head + sum(c.facts) OVER so_far END::bigint AS last,
            greatest(head_at, max(coalesce(c.clock, now_at)) OVER so_far) AS at
        FROM unnest(c_unit, c_id, c_hash, c_type, c_clear, c_versions, c_clock, c_facts)
            WITH ORDINALITY c (unit, id, hash, type, clear, versions, clock, facts, n)
        WHERE c.unit <> ALL (failed)
        WINDOW so_far AS (ORDER BY c.n)
    ), recorded AS (
        INSERT INTO ledger.facts
        SELECT f.stream, f.version, f.topic, f.state,
            head + row_number() OVER (ORDER BY f.n), a.at, a.id,
            CASE WHEN substr(f.state, 1, 1) = '{' THEN convert_from(f.state, 'UTF8')::jsonb END
        FROM unnest(f_command, f_stream, f_version, f_topic, f_state)
            WITH ORDINALITY f (command, stream, version, topic, state, n)
        JOIN accepted a ON a.n = f.command
    ), remembered AS (
        INSERT INTO ledger.commands
        SELECT a.id, a.hash, a.type, a.clear::jsonb, a.versions::jsonb, a.last, a.at
        FROM accepted a WHERE a.id IS NOT NULL
    )
    SELECT a.n, false, NULL::bytea, NULL::text, a.last, a.at FROM accepted a;
    IF failed <> '{}' THEN
        RETURN QUERY
        SELECT c.n::integer, k.*
        FROM unnest(c_unit, c_id) WITH ORDINALITY c (unit, id, n)
        CROSS JOIN LATERAL ledger.first_outcome(c.id) k
        WHERE c.unit = ANY (failed);
    END IF;
END
$body$;

CREATE FUNCTION ledger.refuse(command_id uuid, type text, code text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $body$
    INSERT INTO ledger.refusals (command_id, type, code) VALUES (command_id, type, code)
$body$;

-- recorded_at never decreases along the log, so halving finds the place without an index.
CREATE FUNCTION ledger.position_at(known_at timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $body$
DECLARE
    low bigint := 0;
    high bigint := coalesce((SELECT max(notification_id) FROM ledger.facts), 0);
    middle bigint;
BEGIN
    WHILE low < high LOOP
        middle := (low + high + 1) / 2;
        IF (SELECT recorded_at FROM ledger.facts WHERE notification_id = middle) <= known_at THEN
            low := middle;
        ELSE
            high := middle - 1;
        END IF;
    END LOOP;
    RETURN low;
END
$body$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER
    ON ledger.facts, ledger.commands, ledger.refusals, ledger.meta FROM setai_owner;
GRANT USAGE ON SCHEMA ledger TO setai_api, setai_projector;
GRANT SELECT ON ledger.facts, ledger.meta TO setai_api, setai_projector;
GRANT SELECT ON ledger.commands TO setai_api;
GRANT EXECUTE ON FUNCTION ledger.append, ledger.first_outcome, ledger.refuse
    TO setai_api;
GRANT EXECUTE ON FUNCTION ledger.is_demonstration, ledger.position_at
    TO setai_api, setai_projector;
