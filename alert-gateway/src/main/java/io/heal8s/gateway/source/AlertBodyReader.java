// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.source;

import io.heal8s.gateway.intent.IncomingAlert;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the body shape that Alertmanager (version 4) and its followers share. One pass over the
 * bytes, no tree; what is not looked at is skipped unread, so new fields of a sender never hurt.
 * Safe for any number of threads.
 */
public final class AlertBodyReader {

  private static final int MAX_DEPTH = 64;
  private static final int MAX_STRING_LENGTH = 1 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING_LENGTH)
                  .build())
          .build();

  private final Dialect dialect;

  /** A reader of one sender's format. */
  public AlertBodyReader(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * Reads a whole body: a JSON object, or null for nothing.
   *
   * @throws MalformedBodyException if it is not JSON in UTF-8 or a field has a wrong type
   */
  public AlertBatch read(byte[] body) throws MalformedBodyException {
    refuseOtherEncodings(body);
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      AlertBatch batch = readBatch(parser, body);
      if (parser.nextToken() != null) {
        throw new MalformedBodyException("there is something after the end of the JSON document");
      }
      return batch;
    } catch (StreamReadException e) {
      throw new MalformedBodyException(
          "not JSON at byte " + e.getLocation().getByteOffset() + ": " + kind(e));
    } catch (JacksonException e) {
      throw new MalformedBodyException("not JSON in UTF-8 within the limits of a delivery");
    }
  }

  /** The parser would read UTF-16 and UTF-32 too, but then its offsets are not the body's. */
  private static void refuseOtherEncodings(byte[] body) throws MalformedBodyException {
    for (int i = 0; i < Math.min(4, body.length); i++) {
      if (body[i] == 0 || body[i] == (byte) 0xFE || body[i] == (byte) 0xFF) {
        throw new MalformedBodyException("not UTF-8: send JSON in UTF-8");
      }
    }
  }

  /** The parser's own message quotes the body, which an answer must not. */
  private static String kind(StreamReadException e) {
    String message = String.valueOf(e.getOriginalMessage());
    return message.startsWith("Unexpected end") ? "it breaks off" : "a syntax error";
  }

  private AlertBatch readBatch(JsonParser parser, byte[] body) throws MalformedBodyException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new MalformedBodyException("the body is empty: send a JSON object with alerts");
    }
    if (first == JsonToken.VALUE_NULL) {
      return new AlertBatch(List.of(), 0);
    }
    if (first != JsonToken.START_OBJECT) {
      throw new MalformedBodyException("the body is no JSON object");
    }
    List<IncomingAlert> alerts = new ArrayList<>();
    long truncated = 0;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("alerts")) {
        // As Go reads JSON, the last of two fields of one name counts.
        alerts = readAlerts(parser, value, body);
      } else if (field.equals("truncatedAlerts")) {
        truncated = readTruncated(parser, value);
      } else {
        parser.skipChildren();
      }
    }
    return new AlertBatch(alerts, truncated);
  }

  private List<IncomingAlert> readAlerts(JsonParser parser, JsonToken value, byte[] body)
      throws MalformedBodyException {
    List<IncomingAlert> alerts = new ArrayList<>();
    if (value == JsonToken.VALUE_NULL) {
      return alerts;
    }
    if (value != JsonToken.START_ARRAY) {
      throw new MalformedBodyException("alerts: not an array");
    }
    for (JsonToken item = parser.nextToken();
        item != JsonToken.END_ARRAY;
        item = parser.nextToken()) {
      if (item != JsonToken.START_OBJECT) {
        throw new MalformedBodyException("alerts[" + alerts.size() + "]: not an object");
      }
      alerts.add(new OneAlertReader(parser, body, dialect, alerts.size()).read());
    }
    return alerts;
  }

  private static long readTruncated(JsonParser parser, JsonToken value)
      throws MalformedBodyException {
    if (value == JsonToken.VALUE_NULL) {
      return 0;
    }
    if (value != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        || parser.getLongValue() < 0) {
      throw new MalformedBodyException("truncatedAlerts: not a number of alerts");
    }
    return parser.getLongValue();
  }
}
