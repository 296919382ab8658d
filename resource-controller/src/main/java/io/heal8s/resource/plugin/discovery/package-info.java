// SPDX-License-Identifier: Apache-2.0
/**
 * Finds plugins and keeps one instance of each. They come from the class path and from a directory
 * of jars, both by ServiceLoader. A plugin of another interface version, or one of two with the
 * same name, is refused at the start with a line that names its jar.
 */
@NullMarked
package io.heal8s.resource.plugin.discovery;

import org.jspecify.annotations.NullMarked;
