// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.problem;

import com.google.gson.JsonObject;

/**
 * Why a request was refused, as RFC 9457 writes it. The type is always {@code about:blank}, so the
 * title is that of the status code (RFC 9457, section 4.2.1).
 *
 * @param status HTTP status code, 400-599
 * @param title the status code in words
 * @param detail what is wrong and what to change
 */
public record Problem(int status, String title, String detail) {
  /** Media type of {@link #toJson()}. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** Checks the status. */
  public Problem {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("a problem has a status of 400-599, not " + status);
    }
  }

  /** A problem with status 400. */
  public static Problem badRequest(String detail) {
    return new Problem(400, "Bad Request", detail);
  }

  /** A problem with status 401. */
  public static Problem unauthorized(String detail) {
    return new Problem(401, "Unauthorized", detail);
  }

  /** A problem with status 403. */
  public static Problem forbidden(String detail) {
    return new Problem(403, "Forbidden", detail);
  }

  /** A problem with status 408. */
  public static Problem requestTimeout(String detail) {
    return new Problem(408, "Request Timeout", detail);
  }

  /** A problem with status 413. */
  public static Problem contentTooLarge(String detail) {
    return new Problem(413, "Content Too Large", detail);
  }

  /** A problem with status 503. */
  public static Problem serviceUnavailable(String detail) {
    return new Problem(503, "Service Unavailable", detail);
  }

  /**
   * The problem as a JSON object.
   *
   * @return one line, members type, title, status, detail
   */
  public String toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("type", "about:blank");
    json.addProperty("title", title);
    json.addProperty("status", status);
    json.addProperty("detail", detail);
    return json.toString();
  }
}
