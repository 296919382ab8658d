-- SPDX-License-Identifier: Apache-2.0
-- What a run was begun with is written once, apart from how far it is, which every poll writes.

--   run_inputs of the run that began at its startedAt; a process of an older version knows nothing
--              of it: it leaves here what is of another run, and has its own in run
ALTER TABLE reconcile_work ADD COLUMN run_inputs JSONB;

-- What is held for a person has failed; a change of what is wanted once made it pending for ever.
UPDATE resources r SET status = 'failed', updated_at = now()
FROM reconcile_work w
WHERE w.resource_id = r.id AND w.run ->> 'phase' = 'HELD' AND r.status = 'pending' AND r.deleted_at IS NULL;

-- Where the objects of a resource are is kept with them, or another namespace would orphan them.
UPDATE resources r SET outputs = r.outputs || jsonb_build_object('namespace', known.namespace)
FROM (
    SELECT k.id, CASE WHEN k.plugin_config ? 'namespace' THEN k.plugin_config ->> 'namespace'
                      ELSE t.metadata -> 'kubernetes' ->> 'namespace' END AS namespace
    FROM resources k
    LEFT JOIN resource_types t ON t.name = k.resource_type_name AND t.version = k.resource_type_version
    WHERE k.action_plugin = 'kubernetes' AND k.outputs ? 'objects' AND NOT k.outputs ? 'namespace') known
WHERE r.id = known.id AND known.namespace <> '';
