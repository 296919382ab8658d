-- SPDX-License-Identifier: Apache-2.0
-- The work queue, the lease of each process, and the events.

ALTER TABLE resources
    ADD COLUMN revision BIGINT NOT NULL DEFAULT 1,
    ADD COLUMN approval VARCHAR(20) NOT NULL DEFAULT 'automatic',
    ADD COLUMN pending_plan JSONB;
ALTER TABLE resource_types ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;

-- A type cannot go while something refers to it; what the original left dangling stays as it is.
ALTER TABLE resources ADD CONSTRAINT resources_type_fkey
    FOREIGN KEY (resource_type_name, resource_type_version)
    REFERENCES resource_types (name, version) NOT VALID;

CREATE INDEX resources_type ON resources (resource_type_name, resource_type_version, id);
CREATE INDEX resources_labels ON resources USING gin ((metadata -> 'labels') jsonb_path_ops);

-- A process that has not told in time that it lives has lost whatever it claimed.
CREATE TABLE instances (
    id UUID PRIMARY KEY,
    hostname TEXT NOT NULL,
    pid BIGINT NOT NULL,
    first_seen TIMESTAMPTZ NOT NULL DEFAULT now(),
    last_heartbeat TIMESTAMPTZ NOT NULL DEFAULT now(),
    alive_until TIMESTAMPTZ NOT NULL
);

-- One row for each resource, apart from it: a claim rewrites a narrow row, and no index of it.
--   priority  10 deletion, 20 an outside run to ask for, 30 new or changed, 40 retry, 50 drift
--   request   rises whenever somebody wants another look, so that a run that ends meanwhile knows
--   fence     rises with every claim; what a claim of an older one writes is refused
--   dispatches how many were written ahead, the last part of their key
--   run       what is under way outside of a claim, null for nothing
CREATE TABLE reconcile_work (
    resource_id BIGINT PRIMARY KEY REFERENCES resources (id) ON DELETE CASCADE,
    priority SMALLINT NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    type_name VARCHAR(255) NOT NULL,
    action_plugin VARCHAR(50) NOT NULL,
    trigger_reason VARCHAR(50) NOT NULL,
    request BIGINT NOT NULL DEFAULT 1,
    fence BIGINT NOT NULL DEFAULT 0,
    lease_owner UUID,
    claimed_at TIMESTAMPTZ,
    failures INTEGER NOT NULL DEFAULT 0,
    dispatches BIGINT NOT NULL DEFAULT 0,
    run JSONB
) WITH (fillfactor = 60);
CREATE INDEX reconcile_work_due ON reconcile_work (priority, due_at);

INSERT INTO reconcile_work (resource_id, priority, due_at, type_name, action_plugin, trigger_reason, failures)
SELECT id,
    CASE WHEN deleted_at IS NOT NULL THEN 10
         WHEN generation > observed_generation AND status <> 'failed' THEN 30
         WHEN status = 'failed' THEN 40
         ELSE 50 END,
    CASE WHEN deleted_at IS NOT NULL OR generation > observed_generation THEN now()
         ELSE COALESCE(next_reconcile_time, now()) END,
    resource_type_name, action_plugin,
    CASE WHEN deleted_at IS NOT NULL THEN 'deletion'
         WHEN last_reconcile_time IS NULL THEN 'initial'
         WHEN generation > observed_generation THEN 'spec_change'
         WHEN status = 'failed' THEN 'retry'
         ELSE 'scheduled' END,
    retry_count
FROM resources;

-- Whether something is under way is told by the work row; a crash leaves nothing behind that lies.
UPDATE resources SET status = CASE WHEN deleted_at IS NULL THEN 'pending' ELSE 'deleting' END
WHERE status = 'reconciling' OR deleted_at IS NOT NULL;
ALTER TABLE resources
    DROP COLUMN spec_hash,
    DROP COLUMN retry_count,
    DROP COLUMN next_reconcile_time;
ALTER TABLE resources SET (fillfactor = 70);

-- Only ever added to, so a transaction that somebody holds open leaves no dead rows to step over.
CREATE TABLE resource_events (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    type VARCHAR(20) NOT NULL,
    resource_id BIGINT NOT NULL,
    resource_name VARCHAR(255) NOT NULL,
    type_name VARCHAR(255) NOT NULL,
    type_version VARCHAR(50) NOT NULL,
    data TEXT NOT NULL,
    occurred_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE event_positions (
    position BIGINT PRIMARY KEY,
    seq BIGINT NOT NULL UNIQUE
);
-- One row: where the next position comes from, and the lock that keeps two publishers apart.
CREATE TABLE event_publication (
    singleton BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (singleton),
    last_position BIGINT NOT NULL DEFAULT 0
);
INSERT INTO event_publication DEFAULT VALUES;

CREATE FUNCTION rfc3339(t TIMESTAMPTZ) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_char(t AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

-- What events show of a resource: neither its plugin configuration nor its outputs.
CREATE FUNCTION resource_document(r resources) RETURNS TEXT LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'id', (r).id,
        'name', (r).name,
        'resource_type_name', (r).resource_type_name,
        'resource_type_version', (r).resource_type_version,
        'action_plugin', (r).action_plugin,
        'spec', (r).spec,
        'metadata', (r).metadata,
        'status', (r).status,
        'status_message', (r).status_message,
        'generation', (r).generation,
        'observed_generation', (r).observed_generation,
        'conditions', (r).conditions,
        'finalizers', (r).finalizers,
        'created_at', rfc3339((r).created_at),
        'updated_at', rfc3339((r).updated_at),
        'last_reconcile_time', rfc3339((r).last_reconcile_time),
        'deleted_at', rfc3339((r).deleted_at),
        'revision', (r).revision)::text
$$;
