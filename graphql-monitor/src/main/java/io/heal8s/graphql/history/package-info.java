// SPDX-License-Identifier: Apache-2.0

/**
 * What is told of an application's past: which two statuses, and which two states where they are
 * known, make a change that people want to see. Where another replica polls the application only
 * its recorded statuses are known, and they are enough. Nothing here decides what is done.
 */
@NullMarked
package io.heal8s.graphql.history;

import org.jspecify.annotations.NullMarked;
