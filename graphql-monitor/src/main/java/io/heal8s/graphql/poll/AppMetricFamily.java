// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.poll.AppCounts.View;
import java.math.BigDecimal;

/**
 * A metric of the original in the text format of Prometheus, version 0.0.4. Labels are in the order
 * of their names. Their values are names of Kubernetes and words of ours, so none needs an escape.
 */
enum AppMetricFamily {
  POLLS("operator_kco_tapp_polls_total", "counter", "Polls by how they ended") {
    @Override
    void append(StringBuilder out, ObjectKey app, View counts) {
      for (AppCounts.PollStatus status : AppCounts.PollStatus.values()) {
        // Also at zero: of a series that begins at one nobody can tell that it increased.
        long count = counts.polls()[status.ordinal()];
        out.append(name).append("{namespace=\"").append(app.namespace());
        out.append("\",status=\"").append(status).append("\",tapp_name=\"").append(app.name());
        out.append("\"} ").append(count).append(".0\n");
      }
    }
  },

  DURATIONS(
      "operator_kco_tapp_poll_duration_seconds",
      "histogram",
      "Time from the first request of a poll to its end") {
    @Override
    void append(StringBuilder out, ObjectKey app, View counts) {
      long upTo = 0;
      for (int i = 0; i < AppCounts.BOUNDS.length; i++) {
        upTo += counts.buckets()[i];
        labels(out.append(name).append("_bucket"), app).append(",le=\"");
        double bound = AppCounts.BOUNDS[i];
        out.append(Double.isInfinite(bound) ? "+Inf" : Double.toString(bound));
        out.append("\"} ").append(upTo).append('\n');
      }
      labels(out.append(name).append("_count"), app).append("} ").append(upTo).append('\n');
      labels(out.append(name).append("_sum"), app).append("} ");
      out.append(counts.seconds()).append('\n');
    }

    private StringBuilder labels(StringBuilder out, ObjectKey app) {
      out.append("{namespace=\"").append(app.namespace());
      return out.append("\",tapp_name=\"").append(app.name()).append('"');
    }
  },

  LAST_POLLS(
      "heal8s_graphql_last_poll_timestamp_seconds",
      "gauge",
      "When the app was polled last, successfully or not, in seconds since 1970") {
    @Override
    void append(StringBuilder out, ObjectKey app, View counts) {
      if (counts.lastPolled() != null) {
        out.append(name).append("{namespace=\"").append(app.namespace());
        out.append("\",tapp_name=\"").append(app.name()).append("\"} ");
        out.append(BigDecimal.valueOf(counts.lastPolled().toEpochMilli(), 3)).append('\n');
      }
    }
  },

  STATES(
      "heal8s_graphql_state_known",
      "gauge",
      "1 while the app's state is known, 0 while it cannot be asked or does not tell it") {
    @Override
    void append(StringBuilder out, ObjectKey app, View counts) {
      if (counts.known() != null) {
        out.append(name).append("{namespace=\"").append(app.namespace());
        out.append("\",tapp_name=\"").append(app.name()).append("\"} ");
        out.append(counts.known() ? 1 : 0).append('\n');
      }
    }
  },

  EVENTS(
      "operator_kco_events_generated_total",
      "counter",
      "States that were announced as Kubernetes Events") {
    @Override
    void append(StringBuilder out, ObjectKey app, View counts) {
      append(out, app, "change", counts.changeEvents());
      append(out, app, "initial", counts.initialEvents());
    }

    private void append(StringBuilder out, ObjectKey app, String type, long count) {
      first(out, "event_type", type, app).append(count).append(".0\n");
    }
  },

  ACTIONS(
      "operator_kco_actions_executed_total",
      "counter",
      "Remediations asked for: success when it is there, failed once when it cannot be created") {
    @Override
    void append(StringBuilder out, ObjectKey app, View counts) {
      counts
          .actions()
          .forEach(
              (action, times) -> action(out, "", action, app).append(times.count()).append(".0\n"));
    }
  },

  ACTION_DURATIONS(
      "operator_kco_action_duration_seconds",
      "summary",
      "Time from the state that fired to the Remediation") {
    @Override
    void append(StringBuilder out, ObjectKey app, View counts) {
      counts
          .actions()
          .forEach(
              (action, times) -> {
                action(out, "_count", action, app).append(times.count()).append('\n');
                action(out, "_sum", action, app).append(times.seconds()).append('\n');
              });
    }
  },

  NOT_CREATED(
      "heal8s_graphql_remediations_not_created",
      "gauge",
      "Pending Remediations that cannot be created, where there are any") {
    @Override
    void append(StringBuilder out, ObjectKey app, View counts) {
      if (counts.owing() > 0) {
        out.append(name).append("{namespace=\"").append(app.namespace());
        out.append("\",tapp_name=\"").append(app.name()).append("\"} ");
        out.append(counts.owing()).append(".0\n");
      }
    }
  },

  ERRORS(
      "operator_kco_errors_total", "counter", "Requests that brought no state, by what happened") {
    @Override
    void append(StringBuilder out, ObjectKey app, View counts) {
      counts
          .errors()
          .forEach(
              (kind, count) -> first(out, "error_type", kind, app).append(count).append(".0\n"));
    }
  };

  final String name;
  private final String head;

  AppMetricFamily(String name, String type, String help) {
    this.name = name;
    this.head = "# HELP %s %s\n# TYPE %1$s %3$s\n".formatted(name, help, type);
  }

  /** The lines before the samples. */
  String head() {
    return head;
  }

  /** Adds the samples of one app. */
  abstract void append(StringBuilder out, ObjectKey app, View counts);

  /** A sample up to its value, whose own label comes before the app's. */
  StringBuilder first(StringBuilder out, String label, String value, ObjectKey app) {
    out.append(name).append('{').append(label).append("=\"").append(value);
    out.append("\",namespace=\"").append(app.namespace());
    return out.append("\",tapp_name=\"").append(app.name()).append("\"} ");
  }

  /** A sample of an action up to its value. */
  StringBuilder action(
      StringBuilder out, String suffix, AppCounts.ActionKey action, ObjectKey app) {
    out.append(name).append(suffix).append("{action=\"").append(action.action());
    out.append("\",namespace=\"").append(app.namespace()).append("\",status=\"");
    out.append(action.status()).append("\",tapp_name=\"").append(app.name());
    return out.append("\"} ");
  }
}
