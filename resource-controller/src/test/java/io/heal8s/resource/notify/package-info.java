// SPDX-License-Identifier: Apache-2.0
/** What is news, and how it is told. */
@NullMarked
package io.heal8s.resource.notify;

import org.jspecify.annotations.NullMarked;
