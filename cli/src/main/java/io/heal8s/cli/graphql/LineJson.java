// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.graphql;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.internal.LazilyParsedNumber;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON text strictly. Gson's own reader takes a whole number that ends in 64 zeros for
 * one that begins with a zero.
 */
final class LineJson {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private LineJson() {}

  /**
   * Reads a text.
   *
   * @throws UnreadableException says what is wrong and where
   */
  static JsonElement read(String text) throws UnreadableException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
      parser.nextToken();
      JsonElement element = value(parser);
      if (parser.nextToken() != null) {
        throw new UnreadableException("there is more than one JSON value");
      }
      return element;
    } catch (JacksonException wrong) {
      String message = String.valueOf(wrong.getOriginalMessage()).lines().findFirst().orElse("");
      // What breaks a limit, such as that of nesting, has no place.
      TokenStreamLocation place = wrong.getLocation();
      throw new UnreadableException(
          "not JSON%s: %s"
              .formatted(
                  place == null ? "" : " at column " + place.getColumnNr(), lowerFirst(message)));
    }
  }

  private static JsonElement value(JsonParser parser) throws UnreadableException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> {
        JsonObject object = new JsonObject();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          object.add(name, value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        JsonArray array = new JsonArray();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_STRING -> new JsonPrimitive(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new JsonPrimitive(new LazilyParsedNumber(parser.getString()));
      case VALUE_TRUE -> new JsonPrimitive(true);
      case VALUE_FALSE -> new JsonPrimitive(false);
      case VALUE_NULL -> JsonNull.INSTANCE;
      case null, default -> throw new UnreadableException("there is no JSON value");
    };
  }

  private static String lowerFirst(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
