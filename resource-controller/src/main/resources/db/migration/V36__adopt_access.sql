-- SPDX-License-Identifier: Apache-2.0
-- The newest release of the original has users, roles and webhooks of its own, which V20 left as
-- they are: its words are enums that compare with no text and know fewer words, its lists may be
-- arrays, and it may lack what we write. In a database that V20 made nothing changes.

-- What is there already is no news for the log.
SET LOCAL client_min_messages = warning;

DO $$
DECLARE
    tables CONSTANT REGCLASS[] := ARRAY['users'::regclass, 'custom_roles'::regclass,
        'custom_role_permissions'::regclass, 'admission_webhooks'::regclass];
    each RECORD;
BEGIN
    -- Checks know fewer words than we do; links are made anew below, and indexes are no use here.
    FOR each IN
        SELECT conrelid::regclass AS tab, conname AS name FROM pg_constraint
        WHERE conrelid = ANY (tables) AND contype IN ('c', 'f')
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', each.tab, each.name);
    END LOOP;
    FOR each IN
        SELECT indexrelid::regclass AS name FROM pg_index
        WHERE indrelid = ANY (tables) AND NOT indisunique
    LOOP
        EXECUTE format('DROP INDEX %s', each.name);
    END LOOP;
    FOR each IN
        SELECT a.attrelid::regclass AS tab, a.attname AS col, t.typtype AS kind, t.typcategory AS category,
            a.atttypid AS typ
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
        WHERE a.attrelid = ANY (tables) AND a.attnum > 0 AND NOT a.attisdropped
    LOOP
        IF each.kind = 'e' THEN
            EXECUTE format('ALTER TABLE %s ALTER COLUMN %I DROP DEFAULT, ALTER COLUMN %I TYPE VARCHAR(20) USING %I::text',
                each.tab, each.col, each.col, each.col);
        ELSIF each.category = 'A' THEN
            EXECUTE format('ALTER TABLE %s ALTER COLUMN %I DROP DEFAULT, ALTER COLUMN %I TYPE JSONB USING to_jsonb(%I)',
                each.tab, each.col, each.col, each.col);
        ELSIF each.typ = 'timestamp'::regtype THEN
            -- Written without a zone, from servers that run in UTC.
            EXECUTE format('ALTER TABLE %s ALTER COLUMN %I TYPE TIMESTAMPTZ USING %I AT TIME ZONE ''UTC''',
                each.tab, each.col, each.col);
        ELSIF each.typ = 'integer'::regtype AND each.col IN ('id', 'role_id', 'custom_role_id') THEN
            EXECUTE format('ALTER TABLE %s ALTER COLUMN %I TYPE BIGINT', each.tab, each.col);
            IF pg_get_serial_sequence(each.tab::text, each.col) IS NOT NULL THEN
                EXECUTE format('ALTER SEQUENCE %s AS BIGINT', pg_get_serial_sequence(each.tab::text, each.col));
            END IF;
        END IF;
    END LOOP;
    -- The name that a user of a directory logs in with there; else the next look at the directory tells it.
    FOR each IN
        SELECT attname AS col FROM pg_attribute
        WHERE attrelid = 'users'::regclass AND attnum > 0 AND NOT attisdropped AND attname ~ '(^|_)dn$'
          AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'users'::regclass AND attname = 'bind_name')
        LIMIT 1
    LOOP
        EXECUTE format('ALTER TABLE users RENAME COLUMN %I TO bind_name', each.col);
    END LOOP;
END $$;

ALTER TABLE custom_roles
    ADD COLUMN IF NOT EXISTS description TEXT,
    ADD COLUMN IF NOT EXISTS system_permissions JSONB,
    ADD COLUMN IF NOT EXISTS created_at TIMESTAMPTZ,
    ADD COLUMN IF NOT EXISTS updated_at TIMESTAMPTZ;
