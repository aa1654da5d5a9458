-- Where the book ends: a server that answers what was read waits for what others have written, too.
CREATE FUNCTION receipts.head() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $body$
    SELECT max(v.notification_id) FROM receipts.viewings v
$body$;

REVOKE ALL ON FUNCTION receipts.head FROM PUBLIC;
GRANT EXECUTE ON FUNCTION receipts.head TO setai_reader, setai_projector, setai_auditor;
