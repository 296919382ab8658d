// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.heal8s.resource.model.ResourceType;
import io.heal8s.resource.schema.ResourceSchema;

/** Schemas ready to judge, by type and revision of it: a changed one is another one. */
public final class SchemaCache {

  private static final int MOST = 1_000;

  private final Cache<Key, ResourceSchema> compiled =
      Caffeine.newBuilder().maximumSize(MOST).build();

  private record Key(long id, long revision) {}

  /** The schema of a type. */
  public ResourceSchema of(ResourceType type) {
    return compiled.get(
        new Key(type.id(), type.revision()), ignored -> ResourceSchema.of(type.schema()));
  }
}
