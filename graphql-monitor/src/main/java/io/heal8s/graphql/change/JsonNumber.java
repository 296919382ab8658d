// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.change;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The number that a JSON value stands for. Whole numbers are exact at any length, others are
 * doubles, as the original's users know them from Python; a boolean is 1 or 0.
 *
 * @param exact null when the number is not finite
 * @param approximate the same as a double; infinite or not a number when {@code exact} is null
 */
public record JsonNumber(@Nullable BigDecimal exact, double approximate) {

  private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");

  /** A double, which may be infinite or not a number. */
  public static JsonNumber of(double number) {
    return Double.isFinite(number)
        ? new JsonNumber(new BigDecimal(number), number)
        : new JsonNumber(null, number);
  }

  /** A whole number of any length. */
  public static JsonNumber of(BigInteger number) {
    return new JsonNumber(new BigDecimal(number), number.doubleValue());
  }

  /** Whether the value is written as a whole number. */
  public static boolean isWhole(JsonPrimitive number) {
    return WHOLE.matcher(number.getAsString()).matches();
  }

  /** The number of a JSON number or boolean, null of anything else. */
  public static @Nullable JsonNumber of(@Nullable JsonElement value) {
    if (!(value instanceof JsonPrimitive primitive)) {
      return null;
    }
    if (primitive.isBoolean()) {
      return of(primitive.getAsBoolean() ? BigInteger.ONE : BigInteger.ZERO);
    }
    if (!primitive.isNumber()) {
      return null;
    }
    return isWhole(primitive)
        ? of(new BigInteger(primitive.getAsString()))
        : of(Double.parseDouble(primitive.getAsString()));
  }

  /** Whether both are the same number; what is not a number equals nothing. */
  public boolean same(JsonNumber other) {
    if (exact != null && other.exact != null) {
      return exact.compareTo(other.exact) == 0;
    }
    return approximate == other.approximate && exact == null && other.exact == null;
  }

  /** Whether this is more; what is not a number is neither more nor less. */
  public boolean moreThan(JsonNumber other) {
    if (exact != null && other.exact != null) {
      return exact.compareTo(other.exact) > 0;
    }
    return infiniteAware() > other.infiniteAware();
  }

  // A whole number beyond the range of a double is still less than infinity.
  private double infiniteAware() {
    return exact != null && Double.isInfinite(approximate)
        ? Math.copySign(Double.MAX_VALUE, approximate)
        : approximate;
  }
}
