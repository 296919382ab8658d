// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

/** The resource type that Operator Controller is known by, and a resource of it. */
final class DatabaseCluster {

  static final String OWNER = "acme";
  static final String REPOSITORY = "infra";
  static final String WORKFLOW = "database.yml";
  static final String DESTROY = "database-destroy.yml";
  static final String NAME = "production-pg";

  /** Every resource of the type goes to that repository; none has to say so. */
  static final String TYPE =
      """
      {"name": "DatabaseCluster", "version": "v1", "description": "Managed database cluster",
       "metadata": {"github_actions": {"owner": "%s", "repo": "%s", "workflow": "%s",
                                       "destroy_workflow": "%s"}},
       "schema": {
         "type": "object",
         "required": ["engine", "engine_version", "instance_class", "storage_gb"],
         "properties": {
           "engine": {"type": "string", "enum": ["postgres", "mysql", "mariadb"]},
           "engine_version": {"type": "string"},
           "instance_class": {"type": "string"},
           "storage_gb": {"type": "integer", "minimum": 10, "maximum": 10000},
           "replicas": {"type": "integer", "minimum": 0, "maximum": 5, "default": 0},
           "backup_retention_days": {"type": "integer", "minimum": 1, "maximum": 35, "default": 7},
           "high_availability": {"type": "boolean", "default": false}}}}
      """
          .formatted(OWNER, REPOSITORY, WORKFLOW, DESTROY);

  private DatabaseCluster() {}

  /** A body that creates it. */
  static String resource(int storageGb) {
    return """
    {"name": "%s", "resource_type_name": "DatabaseCluster", "resource_type_version": "v1",
     "action_plugin": "github_actions", "spec": %s}
    """
        .formatted(NAME, spec("db.large", storageGb));
  }

  /** What is wanted. */
  static String spec(String instanceClass, int storageGb) {
    return """
    {"engine": "postgres", "engine_version": "16.2", "instance_class": "%s",
     "storage_gb": %d, "replicas": 2, "backup_retention_days": 14, "high_availability": true}
    """
        .formatted(instanceClass, storageGb)
        .strip();
  }

  /** A workflow that takes the whole spec as one input. */
  static String workflow(String name) {
    return """
    name: %s
    run-name: %s ${{ inputs.correlation_id }}
    on:
      workflow_dispatch:
        inputs:
          spec: {type: string, required: true}
          correlation_id: {type: string}
    jobs:
      run:
        runs-on: ubuntu-latest
        steps:
        - run: echo "$SPEC"
          env:
            SPEC: ${{ inputs.spec }}
    """
        .formatted(name, name);
  }
}
