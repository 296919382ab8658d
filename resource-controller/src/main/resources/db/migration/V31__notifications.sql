-- SPDX-License-Identifier: Apache-2.0
-- Who is told of failures, up to where in the events, and of what they know already.

CREATE TABLE notification_cursors (
    notifier VARCHAR(50) PRIMARY KEY,
    position BIGINT NOT NULL,
    holder UUID,
    held_until TIMESTAMPTZ NOT NULL DEFAULT '-infinity'
);

-- A resource that fails again for the same reason is no news; no row: it is well, for all they know.
CREATE TABLE notification_marks (
    notifier VARCHAR(50) NOT NULL,
    resource_id BIGINT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (notifier, resource_id)
);
