// SPDX-License-Identifier: Apache-2.0
/**
 * The one way in for what people want: REST, bulk requests and input plugins go through here. It
 * checks plugin, type, schema, the plugin's own rules and admission, in that order, and then
 * stores. It knows neither HTTP nor SQL.
 */
@NullMarked
package io.heal8s.resource.intake;

import org.jspecify.annotations.NullMarked;
