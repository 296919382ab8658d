// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads the body of a request as JSON that a database can store. */
public final class JsonBody {

  private final JsonMapper mapper;

  public JsonBody(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /** The body as an object to read fields from. */
  Body object(HttpServletRequest request) {
    return Body.of(read(request));
  }

  JsonNode read(HttpServletRequest request) {
    byte[] bytes = bytes(request);
    Problems problems = new Problems();
    if (bytes.length == 0) {
      problems.add("missing", List.of("body"), "Field required", null);
      problems.throwIfAny();
    }
    JsonNode json = parsed(bytes, problems);
    if (!isStorable(json)) {
      problems.valueError(
          List.of("body"),
          "text must not hold the character U+0000 or half of a surrogate pair, and numbers must be"
              + " finite",
          null);
      problems.throwIfAny();
    }
    return json;
  }

  static byte[] bytes(HttpServletRequest request) {
    try {
      return request.getInputStream().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode parsed(byte[] bytes, Problems problems) {
    try {
      return mapper.readTree(bytes);
    } catch (JacksonException e) {
      int offset = e.getLocation() == null ? 0 : (int) Math.max(0, e.getLocation().getByteOffset());
      problems.add(
          "json_invalid",
          List.of("body", offset),
          "JSON decode error",
          JsonNodeFactory.instance.objectNode(),
          Map.of("error", e.getOriginalMessage()));
      problems.throwIfAny();
      throw e;
    }
  }

  static boolean isStorable(JsonNode json) {
    if (json.isString()) {
      return isStorable(json.stringValue());
    }
    if (json.isFloatingPointNumber()) {
      return Double.isFinite(json.doubleValue());
    }
    if (json.isObject()) {
      return json.propertyStream()
          .allMatch(entry -> isStorable(entry.getKey()) && isStorable(entry.getValue()));
    }
    return json.valueStream().allMatch(JsonBody::isStorable);
  }

  private static boolean isStorable(String text) {
    return text.codePoints()
        .noneMatch(
            point ->
                point == 0 || point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }
}