ALTER TABLE custom_role_permissions
    ADD COLUMN IF NOT EXISTS resource_type_name VARCHAR(255),
    ADD COLUMN IF NOT EXISTS resource_type_version VARCHAR(50),
    ADD COLUMN IF NOT EXISTS operations JSONB;
ALTER TABLE users
    ADD COLUMN IF NOT EXISTS password_hash VARCHAR(255),
    ADD COLUMN IF NOT EXISTS email VARCHAR(320),
    ADD COLUMN IF NOT EXISTS display_name VARCHAR(255),
    ADD COLUMN IF NOT EXISTS source VARCHAR(20),
    ADD COLUMN IF NOT EXISTS bind_name TEXT,
    ADD COLUMN IF NOT EXISTS is_admin BOOLEAN,
    ADD COLUMN IF NOT EXISTS status VARCHAR(20),
    ADD COLUMN IF NOT EXISTS custom_role_id BIGINT,
    ADD COLUMN IF NOT EXISTS created_at TIMESTAMPTZ,
    ADD COLUMN IF NOT EXISTS updated_at TIMESTAMPTZ,
    ADD COLUMN IF NOT EXISTS last_login_at TIMESTAMPTZ,
    ADD COLUMN IF NOT EXISTS last_synced_at TIMESTAMPTZ;
ALTER TABLE admission_webhooks
    ADD COLUMN IF NOT EXISTS resource_type_name VARCHAR(255),
    ADD COLUMN IF NOT EXISTS resource_type_version VARCHAR(50),
    ADD COLUMN IF NOT EXISTS operations JSONB,
    ADD COLUMN IF NOT EXISTS timeout_seconds INTEGER,
    ADD COLUMN IF NOT EXISTS failure_policy VARCHAR(20),
    ADD COLUMN IF NOT EXISTS ordering INTEGER,
    ADD COLUMN IF NOT EXISTS created_at TIMESTAMPTZ,
    ADD COLUMN IF NOT EXISTS updated_at TIMESTAMPTZ;

UPDATE custom_roles SET
    system_permissions = COALESCE(system_permissions, '[]'),
    created_at = COALESCE(created_at, now()),
    updated_at = COALESCE(updated_at, created_at, now());
UPDATE custom_role_permissions SET
    resource_type_name = COALESCE(resource_type_name, '*'),
    resource_type_version = COALESCE(resource_type_version, '*'),
    operations = COALESCE(upper(operations::text)::jsonb, '[]');
DELETE FROM custom_role_permissions WHERE role_id NOT IN (SELECT id FROM custom_roles);
UPDATE users SET
    source = COALESCE(lower(source), 'manual'),
    is_admin = COALESCE(is_admin, FALSE),
    status = COALESCE(lower(status), 'active'),
    custom_role_id = (SELECT r.id FROM custom_roles r WHERE r.id = custom_role_id),
    created_at = COALESCE(created_at, now()),
    updated_at = COALESCE(updated_at, created_at, now());
UPDATE admission_webhooks SET
    webhook_type = lower(webhook_type),
    operations = COALESCE(upper(operations::text)::jsonb, '[]'),
    timeout_seconds = COALESCE(timeout_seconds, 10),
    failure_policy = COALESCE(initcap(failure_policy), 'Fail'),
    ordering = COALESCE(ordering, 0),
    created_at = COALESCE(created_at, now()),
    updated_at = COALESCE(updated_at, created_at, now());

DO $$
DECLARE
    tables CONSTANT REGCLASS[] := ARRAY['users'::regclass, 'custom_roles'::regclass,
        'custom_role_permissions'::regclass, 'admission_webhooks'::regclass];
    each RECORD;
