-- SPDX-License-Identifier: Apache-2.0
-- States, plans and runs of programs such as OpenTofu.

CREATE TABLE program_states (
    resource_id BIGINT PRIMARY KEY REFERENCES resources (id) ON DELETE CASCADE,
    state TEXT,
    lineage TEXT NOT NULL DEFAULT '',
    serial BIGINT NOT NULL DEFAULT 0,
    objects INTEGER NOT NULL DEFAULT 0,
    lock_id TEXT,
    lock_info TEXT
);

-- At most one of each resource; a plan's file is the program's own.
CREATE TABLE program_plans (
    resource_id BIGINT PRIMARY KEY REFERENCES resources (id) ON DELETE CASCADE,
    id VARCHAR(64) NOT NULL,
    generation BIGINT NOT NULL,
    inputs VARCHAR(64) NOT NULL,
    lineage TEXT NOT NULL,
    serial BIGINT NOT NULL,
    objects INTEGER NOT NULL,
    dependency_lock TEXT NOT NULL,
    text TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    file BYTEA NOT NULL
);

-- The newest run of each resource. A new one takes the row, and with it the right to the state:
-- what an older one sends is refused from then on.
CREATE TABLE program_runs (
    resource_id BIGINT PRIMARY KEY REFERENCES resources (id) ON DELETE CASCADE,
    id UUID NOT NULL UNIQUE,
    dispatch_key VARCHAR(100) NOT NULL UNIQUE,
    operation VARCHAR(20) NOT NULL,
    credential VARCHAR(64) NOT NULL,
    began_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    alive_until TIMESTAMPTZ NOT NULL,
    stop BOOLEAN NOT NULL DEFAULT FALSE,
    locked BOOLEAN NOT NULL DEFAULT FALSE,
    released BOOLEAN NOT NULL DEFAULT FALSE,
    success BOOLEAN,
    complete BOOLEAN NOT NULL DEFAULT FALSE,
    message TEXT NOT NULL DEFAULT '',
    output TEXT NOT NULL DEFAULT '',
    created INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    removed INTEGER NOT NULL DEFAULT 0,
    outputs JSONB
);
