// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.notify;

import io.heal8s.core.decide.Provider;
import java.util.List;

/** A way to tell people. Its id is the name of its place in the events. Blocks, within a time. */
public interface Notifier extends Provider, AutoCloseable {

  /** Tells all of them at once; a burst of failures is one message. */
  Delivery send(List<Notice> notices);

  @Override
  default void close() {}

  /** What became of it. */
  sealed interface Delivery {
    /** The other side has it. */
    record Sent() implements Delivery {}

    /** It may have it later. */
    record Later(String why) implements Delivery {}

    /** It will never take it. */
    record Never(String why) implements Delivery {}
  }
}