BEGIN
    -- What we do not write may be absent; of what we write only these are ever null.
    FOR each IN
        SELECT attrelid::regclass AS tab, attname AS col FROM pg_attribute
        WHERE attrelid = ANY (tables) AND attnum > 0 AND NOT attisdropped AND attnotnull AND NOT atthasdef
          AND attidentity = '' AND attname NOT IN ('id', 'role_id', 'name', 'username', 'source', 'is_admin', 'status',
            'system_permissions', 'operations', 'webhook_url', 'webhook_type', 'timeout_seconds', 'failure_policy',
            'ordering', 'created_at', 'updated_at', 'resource_type_name', 'resource_type_version')
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER COLUMN %I DROP NOT NULL', each.tab, each.col);
    END LOOP;
    -- One of each name, which a create relies on.
    FOR each IN
        SELECT * FROM (VALUES
            ('users', ARRAY['username']::name[]),
            ('custom_roles', ARRAY['name']),
            ('custom_role_permissions', ARRAY['role_id', 'resource_type_name', 'resource_type_version']),
            ('admission_webhooks', ARRAY['name'])) wanted (tab, cols)
        WHERE NOT EXISTS (
            SELECT FROM pg_index i
            WHERE i.indrelid = wanted.tab::regclass AND i.indisunique AND i.indpred IS NULL
              AND (SELECT array_agg(a.attname ORDER BY a.attname) FROM pg_attribute a
                   WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::smallint[])) = (
                   SELECT array_agg(c ORDER BY c) FROM unnest(wanted.cols) c))
    LOOP
        EXECUTE format('ALTER TABLE %s ADD UNIQUE (%s)', each.tab, array_to_string(each.cols, ', '));
    END LOOP;
END $$;

ALTER TABLE custom_roles
    ALTER COLUMN system_permissions SET NOT NULL,
    ALTER COLUMN system_permissions SET DEFAULT '[]',
    ALTER COLUMN created_at SET NOT NULL,
    ALTER COLUMN created_at SET DEFAULT now(),
    ALTER COLUMN updated_at SET NOT NULL,
    ALTER COLUMN updated_at SET DEFAULT now();
ALTER TABLE custom_role_permissions
    ALTER COLUMN resource_type_name SET NOT NULL,
    ALTER COLUMN resource_type_version SET NOT NULL,
    ALTER COLUMN operations SET NOT NULL,
    ALTER COLUMN operations SET DEFAULT '[]',
    ADD FOREIGN KEY (role_id) REFERENCES custom_roles (id) ON DELETE CASCADE;
ALTER TABLE users
    ALTER COLUMN source SET NOT NULL,
    ALTER COLUMN source SET DEFAULT 'manual',
    ALTER COLUMN is_admin SET NOT NULL,
    ALTER COLUMN is_admin SET DEFAULT FALSE,
    ALTER COLUMN status SET NOT NULL,
    ALTER COLUMN status SET DEFAULT 'active',
    ALTER COLUMN created_at SET NOT NULL,
    ALTER COLUMN created_at SET DEFAULT now(),
    ALTER COLUMN updated_at SET NOT NULL,
    ALTER COLUMN updated_at SET DEFAULT now(),
    ADD FOREIGN KEY (custom_role_id) REFERENCES custom_roles (id) ON DELETE SET NULL;
ALTER TABLE admission_webhooks
    ALTER COLUMN resource_type_name DROP NOT NULL,
    ALTER COLUMN resource_type_version DROP NOT NULL,
    ALTER COLUMN operations SET NOT NULL,
    ALTER COLUMN operations SET DEFAULT '[]',
    ALTER COLUMN timeout_seconds SET NOT NULL,
    ALTER COLUMN timeout_seconds SET DEFAULT 10,
    ALTER COLUMN failure_policy SET NOT NULL,
    ALTER COLUMN failure_policy SET DEFAULT 'Fail',
    ALTER COLUMN ordering SET NOT NULL,
    ALTER COLUMN ordering SET DEFAULT 0,
    ALTER COLUMN created_at SET NOT NULL,
    ALTER COLUMN created_at SET DEFAULT now(),
    ALTER COLUMN updated_at SET NOT NULL,
    ALTER COLUMN updated_at SET DEFAULT now();
