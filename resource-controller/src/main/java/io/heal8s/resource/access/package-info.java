// SPDX-License-Identifier: Apache-2.0
/**
 * Who may do what: users, roles, and the judgement of a request. A caller is read from the store
 * with every request, so what is taken away is gone at once. The ports of the stores are here as
 * well.
 */
@NullMarked
package io.heal8s.resource.access;

import org.jspecify.annotations.NullMarked;
