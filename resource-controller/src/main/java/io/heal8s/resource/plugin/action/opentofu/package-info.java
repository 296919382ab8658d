// SPDX-License-Identifier: Apache-2.0
/**
 * Runs OpenTofu or Terraform beside this process. A plan is made and kept, exactly that plan is
 * applied, and the state is in the database behind a lock; a run that lost its process is judged by
 * how far it had come with that lock. Off unless it is named.
 */
@NullMarked
package io.heal8s.resource.plugin.action.opentofu;

import org.jspecify.annotations.NullMarked;
