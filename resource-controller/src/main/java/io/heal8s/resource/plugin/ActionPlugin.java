// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Changes the world as a resource says. Found by {@link java.util.ServiceLoader}: a public class
 * with a public constructor without parameters.
 *
 * <p>One instance serves all resources of its name from many threads at once and keeps nothing
 * about a resource: what it must remember goes into {@link Step.Running#handle()}, so that another
 * process can go on after a crash. Methods block while they talk to the world and should end within
 * seconds; what takes longer is started, and asked for by {@link #poll}. An interrupt asks to come
 * back soon. An expected failure is a value; an exception is a bug and counts as a failure with its
 * message.
 */
public interface ActionPlugin extends AutoCloseable {

  /** Version of this interface; raised when a change breaks plugins. */
  int API_VERSION = 1;

  /** Who it is; the same at every call. */
  PluginInfo info();

  /** What it can do; the same at every call. */
  default Set<Capability> capabilities() {
    return Set.of();
  }

  /**
   * Called once, before everything else.
   *
   * @throws IllegalArgumentException when a setting is wrong, with one line that names it
   */
  default void open(PluginEnvironment environment) {}

  /**
   * Whether a request could ever be applied; called before a resource is stored. Contacts nobody.
   *
   * @return what is wrong, one sentence each; empty when nothing is
   */
  default List<String> validateSpec(ActionRequest request) {
    return List.of();
  }

  /**
   * Whether what may have been applied as one request can be made into another; called, after
   * {@link #validateSpec}, before a change of a resource is stored. Contacts nobody.
   *
   * @param now as the resource is stored, with its outputs; perhaps it was never applied
   * @param wanted as it shall be stored
   * @return what is wrong, one sentence each; empty when nothing is
   */
  default List<String> validateChange(ActionRequest now, ActionRequest wanted) {
    return List.of();
  }

  /** What {@link #apply} would do; changes nothing. Always asked before it. */
  default PlanResult plan(ActionRequest request) {
    return new PlanResult.Changes("");
  }

  /** Starts to make the world as wanted, as {@link ActionRequest#plan()} said. */
  Step apply(ActionRequest request);

  /** Starts to remove what was applied; done when there is nothing. */
  Step destroy(ActionRequest request);

  /**
   * How far an outside run has come.
   *
   * @param handle of the last {@link Step.Running}
   */
  default Step poll(ActionRequest request, JsonNode handle) {
    throw new UnsupportedOperationException(info().name() + " has nothing to poll");
  }

  /**
   * Ends an outside run because its resource is deleted. Only with {@link Capability#CANCEL}. Asked
   * once; from then on only {@link #poll} is: where the other side has not taken the cancel, the
   * handle must say so, and the next poll send it again.
   *
   * @return {@link Step.Running} while it is still ending; anything else when it no longer runs
   */
  default Step cancel(ActionRequest request, JsonNode handle) {
    throw new UnsupportedOperationException(info().name() + " cannot cancel");
  }

  /**
   * Looks up a dispatch whose end was never recorded, by {@link ActionRequest#dispatchKey()}. Only
   * with {@link Capability#WRITE_AHEAD}.
   *
   * @return {@link Step.Running} or {@link Step.Done} when it was found, {@link Step.Running} also
   *     when the other side did not answer and {@link #poll} shall go on looking; {@link
   *     Step.Failed} when it certainly never happened and may be dispatched, {@link Step.Unknown}
   *     otherwise
   */
  default Step recover(ActionRequest request) {
    return new Step.Unknown("the dispatch " + request.dispatchKey() + " was not recorded");
  }

  /** Whether the world changed since; changes nothing. Only with {@link Capability#DRIFT}. */
  default DriftResult detectDrift(ActionRequest request) {
    return new DriftResult.Unclear("Drift detection not supported");
  }

  /** Whether it can work, for the health page; cheap. */
  default PluginHealth health() {
    return PluginHealth.ok();
  }

  /**
   * The service begins to end. What this process runs on its own is ended here, within eight
   * seconds; calls may still be under way, and {@link #close} comes after the last of them.
   */
  default void stopping() {}

  @Override
  default void close() {}
}
