// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A type of resources, one version of it.
 *
 * @param id given by the store
 * @param name name
 * @param version version; (name, version) is unique
 * @param schema JSON Schema of a spec
 * @param description for people, null for none
 * @param status free word, {@code active} unless said otherwise
 * @param metadata free object
 * @param createdAt when it was created
 * @param updatedAt when it was changed last
 * @param revision rises by one with every change; for conditional writes
 */
public record ResourceType(
    long id,
    String name,
    String version,
    JsonNode schema,
    @Nullable String description,
    String status,
    JsonNode metadata,
    Instant createdAt,
    Instant updatedAt,
    long revision) {}
