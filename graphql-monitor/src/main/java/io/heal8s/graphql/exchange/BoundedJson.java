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
import java.io.StringReader;
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
 * Reads one JSON text strictly (RFC 8259, UTF-8), not deeper than a limit and with no more than
 * {@value #MOST_VALUES} values: the tree of a text of nothing but small numbers takes forty times
 * its room. Gson's own reader takes a whole number that ends in 64 zeros for one that begins with a
 * zero.
 */
final class BoundedJson {

  /** Most values, lists and objects among them. */
  static final int MOST_VALUES = 50_000;

  /** The text has too many values. */
  static final class TooManyException extends IOException {
    private static final long serialVersionUID = 1L;
  }

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
   * @throws TooManyException if it has too many values
   * @throws IOException if it is no JSON
   */
  JsonElement read(byte[] text) throws IOException {
    // From bytes the parser would guess among encodings, and let malformed ones pass.
    return read(
        new InputStreamReader(
            new ByteArrayInputStream(text),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)),
        MOST_VALUES);
  }

  /**
   * Reads a text that is known to be none too many.
   *
   * @throws IOException as {@link #read(byte[])}
   */
  JsonElement read(String text) throws IOException {
    return read(new StringReader(text), Integer.MAX_VALUE);
  }

  private JsonElement read(Reader text, int most) throws IOException {
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
      JsonElement element = new Tree(parser, most).read(parser.nextToken(), 0);
      if (parser.nextToken() != null) {
        throw new MalformedException("text behind the end");
      }
      return element;
    } catch (JacksonException wrong) {
      // Its own message may quote the text.
      throw new MalformedException("no JSON");
    }
  }

  /** What was read of one text. */
  private final class Tree {

    private final JsonParser parser;
    private final int most;
    private int values;

    Tree(JsonParser parser, int most) {
      this.parser = parser;
      this.most = most;
    }

    JsonElement read(@Nullable JsonToken token, int depth) throws IOException {
      if (depth >= maxDepth
          && (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT)) {
        throw new TooDeepException();
      }
      if (++values > most) {
        throw new TooManyException();
      }
      return switch (token) {
        case START_OBJECT -> {
          JsonObject object = new JsonObject();
          while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            object.add(name, read(parser.nextToken(), depth + 1));
          }
          yield object;
        }
        case START_ARRAY -> {
          JsonArray array = new JsonArray();
          for (JsonToken next = parser.nextToken();
              next != JsonToken.END_ARRAY;
              next = parser.nextToken()) {
            array.add(read(next, depth + 1));
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
}
