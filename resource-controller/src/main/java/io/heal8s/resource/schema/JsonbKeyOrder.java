// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The order in which PostgreSQL's {@code jsonb} keeps the keys of an object: shorter first, then by
 * bytes. Errors are listed in it, so that a text does not depend on how somebody typed a schema.
 */
public final class JsonbKeyOrder implements Comparator<String> {

  /** The one instance; it has no state. */
  public static final JsonbKeyOrder INSTANCE = new JsonbKeyOrder();

  private JsonbKeyOrder() {}

  @Override
  public int compare(String left, String right) {
    byte[] a = left.getBytes(StandardCharsets.UTF_8);
    byte[] b = right.getBytes(StandardCharsets.UTF_8);
    return a.length != b.length
        ? Integer.compare(a.length, b.length)
        : Arrays.compareUnsigned(a, b);
  }
}
