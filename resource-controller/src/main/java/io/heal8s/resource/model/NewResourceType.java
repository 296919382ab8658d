// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.model;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A type to be created; the caller has checked its schema.
 *
 * @param name name
 * @param version version
 * @param schema JSON Schema of a spec
 * @param description for people, null for none
 * @param metadata free object
 */
public record NewResourceType(
    String name,
    String version,
    JsonNode schema,
    @Nullable String description,
    JsonNode metadata) {}
