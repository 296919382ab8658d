// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.intent;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.decide.Snapshot;

/**
 * Everything a decision looks at.
 *
 * @param app the object with its recorded status, as the API server has it now
 * @param memory what this process knows
 * @param seen what the poll saw
 */
public record AppSnapshot(TargetApp app, Memory memory, Seen seen) implements Snapshot {}
