// SPDX-License-Identifier: Apache-2.0
package io.heal8s.test.architecture;

import java.util.EnumSet;
import java.util.Set;

/**
 * The layers of the project and whom each may see. Inside a service the way is wiring → effects →
 * decide → intent → core, never back; inside the core from Spring down to the records.
 */
enum Layer {
  /** Records of the custom resources. */
  API(true),
  /** The core's decisions and their types. */
  JUDGEMENT(true, API),
  /** Meters. */
  METRIC(false),
  /** Queue, loop, leader election: no Kubernetes in it. */
  RUNTIME(false, JUDGEMENT, METRIC),
  /** Reads and writes of the API server. */
  CORE_EFFECT(false, API, JUDGEMENT, METRIC, RUNTIME),
  /** Caches. */
  OBSERVE(false, API, JUDGEMENT, METRIC, RUNTIME, CORE_EFFECT),
  /** Conditions and the writer of status. */
  STATUS(false, API, JUDGEMENT, METRIC, RUNTIME, CORE_EFFECT, OBSERVE),
  /** Edges that speak HTTP. */
  HTTP(false, API, JUDGEMENT, METRIC, RUNTIME, CORE_EFFECT),
  /** The core's Spring. */
  BOOT(false, API, JUDGEMENT, METRIC, RUNTIME, CORE_EFFECT, OBSERVE, STATUS, HTTP),
  /** What a service may want to be done. */
  INTENT(true, API, JUDGEMENT),
  /** A service's judgement. */
  DECIDE(true, API, JUDGEMENT, STATUS, INTENT),
  /** A service's hands and eyes. */
  EFFECT(
      false, API, JUDGEMENT, METRIC, RUNTIME, CORE_EFFECT, OBSERVE, STATUS, HTTP, INTENT, DECIDE),
  /**
   * Hands and eyes whose tool is a library of Spring: the controllers of a REST interface, the SQL
   * of a store. They know nothing of the container, so a test makes them with a constructor.
   */
  EDGE(
      false,
      API,
      JUDGEMENT,
      METRIC,
      RUNTIME,
      CORE_EFFECT,
      OBSERVE,
      STATUS,
      HTTP,
      INTENT,
      DECIDE,
      EFFECT),
  /** A service's Spring. */
  WIRING(
      false,
      API,
      JUDGEMENT,
      METRIC,
      RUNTIME,
      CORE_EFFECT,
      OBSERVE,
      STATUS,
      HTTP,
      BOOT,
      INTENT,
      DECIDE,
      EFFECT,
      EDGE);

  private final boolean pure;
  private final Set<Layer> sees;

  Layer(boolean pure, Layer... sees) {
    this.pure = pure;
    this.sees = sees.length == 0 ? Set.of() : Set.of(sees);
  }

  /** Whether the same input always gives the same answer: no client, no Spring, no clock. */
  boolean isPure() {
    return pure;
  }

  /** Whether Spring's container may be seen here. */
  boolean knowsSpring() {
    return this == BOOT || this == WIRING;
  }

  /** Whether the libraries of Spring may be used here. */
  boolean usesSpringLibraries() {
    return knowsSpring() || this == EDGE;
  }

  /** Whether classes of this layer may use those of the other. */
  boolean maySee(Layer other) {
    return this == other || sees.contains(other);
  }

  /** The layers that are pure. */
  static Set<Layer> pureOnes() {
    Set<Layer> pure = EnumSet.allOf(Layer.class);
    pure.removeIf(layer -> !layer.isPure());
    return pure;
  }
}
