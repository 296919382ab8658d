// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.internal.LazilyParsedNumber;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON text strictly (RFC 8259, UTF-8), and not deeper than a limit. Gson's own reader
 * takes a whole number that ends in 64 zeros for one that begins with a zero.
 */
final class BoundedJson {

  /** The text is nested too deeply. */
  static final class TooDeepException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The text is no JSON. */
  private static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  private final int maxDepth;
  private final JsonFactory factory;

  /**
   * @param maxDepth objects and lists inside each other, at least 1
   */
  BoundedJson(int maxDepth) {
    this.maxDepth = maxDepth;
    // Ours is told apart from malformed text, the parser's is not.
    this.factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(maxDepth + 1).build())
            .build();
  }

  /**
   * Reads a text.
   *
   * @throws TooDeepException if it is nested too deeply
   * @throws IOException if it is no JSON
   */
  JsonElement read(byte[] text) throws IOException {
    // From bytes the parser would guess among encodings, and let malformed ones pass.
    Reader utf8 =
        new InputStreamReader(
            new ByteArrayInputStream(text),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), utf8)) {
      JsonElement element = read(parser, parser.nextToken(), 0);
      if (parser.nextToken() != null) {
        throw new MalformedException("text behind the end");
      }
      return element;
    } catch (JacksonException wrong) {
      // Its own message may quote the text.
      throw new MalformedException("no JSON");
    }
  }

  private JsonElement read(JsonParser parser, @Nullable JsonToken token, int depth)
      throws IOException {
    if (depth >= maxDepth && (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT)) {
      throw new TooDeepException();
    }
    return switch (token) {
      case START_OBJECT -> {
        JsonObject object = new JsonObject();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          object.add(name, read(parser, parser.nextToken(), depth + 1));
        }
        yield object;
      }
      case START_ARRAY -> {
        JsonArray array = new JsonArray();
        for (JsonToken next = parser.nextToken();
            next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          array.add(read(parser, next, depth + 1));
        }
        yield array;
      }
      case VALUE_STRING -> new JsonPrimitive(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new JsonPrimitive(new LazilyParsedNumber(parser.getString()));
      case VALUE_TRUE -> new JsonPrimitive(true);
      case VALUE_FALSE -> new JsonPrimitive(false);
      case VALUE_NULL -> JsonNull.INSTANCE;
      case null, default -> throw new MalformedException("there is no JSON value");
    };
  }
}
