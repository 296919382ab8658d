-- SPDX-License-Identifier: Apache-2.0
-- From the tables of the original, of its first or its newest release, to ours.

DO $$
BEGIN
    IF to_regclass('resources') IS NULL OR to_regclass('resource_types') IS NULL THEN
        RAISE EXCEPTION 'the database is not empty and not one of an Operator Controller: set DB_NAME to an empty database';
    END IF;
END $$;

-- What the newest release has beyond the first.
ALTER TABLE resources ADD COLUMN IF NOT EXISTS conditions JSONB;
ALTER TABLE resources ADD COLUMN IF NOT EXISTS finalizers JSONB;

-- Indexes go by whatever name they have: they would make every change of status touch them all.
DO $$
DECLARE
    doomed RECORD;
BEGIN
    FOR doomed IN
        SELECT i.indexrelid::regclass AS name
        FROM pg_index i
        WHERE i.indrelid IN ('resources'::regclass, 'resource_types'::regclass) AND NOT i.indisunique
    LOOP
        EXECUTE 'DROP INDEX ' || doomed.name;
    END LOOP;
    -- History outlives its resource.
    FOR doomed IN
        SELECT conname AS name FROM pg_constraint
        WHERE conrelid = 'reconciliation_history'::regclass AND contype = 'f'
    LOOP
        EXECUTE 'ALTER TABLE reconciliation_history DROP CONSTRAINT ' || quote_ident(doomed.name);
    END LOOP;
    -- The original writes times without a zone, from servers that run in UTC.
    FOR doomed IN
        SELECT table_name AS tab, column_name AS col FROM information_schema.columns
        WHERE table_schema = current_schema()
          AND table_name IN ('resources', 'reconciliation_history', 'resource_types')
          AND data_type = 'timestamp without time zone'
    LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE timestamptz USING %I AT TIME ZONE ''UTC''',
            doomed.tab, doomed.col, doomed.col);
    END LOOP;
END $$;

UPDATE resources SET
    spec = COALESCE(spec, '{}'),
    plugin_config = COALESCE(plugin_config, '{}'),
    metadata = COALESCE(metadata, '{}'),
    outputs = COALESCE(outputs, '{}'),
    conditions = COALESCE(conditions, '[]'),
    finalizers = COALESCE(finalizers,
        CASE WHEN action_plugin = '' THEN '[]'::jsonb ELSE jsonb_build_array(action_plugin) END),
    observed_generation = COALESCE(observed_generation, 0),
    retry_count = COALESCE(retry_count, 0);
UPDATE resource_types SET metadata = COALESCE(metadata, '{}');

ALTER TABLE resources
    ALTER COLUMN id TYPE BIGINT,
    ALTER COLUMN generation TYPE BIGINT,
    ALTER COLUMN observed_generation TYPE BIGINT,
    ALTER COLUMN observed_generation SET NOT NULL,
    ALTER COLUMN spec SET NOT NULL,
    ALTER COLUMN plugin_config SET NOT NULL,
    ALTER COLUMN metadata SET NOT NULL,
    ALTER COLUMN outputs SET NOT NULL,
    ALTER COLUMN conditions SET NOT NULL,
    ALTER COLUMN conditions SET DEFAULT '[]',
    ALTER COLUMN finalizers SET NOT NULL,
    ALTER COLUMN finalizers SET DEFAULT '[]';
ALTER SEQUENCE resources_id_seq AS BIGINT;
ALTER TABLE reconciliation_history
    ALTER COLUMN id TYPE BIGINT,
    ALTER COLUMN resource_id TYPE BIGINT,
    ALTER COLUMN generation TYPE BIGINT;
ALTER SEQUENCE reconciliation_history_id_seq AS BIGINT;
ALTER TABLE resource_types
    ALTER COLUMN id TYPE BIGINT,
    ALTER COLUMN metadata SET NOT NULL,
    ALTER COLUMN metadata SET DEFAULT '{}';
ALTER SEQUENCE resource_types_id_seq AS BIGINT;
