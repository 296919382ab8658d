// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.internal.LazilyParsedNumber;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Reads one JSON text strictly (RFC 8259, UTF-8), and not deeper than a limit. */
final class BoundedJson {

  /** The text is nested too deeply. */
  static final class TooDeepException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final int maxDepth;

  /**
   * @param maxDepth objects and lists inside each other, at least 1
   */
  BoundedJson(int maxDepth) {
    this.maxDepth = maxDepth;
  }

  /**
   * Reads a text.
   *
   * @throws TooDeepException if it is nested too deeply
   * @throws IOException if it is no JSON
   */
  JsonElement read(byte[] text) throws IOException {
    JsonReader reader =
        new JsonReader(
            new InputStreamReader(
                new ByteArrayInputStream(text),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    reader.setStrictness(Strictness.STRICT);
    // Ours is told apart from malformed text, the reader's is not.
    reader.setNestingLimit(maxDepth + 1);
    try {
      JsonElement element = read(reader, 0);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedJsonException("text behind the end");
      }
      return element;
    } catch (IllegalStateException | NumberFormatException wrong) {
      throw new MalformedJsonException(String.valueOf(wrong.getMessage()));
    } catch (EOFException cut) {
      throw new MalformedJsonException("ends early");
    }
  }

  private JsonElement read(JsonReader reader, int depth) throws IOException {
    JsonToken token = reader.peek();
    if (depth >= maxDepth && (token == JsonToken.BEGIN_ARRAY || token == JsonToken.BEGIN_OBJECT)) {
      throw new TooDeepException();
    }
    return switch (token) {
      case BEGIN_OBJECT -> {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
          object.add(reader.nextName(), read(reader, depth + 1));
        }
        reader.endObject();
        yield object;
      }
      case BEGIN_ARRAY -> {
        JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
          array.add(read(reader, depth + 1));
        }
        reader.endArray();
        yield array;
      }
      case STRING -> new JsonPrimitive(reader.nextString());
      case NUMBER -> new JsonPrimitive(new LazilyParsedNumber(reader.nextString()));
      case BOOLEAN -> new JsonPrimitive(reader.nextBoolean());
      case NULL -> {
        reader.nextNull();
        yield JsonNull.INSTANCE;
      }
      case END_ARRAY, END_OBJECT, NAME, END_DOCUMENT ->
          throw new MalformedJsonException("unexpected " + token);
    };
  }
}
