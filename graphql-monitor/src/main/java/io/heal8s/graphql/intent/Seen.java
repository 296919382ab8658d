// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.intent;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** What a poll saw. */
public sealed interface Seen {

  /**
   * A state, maybe with gaps.
   *
   * @param endpoint where it came from, as people read it
   * @param data the GraphQL {@code data}; must not be changed afterwards
   * @param gaps what the endpoint could not tell, empty for a whole state
   * @param perPod whether the data is an object {@value #PODS} with the state of each pod under the
   *     pod's name
   * @param slowed how much less often than wanted the application is asked, a sentence for people;
   *     empty where it is not. It changes with the state or the spec only
   */
  record State(String endpoint, JsonObject data, List<Gap> gaps, boolean perPod, String slowed)
      implements Seen {
    public State {
      gaps = List.copyOf(gaps);
    }

    /** One that is asked as often as wanted. */
    public State(String endpoint, JsonObject data, List<Gap> gaps, boolean perPod) {
      this(endpoint, data, gaps, perPod, "");
    }

    /** The one state of an application. */
    public State(String endpoint, JsonObject data, List<Gap> gaps) {
      this(endpoint, data, gaps, false);
    }
  }

  /** The only key of the data when every pod was asked. */
  String PODS = "pods";

  /**
   * The state that the memory holds.
   *
   * @param endpoint where it came from
   * @param perPod as in {@link State}
   */
  record Same(String endpoint, boolean perPod) implements Seen {

    /** The one state of an application. */
    public Same(String endpoint) {
      this(endpoint, false);
    }
  }

  /**
   * No state.
   *
   * @param reason CamelCase word
   * @param message sentence for people; the same words as long as the cause is the same
   * @param stalled whether somebody must change something before it can be better
   */
  record Failure(String reason, String message, boolean stalled) implements Seen {}

  /** Nobody polled: only what is pending is to be finished. */
  record Nothing() implements Seen {}

  /**
   * Nobody polled: all that is pending was asked for, and these Remediations could not be created.
   *
   * @param why a sentence for people, by the Remediation's name; not empty
   */
  record Uncreated(Map<String, String> why) implements Seen {
    public Uncreated {
      why = Map.copyOf(why);
    }
  }

  /**
   * A part of the state that the endpoint could not tell.
   *
   * @param path steps from the top: keys, and list positions as decimal digits; empty when the
   *     endpoint did not say which part
   * @param message the endpoint's words
   */
  record Gap(List<String> path, String message) {
    public Gap {
      path = List.copyOf(path);
    }
  }

  /** The one {@link Nothing}. */
  Seen NOTHING = new Nothing();
}
