// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.decide.Decision;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.target.Query;
import java.util.Set;

/** How far a judgement has come. */
public sealed interface Judgement {

  /** Done. */
  record Decided(Decision<RemediationIntent> decision) implements Judgement {}

  /** These must be read first; asked again with the answers added. */
  record NeedsReading(Set<Query> queries) implements Judgement {}

  /** The effects in the budget window must be counted first. */
  record NeedsCounts() implements Judgement {}
}
