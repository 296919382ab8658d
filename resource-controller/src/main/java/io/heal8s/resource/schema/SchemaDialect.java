// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import com.networknt.schema.dialect.DialectId;
import tools.jackson.databind.JsonNode;

/** The dialects that a schema can be written in; it declares one by its {@code $schema}. */
public enum SchemaDialect {
  /** JSON Schema draft 7, the one that schemas without a declaration are read in. */
  DRAFT_7(DialectId.DRAFT_7),
  /** JSON Schema 2020-12. */
  DRAFT_2020_12(DialectId.DRAFT_2020_12),
  /** The schema object of OpenAPI 3.0: nullable, exclusive bounds as booleans, discriminator. */
  OPENAPI_3_0(DialectId.OPENAPI_3_0);

  private static final String OPENAPI = "https://spec.openapis.org/oas/3.0";

  private final String id;

  SchemaDialect(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  /**
   * The dialect of a schema. Any other declaration is read as draft 7, as the original did with all
   * of them, so that a stored schema keeps its meaning.
   */
  public static SchemaDialect of(JsonNode schema) {
    String declared = schema.path("$schema").asString("");
    if (declared.startsWith(OPENAPI) || declared.equals("openapi-3.0")) {
      return OPENAPI_3_0;
    }
    return declared.replaceFirst("#$", "").equals(DialectId.DRAFT_2020_12)
        ? DRAFT_2020_12
        : DRAFT_7;
  }
}
