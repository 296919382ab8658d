// SPDX-License-Identifier: Apache-2.0
/**
 * Changes single values in a manifest, a chart's values or a patch and leaves every other byte as
 * it was. Everything here is a pure function of the file's bytes and the wanted changes: no client,
 * no file system, no clock. A file that cannot be changed safely is refused with its line and what
 * to do about it; it is never guessed at.
 */
@NullMarked
package io.heal8s.pr.manifest;

import org.jspecify.annotations.NullMarked;
