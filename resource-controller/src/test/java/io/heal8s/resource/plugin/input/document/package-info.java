// SPDX-License-Identifier: Apache-2.0
/** What documents are read as, and what is to be deleted. */
@NullMarked
package io.heal8s.resource.plugin.input.document;

import org.jspecify.annotations.NullMarked;
