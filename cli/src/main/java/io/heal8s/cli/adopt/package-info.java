// SPDX-License-Identifier: Apache-2.0
/**
 * What somebody adds who comes from another system: printed, never applied. The objects of the
 * other system are read, what heal8s needs beside them is written. Nothing here changes a cluster.
 */
@NullMarked
package io.heal8s.cli.adopt;

import org.jspecify.annotations.NullMarked;
