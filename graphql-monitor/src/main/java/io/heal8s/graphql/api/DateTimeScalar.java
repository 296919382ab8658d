// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import graphql.GraphQLContext;
import graphql.schema.Coercing;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.time.Instant;
import java.util.Locale;

/** The schema's {@code DateTime}; only answers have any. */
public final class DateTimeScalar {

  private DateTimeScalar() {}

  /** The scalar. */
  public static GraphQLScalarType type() {
    return GraphQLScalarType.newScalar().name("DateTime").coercing(new Iso()).build();
  }

  private static final class Iso implements Coercing<Instant, String> {

    @Override
    public String serialize(Object value, GraphQLContext context, Locale locale) {
      if (value instanceof Instant instant) {
        return instant.toString();
      }
      throw new CoercingSerializeException("not a moment: " + value.getClass().getName());
    }
  }
}
