// SPDX-License-Identifier: Apache-2.0
/**
 * Finds the values behind references to secrets: environment, file, Vault, Kubernetes. A value is
 * read anew each time and kept nowhere. What may be referred to is limited by the settings.
 */
@NullMarked
package io.heal8s.resource.secret;

import org.jspecify.annotations.NullMarked;
