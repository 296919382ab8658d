// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.heal8s.core.http.address;

import org.jspecify.annotations.NullMarked;
