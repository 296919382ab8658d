// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import com.google.gson.ToNumberPolicy;
import com.google.gson.TypeAdapter;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.kubernetes.client.openapi.models.EventsV1Event;
import io.kubernetes.client.openapi.models.EventsV1EventSeries;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ManagedFieldsEntry;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How objects are spelled on the wire. The client's own {@code JSON} class registers an adapter
 * factory for each of its 700 models and loads them all with the first object; this one builds an
 * adapter when a type is first used, which a service that must start in two seconds notices.
 *
 * <p>Times are RFC 3339 in UTC: whole seconds without a fraction, others with microseconds; the
 * kinds whose fields are MicroTime (Lease, Event) always have six digits, which the API server
 * insists on. {@code managedFields} is dropped while reading: nobody here looks at it, and it is
 * often half of an object.
 */
public final class WireJson {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'");
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");

  private static final Gson MICRO_GSON = builder(true).create();

  /** Reads and writes every object of the API server; immutable and safe for many threads. */
  public static final Gson GSON =
      builder(false)
          .registerTypeAdapter(V1LeaseSpec.class, micro(V1LeaseSpec.class))
          .registerTypeAdapter(EventsV1Event.class, micro(EventsV1Event.class))
          .registerTypeAdapter(EventsV1EventSeries.class, micro(EventsV1EventSeries.class))
          .create();

  private WireJson() {}

  /** Takes {@code managedFields} out of an object that is read as plain JSON, in place. */
  public static JsonObject withoutManagedFields(JsonObject object) {
    if (object.get("metadata") instanceof JsonObject metadata) {
      metadata.remove("managedFields");
    }
    return object;
  }

  private static GsonBuilder builder(boolean micro) {
    return new GsonBuilder()
        .disableHtmlEscaping()
        // In a free object 3 stays 3; as a floating point number it would come back as 3.0.
        .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
        .registerTypeAdapter(OffsetDateTime.class, new TimeAdapter(micro))
        .registerTypeAdapter(byte[].class, new BytesAdapter())
        .registerTypeAdapter(
            new TypeToken<List<V1ManagedFieldsEntry>>() {}.getType(), new SkippingAdapter());
  }

  private interface Both<T> extends JsonSerializer<T>, JsonDeserializer<T> {}

  private static <T> Both<T> micro(Class<T> model) {
    return new Both<>() {
      @Override
      public JsonElement serialize(T source, Type type, JsonSerializationContext context) {
        return MICRO_GSON.toJsonTree(source, model);
      }

      @Override
      public T deserialize(JsonElement json, Type type, JsonDeserializationContext context) {
        return MICRO_GSON.fromJson(json, model);
      }
    };
  }

  private static final class TimeAdapter extends TypeAdapter<OffsetDateTime> {
    private final boolean alwaysMicros;

    TimeAdapter(boolean alwaysMicros) {
      this.alwaysMicros = alwaysMicros;
    }

    @Override
    public void write(JsonWriter out, @Nullable OffsetDateTime time) throws IOException {
      if (time == null) {
        out.nullValue();
        return;
      }
      OffsetDateTime utc = time.withOffsetSameInstant(ZoneOffset.UTC);
      // Below a microsecond nothing survives the server; writing it would make two equal times
      // differ.
      boolean whole = utc.getNano() < 1000 && !alwaysMicros;
      out.value((whole ? SECONDS : MICROS).format(utc));
    }

    @Override
    public @Nullable OffsetDateTime read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return null;
      }
      String text = in.nextString();
      try {
        return OffsetDateTime.parse(text);
      } catch (DateTimeParseException wrong) {
        throw new JsonParseException("Not an RFC 3339 time: " + text, wrong);
      }
    }
  }

  private static final class BytesAdapter extends TypeAdapter<byte[]> {
    @Override
    public void write(JsonWriter out, byte @Nullable [] bytes) throws IOException {
      if (bytes == null) {
        out.nullValue();
      } else {
        out.jsonValue(new JsonPrimitive(Base64.getEncoder().encodeToString(bytes)).toString());
      }
    }

    @Override
    public byte @Nullable [] read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return null;
      }
      return Base64.getDecoder().decode(in.nextString());
    }
  }

  private static final class SkippingAdapter extends TypeAdapter<List<V1ManagedFieldsEntry>> {
    @Override
    public void write(JsonWriter out, @Nullable List<V1ManagedFieldsEntry> ignored)
        throws IOException {
      out.nullValue();
    }

    @Override
    public @Nullable List<V1ManagedFieldsEntry> read(JsonReader in) throws IOException {
      in.skipValue();
      return null;
    }
  }
}
