// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;

/** Tells a client where the next page is. */
final class Pages {

  private Pages() {}

  /** A link to the page after the row of that id. */
  static void next(HttpHeaders headers, HttpServletRequest request, long lastId) {
    next(headers, request, Long.toString(lastId));
  }

  /** A link to the page after a place, whose text has no need to be escaped in an address. */
  static void next(HttpHeaders headers, HttpServletRequest request, String cursor) {
    String query = request.getQueryString() == null ? "" : request.getQueryString();
    String kept =
        Arrays.stream(query.split("&"))
            .filter(part -> !part.isEmpty())
            .filter(part -> !URLDecoder.decode(part, StandardCharsets.UTF_8).startsWith("cursor="))
            .collect(Collectors.joining("&"));
    String parameters = (kept.isEmpty() ? "" : kept + "&") + "cursor=" + cursor;
    headers.add("Link", "<%s?%s>; rel=\"next\"".formatted(request.getRequestURI(), parameters));
    headers.add("X-Next-Cursor", cursor);
  }
}
