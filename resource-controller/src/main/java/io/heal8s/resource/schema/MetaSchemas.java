// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** What a schema must look like, per dialect. */
final class MetaSchemas {

  private static final Map<SchemaDialect, Schema> BY_DIALECT =
      Map.of(
          SchemaDialect.DRAFT_7, bundled(SchemaDialect.DRAFT_7),
          SchemaDialect.DRAFT_2020_12, bundled(SchemaDialect.DRAFT_2020_12),
          SchemaDialect.OPENAPI_3_0, ours("openapi-3.0-schema.json"));

  private MetaSchemas() {}

  static Schema of(SchemaDialect dialect) {
    return Objects.requireNonNull(BY_DIALECT.get(dialect));
  }

  private static Schema bundled(SchemaDialect dialect) {
    return ResourceSchema.metaSchema(Registries.of(dialect), dialect);
  }

  /** The library brings none for OpenAPI 3.0. */
  private static Schema ours(String name) {
    try (InputStream in = MetaSchemas.class.getResourceAsStream(name)) {
      String text =
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
      return Registries.of(SchemaDialect.DRAFT_7).getSchema(text, InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
