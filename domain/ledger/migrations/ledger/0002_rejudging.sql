-- What a refused command asked for is kept as that of a recorded one is: without personal text, and
-- with the place in the log at which it was refused, so that it can be judged again.

ALTER TABLE ledger.refusals ADD COLUMN clear jsonb, ADD COLUMN position bigint;

DROP FUNCTION ledger.refuse(uuid, text, text);

CREATE FUNCTION ledger.refuse(command_id uuid, type text, code text, clear text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $body$
    INSERT INTO ledger.refusals (command_id, type, code, clear, position)
    SELECT refuse.command_id, refuse.type, refuse.code, refuse.clear::jsonb,
        coalesce((SELECT max(f.notification_id) FROM ledger.facts f), 0)
$body$;

REVOKE ALL ON FUNCTION ledger.refuse FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.refuse TO setai_api;
GRANT SELECT ON ledger.commands, ledger.refusals TO setai_projector;
