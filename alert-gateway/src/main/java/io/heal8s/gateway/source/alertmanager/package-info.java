// SPDX-License-Identifier: Apache-2.0
/**
 * Alertmanager's webhook, body version 4. Its version field is not checked, as the first release
 * did not: the fields that are read have been the same since 2016. An alert must say that it fires.
 */
@NullMarked
package io.heal8s.gateway.source.alertmanager;

import org.jspecify.annotations.NullMarked;
