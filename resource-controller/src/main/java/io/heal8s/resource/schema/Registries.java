// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.Format;
import java.util.Locale;
import java.util.Set;

/**
 * The library as it is used here: nothing is fetched, expressions are linear, and of the formats
 * those count that the original checked.
 */
final class Registries {

  /** Every other format is a remark. */
  private static final Set<String> FORMATS =
      Set.of("date", "email", "idn-email", "idn-hostname", "ipv4", "ipv6");

  private static final Set<String> KNOWN_ELSEWHERE = Set.of("json-schema.org", "spec.openapis.org");

  private Registries() {}

  static SchemaRegistry of(SchemaDialect dialect) {
    return SchemaRegistry.withDefaultDialect(
        adapted(dialect),
        builder ->
            builder
                .schemaCacheEnabled(false)
                .schemaLoader(
                    loader ->
                        loader.fetchRemoteResources(false).allow(iri -> isBundled(iri.toString())))
                .schemaRegistryConfig(
                    SchemaRegistryConfig.builder()
                        .formatAssertionsEnabled(true)
                        .losslessNarrowing(true)
                        .preloadSchema(false)
                        .locale(Locale.ROOT)
                        .regularExpressionFactory(new LinearExpressions())
                        .build()));
  }

  /** Whether this is a schema of schemas, which lies beside the library. */
  static boolean isBundled(String iri) {
    return KNOWN_ELSEWHERE.stream()
        .anyMatch(
            host ->
                iri.startsWith("http://" + host + "/") || iri.startsWith("https://" + host + "/"));
  }

  private static Dialect adapted(SchemaDialect dialect) {
    return switch (dialect) {
      case DRAFT_7 ->
          formats(Dialect.builder(Dialects.getDraft7())).keyword(new FloatMultipleOf()).build();
      case DRAFT_2020_12 -> formats(Dialect.builder(Dialects.getDraft202012())).build();
      case OPENAPI_3_0 -> formats(Dialect.builder(Dialects.getOpenApi30())).build();
    };
  }

  private static Dialect.Builder formats(Dialect.Builder dialect) {
    return dialect
        .formats(known -> known.keySet().retainAll(FORMATS))
        .format(new ExpressionFormat());
  }

  /** A text that can be used as a pattern here. */
  private static final class ExpressionFormat implements Format {

    @Override
    public String getName() {
      return "regex";
    }

    @Override
    public boolean matches(com.networknt.schema.ExecutionContext run, String value) {
      return LinearExpressions.isValid(value);
    }
  }
}
