// SPDX-License-Identifier: Apache-2.0
/**
 * Resources from a directory of YAML in a git repository. The branch is asked for every round and
 * fetched, one commit deep, when it moved. A repository that cannot be read changes nothing.
 */
@NullMarked
package io.heal8s.resource.plugin.input.git;

import org.jspecify.annotations.NullMarked;
