// SPDX-License-Identifier: Apache-2.0
/**
 * Documents that say which resources are wanted, as input plugins find them in files, answers and
 * messages. They have the fields of the REST interface. A source that is the whole truth is laid
 * over what is stored without one bad document hurting another.
 */
@NullMarked
package io.heal8s.resource.plugin.input.document;

import org.jspecify.annotations.NullMarked;
