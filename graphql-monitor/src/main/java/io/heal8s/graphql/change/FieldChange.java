// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.change;

import com.google.gson.JsonElement;
import org.jspecify.annotations.Nullable;

/**
 * One field that is not what it was.
 *
 * @param path how people read it, as {@link StatePath} spells it
 * @param key its own name, the last step of the path
 * @param before null when it was not there
 * @param after null when it is gone
 */
public record FieldChange(
    String path, String key, @Nullable JsonElement before, @Nullable JsonElement after) {}
