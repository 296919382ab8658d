// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.model.LabelRequirement;
import io.heal8s.resource.model.ResourceQuery;
import io.heal8s.resource.model.ResourceQuery.TypePattern;
import io.heal8s.resource.model.ResourceStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The WHERE clause of a query, its values as parameters only. */
final class Listing {

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> parameters = new HashMap<>();

  private Listing() {}

  /** Everything but limit and cursor. */
  static Listing of(ResourceQuery query) {
    Listing listing = new Listing();
    listing.equal("r.action_plugin", query.actionPlugin());
    listing.equal("r.resource_type_name", query.typeName());
    listing.equal("r.resource_type_version", query.typeVersion());
    listing.equal("r.name", query.name());
    if (query.status() != null) {
      listing.status(query.status());
    }
    query.labels().forEach(listing::label);
    if (query.readable() != null) {
      listing.readable(query.readable());
    }
    return listing;
  }

  void before(long id) {
    conditions.add("r.id < :" + parameter(id));
  }

  String where() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  Map<String, Object> parameters() {
    return parameters;
  }

  private void equal(String column, @Nullable String value) {
    if (value != null) {
      conditions.add(column + " = :" + parameter(value));
    }
  }

  /** The same words as in {@link Rows#RESOURCE}. */
  private void status(ResourceStatus status) {
    String atWork =
        """
        (r.deleted_at IS NULL AND ((w.lease_owner IS NOT NULL AND w.priority <> 50)
          OR (w.run IS NOT NULL AND w.run ->> 'phase' <> 'HELD')))""";
    if (status == ResourceStatus.RECONCILING) {
      conditions.add(atWork);
    } else {
      conditions.add("r.status = :" + parameter(status.word()));
      conditions.add("NOT " + atWork);
    }
  }

  private void label(LabelRequirement label) {
    String labels = "(r.metadata -> 'labels')";
    switch (label.operator()) {
      case IN -> conditions.add("(" + anyOf(labels, label) + ")");
      case NOT_IN -> conditions.add("NOT coalesce(" + anyOf(labels, label) + ", false)");
      case EXISTS ->
          conditions.add("jsonb_exists(" + labels + ", :" + parameter(label.key()) + ")");
      case DOES_NOT_EXIST ->
          conditions.add(
              "NOT coalesce(jsonb_exists(" + labels + ", :" + parameter(label.key()) + "), false)");
    }
  }

  /** Containment, which the index answers. */
  private String anyOf(String labels, LabelRequirement label) {
    List<String> alternatives = new ArrayList<>();
    for (String value : label.values()) {
      String wanted = Rows.JSON.createObjectNode().put(label.key(), value).toString();
      alternatives.add(labels + " @> :" + parameter(wanted) + "::jsonb");
    }
    return alternatives.isEmpty() ? "false" : String.join(" OR ", alternatives);
  }

  private void readable(List<TypePattern> patterns) {
    List<String> alternatives = new ArrayList<>();
    for (TypePattern pattern : patterns) {
      List<String> both = new ArrayList<>();
      if (!pattern.name().equals("*")) {
        both.add("r.resource_type_name = :" + parameter(pattern.name()));
      }
      if (!pattern.version().equals("*")) {
        both.add("r.resource_type_version = :" + parameter(pattern.version()));
      }
      alternatives.add(both.isEmpty() ? "true" : "(" + String.join(" AND ", both) + ")");
    }
    conditions.add(
        alternatives.isEmpty() ? "false" : "(" + String.join(" OR ", alternatives) + ")");
  }

  private String parameter(Object value) {
    String name = "p" + parameters.size();
    parameters.put(name, value);
    return name;
  }
}
