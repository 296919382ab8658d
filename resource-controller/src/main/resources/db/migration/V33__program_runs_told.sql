-- SPDX-License-Identifier: Apache-2.0
-- incomplete: a state arrived that is not stored; told: a person was told that the run is unsure.

ALTER TABLE program_runs
    ADD COLUMN incomplete BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN told BOOLEAN NOT NULL DEFAULT FALSE;
