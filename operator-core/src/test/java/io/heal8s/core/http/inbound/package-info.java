// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.heal8s.core.http.inbound;

import org.jspecify.annotations.NullMarked;
