// SPDX-License-Identifier: Apache-2.0
/**
 * What a call of a webhook sends. The body is the original's, its templates are filled in as JSON
 * and never as text of JSON. Nothing here sends.
 */
@NullMarked
package io.heal8s.operator.plan.callwebhook;

import org.jspecify.annotations.NullMarked;
