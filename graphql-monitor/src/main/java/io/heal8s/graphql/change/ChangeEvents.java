// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.change;

import com.google.gson.JsonElement;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.Announcement.Type;
import io.heal8s.core.decide.ForeignText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What people are told of a change, in the reasons and words of the original. The text is part of
 * the key by which repeated events become a series, so a second outage is counted, never dropped.
 */
public final class ChangeEvents {

  private static final int LISTED = 5;

  /**
   * Most events of single fields. A state in which hundreds speak of health would else keep the
   * events of all other applications waiting; the event of the change says how many changed.
   */
  static final int MOST_FIELDS = 50;

  private static final int MAX_VALUE = 256;
  private static final int MAX_MESSAGE = 1024;

  private static final List<String> TELLING_PATHS =
      List.of("health", "status", "error", "errors", "failed", "failure");
  private static final List<String> BAD_NEWS = List.of("error", "failed", "unhealthy", "down");
  private static final List<String> WORSE_NEWS =
      List.of(
          "error",
          "failed",
          "failure",
          "unhealthy",
          "down",
          "critical",
          "fatal",
          "exception",
          "timeout");

  private ChangeEvents() {}

  /** The first state of an application. */
  public static Announcement initial(String app) {
    return event(
        Type.Normal, "InitialStateDetected", "Initial state detected for TApp '" + app + "'");
  }

  /**
   * A change.
   *
   * @param app name of the TargetApp
   * @param changes sorted by path
   * @return one event of the change, then one of each field that speaks of health, of the first
   *     {@value #MOST_FIELDS} of them; none for none
   */
  public static List<Announcement> of(String app, List<FieldChange> changes) {
    if (changes.isEmpty()) {
      return List.of();
    }
    List<Announcement> events = new ArrayList<>();
    events.add(ofAll(app, changes));
    for (FieldChange change : changes) {
      String reason = reasonOf(change.key());
      if (reason != null && events.size() <= MOST_FIELDS) {
        events.add(ofOne(app, reason, change));
      }
    }
    return List.copyOf(events);
  }

  private static Announcement ofAll(String app, List<FieldChange> changes) {
    Type type = changes.stream().anyMatch(ChangeEvents::isBadNews) ? Type.Warning : Type.Normal;
    if (changes.size() == 1) {
      String message = "Field '" + changes.getFirst().path() + "' changed in TApp '" + app + "'";
      return event(type, "StateFieldChanged", message);
    }
    StringBuilder message = new StringBuilder("Multiple fields changed in TApp '" + app + "': ");
    String separator = "";
    for (FieldChange change : changes.subList(0, Math.min(LISTED, changes.size()))) {
      message.append(separator).append(change.path());
      separator = ", ";
    }
    if (changes.size() > LISTED) {
      message.append(" and ").append(changes.size() - LISTED).append(" more");
    }
    return event(type, "StateChanged", message.toString());
  }

  private static Announcement ofOne(String app, String reason, FieldChange change) {
    Type type = contains(text(change.after()), WORSE_NEWS) ? Type.Warning : Type.Normal;
    String message =
        "Field '%s' changed from '%s' to '%s' in TApp '%s'"
            .formatted(
                change.path(),
                ForeignText.cut(text(change.before()), MAX_VALUE),
                ForeignText.cut(text(change.after()), MAX_VALUE),
                app);
    return event(type, reason, message);
  }

  private static boolean isBadNews(FieldChange change) {
    return contains(change.path(), TELLING_PATHS) && contains(text(change.after()), BAD_NEWS);
  }

  // Of a key that contains dots it is the last part that speaks, as it was in the original.
  private static @Nullable String reasonOf(String key) {
    return switch (key.substring(key.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "health" -> "HealthStatusChanged";
      case "status" -> "StatusChanged";
      case "error" -> "ErrorStateChanged";
      case "errors" -> "ErrorsDetected";
      default -> null;
    };
  }

  private static String text(@Nullable JsonElement value) {
    return value == null || value.isJsonNull() ? "null" : PythonText.of(value);
  }

  private static boolean contains(String text, List<String> words) {
    String lower = text.toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(lower::contains);
  }

  private static Announcement event(Type type, String reason, String message) {
    String cut = ForeignText.cut(message, MAX_MESSAGE);
    return new Announcement(type, reason, cut, reason, reason + " " + StateDigest.sha256(message));
  }
}
