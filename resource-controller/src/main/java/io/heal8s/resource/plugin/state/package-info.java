// SPDX-License-Identifier: Apache-2.0
/**
 * What a plugin gets that runs a program with a state of its own, such as OpenTofu. State, saved
 * plans and runs are kept in the database, so that any process can go on. A run has a credential of
 * its own, which ends when the next run of the same resource begins: that is the fence.
 */
@NullMarked
package io.heal8s.resource.plugin.state;

import org.jspecify.annotations.NullMarked;
