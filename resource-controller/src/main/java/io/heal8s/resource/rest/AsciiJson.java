// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import tools.jackson.databind.JsonNode;

/** How long a value is as JSON in ASCII with a space after each comma and colon. */
final class AsciiJson {

  private static final int UNICODE_ESCAPE = 6;
  private static final int FIRST_BEYOND_ASCII = 0x80;

  private AsciiJson() {}

  static long length(JsonNode value) {
    if (value.isObject()) {
      long sum = 2 + 2L * Math.max(0, value.size() - 1);
      for (var entry : value.properties()) {
        sum += length(entry.getKey()) + 2 + length(entry.getValue());
      }
      return sum;
    }
    if (value.isArray()) {
      long sum = 2 + 2L * Math.max(0, value.size() - 1);
      for (JsonNode element : value) {
        sum += length(element);
      }
      return sum;
    }
    return value.isString() ? length(value.stringValue()) : value.toString().length();
  }

  private static long length(String text) {
    long sum = 2;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      sum +=
          switch (c) {
            case '"', '\\', '\n', '\r', '\t', '\b', '\f' -> 2;
            default -> c < ' ' || c >= FIRST_BEYOND_ASCII ? UNICODE_ESCAPE : 1;
          };
    }
    return sum;
  }
}
